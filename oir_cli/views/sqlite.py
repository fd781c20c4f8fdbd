"""A SQLite database: the facts with all that they name, linked, indexed, and ready for SQL.

Its schema is in sqlite.sql.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from oir_cli import __version__
from oir_cli.answers import Answer, Row
from oir_cli.entities import Entity, Event
from oir_cli.errors import StoreError
from oir_cli.kinds import kind_of
from oir_cli.model import COUNTED, DAYS, ID_LISTS, days_of
from oir_cli.text import clean
from oir_cli.views import Context, Written

_SCHEMA = Path(__file__).with_suffix(".sql")


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The database file. The remark counts the links to facts that the answer does not have.

    Raises StoreError where the facts name entities that the store does not have.
    """
    facts = {row["id"]: row for row in answer.rows()}  # a fact that the answer has twice is one row
    outside = sum(other not in facts for row in facts.values() for other in row["differs_from"])
    connection = sqlite3.connect(":memory:")
    try:
        with connection:
            connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
            for table, rows in _tables(facts, context):
                _insert(connection, table, rows)
            connection.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
        for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            row = connection.execute(f"SELECT * FROM {table} WHERE rowid = ?", (number,)).fetchone()  # noqa: S608
            raise sqlite3.IntegrityError(f"{table} {row} refers to a row that {parent} does not have")
        links = "links to facts" if outside != 1 else "link to a fact"
        remark = f"left out {outside} {links} outside this selection" if outside else ""
        return Written(connection.serialize(), remark)
    except sqlite3.Error as error:
        raise StoreError("the store", f"does not fit into a database ({error}); see oir check") from None
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        values = [clean(value) if isinstance(value, str) else value for value in row.values()]
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names from the schema


def _tables(facts: Mapping[str, Row], context: Context) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """The name of each table and its rows, those that others refer to first."""
    if context.article:
        article = context.article.record()
        sections = article.pop("sections")
        yield "article", [article | {"oir_version": __version__}]
        yield (
            "sections",
            [
                {"section": section, "number": number, "paragraphs": paragraphs}
                for number, (section, paragraphs) in enumerate(sections.items(), 1)
            ],
        )
    for key, entities in context.entities.items():
        yield "entities", (_named(key, entity) for entity in entities.values())
        yield key, map(_entity, entities.values())

        yield (
            "aliases",
            (
                {"vocabulary": key, "id": entity.id, "alias": alias}
                for entity in entities.values()
                for alias in entity.aliases
            ),
        )
    yield "facts", (_fact(number, row) for number, row in enumerate(facts.values(), 1))
    for fact, row in facts.items():
        for key in ID_LISTS:
            yield f"fact_{key}", _numbered(fact, kind_of(key).word, row[key])
        yield "fact_attributed_to", _numbered(fact, "name", row["attributed_to"])
        yield "fact_disputed_by", _numbered(fact, "name", row["disputed_by"])
        yield "fact_differs_from", _numbered(fact, "other", [other for other in row["differs_from"] if other in facts])
        yield (
            "figures",
            (
                {"fact": fact, "number": number, "of_vocabulary": _vocabulary(context, figure["of"]), **figure}
                for number, figure in enumerate(row["figures"], 1)
            ),
        )
        yield "sources", ({"fact": fact, "number": number, **each} for number, each in enumerate(row["sources"], 1))


def _entity(entity: Entity) -> Row:
    """The entity's row in the table of its vocabulary; an event has its first and last day as a fact has."""
    row = {key: value for key, value in entity.record().items() if key != "aliases"}
    return row | days_of(entity.date) if isinstance(entity, Event) else row


def _named(key: str, entity: Entity) -> Row:
    return {"vocabulary": key, "id": entity.id, "name": entity.name, "description": entity.description}


def _fact(number: int, row: Row) -> Row:
    return {
        "number": number,
        **{key: row[key] for key in (*DAYS, "id", "title", "date", "date_text", "text", "status", "note")},
    }


def _numbered(fact: str, column: str, values: Iterable[str]) -> Iterator[Row]:
    return ({"fact": fact, column: value, "number": number} for number, value in enumerate(values, 1))


def _vocabulary(context: Context, entity: str | None) -> str | None:
    """The vocabulary of a figure's `of`: the first of participants, people, places and topics that has it."""
    return next((key for key in COUNTED if entity in context.entities[key]), None)
