"""Timelines: facts under their months and events, a line for each event, and the facts of one day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from oir_cli.answers.listing import Day, Timeline
from oir_cli.answers.sections import by_event, in_sections, month_of, year_of
from oir_cli.dates import MONTHS, ends, name_period, written
from oir_cli.model import Fact
from oir_cli.text import clean, number
from oir_cli.views import Context
from oir_cli.views.table.facts import fact_rows
from oir_cli.views.table.pieces import MARKS, grid, legend, mark_of, packed, section, text_of

if TYPE_CHECKING:  # most timelines are not brief
    from oir_cli.answers.brief import Brief, Line

MONTH, DAYS, COUNT = 4, 6, 5  # columns of the dates and counts of a brief timeline
ONWARD = "→"
_MONTH = re.compile("|".join(MONTHS))
_PART = re.compile("early|mid|late")  # of a month, in a fact's date_text


def draw_timeline(answer: Timeline, context: Context) -> Iterator[RenderableType]:
    if not answer.facts:
        return
    for place, (heading, facts) in enumerate(in_sections(answer.facts, answer.query, month_of)):
        yield section(heading) if place else text_of(heading, "bold")
        yield from grouped_facts(facts, context)
    yield legend(answer.facts)


def grouped_facts(facts: Sequence[Fact], context: Context, within: str = "") -> Iterator[RenderableType]:
    """Facts under the names of their events. The event `within` gets no heading: the reader already knows it."""
    names = context.names["events"]
    for event, group in by_event(facts, names, within, keep_order=bool(within)):
        if event is None:
            yield from fact_rows(group, context)
        else:
            yield Text.assemble((clean(names[event]), "bold"), (f"  {clean(event)}" if context.ids else "", "dim"))
            yield from fact_rows(group, context, indented=True)


def draw_brief(answer: Brief, context: Context) -> Iterator[RenderableType]:
    if not answer.lines:
        return
    title = max(cell_len(clean(line.title)) for line in answer.lines) + 2  # with the mark of a status
    for place, (heading, lines) in enumerate(in_sections(answer.lines, answer.query, year_of)):
        yield section(heading) if place else text_of(heading, "bold")
        yield _brief_rows(lines, context.width, title, in_year=heading.isdigit())
    yield from packed((Text(each, "dim") for each in _brief_legend(answer)), context.width)


def draw_day(answer: Day, context: Context) -> Iterator[RenderableType]:
    if not answer.facts:
        return
    day, exact = name_period(answer.day), answer.facts[: answer.exact]
    yield text_of(answer.title if exact else f"No fact is dated to {day} itself", "bold")
    yield from fact_rows(exact, context)
    rest = answer.facts[answer.exact :]
    if rest:
        yield section(f"Dated to a longer time that includes {day}")
        yield from fact_rows(rest, context)
    yield legend(answer.facts)


def _brief_rows(lines: Sequence[Line], width: int, title: int, *, in_year: bool) -> Table:
    """One line each: when, what in at most `title` columns, and how many facts tell of it.

    Under the heading of a year, a line needs only month and day, and a month is named once.
    """
    rows: list[list[Text]] = []
    month = ""
    for line in lines:
        when = _date_in_year(line) if in_year else (_whole_date(line),)
        columns = list(when)
        if in_year and when[0] == month:
            columns[0] = ""
        month = when[0]
        said = Text.assemble(mark_of(line.status), (clean(line.title), "bold" if line.major else ""))
        rows.append([*(text_of(each, "cyan") for each in columns if in_year or line.date), said, _count(line)])
    made = grid(rows, "l" * (len(rows[0]) - 1) + "r")
    made.padding = (0, 1, 0, 0)
    made.columns[-1].min_width = COUNT - 2
    if in_year:
        made.columns[0].width, made.columns[1].width = MONTH, DAYS
        if MONTH + DAYS + 2 + title + COUNT < width:  # the same columns under each year
            made.columns[-2].min_width = title
    return made


def _count(line: Line) -> Text:
    return Text(str(len(line.facts)) if line.event else "", "dim")


def _date_in_year(line: Line) -> tuple[str, str]:
    """The month and the day of a line, as short as they can be under the heading of a year."""
    first, last = ends(line.date or "")
    year, month, day = [*first.split("-"), "", ""][:3]
    about = "~" if "~" in (line.date or "") else ""
    if not month:
        return year, ""
    name = MONTHS[int(month) - 1][:3]
    if first == last:
        part = _PART.match((line.date_text or "").lower())
        return name, about + (str(int(day)) if day else part[0] if part else "")
    if day and last[:7] == first[:7]:
        return name, f"{about}{int(day)}–{int(last[8:])}"
    return name, f"{about}{int(day) if day else ''}{ONWARD}"


def _whole_date(line: Line) -> str:
    """The date with its year, and with months in three letters."""
    text = line.date_text or (written(line.date) if line.date else "")
    return _MONTH.sub(lambda month: month.group()[:3], text)


def _brief_legend(answer: Brief) -> Iterator[str]:
    events = sum(line.event is not None for line in answer.lines)
    if answer.query.major is not None:
        yield f"{events} of {number(answer.event_count, 'event')}; leave out --major to see all"
    else:
        single = len(answer.lines) - events
        yield f"{number(events, 'event')} and {number(single, 'single fact')} from {number(answer.fact_count, 'fact')}"
        yield "leave out --brief to see the full texts"
    statuses = {line.status for line in answer.lines}
    yield from (f"{sign} {meaning}" for status, (sign, _, meaning) in MARKS.items() if status in statuses)
    if any(ONWARD in _date_in_year(line)[1] for line in answer.lines if line.date):
        yield f"{ONWARD} beyond the month"
