"""Measures, and their values with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from oir_cli.answers.figures import SAID_UNITS, Counted, Figures, MeasureRow, Measures
from oir_cli.entities import Measure
from oir_cli.text import clean, number
from oir_cli.views import Context
from oir_cli.views.table.bars import explained, figure_bar, scale
from oir_cli.views.table.pieces import (
    DIFFERS,
    MARKS,
    NARROW,
    WIDE,
    Slug,
    date_of,
    grid,
    packed,
    section,
    table,
    text_of,
)

BESIDE_NAMES = 18  # columns of the number of values, the years and the gaps
VALUES, YEARS = 3, 9  # columns of the number of values, and of the years
BARS = {140: 48, WIDE: 24, 0: 10}  # the columns of a bar, by the least width of the screen


def draw_measures(answer: Measures, context: Context) -> Iterator[RenderableType]:
    """The measures under their topics."""
    width = context.width
    longest = max((len(row.measure.id) for row in answer.measures), default=0)
    groups: dict[str, list[MeasureRow]] = {}
    for row in answer.measures:
        groups.setdefault(row.topic.name if row.topic else "Other", []).append(row)
    for place, (topic, rows) in enumerate(groups.items()):
        yield section(topic) if place else text_of(topic, "bold")
        yield from _measures(rows, width, longest)


def _measures(rows: Sequence[MeasureRow], width: int, longest: int) -> Iterator[RenderableType]:
    """Id of at most `longest` characters, name where there is room, number of values, and years."""
    if width < NARROW:
        for row in rows:
            yield text_of(row.measure.id, "bold")
            yield text_of(f"{number(row.values, 'value')}  {_years(row)}", "dim")
        return
    lines: list[list[RenderableType]] = [
        [
            Slug(row.measure.id, "bold"),
            *([text_of(row.measure.name)] if width >= WIDE else []),
            text_of(str(row.values)),
            text_of(_years(row), "cyan"),
        ]
        for row in rows
    ]
    made = grid(lines, "llrl" if width >= WIDE else "lrl")
    made.columns[0].width = min(longest, width - BESIDE_NAMES)
    made.columns[-2].width, made.columns[-1].width = VALUES, YEARS
    if width >= WIDE:
        made.columns[1].width = width - longest - BESIDE_NAMES
    yield made


def _years(row: MeasureRow) -> str:
    """The first and the last year of the values."""
    first, last = ((point or "")[:4] for point in (row.period.first, row.period.last))
    return first if first == last else f"{first}–{last}"


def draw_figures(answer: Figures, context: Context) -> Iterator[RenderableType]:
    width = context.width
    for place, measure in enumerate(answer.measures):
        values = answer.of_measure(measure)
        if place:
            yield Text()
        yield from heading(measure, values)
        if values:
            yield from _values(values, width)
            if related := answer.related.get(measure.id):
                yield text_of(f"counted apart: {', '.join(each.id for each in related)}", "dim")


def heading(measure: Measure, values: list[Counted]) -> Iterator[RenderableType]:
    """The measure's name, the entity if all values are of one, the unit and the definition."""
    said = [measure.name]
    if values and not several(values) and values[0].of:
        said.append(values[0].of.name)
    unit = f", in {measure.unit}" if measure.unit in SAID_UNITS and not measure.name.endswith(measure.unit) else ""
    yield Text.assemble((clean(": ".join(said)), "bold"), clean(unit))
    if measure.description:
        yield text_of(measure.description, "dim")


def several(values: list[Counted]) -> bool:
    """Whether the values are of several entities, so that each must name its own."""
    return len({value.of and value.of.id for value in values}) > 1


def _values(values: list[Counted], width: int) -> Iterator[RenderableType]:
    figures = [value.figure for value in values]
    most = scale(figure.size for figure in figures)
    each_whose = several(values)
    if width < NARROW:
        for value in values:
            yield Text.assemble(date_of(value.fact), "  ", _amount(value))
            yield figure_bar(value.figure, most, min(24, width), value.fact.status)
            yield Padding(_said(value, whose=each_whose), (0, 0, 0, 1))
    else:
        bar = next(bar for least, bar in BARS.items() if width >= least)
        made = table("Date", "Number", "", "Of what, by whom", right={1})
        made.columns[0].max_width = 17
        made.columns[2].width = bar
        for value in values:
            made.add_row(
                date_of(value.fact),
                _amount(value),
                figure_bar(value.figure, most, bar, value.fact.status),
                _said(value, whose=each_whose),
            )
        yield made
    signs = [number(len(values), "value"), *["do not add them up"] * (len(values) > 1), *explained(figures, most)]
    if any(value.fact.differs_from for value in values):
        signs.append(f"{DIFFERS[0]} {DIFFERS[2]}")
    yield from packed((Text(sign, "dim") for sign in signs), width)


def _amount(value: Counted) -> Text:
    return text_of(value.amount, "bold")


def _said(value: Counted, *, whose: bool) -> Text:
    """The thing counted, where rows differ in it, the source of the number, and the fact's title.

    A status is a word here: next to numbers its mark would look like the sign of a bound.
    """
    fact = value.fact
    said = [
        text_of(value.of.name if value.of and whose else ""),
        text_of(value.figure.what or ""),
        status_of(fact.status),
        text_of(f"said by {', '.join(fact.attributed_to)}" if fact.attributed_to else ""),
        text_of(f"doubts: {', '.join(fact.disputed_by)}" if fact.disputed_by else ""),
    ]
    title = text_of(fact.title, "dim")
    if fact.differs_from:
        title.append(f" {DIFFERS[0]}", DIFFERS[1])
    return Text(": ").join(filter(None, [Text("; ").join(filter(None, said)), title]))


def status_of(status: str) -> Text:
    """The word for a status that has a mark, in its colour."""
    return Text(status, MARKS[status][1]) if status in MARKS else Text()
