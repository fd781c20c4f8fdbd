"""What facts speak of: participants, people, places, topics, the measures of figures, and the article itself."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from oir_cli.model import Record, expect, expect_number, only

PARTICIPANT_KINDS = ("state", "force", "armed group", "organisation", "community")


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
        values = only(record, frozenset(field.name for field in fields(cls)))
        for field in fields(cls):
            if field.type == "float | None":
                expect_number(values[field.name], field.name)
            elif field.name != "aliases":
                expect(values[field.name], str if field.type == "str" else str | None, field.name)
        values["aliases"] = tuple(expect(alias, str, "aliases") for alias in expect(values["aliases"], list, "aliases"))
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
        values = only(record, frozenset(field.name for field in fields(cls)))
        for key in values.keys() - {"sections"}:
            expect(values[key], str, key)
        for section, paragraphs in expect(values["sections"], dict, "sections").items():
            expect(paragraphs, int, f"the number of paragraphs of {section}")
        return cls(**values)

    def record(self) -> dict[str, Any]:
        return _as_record(self)


def _as_record(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
