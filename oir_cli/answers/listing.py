"""Lists of facts: in date order, as a timeline, or of one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from oir_cli.answers import FACT_BRIEF, Answer, Row, cut
from oir_cli.dates import Span, YearlyDay, name_period
from oir_cli.model import FACT_FIELDS, Fact
from oir_cli.query import Query
from oir_cli.store import Report, Store, unreported

Spans = Sequence[tuple[int, int]]  # parts of a text, as start and end


class Mark(NamedTuple):
    """What a question has to do with a fact: words `found` in its text, the `answer` in it, and words that it lacks."""

    found: Spans = ()
    answer: Spans = ()
    lacks: Sequence[str] = ()


Marks = Mapping[str, Mark]  # by fact id


class Listing(Answer):
    """Facts in order. `title` states what was asked."""

    title = ""
    left_out = 0
    ordered = True  # by date
    fields: ClassVar[tuple[str, ...]] = FACT_FIELDS
    brief: ClassVar[tuple[str, ...]] = FACT_BRIEF

    def __init__(self, title: str, facts: list[Fact], left_out: int = 0) -> None:
        self.title = title
        self.facts = facts
        self.left_out = left_out

    @property
    def is_empty(self) -> bool:
        return not self.facts

    @property
    def marks(self) -> Marks:
        """What the question has to do with each fact: nothing, unless the facts were searched for."""
        return {}

    def make_rows(self) -> list[Row]:
        return [fact.row() for fact in self.facts]


class Timeline(Listing):
    """Facts in date order, which a view may group by month and event; `query` is what was asked."""

    named: ClassVar[tuple[str, ...]] = ("events",)

    def __init__(self, query: Query, facts: list[Fact], left_out: int = 0) -> None:
        super().__init__("Timeline", facts, left_out)
        self.query = query


class Day(Listing):
    """Facts about a day, those of this very day first: `exact` of them. `day` is the day asked for."""

    def __init__(self, day: Span | YearlyDay, facts: list[Fact], left_out: int, exact: int) -> None:
        super().__init__(f"On {name_period(day)}", facts, left_out)
        self.day = day
        self.exact = exact


def listing(store: Store, query: Query, title: str, *, report: Report = unreported) -> Listing:
    """The facts that match, cut to the query's limit. `report` is called with each file of the store as it is read."""
    return Listing(title, *cut(store.facts(query, report), query.limit))


def timeline(store: Store, query: Query) -> Timeline:
    """The facts that match in date order, cut to the query's limit."""
    return Timeline(query, *cut(store.facts(query), query.limit))


def facts_on(store: Store, day: Span | YearlyDay, query: Query) -> Day:
    """The facts about `day`, which `query` asks for: those of this very day first, then the more exactly dated.

    Of equally exact ones, facts of major events come first.
    """
    facts = store.facts(query)
    facts.sort(key=lambda fact: (not _is_exact(fact, day), _length(fact), store.major_events.isdisjoint(fact.events)))
    shown, left_out = cut(facts, query.limit)
    return Day(day, shown, left_out, sum(_is_exact(fact, day) for fact in shown))


def _is_exact(fact: Fact, day: Span | YearlyDay) -> bool:
    """Whether the fact, which is about the day, is about nothing else."""
    span = fact.span
    return span is not None and (span.is_day if isinstance(day, YearlyDay) else span.within(day))


def _length(fact: Fact) -> int:
    """How many days the fact's date spans, beyond the first."""
    span = fact.span
    return (span.last - span.first).days if span else 0
