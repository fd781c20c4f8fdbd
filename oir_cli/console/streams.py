"""Standard output and standard error: bytes that are the same on every system, whatever the stream can show."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress

from oir_cli.console import progress
from oir_cli.errors import CannotWrite, brief
from oir_cli.text import clean, escape_json
from oir_cli.views import Fallback


def remark(text: str) -> None:
    """Print a remark about the answer on stderr, as one line that begins with "oir: "."""
    progress.end()
    with suppress(OSError, ValueError, AttributeError):  # stderr is closed or full: nothing else can show the remark
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        print(f"oir: {encode(brief(clean(text)), encoding)[0].decode(encoding)}", file=sys.stderr)


def write(text: str, fallback: Fallback = "plain") -> bool:
    """Write `text` to stdout; return whether characters were replaced by plainer ones.

    A closed pipe ends quietly; raises CannotWrite for any other failure.
    """
    progress.end()
    try:
        stdout = sys.stdout
        encoding = getattr(stdout, "encoding", None) or "utf-8"
        data, replaced = encode(text, encoding, fallback)
        binary = getattr(stdout, "buffer", None)
        if binary is None:  # a stream of text only, put in the place of stdout
            stdout.write(data.decode(encoding))
        else:
            stdout.flush()
            binary.write(data)
        stdout.flush()
        return replaced
    except BrokenPipeError:
        abandon_stdout()
        return False
    except (OSError, ValueError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        abandon_stdout()
        raise CannotWrite(f"cannot write to stdout ({reason})") from None


def abandon_stdout() -> None:
    """Send the rest of stdout nowhere: Python flushes it at exit, and would fail once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None


def encode(text: str, encoding: str, fallback: Fallback = "plain") -> tuple[bytes, bool]:
    """`text` as bytes of `encoding`, and whether characters that it lacks were replaced by plainer ones."""
    if fallback == "utf-8" or codecs.lookup(encoding).name == "utf-8":
        return text.encode("utf-8", "backslashreplace"), False
    if fallback == "json":
        return escape_json(text, all_letters=True).encode(encoding), False
    if fallback == "xml":
        return text.encode("ascii", "xmlcharrefreplace").decode().encode(encoding), False
    try:
        return text.encode(encoding), False
    except UnicodeEncodeError:
        return "".join(_plainer(char, encoding) for char in text).encode(encoding), True


_PLAINER = {"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "≥": ">=", "≤": "<=", "·": "-",
            "ı": "i", "ø": "o", "─": "-", "━": "=", "█": "#", "│": "|", "≠": "!=", "→": ">", "»": ">>", "↑": "^",
            "↓": "v", "░": ":", "▏": "-", "▎": "-", "▍": "-", "▌": "#", "▋": "#", "▊": "#", "▉": "#", "●": "*",
            "○": "o", "┤": "+", "└": "+", "├": "+", "•": "-", "◆": "#", "◇": "#", "°": " deg",
            "┬": "+", "┴": "+"}  # fmt: skip


def _plainer(char: str, encoding: str) -> str:
    """The nearest character, or characters, of `encoding`; an escape where there is none."""
    import unicodedata

    for candidate in (
        char,
        _PLAINER.get(char, ""),
        unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode(),
    ):
        try:
            if candidate.encode(encoding):
                return candidate
        except UnicodeEncodeError:
            continue
    return char.encode(encoding, "backslashreplace").decode(encoding)
