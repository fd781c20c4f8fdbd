"""Answers for people: Rich tables, fitted to the width of the terminal. With `views/picture`, the only user of Rich."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.console import Console, RenderableType

from oir_cli.answers import Answer, Row
from oir_cli.text import cell
from oir_cli.views import Context, Written, load_function
from oir_cli.views.table.pieces import pairs, separate, table, text_of

NARROWEST, WIDEST = 20, 160  # on fewer, characters would be lost; on more, lines are too long to read
ROOM = 16  # columns that a field needs to be readable next to others
# The function of this package that draws each answer, by the name of its class; its module is imported when it is used.
DRAWN_BY = {
    "Listing": "facts:draw_listing",
    "Timeline": "timeline:draw_timeline",
    "Brief": "timeline:draw_brief",
    "Day": "timeline:draw_day",
    "Details": "facts:draw_details",
    "PlaceMap": "map:draw_map",
    "Directory": "directories:draw_directory",
    "Profile": "profiles:draw_profile",
    "Profiles": "profiles:draw_profiles",
    "Measures": "figures:draw_measures",
    "Figures": "figures:draw_figures",
    "Comparison": "compare:draw_comparison",
    "Stats": "stats:draw_stats",
    "Disputes": "disputes:draw_disputes",
    "About": "reports:draw_about",
    "Faults": "reports:draw_faults",
    "References": "reports:draw_references",
    "Schemas": "reports:draw_schemas",
    "Keys": "reports:draw_keys",
}


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The answer as text for a terminal or file; where `fields` are given, its records with these instead."""
    return Written(_text_on(draw(answer, fields, context)))


def render_chart(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The answer's figures as a chart over time."""
    return Written(_text_on(draw_chart(answer, context)))


def draw(answer: Answer, fields: Sequence[str], context: Context) -> Console:
    """A console on which the answer was drawn, and which has recorded it."""
    console = _console(context)
    if fields:
        return _print(console, _records(answer.rows(), fields, console.width))
    # A class that is not in the table is drawn like the class that it extends.
    name = next(DRAWN_BY[each.__name__] for each in type(answer).__mro__ if each.__name__ in DRAWN_BY)
    return _print(console, load_function(f"table.{name}")(answer, context._replace(width=console.width)))


def draw_chart(answer: Answer, context: Context) -> Console:
    """A console on which the answer's figures were drawn as a chart, and which has recorded it."""
    console = _console(context)
    return _print(console, load_function("table.chart:draw_chart")(answer, context._replace(width=console.width)))


def _console(context: Context) -> Console:
    """A console that nothing of the environment affects."""
    return Console(
        file=StringIO(),
        width=max(NARROWEST, min(context.width, WIDEST)),
        color_system="standard" if context.coloured else None,
        force_terminal=context.coloured,
        legacy_windows=False,
        highlight=False,
        record=True,
        _environ={},
    )


def _print(console: Console, parts: Iterable[RenderableType]) -> Console:
    for part in parts:
        console.print(part)
    return console


def _text_on(console: Console) -> str:
    # Rich fills lines with spaces up to the width; nobody wants them in a copy.
    return re.sub(r"[ ]+(?=\n)", "", console.file.getvalue())  # type: ignore[attr-defined]


def _records(rows: Iterable[Row], fields: Sequence[str], width: int) -> Iterator[RenderableType]:
    """Records with some fields: a column for each field where there is room for them, else one below the other."""
    if width < ROOM * len(fields):
        return separate(pairs((field, cell(row[field])) for field in fields) for row in rows)
    made = table(*fields)
    for row in rows:
        made.add_row(*(text_of(cell(row[field])) for field in fields))
    return iter([made])
