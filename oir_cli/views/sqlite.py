"""A SQLite database: the facts with all that they speak of, linked, indexed, and ready for questions of one's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from oir_cli import __version__
from oir_cli.answers import Row
from oir_cli.answers.accompanied import Accompanied
from oir_cli.dates import parse_stored
from oir_cli.entities import VOCABULARIES, Entity
from oir_cli.errors import StoreError
from oir_cli.model import ID_LISTS
from oir_cli.text import clean

# `number` is the order of the facts and the row that the index refers to. Days are ISO; an open end is null.
_SCHEMA = """
CREATE TABLE article (
    title TEXT NOT NULL, publisher TEXT, url TEXT, licence TEXT, licence_url TEXT, attribution TEXT, oir_version TEXT
);
CREATE TABLE sections (section TEXT PRIMARY KEY, number INTEGER NOT NULL, paragraphs INTEGER NOT NULL);

CREATE TABLE entities (
    vocabulary TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
    PRIMARY KEY (vocabulary, id)
);
CREATE TABLE aliases (
    vocabulary TEXT NOT NULL, id TEXT NOT NULL, alias TEXT NOT NULL,
    FOREIGN KEY (vocabulary, id) REFERENCES entities (vocabulary, id)
);
CREATE TABLE participants (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, kind TEXT NOT NULL,
    parent TEXT REFERENCES participants, iso2 TEXT, iso3 TEXT, operation TEXT
);
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, role TEXT,
    participant TEXT REFERENCES participants, fate TEXT
);
CREATE TABLE places (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
    within TEXT REFERENCES places, lat REAL, lon REAL
);
CREATE TABLE topics (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, parent TEXT REFERENCES topics
);
CREATE TABLE measures (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, unit TEXT NOT NULL);

CREATE TABLE facts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, date TEXT, first_day TEXT, last_day TEXT, date_text TEXT,
    text TEXT NOT NULL, status TEXT NOT NULL, note TEXT
);
CREATE INDEX facts_by_day ON facts (first_day, last_day);
CREATE TABLE fact_participants (
    fact TEXT NOT NULL REFERENCES facts (id), participant TEXT NOT NULL REFERENCES participants,
    number INTEGER NOT NULL, PRIMARY KEY (fact, participant)
);
CREATE TABLE fact_people (
    fact TEXT NOT NULL REFERENCES facts (id), person TEXT NOT NULL REFERENCES people,
    number INTEGER NOT NULL, PRIMARY KEY (fact, person)
);
CREATE TABLE fact_places (
    fact TEXT NOT NULL REFERENCES facts (id), place TEXT NOT NULL REFERENCES places,
    number INTEGER NOT NULL, PRIMARY KEY (fact, place)
);
CREATE TABLE fact_topics (
    fact TEXT NOT NULL REFERENCES facts (id), topic TEXT NOT NULL REFERENCES topics,
    number INTEGER NOT NULL, PRIMARY KEY (fact, topic)
);
CREATE TABLE fact_attributed_to (fact TEXT NOT NULL REFERENCES facts (id), name TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE fact_disputed_by (fact TEXT NOT NULL REFERENCES facts (id), name TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE fact_differs_from (
    fact TEXT NOT NULL REFERENCES facts (id), other TEXT NOT NULL REFERENCES facts (id), number INTEGER NOT NULL,
    PRIMARY KEY (fact, other)
);
CREATE TABLE figures (
    fact TEXT NOT NULL REFERENCES facts (id), number INTEGER NOT NULL, measure TEXT NOT NULL REFERENCES measures,
    value REAL, low REAL, high REAL, bound TEXT NOT NULL, of_vocabulary TEXT, "of" TEXT, what TEXT,
    PRIMARY KEY (fact, number), FOREIGN KEY (of_vocabulary, "of") REFERENCES entities (vocabulary, id)
);
CREATE TABLE sources (
    fact TEXT NOT NULL REFERENCES facts (id), number INTEGER NOT NULL, section TEXT NOT NULL REFERENCES sections,
    paragraph INTEGER NOT NULL, PRIMARY KEY (fact, number)
);
CREATE INDEX fact_participants_by_participant ON fact_participants (participant);
CREATE INDEX fact_people_by_person ON fact_people (person);
CREATE INDEX fact_places_by_place ON fact_places (place);
CREATE INDEX fact_topics_by_topic ON fact_topics (topic);
CREATE INDEX figures_by_measure ON figures (measure);

CREATE VIRTUAL TABLE facts_fts USING fts5 (
    text, note, content = 'facts', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIEW timeline AS
SELECT date, text, status,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_participants JOIN participants ON id = participant WHERE fact = facts.id ORDER BY number
    )) AS participants,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_people JOIN people ON id = person WHERE fact = facts.id ORDER BY number
    )) AS people,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_places JOIN places ON id = place WHERE fact = facts.id ORDER BY number
    )) AS places,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_topics JOIN topics ON id = topic WHERE fact = facts.id ORDER BY number
    )) AS topics,
    first_day, last_day, id
FROM facts ORDER BY number;

