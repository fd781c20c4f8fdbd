"""The lists of entities: each entity of a kind, with the number of facts on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli.answers import Answer, Row, cut
from oir_cli.answers.period import Period, period
from oir_cli.dates import story_position
from oir_cli.entities import Entity, Event, Person
from oir_cli.kinds import Kind
from oir_cli.model import Fact
from oir_cli.query import Query
from oir_cli.store import Store


@dataclass(frozen=True)
class Entry:
    """An entity in a list; `fate_date` is the date of the fact that a person's fate rests on, as in that fact."""

    entity: Entity
    facts: int
    period: Period
    fate_date: str | None = None

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
class Directory(Answer):
    """All entities of a kind: each with the number of its facts and the days they span."""

    kind: Kind
    entries: list[Entry]
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = ("id", "name", "facts", "first", "last", "aliases", "description")
    own: ClassVar[tuple[str, ...]] = ()  # keys of the entities, beyond those that every kind has

    @property
    def title(self) -> str:
        return self.kind.title

    def make_rows(self) -> list[Row]:
        return [entry.row() | {key: getattr(entry.entity, key) for key in self.own} for entry in self.entries]


class PlaceDirectory(Directory):
    """The places, with what each is and where, as in the class Place."""

    own: ClassVar[tuple[str, ...]] = (
        "kind", "country", "within", "lat", "lon", "precision", "position_source", "note",
    )  # fmt: skip
    fields: ClassVar[tuple[str, ...]] = (*Directory.fields, *own)
    brief: ClassVar[tuple[str, ...]] = (
        "id", "name", "kind", "facts", "first", "last", "description", "lat", "lon", "precision",
    )  # fmt: skip


class EventDirectory(Directory):
    """The events in date order, with date, larger event, and whether it is major."""

    own: ClassVar[tuple[str, ...]] = ("date", "parent", "major")
    fields: ClassVar[tuple[str, ...]] = (*Directory.fields, *own)
    brief: ClassVar[tuple[str, ...]] = ("id", "name", "date", "facts", "major", "description")


class PersonDirectory(Directory):
    """The people, with role, side and fate."""

    own: ClassVar[tuple[str, ...]] = ("role", "participant", "fate", "fate_kind", "fate_fact")
    fields: ClassVar[tuple[str, ...]] = (*Directory.fields, *own, "fate_date")
    brief: ClassVar[tuple[str, ...]] = ("id", "name", "role", "fate", "facts", "description")
    named: ClassVar[tuple[str, ...]] = ("participants",)

    def make_rows(self) -> list[Row]:
        rows = zip(super().make_rows(), self.entries, strict=True)
        return [row | {"fate_date": entry.fate_date} for row, entry in rows]


DIRECTORIES = {"places": PlaceDirectory, "events": EventDirectory, "people": PersonDirectory}


def directory(
    store: Store, kind: Kind, query: Query, chosen: Callable[[Any], bool] | None = None, *, by_fate: bool = False
) -> Directory:
    """The entities of a kind that matching facts mention: those with most facts first, but events in date order.

    With `chosen`, only those for which it is true. `by_fate` puts people in the order of the dates of their fates.
    """
    key = kind.key
    of: dict[str, list[Fact]] = defaultdict(list)
    for fact in store.facts(query):
        for each in store.lineage(fact, key):
            of[each].append(fact)
    entities = [
        entity
        for entity in store.entities(key).values()
        if entity.id in of and kind.holds(entity) and (chosen is None or chosen(entity))
    ]
    if key == "events":
        wanted = of.keys() if query.major is None else query.major
        entities = sorted((event for event in entities if event.id in wanted), key=event_position)
    else:
        entities.sort(key=lambda entity: (-len(of[entity.id]), entity.id))
    dates = _fate_dates(store) if key == "people" else {}
    if by_fate:
        entities.sort(key=lambda entity: story_position(dates.get(entity.id), None))
    if query.reverse:
        entities.reverse()
    entries = [Entry(entity, len(of[entity.id]), period(of[entity.id]), dates.get(entity.id)) for entity in entities]
    return DIRECTORIES.get(key, Directory)(kind, *cut(entries, query.limit))


def _fate_dates(store: Store) -> dict[str, str | None]:
    """By a person's id, the date of the fact that the fate rests on."""
    people: dict[str, Person] = store.entities("people")
    resting = {person.fate_fact for person in people.values()}
    dates = {fact.id: fact.date for fact in store.facts() if fact.id in resting}
    return {person.id: dates.get(person.fate_fact) for person in people.values() if person.fate_fact}


def event_position(event: Event) -> tuple[int, int, int]:
    """The place of an event in the order of events."""
    return story_position(event.date, None)
