"""JSON Schema (2020-12) of a fact and of what each command prints with --json.

Records are described from the model's own classes, so that a key of the model is a key of the schema; a key without
a meaning here is a KeyError that the tests meet. ANSWERS lists the answer of each command, once.

A schema names every key of this version as required and forbids no others: keys are only ever added, and an answer of a
later version still validates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from oir_cli import __version__
from oir_cli.entities import (
    PARTICIPANT_KINDS,
    PRECISIONS,
    VOCABULARIES,
    Article,
    Event,
    Participant,
    Person,
    Place,
    Topic,
)
from oir_cli.errors import UnknownName
from oir_cli.model import BOUNDS, DISPUTES, FATES, FIGURE_FIELDS, STATUSES, Fact, Figure, Source
from oir_cli.names import nearest_ids

Schema = dict[str, Any]
# The meaning of a key, and restrictions of its values beyond their type.
Meanings = dict[str, tuple[str, Schema]]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The name of the schema of a fact; the others have the names of commands.
FACT = "fact"

_POINT = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_ID: Schema = {"minLength": 1}
_DATE: Schema = {"pattern": f"^{_POINT}~?(/([.][.]|{_POINT}~?))?$"}
_DAY: Schema = {"pattern": r"^\d{4}-\d{2}-\d{2}$"}
_END: Schema = {"pattern": f"^({_POINT}|[.][.])$"}
_COUNT: Schema = {"minimum": 0}
_URL: Schema = {"format": "uri"}

_SOURCE: Meanings = {
    "section": ('The section\'s headings, joined with " > ".', {}),
    "paragraph": ("The paragraph's number in its section, from 1.", {"minimum": 1}),
}
_FIGURE: Meanings = {
    "measure": ("The id of what is counted; the measure's record holds the unit.", _ID),
    "value": ("The number; null where the article gives a range.", {}),
    "low": ("The range's lower end.", {}),
    "high": ("The range's upper end.", {}),
    "bound": ("How the number is meant.", {"enum": list(BOUNDS)}),
    "of": ("The id of the entity counted.", {}),
    "what": ("The thing counted, where the measure is broader.", {}),
}
_FACT: Meanings = {
    "id": ("Stable and readable, never reused.", _ID),
    "title": ("The fact in at most 60 characters, unique in the store.", _ID),
    "date": ("A date of ISO 8601-2 (EDTF), as precise as the article and no more; null where it gives none.", _DATE),
    "date_text": ('Words for the time that `date` cannot hold, such as "late February 2016".', {}),
    "text": ("One or two sentences that make sense alone.", {}),
    "participants": ("The ids of the states, forces, groups and organisations that it mentions.", {}),
    "people": ("The ids of the people that it mentions.", {}),
    "places": ("The ids of the places that it mentions.", {}),
    "topics": ("The ids of its topics.", {}),
    "events": ("The ids of the events that it tells of.", {}),
    "figures": ("The numbers in its text.", {}),
    "status": ("How certain the article is.", {"enum": list(STATUSES)}),
    "attributed_to": ("Who says so.", {}),
    "disputed_by": ("Who denies or doubts it.", {}),
    "differs_from": ("The ids of facts that do not agree with it.", {}),
    "note": ("A remark for careful readers: a contradiction, a missing name, a garbled sentence.", {}),
    "sources": ("The places in the article that it comes from.", {}),
}
_ENTITY: Meanings = {
    "id": ("Stable and readable.", _ID),
    "name": ("As it is written in full.", {}),
    "aliases": ("Other names for it.", {}),
    "description": ("A short description.", {}),
}
_PARTICIPANT: Meanings = _ENTITY | {
    "kind": ("The kind of participant.", {"enum": list(PARTICIPANT_KINDS)}),
    "parent": ("The id of the participant that it is part of.", {}),
    "iso2": ("A state's ISO 3166-1 alpha-2 code.", {}),
    "iso3": ("A state's ISO 3166-1 alpha-3 code.", {}),
    "operation": ("The name of its own operation.", {}),
}
_PERSON: Meanings = _ENTITY | {
    "role": ("The person's role.", {}),
    "participant": ("The id of the participant that the person belongs to.", {}),
    "fate": ("What became of the person.", {}),
    "fate_kind": ("The same in one word.", {"enum": [*FATES, None]}),
    "fate_fact": ("The id of the fact that the fate rests on.", {}),
}
_PLACE: Meanings = _ENTITY | {
    "kind": ("The kind of place.", {}),
    "country": ("The ISO 3166-1 alpha-2 code of its country.", {}),
    "within": ("The id of the place that it lies in.", {}),
    "lat": ("Degrees north, WGS 84.", {"minimum": -90, "maximum": 90}),
    "lon": ("Degrees east, WGS 84.", {"minimum": -180, "maximum": 180}),
    "precision": (
        f"How sure the position is: {'; '.join(f'{grade} {meaning}' for grade, meaning in PRECISIONS.items())}.",
        {"minimum": min(PRECISIONS), "maximum": max(PRECISIONS)},
    ),
    "position_source": ("Where the position comes from.", {}),
    "note": ("Why the place has no position, or how the article and the map differ.", {}),
}
_TOPIC: Meanings = _ENTITY | {"parent": ("The id of the topic above it.", {})}
_EVENT: Meanings = _ENTITY | {
    "parent": ("The id of the larger event that it is part of.", {}),
    "date": ("A date as in a fact; null where the article dates no part of it.", _DATE),
    "major": ("Whether every reader must know it.", {}),
}
_ARTICLE: Meanings = {
    "title": ("The article that the facts come from.", {}),
    "publisher": ("Who publishes the article.", {}),
    "url": ("Where the article is.", _URL),
    "revision": ("The version of the article that was read; null where it was not noted.", {}),
    "licence": ("The licence of the facts.", {}),
    "licence_url": ("Where the licence is.", _URL),
    "attribution": ("The credit that the licence asks for.", {}),
    "sections": ("The article's sections and the number of their paragraphs.", {}),
}


@dataclass(frozen=True)
class Shape:
    """One shape of a command's answer: its schema, and the definition of its records, whose keys --fields chooses."""

    record: str
    schema: Schema


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _said(schema: Schema, meaning: str) -> Schema:
    return schema | {"description": meaning}


