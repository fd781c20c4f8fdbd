"""Profiles of entities: all that the store has on one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from oir_cli.answers import FACT_BRIEF, Answer, Row, cut, narrow
from oir_cli.answers.directory import event_position
from oir_cli.answers.figures import Counted, counted
from oir_cli.answers.period import Period, period
from oir_cli.dates import parse_stored, written
from oir_cli.entities import PRECISIONS, Entity, Event, Participant, Person, Place
from oir_cli.kinds import Kind
from oir_cli.model import FACT_FIELDS, ID_LISTS, Fact
from oir_cli.query import Query
from oir_cli.store import Store

ELSEWHERE = 1  # other places that a fact may name for its figures to count something at the first
NAMED = 6  # entities that a profile names in one line


@dataclass(frozen=True)
class Profile(Answer):
    """All that the store has on one entity: period, topics, neighbours, figures and facts.

    `topics` pairs each topic with the number of facts on it; so do `participants`, `people`, `places` and `events` for
    those that the facts also mention, the most frequent first. `above` and `parts` are the entities it belongs to and
    those that belong to it. The figures of a participant are those that count it or its parts; those of any other
    entity are all that its facts carry. `is_limited` tells that the question set the number of facts.
    """

    kind: Kind
    entity: Entity
    above: list[Entity]
    parts: list[Entity]
    period: Period
    topics: list[tuple[Entity, int]]
    participants: list[tuple[Entity, int]]
    people: list[tuple[Entity, int]]
    places: list[tuple[Entity, int]]
    events: list[tuple[Entity, int]]
    figures: list[Counted]
    facts: list[Fact]
    left_out: int = 0
    is_limited: bool = False

    fields: ClassVar[tuple[str, ...]] = FACT_FIELDS
    brief: ClassVar[tuple[str, ...]] = FACT_BRIEF
    named: ClassVar[tuple[str, ...]] = ("events", "participants")

    @property
    def title(self) -> str:
        return self.entity.name

    def make_rows(self) -> list[Row]:
        return [fact.row() for fact in self.facts]

    @property
    def own_figures(self) -> list[Counted]:
        """The figures that count the entity or something that is only there: all figures of most kinds of entity.

        A number of a fact that mentions a person need not count anything of that person; nor need a number of a fact
        that names several places count something at each of them. Facts name first where they happened.
        """
        if self.kind.key not in ("people", "places"):
            return self.figures
        family = {self.entity.id, *(part.id for part in self.parts)}
        return [value for value in self.figures if value.figure.of in family or self._is_there(value, family)]

    def _is_there(self, value: Counted, family: set[str]) -> bool:
        """Whether the entity is a place, and the value counts something there."""
        if self.kind.key != "places" or isinstance(value.of, Place):
            return False
        near = family.union(above.id for above in self.above)
        elsewhere = [place for place in value.fact.places if place not in near]
        return value.fact.places[0] in family and len(elsewhere) <= ELSEWHERE

    def data(self, fields: Sequence[str]) -> Row:
        return {
            "vocabulary": self.kind.key,
            "entity": self.entity.record(),
            "parts": [part.id for part in self.parts],
            "first": self.period.first,
            "last": self.period.last,
            "count": len(self.facts) + self.left_out,
            **{key: _ranked(getattr(self, key)) for key in ("topics", "participants", "people", "places", "events")},
            "figures": [figure.row() for figure in self.figures],
            "facts": narrow(self.rows(), fields),
        }


def _ranked(entities: list[tuple[Entity, int]]) -> list[Row]:
    return [{"id": entity.id, "name": entity.name, "facts": count} for entity, count in entities]


@dataclass(frozen=True)
class Profiles(Answer):
    """Several profiles, asked for at once."""

    profiles: list[Profile]

    fields: ClassVar[tuple[str, ...]] = FACT_FIELDS
    brief: ClassVar[tuple[str, ...]] = FACT_BRIEF
    named: ClassVar[tuple[str, ...]] = Profile.named

    @property
    def left_out(self) -> int:
        return sum(profile.left_out for profile in self.profiles)

    def make_rows(self) -> list[Row]:
        return [row for profile in self.profiles for row in profile.rows()]

    def data(self, fields: Sequence[str]) -> list[Row]:
        return [profile.data(fields) for profile in self.profiles]


def profile(store: Store, kind: Kind, entity: Entity, query: Query) -> Profile:
    """The profile of one entity, from the facts about it (and its parts) that match the query."""
    key = kind.key
    family = store.below(key, entity.id)
    facts = store.facts(query._replace(links=(*query.links, (key, family))))
    shown, left_out = cut(facts, query.limit)
    above = store.above(key, entity.id)
    entities = store.entities(key)
    neighbours = {
        # The entity's own parts and wholes are in each of its facts: as neighbours they would be no news.
        each: _most_common(store, each, facts, family.union(above) if each == key and key != "topics" else frozenset())
        for each in ID_LISTS
    }
    return Profile(
        kind=kind,
        entity=entity,
        above=[entities[each] for each in above[1:]],
        parts=_in_order(entities[each] for each in family - {entity.id}),
        period=period(facts),
        **neighbours,
        figures=_key_figures(store, facts, family if key == "participants" else None),
        facts=shown,
        left_out=left_out,
        is_limited=query.limit is not None,
    )


def _in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Events by their dates, other entities by their ids."""
    by_id = sorted(entities, key=lambda entity: entity.id)
    return sorted(by_id, key=lambda entity: event_position(entity) if isinstance(entity, Event) else (0, 0, 0))


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


def describe(profile: Profile, names: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Pairs of a word and a text about the entity itself; `names` has the names of participants."""
    entity = profile.entity
    about: list[tuple[str, str]] = []
    if isinstance(entity, Participant):
        about += [("kind", entity.kind), ("operation", entity.operation or "")]
    if isinstance(entity, Person):
        side = names["participants"].get(entity.participant or "", "")
        about += [("role", entity.role or ""), ("side", side), ("fate", entity.fate or "")]
    if isinstance(entity, Event):
        about += [
            ("when", written(entity.date) if entity.date else "the article gives no date"),
            ("where", _some(place for place, _ in profile.places)),
            ("who", _some(participant for participant, _ in profile.participants)),
            ("people", _some(person for person, _ in profile.people)),
        ]
    if isinstance(entity, Place):
        about += [("kind", entity.kind)]
        if entity.position is not None:
            grade = PRECISIONS.get(entity.precision or 0, "")
            position = f"{entity.position.lat:.4f}, {entity.position.lon:.4f}"
            about += [("position", f"{position}: {grade} ({entity.position_source})")]
        about += [("note", entity.note or "")]
    period = " to ".join(
        dict.fromkeys(written(point) for point in (profile.period.first, profile.period.last) if point)
    )
    about += [
        ("part of", ", ".join(above.name for above in profile.above)),
        ("with", ", ".join(part.name for part in profile.parts)),
        ("period", "" if isinstance(entity, Event) else period),
        ("facts", str(len(profile.facts) + profile.left_out)),
        ("also", ", ".join(entity.aliases)),
    ]
    return [(key, value) for key, value in about if value]


def _some(entities: Iterable[Entity]) -> str:
    """The names of the first NAMED entities, and how many more there are."""
    names = [entity.name for entity in entities]
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
