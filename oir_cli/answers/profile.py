"""Entities: the list of a vocabulary with how much the store knows of each, and the profile of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli.answers import FACT_BRIEF, Row, narrowed
from oir_cli.answers.figures import Counted, counted
from oir_cli.answers.period import Period, period
from oir_cli.dates import parse_stored
from oir_cli.entities import Entity
from oir_cli.model import FACT_KEYS, ID_LISTS, Fact
from oir_cli.query import Query
from oir_cli.store import Store

PLACE_KEYS = ("kind", "country", "lat", "lon")


@dataclass(frozen=True)
class DirectoryRow:
    entity: Entity
    facts: int
    period: Period

    def row(self) -> Row:
        return {
            "id": self.entity.id,
            "name": self.entity.name,
            "facts": self.facts,
            "first": self.period.first,
            "last": self.period.last,
            "aliases": list(self.entity.aliases),
            "description": self.entity.description,
        }


@dataclass(frozen=True)
class Directory:
    """A vocabulary: each entity with the number of its facts and the days they span."""

    title: str
    entities: list[DirectoryRow]
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = ("id", "name", "facts", "first", "last", "aliases", "description")

    def rows(self) -> list[Row]:
        return [row.row() for row in self.entities]

    def data(self, fields: Sequence[str]) -> Any:
        return narrowed(self.rows(), fields)


@dataclass(frozen=True)
class PlaceDirectory(Directory):
    """The places, with what each is and where: `lat` and `lon` in degrees (WGS 84), None where they are not known."""

    fields: ClassVar[tuple[str, ...]] = (*Directory.fields, *PLACE_KEYS)

    def rows(self) -> list[Row]:
        return [row.row() | {key: getattr(row.entity, key) for key in PLACE_KEYS} for row in self.entities]


def directory(store: Store, key: str, query: Query, title: str, *, states: bool = False) -> Directory:
    """The entities of vocabulary `key` that matching facts speak of, those with most facts first, up to the limit."""
    of: dict[str, list[Fact]] = defaultdict(list)
    for fact in store.facts(query):
        for each in store.lineage(fact, key):
            of[each].append(fact)
    entities = (entity for entity in store.entities(key).values() if not states or entity.kind == "state")
    rows = [DirectoryRow(entity, len(of[entity.id]), period(of[entity.id])) for entity in entities if entity.id in of]
    rows.sort(key=lambda row: (-row.facts, row.entity.id))
    if query.reverse:
        rows.reverse()
    shown = rows[: query.limit]
    return (PlaceDirectory if key == "places" else Directory)(title, shown, len(rows) - len(shown))


@dataclass(frozen=True)
class Profile:
    """What the store knows of one entity: what it is, when, on which topics, with whom and where, figures and facts.

    `topics` pairs each topic with the number of facts on it; so do `participants`, `people` and `places` for those that
    the facts also speak of, the most frequent first. `above` and `parts` are the entities it belongs to and those that
    belong to it. The figures of a participant are those that count it or its parts; those of a person, place or topic
    are all that its facts carry.
    """

    key: str
    entity: Entity
    above: list[Entity]
    parts: list[Entity]
    period: Period
    topics: list[tuple[Entity, int]]
    participants: list[tuple[Entity, int]]
    people: list[tuple[Entity, int]]
    places: list[tuple[Entity, int]]
    figures: list[Counted]
    facts: list[Fact]
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = FACT_KEYS
    brief: ClassVar[tuple[str, ...]] = FACT_BRIEF

    @property
    def title(self) -> str:
        return self.entity.name

    def rows(self) -> list[Row]:
        return [fact.record() for fact in self.facts]

    def data(self, fields: Sequence[str]) -> Row:
        return {
            "vocabulary": self.key,
            "entity": self.entity.record(),
            "parts": [part.id for part in self.parts],
            "first": self.period.first,
            "last": self.period.last,
            "count": len(self.facts) + self.left_out,
            **{key: _ranked(getattr(self, key)) for key in ("topics", "participants", "people", "places")},
            "figures": [figure.row() for figure in self.figures],
            "facts": narrowed(self.rows(), fields),
        }


def _ranked(entities: list[tuple[Entity, int]]) -> list[Row]:
    return [{"id": entity.id, "name": entity.name, "facts": count} for entity, count in entities]


@dataclass(frozen=True)
class Profiles:
    """Several profiles, asked for at once."""

    profiles: list[Profile]

    fields: ClassVar[tuple[str, ...]] = FACT_KEYS
    brief: ClassVar[tuple[str, ...]] = FACT_BRIEF

    @property
    def left_out(self) -> int:
        return sum(profile.left_out for profile in self.profiles)

    def rows(self) -> list[Row]:
        return [row for profile in self.profiles for row in profile.rows()]

    def data(self, fields: Sequence[str]) -> list[Row]:
        return [profile.data(fields) for profile in self.profiles]


def profile(store: Store, key: str, entity: Entity, query: Query) -> Profile:
    """The profile of one entity, from the facts about it (and its parts) that match the query."""
    family = store.below(key, entity.id)
    about = Query(
        periods=query.periods,
        links=(*query.links, (key, family)),
        statuses=query.statuses,
        certain=query.certain,
        reverse=query.reverse,
    )
    facts = store.facts(about)
    above = store.above(key, entity.id)
    entities = store.entities(key)
    neighbours = {
        # What a fact on the entity always is as well, a part of it or what it is part of, tells nothing new.
        each: _most_common(store, each, facts, family.union(above) if each == key and key != "topics" else frozenset())
        for each in ID_LISTS
    }
    return Profile(
        key=key,
        entity=entity,
        above=[entities[each] for each in above[1:]],
        parts=[entities[each] for each in sorted(family - {entity.id})],
        period=period(facts),
        **neighbours,
        figures=_key_figures(store, facts, family if key == "participants" else None),
        facts=facts[: query.limit],
        left_out=max(0, len(facts) - (len(facts) if query.limit is None else query.limit)),
    )


def _most_common(store: Store, key: str, facts: list[Fact], without: frozenset[str]) -> list[tuple[Entity, int]]:
    """The entities of vocabulary `key` that facts name, but those `without`, with the number of these facts."""
    names = store.entities(key)
    found = Counter(each for fact in facts for each in fact.ids(key) if each in names and each not in without)
    return [(names[each], count) for each, count in found.most_common()]


def _key_figures(store: Store, facts: list[Fact], of: frozenset[str] | None) -> list[Counted]:
    """The figures of `facts`, with `of` those that count one of these entities, by measure and then by date."""
    order = {measure: number for number, measure in enumerate(store.measures)}
    return sorted(counted(store, facts, of), key=lambda each: (order[each.measure.id], _first_day(each.fact)))


def _first_day(fact: Fact) -> str:
    return parse_stored(fact.date).first.isoformat() if fact.date else "9999"