def _string(meaning: str, **more: Any) -> Schema:
    return {"type": "string", **more, "description": meaning}


def _string_or_null(meaning: str, **more: Any) -> Schema:
    return {"type": ["string", "null"], **more, "description": meaning}


def _strings(meaning: str) -> Schema:
    return {"type": "array", "items": {"type": "string"}, "description": meaning}


def _flag(meaning: str) -> Schema:
    return {"type": "boolean", "description": meaning}


def _count(meaning: str) -> Schema:
    return {"type": "integer", **_COUNT, "description": meaning}


def _object(description: str, properties: Schema) -> Schema:
    return {"type": "object", "description": description, "properties": properties, "required": list(properties)}


def _properties(cls: type, meanings: Meanings) -> Schema:
    """The keys of a record that mirrors the class `cls`. Raises KeyError for a field without a meaning."""
    found = {}
    for name, hint in get_type_hints(cls).items():
        if get_origin(hint) is not ClassVar:
            meaning, more = meanings[name]
            found[name] = _said(_typed(hint) | more, meaning)
    return found


def _typed(hint: Any) -> Schema:
    """The schema of a type hint of the model."""
    if hint in (Figure, Source):
        return _ref(hint.__name__.lower())
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        [schema] = [_typed(each) for each in inner if each is not NoneType]
        return {"type": [schema["type"], "null"]}
    if origin is tuple:
        return {"type": "array", "items": _typed(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _typed(inner[1])}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[hint]}


def _period() -> Schema:
    return {
        "first": _string_or_null("The earliest date of its facts, as precise as theirs.", **_END),
        "last": _string_or_null("The latest date of its facts, as precise as theirs.", **_END),
    }


def _days() -> Schema:
    return {
        "first_day": _string_or_null("The first day of its date, in ISO format; null without one.", **_DAY),
        "last_day": _string_or_null("The last day of its date; null without one, and where the end is open.", **_DAY),
    }


