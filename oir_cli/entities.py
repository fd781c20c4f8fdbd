"""The vocabularies of a store: participants, people, places, topics, events and measures; and the article itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_origin, get_type_hints

from oir_cli.dates import Span, parse_stored
from oir_cli.model import DIFFERENCES, INT_OR_NULL, STRING_OR_NULL, Record, expect, expect_number, only

if TYPE_CHECKING:
    from oir_cli.geography import Position

T = TypeVar("T")
# What the precision of a place's position means, as UCDP grades it.
PRECISIONS = {
    1: "the place itself",
    2: "near it, within about 25 km",
    3: "its district",
    4: "the middle of its governorate",
    5: "a point of a line or an area",
}
PARTICIPANT_KINDS = ("state", "force", "armed group", "organisation", "community")


class FromRecord:
    """A value with the keys of a JSON record as attributes, which cannot be changed.

    No dataclass: defining ten of them takes longer than most questions take to answer.
    """

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{name} of {type(self).__name__} cannot be changed")

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys of a record, in their order."""
        kinds: dict[str, Any] = _kinds_of(cls)  # type: ignore[arg-type]  # a class can be hashed
        return tuple(kinds)

    @classmethod
    def of_record(cls, record: Record) -> Any:
        """Read a record. Raises TypeError or ValueError if it is not of the agreed shape."""
        return cls(**_values_of(cls, record))

    def record(self) -> dict[str, Any]:
        """The JSON object, with its keys in their order."""
        return {key: list(value) if isinstance(value := getattr(self, key), tuple) else value for key in self.keys()}


class Entity(FromRecord):
    """Something that facts mention. `above` is the id of the entity of the same vocabulary that this one is part of."""

    id: str
    name: str
    aliases: tuple[str, ...]
    description: str

    above_key: ClassVar[str] = ""

    @property
    def above(self) -> str | None:
        return getattr(self, self.above_key) if self.above_key else None


def _values_of(cls: Any, record: Record) -> dict[str, Any]:
    """The values of a record for the fields of the class. Raises TypeError or ValueError if they do not fit."""
    kinds = _kinds_of(cls)
    values = only(record, frozenset(kinds))
    for key, kind in kinds.items():
        if kind is float:
            expect_number(values[key], key)
            continue
        expect(values[key], kind, key)
        if kind is list:
            values[key] = tuple(expect(each, str, key) for each in values[key])
    return values


@cache
def _kinds_of(entity: type[Any]) -> dict[str, Any]:
    """The type of the value of each key of a record, in the record's order; float for a number or null."""
    kinds = {
        str: str,
        str | None: STRING_OR_NULL,
        float | None: float,
        int | None: INT_OR_NULL,
        bool: bool,
        tuple[str, ...]: list,
    }
    return {
        name: kinds.get(hint, dict) for name, hint in get_type_hints(entity).items() if get_origin(hint) is not ClassVar
    }


def chain(entities: Mapping[str, Entity], entity_id: str) -> list[str]:
    """The id of the entity and of everything that it is part of, the nearest first; empty for an unknown id.

    Ends before an id that `entities` lacks, and in a circle before the first id that comes again.
    """
    found: list[str] = []
    current: str | None = entity_id
    while current is not None and current in entities and current not in found:
        found.append(current)
        current = entities[current].above
    return found


class Participant(Entity):
    """A state, force, armed group or organisation. Facts about a force are facts about its `parent` as well."""

    kind: str
    parent: str | None
    iso2: str | None
    iso3: str | None
    operation: str | None

    above_key: ClassVar[str] = "parent"


class Person(Entity):
    """A person, with the role, side and fate that the article gives.

    `fate` is told in words; `fate_kind` is one of model.FATES, and `fate_fact` the id of the fact that it rests on.
    """

    role: str | None
    participant: str | None
    fate: str | None
    fate_kind: str | None
    fate_fact: str | None


class Place(Entity):
    """A place, with its `country` as ISO 3166-1 alpha-2.

    `lat` and `lon` are in degrees (WGS 84), `precision` is a key of PRECISIONS, and `position_source` names their
    origin. All four are None for a place without a position; then `note` gives the reason.
    """

    kind: str
    country: str | None
    within: str | None
    lat: float | None
    lon: float | None
    precision: int | None
    position_source: str | None
    note: str | None

    above_key: ClassVar[str] = "within"

    @property
    def position(self) -> Position | None:
        from oir_cli.geography import Position  # few questions are about positions

        return None if self.lat is None or self.lon is None else Position(self.lon, self.lat)


class Topic(Entity):
    """A subject. Facts on a topic are facts on its `parent` as well."""

    parent: str | None

    above_key: ClassVar[str] = "parent"


class Event(Entity):
    """Something that happened, told by one or more facts. Facts about an event are facts about its `parent` as well.

    `date` is EDTF as in a fact, None where the article dates no part of it; `major` marks what every reader must know.
    """

    parent: str | None
    date: str | None
    major: bool

    above_key: ClassVar[str] = "parent"

    @classmethod
    def of_record(cls, record: Record) -> Any:
        event = super().of_record(record)
        if event.date is not None:
            parse_stored(event.date)
        return event

    @property
    def span(self) -> Span | None:
        """The days of the event, or None where the article gives no date."""
        return parse_stored(self.date) if self.date is not None else None


class Measure(Entity):
    """The thing that a figure counts, and the `unit` it is counted in."""

    unit: str


# The vocabularies of a store: the file's stem, which is also the key of a fact that lists its ids, and the class.
VOCABULARIES: dict[str, type[Entity]] = {
    "participants": Participant,
    "people": Person,
    "places": Place,
    "topics": Topic,
    "events": Event,
    "measures": Measure,
}


class Aspect(FromRecord):
    """One thing to compare participants by: the topics and measures, by id, of the facts and figures that tell of it.

    `latest` marks an aspect of which the last answers tell most. `own` marks one that asks only what happened to the
    participant itself, such as losses: there each value is counted as one event.
    """

    name: str
    topics: tuple[str, ...]
    measures: tuple[str, ...]
    latest: bool
    own: bool

    def foremost(self, items: list[T], most: int | None) -> list[T]:
        """At most so many of some answers: the first ones, or the last ones where these tell most."""
        if most is None:
            return items
        return items[-most:] if self.latest else items[:most]


class Difference(FromRecord):
    """How two facts, by id, differ: `about` is one of model.DIFFERENCES. `grave` marks what a reader must know of."""

    between: tuple[str, ...]
    about: str
    grave: bool

    @classmethod
    def of_record(cls, record: Record) -> Any:
        difference = super().of_record(record)
        if len(set(difference.between)) != 2:
            raise ValueError("is not between two facts")
        if difference.about not in DIFFERENCES:
            raise ValueError(f"about {difference.about} is not one of {', '.join(DIFFERENCES)}")
        return difference


class Article(FromRecord):
    """The article that the facts come from, with its licence; `sections` holds the number of paragraphs of each.

    `revision` is the version of the article that was read, None where nobody noted it.
    """

    title: str
    publisher: str
    url: str
    revision: str | None
    licence: str
    licence_url: str
    attribution: str
    sections: dict[str, int]

    @classmethod
    def of_record(cls, record: Record) -> Any:
        article = super().of_record(record)
        for section, paragraphs in article.sections.items():
            expect(paragraphs, int, f"the number of paragraphs of {section}")
        return article