CREATE VIEW numbers AS
SELECT facts.date, measures.name AS measure, figures.bound, figures.value, figures.low, figures.high, measures.unit,
    entities.name AS "of", figures.what, facts.text, facts.status, facts.id AS fact
FROM figures
JOIN facts ON facts.id = figures.fact
JOIN measures ON measures.id = figures.measure
LEFT JOIN entities ON entities.vocabulary = figures.of_vocabulary AND entities.id = figures."of"
ORDER BY facts.number, figures.number;

CREATE VIEW participant_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM participants UNION SELECT whole, id FROM participants JOIN family ON parent = part
)
SELECT DISTINCT whole AS participant, fact FROM family JOIN fact_participants ON participant = part;

CREATE VIEW place_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM places UNION SELECT whole, id FROM places JOIN family ON within = part
)
SELECT DISTINCT whole AS place, fact FROM family JOIN fact_places ON place = part;

CREATE VIEW topic_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM topics UNION SELECT whole, id FROM topics JOIN family ON parent = part
)
SELECT DISTINCT whole AS topic, fact FROM family JOIN fact_topics ON topic = part;
"""


def render(answer: Accompanied, fields: Sequence[str]) -> bytes:
    """The database file. Raises StoreError where the facts name what the store does not have."""
    connection = sqlite3.connect(":memory:")
    try:
        with connection:
            connection.executescript(_SCHEMA)
            for table, rows in _tables(answer):
                _insert(connection, table, rows)
            connection.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
        for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            row = connection.execute(f"SELECT * FROM {table} WHERE rowid = ?", (number,)).fetchone()  # noqa: S608
            raise sqlite3.IntegrityError(f"{table} {row} names what {parent} does not hold")
        return connection.serialize()
    except sqlite3.Error as error:
        raise StoreError("the store", f"does not fit into a database ({error}); see oir check") from None
    finally:
        connection.close()


def remark(answer: Accompanied) -> str:
    """How many links between facts lead out of those that were asked for."""
    rows = _facts(answer)
    outside = sum(other not in rows for row in rows.values() for other in row["differs_from"])
    return f"{outside} differs_from left out, as these facts were not asked for" if outside else ""


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        values = [clean(value) if isinstance(value, str) else value for value in row.values()]
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names of the schema


def _facts(answer: Accompanied) -> dict[str, Row]:
    """The answer's facts by id: one that stands in it twice is one fact."""
    return {row["id"]: row for row in answer.rows()}


def _tables(answer: Accompanied) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """The name of each table and its rows, those that others refer to first."""
    if answer.article:
        article = answer.article.record()
        sections = article.pop("sections")
        yield "article", [article | {"oir_version": __version__}]
        yield (
            "sections",
            [
                {"section": section, "number": number, "paragraphs": paragraphs}
                for number, (section, paragraphs) in enumerate(sections.items(), 1)
            ],
        )
    for key, entities in answer.entities.items():
        yield "entities", (_named(key, entity) for entity in entities.values())
        yield key, ({name: value for name, value in entity.record().items() if name != "aliases"}
                    for entity in entities.values())  # fmt: skip
        yield (
            "aliases",
            (
                {"vocabulary": key, "id": entity.id, "alias": alias}
                for entity in entities.values()
                for alias in entity.aliases
            ),
        )
    rows = _facts(answer)
    yield "facts", (_fact(number, row) for number, row in enumerate(rows.values(), 1))
    for fact, row in rows.items():
        for key in ID_LISTS:
            yield f"fact_{key}", _numbered(fact, VOCABULARIES[key].kind_name, row[key])
        yield "fact_attributed_to", _numbered(fact, "name", row["attributed_to"])
        yield "fact_disputed_by", _numbered(fact, "name", row["disputed_by"])
        yield "fact_differs_from", _numbered(fact, "other", [other for other in row["differs_from"] if other in rows])
        yield (
            "figures",
            (
                {"fact": fact, "number": number, "of_vocabulary": _vocabulary(answer, figure["of"]), **figure}
                for number, figure in enumerate(row["figures"], 1)
            ),
        )
        yield "sources", ({"fact": fact, "number": number, **each} for number, each in enumerate(row["sources"], 1))


def _named(key: str, entity: Entity) -> Row:
    return {"vocabulary": key, "id": entity.id, "name": entity.name, "description": entity.description}


def _fact(number: int, row: Row) -> Row:
    span = parse_stored(row["date"]) if row["date"] else None
    return {
        "number": number,
        "first_day": span.first.isoformat() if span else None,
        "last_day": span.last.isoformat() if span and not span.open else None,
        **{key: row[key] for key in ("id", "date", "date_text", "text", "status", "note")},
    }


def _numbered(fact: str, column: str, values: Iterable[str]) -> Iterator[Row]:
    return ({"fact": fact, column: value, "number": number} for number, value in enumerate(values, 1))


def _vocabulary(answer: Accompanied, entity: str | None) -> str | None:
    """Where a figure's `of` is an entity: the first of participants, people, places and topics that has it."""
    return next((key for key in ID_LISTS if entity in answer.entities[key]), None)
