"""A list of facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from oir_cli.answers import FACT_BRIEF, Answer, Row, cut
from oir_cli.model import FACT_KEYS, Fact
from oir_cli.query import Query
from oir_cli.store import Report, Store, unreported

# By fact id, the parts of its text to emphasise, as start and end.
Marks = Mapping[str, Sequence[tuple[int, int]]]


class Listing(Answer):
    """Facts in order. `title` states what was asked."""

    title = ""
    left_out = 0
    fields: ClassVar[tuple[str, ...]] = FACT_KEYS
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
        """The parts of each text to emphasise: none, unless the facts were searched for."""
        return {}

    def rows(self) -> list[Row]:
        return [fact.record() for fact in self.facts]


def listing(
    store: Store, query: Query, title: str, *, exact_first: bool = False, report: Report = unreported
) -> Listing:
    """The facts that match, cut to the query's limit; `exact_first` puts those of a day before those of a month.

    `report` is called with each file of the store as it is read.
    """
    facts = store.facts(query, report)
    if exact_first:
        facts.sort(key=_length)
    return Listing(title, *cut(facts, query.limit))


def _length(fact: Fact) -> int:
    """How many days the fact's date can mean."""
    span = fact.span
    return (span.last - span.first).days if span else 0
