"""A Markdown table, as GitHub and most other renderers read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.text import cell, clean
from oir_cli.views import Context, Written

# The characters that Markdown, or its dialects with strike-through and mathematics, would act on within a cell. An
# underscore between letters is safe, and in a bare address a backslash would become a part of the address.
_ACTIVE = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """A heading and one line for each record; without `fields`, a table for each record, one line for each field."""
    rows = answer.rows()
    if fields:
        tables = [_table(fields, [[row[field] for field in fields] for row in rows])]
    else:
        tables = [_table(("field", "value"), list(row.items())) for row in rows]
    return Written("\n".join([*tables, *_footer(context)]))


def _footer(context: Context) -> Iterator[str]:
    """A line that names the article, the licence and the version."""
    if article := context.article:
        said = f"{article.title}, {article.publisher}, {article.licence}; oir {__version__}"
        yield f"*{escaped(clean(said))}*\n"


def escaped(text: str) -> str:
    """One line of text that a Markdown renderer shows unchanged."""
    text = re.sub("[&<>]", lambda found: _ENTITIES[found.group()], text)
    return _ACTIVE.sub(lambda found: f"\\{found.group()}", text)


def _table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a table; a column of numbers is aligned to the right."""
    ruler = ["---:" if _numeric([row[column] for row in rows]) else "---" for column in range(len(heading))]
    lines = [[escaped(name) for name in heading], ruler, *([escaped(cell(value)) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _numeric(values: list[object]) -> bool:
    numbers = [value for value in values if value is not None]
    return bool(numbers) and all(isinstance(value, int | float) for value in numbers)
