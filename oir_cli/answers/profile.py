"""Entities: the list of a vocabulary with how much the store knows of each, and the profile of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli.answers import Row, narrowed
from oir_cli.dates import ends, parse_stored
from oir_cli.entities import Entity, Measure
from oir_cli.model import FACT_KEYS, Fact, Figure
from oir_cli.query import Query
from oir_cli.store import Store

PLACE_KEYS = ("kind", "country", "lat", "lon")


@dataclass(frozen=True)
class Period:
    """The earliest and the latest date that facts speak of, as precise as these facts: `2014-09`, `2020-01-23`.

    None where no fact is dated. An open end is no latest date: its beginning counts.
    """

    first: str | None
    last: str | None


def period(facts: Iterable[Fact]) -> Period:
    dated = [(fact.span, *ends(fact.date)) for fact in facts if fact.date and fact.span]
    if not dated:
        return Period(None, None)
    first = min(dated, key=lambda each: (each[0].first, each[0].last))[1]
    closed = [(span.first if span.open else span.last, start if span.open else end) for span, start, end in dated]
    return Period(first, max(closed, key=lambda each: (each[0], len(each[1])))[1])


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
    """The entities of vocabulary `key` that matching facts speak of, those with the most facts first."""
    of: dict[str, list[Fact]] = defaultdict(list)
    for fact in store.facts(query):
        for each in {above for linked in getattr(fact, key) for above in store.above(key, linked)}:
            of[each].append(fact)
    entities = (entity for entity in store.entities(key).values() if not states or entity.kind == "state")
    rows = [DirectoryRow(entity, len(of[entity.id]), period(of[entity.id])) for entity in entities if entity.id in of]
    return (PlaceDirectory if key == "places" else Directory)(
        title, sorted(rows, key=lambda row: (-row.facts, row.entity.id))
    )


@dataclass(frozen=True)
class KeyFigure:
    """A figure of the profile's entity, with the fact that carries it."""

    figure: Figure
    measure: Measure
    fact: Fact

    def row(self) -> Row:
        return self.figure.record() | {"date": self.fact.date, "fact": self.fact.id}


@dataclass(frozen=True)
class Profile:
    """What the store knows of one entity: what it is, when, on which topics, its figures, and its facts.

    `topics` pairs a topic's id and name with the number of facts; `above` and `parts` are the entities it belongs to
    and those that belong to it.
    """

    key: str
    entity: Entity
    above: list[Entity]
    parts: list[Entity]
    period: Period
    topics: list[tuple[Entity, int]]
    figures: list[KeyFigure]
    facts: list[Fact]
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = FACT_KEYS

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
            "topics": [{"id": topic.id, "name": topic.name, "facts": count} for topic, count in self.topics],
            "figures": [figure.row() for figure in self.figures],
            "facts": narrowed(self.rows(), fields),
        }


@dataclass(frozen=True)
class Profiles:
    """Several profiles, asked for at once."""

    profiles: list[Profile]

    fields: ClassVar[tuple[str, ...]] = FACT_KEYS

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
    topics = Counter(topic for fact in facts for topic in fact.topics)
    names = store.entities("topics")
    entities = store.entities(key)
    return Profile(
        key=key,
        entity=entity,
        above=[entities[each] for each in store.above(key, entity.id)[1:]],
        parts=[entities[each] for each in sorted(family - {entity.id})],
        period=period(facts),
        topics=[(names[topic], count) for topic, count in topics.most_common() if topic in names],
        figures=_key_figures(store, facts, family),
        facts=facts[: query.limit],
        left_out=max(0, len(facts) - (len(facts) if query.limit is None else query.limit)),
    )


def _key_figures(store: Store, facts: list[Fact], family: frozenset[str]) -> list[KeyFigure]:
    """The figures that count the entity or its parts, in the order of the measures, then of their dates."""
    order = {measure: number for number, measure in enumerate(store.measures)}
    found = [
        KeyFigure(figure, store.measures[figure.measure], fact)
        for fact in facts
        for figure in fact.figures
        if figure.of in family and figure.measure in order
    ]
    return sorted(found, key=lambda each: (order[each.figure.measure], _first_day(each.fact)))


def _first_day(fact: Fact) -> str:
    return parse_stored(fact.date).first.isoformat() if fact.date else "9999"
