"""Single facts with all that belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from oir_cli.answers import Answer, Row
from oir_cli.model import FACT_FIELDS, ID_LISTS, Fact
from oir_cli.store import Store


@dataclass(frozen=True)
class Detail:
    """One fact with its neighbours, the facts that it differs from, and the names of its ids.

    The neighbours are those of its event's story, where the event has others on that side; else those in time.
    """

    fact: Fact
    before: Fact | None
    after: Fact | None
    differs: list[Fact]
    names: dict[str, dict[str, str]]

    def row(self) -> Row:
        return self.fact.row() | {
            "before": self.before.id if self.before else None,
            "after": self.after.id if self.after else None,
            "differs": [fact.row() for fact in self.differs],
        }


@dataclass(frozen=True)
class Details(Answer):
    """Some facts, each with all that belongs to it."""

    facts: list[Detail]

    fields: ClassVar[tuple[str, ...]] = (*FACT_FIELDS, "before", "after", "differs")
    brief: ClassVar[tuple[str, ...]] = ()

    def make_rows(self) -> list[Row]:
        return [detail.row() for detail in self.facts]


def details(store: Store, ids: Sequence[str]) -> Details:
    """The facts with these ids, with all that belongs to them. Raises UnknownName for an id that no fact has."""
    wanted = [store.fact(asked) for asked in ids]
    by_id = store.by_id
    dated = [fact for fact in by_id.values() if fact.date is not None]
    position = {fact.id: number for number, fact in enumerate(dated)}

    def detail(fact: Fact) -> Detail:
        at = position.get(fact.id)
        told = [each for each in by_id.values() if each.events[:1] == fact.events[:1]] if fact.events else [fact]
        place = told.index(fact)
        before = told[place - 1] if place else dated[at - 1] if at else None
        after = told[place + 1] if place + 1 < len(told) else None
        if after is None and at is not None and at + 1 < len(dated):
            after = dated[at + 1]
        return Detail(
            fact=fact,
            before=before,
            after=after,
            differs=[by_id[other] for other in fact.differs_from if other in by_id],
            names={key: _names(store, key, fact) for key in (*ID_LISTS, "measures")},
        )

    return Details([detail(fact) for fact in wanted])


def _names(store: Store, key: str, fact: Fact) -> dict[str, str]:
    entities = store.entities(key)
    return {each: entities[each].name if each in entities else each for each in fact.ids(key)}