@cache
def definitions() -> dict[str, Schema]:
    """The records that answers are made of, by name."""
    fact, figure = _properties(Fact, _FACT) | _days(), _properties(Figure, _FIGURE)
    entry, place = _properties(Participant, _PARTICIPANT), _properties(Place, _PLACE)
    event, person = _properties(Event, _EVENT), _properties(Person, _PERSON)
    listed = {
        "id": entry["id"],
        "name": entry["name"],
        "facts": _count("How many facts mention it or its parts."),
        **_period(),
        "aliases": entry["aliases"],
        "description": entry["description"],
    }
    of_figure = fact | figure
    of_figure |= {
        "fact": _string("The id of the fact that carries it.", **_ID),
        "unit": _string("The unit of the numbers."),
    }
    article = _properties(Article, _ARTICLE)
    del article["sections"]
    return {
        FACT: _object("One thing that a person would look up.", fact),
        "figure": _object("A number that a fact carries.", figure),
        "source": _object("A place in the article.", _properties(Source, _SOURCE)),
        "participant-entity": _object("A state, force, armed group or organisation.", entry),
        "person-entity": _object("A person.", person),
        "place-entity": _object("A place.", place),
        "topic-entity": _object("A topic.", _properties(Topic, _TOPIC)),
        "event-entity": _object("Something that happened.", event),
        "entry": _object("An entity in the list of its kind.", listed),
        "event-entry": _object(
            "An event in the list of events.", listed | {key: event[key] for key in ("date", "parent", "major")}
        ),
        "place-entry": _object(
            "A place in the list of places.", listed | {key: place[key] for key in _PLACE if key not in _ENTITY}
        ),
        "person-entry": _object(
            "A person in the list of people.",
            listed
            | {key: person[key] for key in ("role", "participant", "fate", "fate_kind", "fate_fact")}
            | {"fate_date": fact["date"] | {"description": "The date of the fact that the fate rests on."}},
        ),
        "topic-share": _object(
            "A topic of a profile, or an entity that its facts also mention.",
            {
                "id": _string("Its id.", **_ID),
                "name": _string("Its name."),
                "facts": _count("How many of the profile's facts are on it."),
            },
        ),
        "key-figure": _object(
            "A figure with the fact that carries it.",
            {key: of_figure[key] for key in FIGURE_FIELDS},
        ),
        "measure": _object(
            "A measure: something that figures count.",
            {
                "id": entry["id"],
                "name": entry["name"],
                "unit": _string("The unit of the numbers."),
                "values": _count("How many figures count it."),
                **_period(),
                "aliases": entry["aliases"],
                "description": _string("A definition of what one value counts."),
                "topic": _string_or_null("The id of the topic that most of its facts are on."),
            },
        ),
        "cell": _object(
            "The article's statements about one participant on one question.",
            {
                "question": _string("The question that is compared."),
                "participant": _string("The participant's id.", **_ID),
                "said": _strings("Short answers, those of `items`; none where the article does not say."),
                "facts": _strings("The ids of the facts that the answers rest on."),
                "items": _said(_list("item"), "Each answer with the facts that it rests on."),
            },
        ),
        "item": _object(
            "A short answer.",
            {
                "said": _string("The answer in a few words or numbers."),
                "date": fact["date"],
                "status": fact["status"],
                "facts": _strings("The ids of the facts that it rests on."),
                "in_passing": _flag("Whether the fact is about others, and only mentions the participant."),
            },
        ),
        "group": _object(
            "Facts that share one value.",
            {
                "by": _string("The key that facts are counted by."),
                "value": _string("The year, month, status or entity's id that they share, or undated."),
                "name": _string("Its name for a reader."),
                "facts": _count("The number of facts."),
            },
        ),
        "dispute": _object(
            "A claim and the fact or person that contradicts it.",
            {
                "kind": _string(
                    "Whether someone denies or doubts the claim, or another fact differs from it.",
                    enum=["disputed", "differs"],
                ),
                "about": _string(
                    "What it is about: a denial, or what the two facts differ in; of scope both may be true.",
                    enum=[*DISPUTES],
                ),
                "grave": _flag("Whether a reader must know of it."),
                "date": fact["date"],
                "fact": _string("The id of the claim.", **_ID),
                **{key: fact[key] for key in ("title", "text", "status", "attributed_to", "disputed_by", "note")},
                "against": _string_or_null("The id of the fact that differs."),
                "against_title": _string_or_null("The title of the fact that differs."),
                "against_date": _said(fact["date"], "The date of the fact that differs."),
                "against_text": _string_or_null("The text of the fact that differs."),
                "against_attributed_to": _strings("Who says the other."),
                "against_note": _string_or_null("The note of the fact that differs."),
            },
        ),
        "shown-fact": _object(
            "Everything about a fact.",
            fact
            | {
                "before": _string_or_null("The id of the fact before it in time."),
                "after": _string_or_null("The id of the fact after it in time."),
                "differs": _said(_list(FACT), "The facts that do not agree with it."),
            },
        ),
        "reference": _object(
            "All that is needed to cite a fact.",
            {key: fact[key] for key in ("id", "text", "date", "status", "attributed_to", "disputed_by", "sources")}
            | {key: article[key] for key in ("title", "publisher", "url", "revision", "licence", "licence_url")}
            | {"version": _string("The version of oir.")},
        ),
        "inventory": _object(
            "The contents of a store.",
            {"version": _string("The version of oir.")}
            | article
            | {
                "facts": _count("How many facts there are."),
                "dated": _count("How many of them have a date."),
                "figures": _count("How many figures they carry."),
                **_period(),
                **{key: _count(f"How many {key} there are.") for key in VOCABULARIES},
                "sections": _count("How many sections the article has."),
                "paragraphs": _count("How many paragraphs the article has."),
                "store": _string("The store's folder."),
                "sha256": _string("The SHA-256 of the store's files.", pattern="^[0-9a-f]{64}$"),
            },
        ),
        "fault": _object(
            "A problem of a store: a rule that is broken.",
            {
                "file": _string("The file, relative to the store."),
                "id": _string("The record's id; empty where the whole file is meant."),
                "wrong": _string("The problem."),
            },
        ),
        "schema-name": _object(
            "A schema.", {"name": _string("Its name."), "describes": _string("The answer that it describes.")}
        ),
        "schema-key": _object(
            "A key of an answer.",
            {
                "path": _string("The way to the key, as jq writes it."),
                "type": _string("The JSON types that it can have."),
                "meaning": _string("Its meaning."),
            },
        ),
    }


