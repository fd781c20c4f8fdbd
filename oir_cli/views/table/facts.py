"""Lists of facts, and everything about a single one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from oir_cli.answers.detail import Detail, Details
from oir_cli.answers.listing import Listing, Marks
from oir_cli.model import ID_LISTS, Fact
from oir_cli.text import clean
from oir_cli.views.table.pieces import (
    DIFFERS,
    NARROW,
    WIDE,
    date_of,
    legend,
    mark_of,
    pairs,
    table,
    text_of,
    when,
)

FOUND = "bold"


def draw_listing(answer: Listing, width: int) -> Iterator[RenderableType]:
    yield from fact_list(answer.facts, width, answer.marks)


def draw_details(answer: Details, width: int) -> Iterator[RenderableType]:
    for place, detail in enumerate(answer.facts):
        if place:
            yield Text()
        yield _detail(detail)


def fact_list(facts: Sequence[Fact], width: int, found: Marks) -> Iterator[RenderableType]:
    """Facts one a row, or on a narrow screen one below the other, and what their marks mean.

    `found` holds, by fact id, what is to stand out of its text, as start and end.
    """
    if not facts:
        return
    if width < NARROW:
        for fact in facts:
            yield date_of(fact)
            yield Padding(fact_text(fact, found.get(fact.id, ())), (0, 0, 0, 1))
    else:
        made = table("Date", "Fact")
        made.columns[0].width = min(max(len(date_of(fact)) for fact in facts), 18 if width >= WIDE else 12)
        for fact in facts:
            made.add_row(date_of(fact), fact_text(fact, found.get(fact.id, ())))
        yield made
    yield legend(facts)


def fact_text(fact: Fact, found: Sequence[tuple[int, int]] = ()) -> Text:
    """A fact's text between its marks, and its id; what was `found` stands out."""
    text = Text().append_text(mark_of(fact.status))
    shown = Text(clean(fact.text))
    for start, end in found if shown.plain == fact.text else ():  # cleaning may have moved it
        shown.stylize(FOUND, start, end)
    text.append_text(shown)
    if fact.differs_from:
        text.append(f" {DIFFERS[0]}", DIFFERS[1])
    text.append(f" {clean(fact.id)}", "dim")
    return text


def _detail(detail: Detail) -> RenderableType:
    fact, names = detail.fact, detail.names
    linked = ((key, ", ".join(names[key][each] for each in fact.ids(key))) for key in ID_LISTS)
    figures = (
        " ".join(filter(None, (each.amount, each.what, f"({names['measures'][each.measure]})")))
        for each in fact.figures
    )
    rows = [
        ("id", fact.id),
        ("date", f"{when(fact)} ({fact.date})" if fact.date else "the article gives none"),
        ("status", fact.status),
        ("said by", "; ".join(fact.attributed_to)),
        ("doubted by", "; ".join(fact.disputed_by)),
        *linked,
        *(("figure", figure) for figure in figures),
        ("note", fact.note or ""),
        *(("differs", _other(other)) for other in detail.differs),
        *(("source", f"{source.section}, paragraph {source.paragraph}") for source in fact.sources),
        ("listed before", _other(detail.before)),
        ("listed after", _other(detail.after)),
    ]
    return Group(text_of(fact.text, "bold"), pairs((key, value) for key, value in rows if value))


def _other(fact: Fact | None) -> str:
    return f"{fact.text} {fact.id}" if fact else ""
