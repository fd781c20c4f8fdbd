"""The boundary that text of a store passes on its way out: after it, nothing can act on a terminal or a spreadsheet."""

from __future__ import annotations

import re

# C0 and C1 controls, DEL, and what reorders or hides text: bidirectional marks, embeddings, overrides and isolates,
# line and paragraph separators, zero-width no-break space, surrogates.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
_NOT_ASCII = "[^\n\x20-\x7e]"


def clean(text: str) -> str:
    """`text` with every character that could act on a terminal written out, as in `\\x1b` or `\\u202e`."""
    # Most texts hold no such character. The pattern takes a while to compile, so only the others need it.
    return text if text.isprintable() else re.sub(_UNSAFE, _written_out, text)


def escape_json(text: str, *, all_letters: bool = False) -> str:
    """JSON `text` with the same characters as JSON escapes, so that it reads back unchanged.

    With `all_letters` every character outside ASCII is escaped, for a stream that cannot hold them.
    """
    if text.isprintable() and not all_letters:
        return text
    pattern = _NOT_ASCII if all_letters else _UNSAFE
    return re.sub(pattern, lambda found: found.group() if found.group() == "\n" else _json_escape(found.group()), text)


def number(count: int, word: str) -> str:
    """ "1 fact", "2 facts"."""
    return f"{count:,} {word}{'s' * (count != 1)}"


def cell(value: object) -> str:
    """A value as the text of one cell: lists of strings joined by ";", other lists as JSON, None as ""."""
    if value is None:
        return ""
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return clean(";".join(value))
        import json

        return escape_json(json.dumps(value, ensure_ascii=False))
    return clean(str(value))


def _written_out(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
