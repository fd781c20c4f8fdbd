"""The records of a store as values: facts, their figures and sources, and the entities they speak of.

Every class mirrors one kind of JSON record. `of_record` takes a record apart and raises KeyError, TypeError or
ValueError where it is not of the agreed shape; the store turns those into an error that names the file. `record` gives
the JSON object back with every key, in the pinned order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from oir_cli.dates import Span, parse_stored

Record = Mapping[str, Any]

STATUSES = ("stated", "attributed", "disputed", "planned")
BOUNDS = ("exact", "about", "at-least", "at-most", "more-than", "nearly")
PARTICIPANT_KINDS = ("state", "force", "armed group", "organisation", "community")
# How a bound is written before its number.
BOUND_SIGNS = {"exact": "", "about": "~", "at-least": "≥", "at-most": "≤", "more-than": ">", "nearly": "<~"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a fact carries: `value`, or `low` to `high`; `what` says what was counted, where that is narrower.

    `of` is the id of the entity counted, `measure` the id of a Measure, whose unit the numbers are in.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    of: str | None
    what: str | None

    @classmethod
    def of_record(cls, record: Record) -> Figure:
        return cls(**_only(record, cls))

    def record(self) -> dict[str, Any]:
        return _as_record(self)

    @property
    def amount(self) -> str:
        """The number as written in a table: "~3,100", "≥4,850", "1,687–2,534"."""
        sign = BOUND_SIGNS[self.bound]
        if self.value is not None:
            return f"{sign}{_number(self.value)}"
        low = _number(self.low) if self.low is not None else ""
        high = _number(self.high) if self.high is not None else ""
        return f"{sign}{low}–{high}"

    @property
    def size(self) -> float:
        """One number to order by: the value, or the upper end of a range."""
        return next((number for number in (self.value, self.high, self.low) if number is not None), 0)


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the article a fact rests: the section's path and the paragraph's number in it, from 1."""

    section: str
    paragraph: int

    @classmethod
    def of_record(cls, record: Record) -> Source:
        values = _only(record, cls)
        return cls(_expect(values["section"], str, "section"), _expect(values["paragraph"], int, "paragraph"))

    def record(self) -> dict[str, Any]:
        return _as_record(self)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a person would look up. CONTRIBUTING.md describes each key."""

    id: str
    date: str | None
    date_text: str | None
    text: str
    participants: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    figures: tuple[Figure, ...]
    status: str
    attributed_to: tuple[str, ...]
    disputed_by: tuple[str, ...]
    differs_from: tuple[str, ...]
    note: str | None
    sources: tuple[Source, ...]

    @classmethod
    def of_record(cls, record: Record) -> Fact:
        values = _only(record, cls)
        for key in ("id", "text", "status"):
            _expect(values[key], str, key)
        for key in ("date", "date_text", "note"):
            _expect(values[key], str | None, key)
        if values["date"] is not None:
            parse_stored(values["date"])
        for key in ID_LISTS + STRING_LISTS:
            values[key] = tuple(_expect(item, str, key) for item in _expect(values[key], list, key))
        values["figures"] = tuple(Figure.of_record(item) for item in _expect(values["figures"], list, "figures"))
        values["sources"] = tuple(Source.of_record(item) for item in _expect(values["sources"], list, "sources"))
        return cls(**values)

    def record(self) -> dict[str, Any]:
        record = _as_record(self)
        for key in ID_LISTS + STRING_LISTS:
            record[key] = list(record[key])
        record["figures"] = [figure.record() for figure in self.figures]
        record["sources"] = [source.record() for source in self.sources]
        return record

    @property
    def span(self) -> Span | None:
        """The days the fact is dated to, or None where the article gives no date."""
        return parse_stored(self.date) if self.date is not None else None

    @property
    def year(self) -> int | None:
        span = self.span
        return span.first.year if span else None


ID_LISTS = ("participants", "people", "places", "topics")
STRING_LISTS = ("attributed_to", "disputed_by", "differs_from")
FACT_KEYS = tuple(field.name for field in fields(Fact))


@dataclass(frozen=True, slots=True)
class Entity:
    """What facts speak of. `above` is the id of the entity that this one is part of, in the same vocabulary."""

    id: str
    name: str
    aliases: tuple[str, ...]
    description: str

    kind_name: ClassVar[str] = "entity"
    above_key: ClassVar[str] = ""

    @classmethod
    def of_record(cls, record: Record) -> Any:
        values = _only(record, cls)
        for key in ("id", "name", "description"):
            _expect(values[key], str, key)
        values["aliases"] = tuple(
            _expect(alias, str, "aliases") for alias in _expect(values["aliases"], list, "aliases")
        )
        return cls(**values)

    def record(self) -> dict[str, Any]:
        return _as_record(self) | {"aliases": list(self.aliases)}

    @property
    def above(self) -> str | None:
        return getattr(self, self.above_key) if self.above_key else None


@dataclass(frozen=True, slots=True)
class Participant(Entity):
    """A state, force, armed group or organisation. Facts about a force are facts about its `parent` as well."""

    kind: str
    parent: str | None
    iso2: str | None
    iso3: str | None
    operation: str | None

    kind_name: ClassVar[str] = "participant"
    above_key: ClassVar[str] = "parent"


@dataclass(frozen=True, slots=True)
class Person(Entity):
    """A person, with what the article says of role, side and fate."""

    role: str | None
    participant: str | None
    fate: str | None

    kind_name: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class Place(Entity):
    """A place; `lat` and `lon` in degrees (WGS 84) where GeoNames has them, `country` as ISO 3166-1 alpha-2."""

    kind: str
    country: str | None
    within: str | None
    lat: float | None
    lon: float | None

    kind_name: ClassVar[str] = "place"
    above_key: ClassVar[str] = "within"


@dataclass(frozen=True, slots=True)
class Topic(Entity):
    """A subject. Facts on a topic are facts on its `parent` as well."""

    parent: str | None

    kind_name: ClassVar[str] = "topic"
    above_key: ClassVar[str] = "parent"


@dataclass(frozen=True, slots=True)
class Measure(Entity):
    """What a figure counts, and in which `unit`."""

    unit: str

    kind_name: ClassVar[str] = "measure"


# The vocabularies of a store: the file's stem, which is also the key of a fact that lists its ids, and the class.
VOCABULARIES: dict[str, type[Entity]] = {
    "participants": Participant,
    "people": Person,
    "places": Place,
    "topics": Topic,
    "measures": Measure,
}


@dataclass(frozen=True, slots=True)
class Article:
    """The article the facts come from: what a reference needs, the licence, its sections and their paragraphs."""

    title: str
    publisher: str
    url: str
    licence: str
    licence_url: str
    attribution: str
    sections: dict[str, int]

    @classmethod
    def of_record(cls, record: Record) -> Article:
        values = _only(record, cls)
        _expect(values["sections"], dict, "sections")
        return cls(**values)

    def record(self) -> dict[str, Any]:
        return _as_record(self)


def _as_record(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _only(record: Record, cls: type) -> dict[str, Any]:
    """The record's values under the keys of `cls`: all of them, and no others."""
    _expect(record, dict, "the record")
    names = _names(cls)
    if record.keys() != names:
        lacks, strange = sorted(names - record.keys()), sorted(record.keys() - names)
        said = [f"lacks {', '.join(lacks)}"] * bool(lacks) + [f"has unknown {', '.join(strange)}"] * bool(strange)
        raise ValueError(" and ".join(said))
    return dict(record)


_names_of: dict[type, set[str]] = {}


def _names(cls: type) -> set[str]:
    if cls not in _names_of:
        _names_of[cls] = {field.name for field in fields(cls)}
    return _names_of[cls]


def _expect(value: Any, kind: Any, key: str) -> Any:
    if not isinstance(value, kind):
        names = {str: "a string", list: "a list", dict: "an object", int: "a whole number"}
        raise TypeError(f"{key} is not {names.get(kind, 'a string or null')}")
    return value


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