def _profile(kind: str, vocabulary: str) -> Schema:
    return _object(
        f"With a name: the profile of the {kind}.",
        {
            "vocabulary": {"const": vocabulary, "description": "The entity's kind, as a fact's key names it."},
            "entity": _ref(f"{kind}-entity"),
            "parts": {"type": "array", "items": {"type": "string"}, "description": "The ids of what is part of it."},
            **_period(),
            "count": _count("How many facts there are, also where --limit shows fewer."),
            "topics": _said(_list("topic-share"), "The topics of its facts, the most frequent first."),
            "participants": _said(_list("topic-share"), "With whom: the other participants of its facts."),
            "people": _said(_list("topic-share"), "The people of its facts, but for itself."),
            "places": _said(_list("topic-share"), "Where: the other places of its facts."),
            "events": _said(_list("topic-share"), "The events that its facts tell of."),
            "figures": _said(_list("key-figure"), "The figures that count a participant, or else those of its facts."),
            "facts": _said(_list(FACT), "Its facts."),
        },
    )


def _vocabulary(kind: str, vocabulary: str, entry: str = "entry") -> tuple[Shape, ...]:
    profile = _profile(kind, vocabulary)
    several = {"type": "array", "description": "With several names: a profile for each.", "items": profile}
    return (Shape(entry, _list(entry)), Shape(FACT, profile), Shape(FACT, several))


_FACTS = (Shape(FACT, _list(FACT)),)
_SCHEMA: Schema = {"$ref": DIALECT}

