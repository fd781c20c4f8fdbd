"""A list of facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from oir_cli.answers import FACT_BRIEF, Row, narrowed
from oir_cli.model import FACT_KEYS, Fact
from oir_cli.query import Query
from oir_cli.store import Report, Store, unreported

# By fact id, where in its text something stands out, as start and end.
Marks = Mapping[str, Sequence[tuple[int, int]]]


class Listing:
    """Facts in order. `left_out` counts those that a limit held back; `title` says what was asked.

    No dataclass: importing what makes those would cost most questions more than all else here.
    """

    def __init__(self, title: str, facts: list[Fact], left_out: int = 0) -> None:
        self.title = title
        self.facts = facts
        self.left_out = left_out

    fields: ClassVar[tuple[str, ...]] = FACT_KEYS
    brief: ClassVar[tuple[str, ...]] = FACT_BRIEF

    @property
    def marks(self) -> Marks:
        """What is to stand out: nothing, unless the facts were searched for."""
        return {}

    def rows(self) -> list[Row]:
        return [fact.record() for fact in self.facts]

    def data(self, fields: Sequence[str]) -> list[Row]:
        return narrowed(self.rows(), fields)


def listing(
    store: Store, query: Query, title: str, *, exact_first: bool = False, report: Report = unreported
) -> Listing:
    """The facts that match, cut to the query's limit; `exact_first` puts those of a day before those of a month.

    `report` is called with each file of the store as it is read.
    """
    facts = store.facts(query, report)
    if exact_first:
        facts.sort(key=_length)
    return limited(facts, query.limit, title)


def _length(fact: Fact) -> int:
    """How many days the fact's date can mean."""
    span = fact.span
    return (span.last - span.first).days if span else 0


def limited(facts: list[Fact], limit: int | None, title: str) -> Listing:
    shown = facts if limit is None else facts[:limit]
    return Listing(title, shown, len(facts) - len(shown))
