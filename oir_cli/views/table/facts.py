"""Lists of facts, and single facts in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from oir_cli.answers.listing import Listing, Mark, Marks
from oir_cli.model import ID_LISTS, Fact
from oir_cli.text import clean
from oir_cli.views import Context
from oir_cli.views.table.pieces import (
    DIFFERS,
    GAP,
    NARROW,
    WIDE,
    broken,
    date_of,
    grid,
    legend,
    mark_of,
    pairs,
    text_of,
    when,
)

if TYPE_CHECKING:  # lists of facts need no single one in full
    from oir_cli.answers.detail import Detail, Details

FOUND, ANSWER = "bold", "bold reverse"
NO_MARK = Mark()
NO_MARKS: Marks = MappingProxyType({})
WIDE_DATE, SHORT_DATE = 18, 12  # columns of dates, on a wide and on a narrower screen
WORDS = {"places": "where", "participants": "who"}  # how a fact in full calls what it names


def draw_listing(answer: Listing, context: Context) -> Iterator[RenderableType]:
    yield from fact_list(answer.facts, context, answer.marks)


def draw_details(answer: Details, context: Context) -> Iterator[RenderableType]:
    for place, detail in enumerate(answer.facts):
        if place:
            yield Text()
        yield _detail(detail, ids=context.ids)


def fact_list(facts: Sequence[Fact], context: Context, found: Marks) -> Iterator[RenderableType]:
    """Facts, and the meaning of their marks; `found` is what a question has to do with each."""
    if facts:
        yield from fact_rows(facts, context, found)
        yield legend(facts)


def fact_rows(
    facts: Sequence[Fact], context: Context, found: Marks = NO_MARKS, *, indented: bool = False
) -> Iterator[RenderableType]:
    """Facts one in a row, or on a narrow screen one below the other; `indented` under a heading of their own."""
    width, ids = context.width, context.ids
    if width < NARROW:
        for fact in facts:
            yield Padding(date_of(fact), (0, 0, 0, int(indented)))
            text = fact_text(fact, width - 1 - int(indented), found.get(fact.id, NO_MARK), ids=ids)
            yield Padding(text, (0, 0, 0, 1 + int(indented)))
    elif facts:
        dates = WIDE_DATE if width >= WIDE else SHORT_DATE
        margin = [Text()] if indented else []  # a column of spaces: padding around the table would lay it out twice
        rest = width - dates - GAP * (1 + len(margin))
        rows = ([*margin, date_of(fact), fact_text(fact, rest, found.get(fact.id, NO_MARK), ids=ids)] for fact in facts)
        made = grid(rows, "l" * (len(margin) + 2))
        made.columns[-2].width = dates
        made.columns[-1].width = rest  # with its width given, Rich need not measure the longest text
        yield made


def fact_text(fact: Fact, width: int, found: Mark = NO_MARK, *, ids: bool = True) -> Text:
    """A fact's text between its marks, its id if wanted, and the words that it lacks, in `width` columns."""
    text = Text().append_text(mark_of(fact.status))
    shown = Text(clean(fact.text))
    if shown.plain == fact.text:  # cleaning may have moved the words
        for style, spans in ((FOUND, found.found), (ANSWER, found.answer)):
            for start, end in spans:
                shown.stylize(style, start, end)
    text.append_text(shown)
    if fact.differs_from:
        text.append(f" {DIFFERS[0]}", DIFFERS[1])
    if ids:
        text.append(f" {broken(clean(fact.id), width)}", "dim")
    if found.lacks:
        text.append(f" without {', '.join(map(clean, found.lacks))}", "dim italic")
    return text


def _detail(detail: Detail, *, ids: bool) -> RenderableType:
    fact, names = detail.fact, detail.names
    linked = {key: ", ".join(names[key][each] for each in fact.ids(key)) for key in ID_LISTS}
    figures = (
        " ".join(filter(None, (each.amount, each.what, f"({names['measures'][each.measure]})")))
        for each in fact.figures
    )
    first = [
        ("date", f"{when(fact)} ({fact.date})" if fact.date else "the article gives none"),
        *((WORDS.get(key, key), linked[key]) for key in ("places", "participants", "people")),
        ("status", fact.status),
        ("said by", "; ".join(fact.attributed_to)),
        ("doubts", "; ".join(fact.disputed_by)),
    ]
    rest = [
        *(("figure", figure) for figure in figures),
        ("note", fact.note or ""),
        *(("differs", _other(other, ids=ids)) for other in detail.differs),
        ("topics", linked["topics"]),
        ("event", linked["events"]),
        ("before", _other(detail.before, ids=ids)),
        ("after", _other(detail.after, ids=ids)),
        *(("source", f"{source.section}, paragraph {source.paragraph}") for source in fact.sources),
        ("id", fact.id if ids else ""),
    ]
    parts = ([(key, value) for key, value in rows if value] for rows in (first, rest))
    head, tail = map(pairs, parts)
    return Group(text_of(fact.title, "bold"), head, Text(), text_of(fact.text), Text(), tail)


def _other(fact: Fact | None, *, ids: bool) -> str:
    return "" if fact is None else f"{fact.title}  {fact.id}" if ids else fact.title