# The JSON answer of each command. Where there are several shapes, the first is the answer of the command alone, and the
# others are those of the command with an argument.
ANSWERS: dict[str, tuple[Shape, ...]] = {
    "timeline": _FACTS,
    "on": _FACTS,
    "country": _vocabulary("participant", "participants"),
    "participant": _vocabulary("participant", "participants"),
    "person": _vocabulary("person", "people", "person-entry"),
    "place": _vocabulary("place", "places", "place-entry"),
    "topic": _vocabulary("topic", "topics"),
    "event": _vocabulary("event", "events", "event-entry"),
    "search": _FACTS,
    "show": (Shape("shown-fact", _list("shown-fact")),),
    "cite": (Shape("reference", _list("reference")),),
    "figures": (Shape("measure", _list("measure")), Shape("key-figure", _list("key-figure"))),
    "compare": (Shape("cell", _list("cell")),),
    "stats": (Shape("group", _list("group")),),
    "disputes": (Shape("dispute", _list("dispute")),),
    "export": _FACTS,
    "check": (Shape("fault", _list("fault")),),
    "schema": (Shape("schema-name", _SCHEMA), Shape("schema-key", _SCHEMA)),
    "about": (Shape("inventory", _ref("inventory")),),
}


def describes(name: str) -> str:
    """The thing that the schema `name` describes."""
    return "a fact" if name == FACT else f"the answer of oir {name} --json"


def names() -> list[str]:
    """The names that `document` takes: "fact", and every command."""
    return [FACT, *ANSWERS]


def document(name: str) -> Schema:
    """The schema `name`, with the definitions that it needs. Raises UnknownName."""
    if name not in names():
        raise UnknownName("schema", name, nearest_ids(name, names()))
    schema = definitions()[FACT] if name == FACT else _answer(name)
    needed: dict[str, Schema] = {}
    _collect(schema, needed)
    head = {"$schema": DIALECT, "title": describes(name), "$comment": f"oir {__version__}"}
    return head | schema | ({"$defs": needed} if needed else {})


def everything() -> Schema:
    """One document that holds every schema as a definition: of the records, and of each command's answer."""
    answers = {name: {"title": describes(name)} | _answer(name) for name in ANSWERS}
    return {"$schema": DIALECT, "$comment": f"oir {__version__}", "$defs": definitions() | answers}


def _answer(command: str) -> Schema:
    shapes: list[Schema] = []
    for shape in ANSWERS[command]:
        if shape.schema not in shapes:
            shapes.append(shape.schema)
    return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}


def _collect(schema: Any, needed: dict[str, Schema]) -> None:
    """Add to `needed` each definition that `schema` refers to, and those that these refer to."""
    if isinstance(schema, list):
        for each in schema:
            _collect(each, needed)
    elif isinstance(schema, dict):
        name = _referred(schema)
        if name and name not in needed:
            needed[name] = definitions()[name]
            _collect(needed[name], needed)
        for each in schema.values():
            _collect(each, needed)


def _referred(schema: Schema) -> str | None:
    reference = schema.get("$ref", "")
    return reference.removeprefix("#/$defs/") if reference.startswith("#/$defs/") else None


def record_keys(command: str, *, named: bool) -> list[str]:
    """The keys that --fields can choose from: of the bare command and, where `named`, of the one with an argument."""
    shapes = ANSWERS[command]
    if named and len(shapes) > 1:
        shapes = shapes[1:]
    return list(dict.fromkeys(key for shape in shapes for key in definitions()[shape.record]["properties"]))


def keys(schema: Schema, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every key below `schema`: its path as jq writes it, its types, and its meaning."""
    name = _referred(schema)
    if name:
        yield from keys(definitions()[name], path)
    shapes = schema.get("anyOf", [])
    for each in shapes:
        if each.get("items") not in shapes:  # an array of what is there by itself has the same keys
            yield from keys(each, path)
    if "items" in schema:
        yield from keys(schema["items"], f"{path or '.'}[]")
    for key, below in schema.get("properties", {}).items():
        yield f"{path}.{key}", _types(below), _meaning(below)
        yield from keys(below, f"{path}.{key}")


def _types(schema: Schema) -> str:
    name = _referred(schema)
    if name:
        return _types(definitions()[name])
    types = schema.get("type", "string")  # a constant has none
    return types if isinstance(types, str) else " or ".join(types)


def _meaning(schema: Schema) -> str:
    name = _referred(schema)
    meaning: str = schema.get("description") or definitions()[name or ""]["description"]
    if "const" in schema:
        return f"{meaning} Always {schema['const']}."
    return f"{meaning} One of {', '.join(filter(None, schema['enum']))}." if "enum" in schema else meaning
