"""Answers for people: Rich tables, fitted to the width of the terminal. With `views/picture`, the only user of Rich."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from io import StringIO

from rich.console import Console, RenderableType
from rich.text import Text

from oir_cli.answers import Answer, Row
from oir_cli.text import cell
from oir_cli.views import Page
from oir_cli.views.table.pieces import pairs, parts, table, text_of

NARROWEST, WIDEST = 20, 160  # below, letters would be lost; above, lines get too long to read
ROOM = 16  # columns that a field needs to be read beside others
FILE = Page()
# The module of this package that registers how to show each answer; it is imported when one is shown.
SHOWN_BY = {
    **dict.fromkeys(("Listing", "Details"), "facts"),
    **dict.fromkeys(("Directory", "Profile", "Profiles"), "profiles"),
    **dict.fromkeys(("Measures", "Figures"), "figures"),
    "Chart": "chart",
    "Comparison": "compare",
    "Stats": "stats",
    "Disputes": "disputes",
    **dict.fromkeys(("About", "Faults", "References", "Schemas", "Keys"), "reports"),
}


def render(answer: Answer, fields: Sequence[str], page: Page = FILE) -> str:
    """The answer as text for `page`; where `fields` are given, its records with these instead."""
    # Rich fills lines with blanks up to the width; nobody wants them in a copy.
    return re.sub(r"[ ]+(?=\n)", "", draw(answer, fields, page).file.getvalue())  # type: ignore[attr-defined]


def draw(answer: Answer, fields: Sequence[str], page: Page) -> Console:
    """A console that the answer was drawn on, and that has recorded it; nothing of the environment touches it."""
    console = Console(
        file=StringIO(),
        width=max(NARROWEST, min(page.width, WIDEST)),
        color_system="standard" if page.coloured else None,
        force_terminal=page.coloured,
        legacy_windows=False,
        highlight=False,
        record=True,
        _environ={},
    )
    for part in _records(answer.rows(), fields, console.width) if fields else _whole(answer, console.width):
        console.print(part)
    return console


def _whole(answer: Answer, width: int) -> Iterator[RenderableType]:
    name = next(SHOWN_BY[each.__name__] for each in type(answer).__mro__ if each.__name__ in SHOWN_BY)
    import_module(f"{__name__}.{name}")
    return parts(answer, width)


def _records(rows: Iterable[Row], fields: Sequence[str], width: int) -> Iterator[RenderableType]:
    """Records with some fields: a column for each field where that leaves them room, else one below the other."""
    if width < ROOM * len(fields):
        for place, row in enumerate(rows):
            if place:
                yield Text()
            yield pairs((field, cell(row[field])) for field in fields)
        return
    made = table(*fields)
    for row in rows:
        made.add_row(*(text_of(cell(row[field])) for field in fields))
    yield made
