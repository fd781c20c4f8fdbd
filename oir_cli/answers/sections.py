"""The order in which facts are told: under months or years, and under their events. Views with headings use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from oir_cli.dates import Span, ends, name_period, written
from oir_cli.model import Fact
from oir_cli.query import Query

UNDATED = "Undated"


class Dated(Protocol):
    """A fact, or a line of a brief timeline; its `date` is EDTF or None."""

    @property
    def date(self) -> str | None: ...


T = TypeVar("T", bound=Dated)


def in_sections(items: Sequence[T], query: Query, heading_of: Callable[[str], str]) -> Iterator[tuple[str, list[T]]]:
    """Group items by heading. Items that began before the requested period come after the others, undated ones last.

    `heading_of` gives the heading for the first point of a stored date: `month_of` or `year_of`.
    """
    sections: dict[str, list[T]] = {}
    before = _under_way(query)
    for item in items:
        if item.date is None:
            heading = UNDATED
        elif query.began_before(item.date):
            heading = before
        else:
            heading = heading_of(ends(item.date)[0])
        sections.setdefault(heading, []).append(item)
    last = (before, UNDATED)
    yield from ((heading, some) for heading, some in sections.items() if heading not in last)
    yield from ((heading, sections[heading]) for heading in last if heading in sections)


def _under_way(query: Query) -> str:
    """The heading over what began before the time asked for."""
    periods = [period for group in query.periods for period in group]
    only = periods[0] if len(periods) == 1 else None
    if isinstance(only, Span) and only.last < date.max:
        return f"Under way {'on' if only.is_day else 'during'} {name_period(only)}"
    return "Already under way"


def month_of(point: str) -> str:
    return written(point[:7])


def year_of(point: str) -> str:
    return point[:4]


def by_event(
    facts: Sequence[Fact], names: Mapping[str, str], within: str = "", *, keep_order: bool = False
) -> list[tuple[str | None, list[Fact]]]:
    """Facts by their events. An event stands at the position of its first fact; None is for facts without a heading.

    `names` holds the names of events by id. The event `within` gets no heading, and an event with a single fact gets
    none either, because the fact already describes it. With `keep_order` only facts that follow each other are a group,
    as where smaller events go on at the same time.
    """
    groups: dict[tuple[str, int], list[Fact]] = {}
    runs, last = 0, ""
    for fact in facts:
        event = next((each for each in fact.events if each in names and each != within), None) or fact.id
        if keep_order and event != last:
            runs += 1
        last = event
        groups.setdefault((event, runs), []).append(fact)
    found: list[tuple[str | None, list[Fact]]] = []
    for (event, _), group in groups.items():
        if len(group) > 1:
            found.append((event, group))
        elif found and found[-1][0] is None:
            found[-1][1].extend(group)
        else:
            found.append((None, group))
    return found
