"""Numbers of facts by year, month, status, or by what they mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from oir_cli.answers import Answer, Row, cut
from oir_cli.dates import MONTHS, ends
from oir_cli.kinds import KINDS, Kind
from oir_cli.model import STATUSES, Fact
from oir_cli.query import Query
from oir_cli.store import Store

UNDATED = "undated"
DEFAULT = ("year", "topic", "participant", "place", "status")


@dataclass(frozen=True)
class Group:
    """The facts that share one value, such as a year: the value, its name for a reader, and their number."""

    value: str
    name: str
    facts: int


@dataclass(frozen=True)
class Grouped:
    """All groups by one key, and how many more a limit held back.

    Groups of dates are in date order; a fact counts where its date begins, or under "undated". Other groups are in
    order of size; a fact counts for every entity that it mentions, and for everything that these are part of.
    """

    by: str
    groups: list[Group]
    left_out: int = 0


@dataclass(frozen=True)
class Stats(Answer):
    """Facts counted by one or more keys. `facts` is how many there are in all."""

    facts: int
    grouped: list[Grouped]

    fields: ClassVar[tuple[str, ...]] = ("by", "value", "name", "facts")
    ids: ClassVar[tuple[str, ...]] = ("value",)  # the name says the same

    @property
    def title(self) -> str:
        return "Facts counted"

    @property
    def left_out(self) -> int:
        return sum(each.left_out for each in self.grouped)

    def make_rows(self) -> list[Row]:
        return [
            {"by": each.by, "value": group.value, "name": group.name, "facts": group.facts}
            for each in self.grouped
            for group in each.groups
        ]


def stats(store: Store, query: Query, by: Iterable[str] = ()) -> Stats:
    """Count the facts that match by each of the GROUPINGS in `by`."""
    facts = store.facts(query)
    grouped = []
    for key in dict.fromkeys(by) or DEFAULT:
        groups = _by_entity(store, KINDS[key], facts) if key in KINDS else _BY[key](facts)
        if query.reverse:
            groups.reverse()
        grouped.append(Grouped(key, *cut(groups, query.limit)))
    return Stats(len(facts), grouped)


def _by_entity(store: Store, kind: Kind, facts: list[Fact]) -> list[Group]:
    entities = store.entities(kind.key)
    count = Counter(each for fact in facts for each in store.lineage(fact, kind.key) if kind.holds(entities[each]))
    largest_first = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Group(each, entities[each].name, number) for each, number in largest_first]


def _by_year(facts: list[Fact]) -> list[Group]:
    return _by_beginning(facts, lambda point: point[:4])


def _by_month(facts: list[Fact]) -> list[Group]:
    return [_with_month(group) for group in _by_beginning(facts, lambda point: point[:7])]


def _by_beginning(facts: list[Fact], cut: Callable[[str], str]) -> list[Group]:
    count = Counter(cut(ends(fact.date)[0]) if fact.date else UNDATED for fact in facts)
    dated = sorted(value for value in count if value != UNDATED)
    return [Group(value, value, count[value]) for value in [*dated, *[UNDATED] * (UNDATED in count)]]


def _with_month(group: Group) -> Group:
    year, _, month = group.value.partition("-")
    if group.value == UNDATED:
        return group
    return replace(group, name=f"{MONTHS[int(month) - 1]} {year}" if month else f"{year}, no month said")


def _by_status(facts: list[Fact]) -> list[Group]:
    count = Counter(fact.status for fact in facts)
    return [Group(status, status, count[status]) for status in STATUSES if status in count]


_BY: dict[str, Callable[[list[Fact]], list[Group]]] = {"year": _by_year, "month": _by_month, "status": _by_status}
GROUPINGS = ("year", "month", *KINDS, "status")
