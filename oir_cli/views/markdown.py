"""A Markdown table, as GitHub and most other renderers read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oir_cli.answers import Answer
from oir_cli.views.text import cell

# What Markdown, or its dialects with strike-through and mathematics, would act on within a cell.
_ACTIVE = re.compile(r"[\\`*_\[\]|~$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(answer: Answer, fields: Sequence[str]) -> str:
    """A heading and one line a record; a column of numbers stands to the right."""
    rows = answer.rows()
    lines = [
        [escaped(field) for field in fields],
        ["---:" if _numeric([row[field] for row in rows]) else "---" for field in fields],
        *([escaped(cell(row[field])) for field in fields] for row in rows),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def escaped(text: str) -> str:
    """One line of text that a Markdown renderer shows as it is."""
    text = re.sub("[&<>]", lambda found: _ENTITIES[found.group()], text)
    return _ACTIVE.sub(lambda found: f"\\{found.group()}", text)


def _numeric(values: list[object]) -> bool:
    numbers = [value for value in values if value is not None]
    return bool(numbers) and all(isinstance(value, int | float) for value in numbers)
