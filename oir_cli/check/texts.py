"""Rules for ids and for texts, which all kinds of records share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oir_cli.text import clean

LONGEST_LINE = 60  # characters
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_slug(name: str) -> Iterator[str]:
    """An id can be typed and stand in an address."""
    if not _SLUG.fullmatch(name):
        yield "the id is not a slug (lower-case letters, digits, single hyphens)"


def check_text(key: str, text: str) -> Iterator[str]:
    """A text can be shown unchanged: one line, not empty, no control characters, no spaces at its ends or doubled."""
    if not text.strip():
        yield f"{key} is empty"
    elif clean(text) != text:
        yield f"{key} holds control characters"
    elif text != " ".join(text.split()):
        yield f"{key} has spaces at its ends or doubled"


def check_short_line(key: str, text: str) -> Iterator[str]:
    """A title or an event's name fits on a line with its date, and is not a sentence."""
    yield from check_text(key, text)
    if len(text) > LONGEST_LINE:
        yield f"the {key} is longer than {LONGEST_LINE} characters"
    if text.endswith("."):
        yield f"the {key} ends with a full stop"
