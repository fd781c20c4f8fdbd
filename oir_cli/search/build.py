"""Makes a search index of a store: in memory, or as the file that comes with the package.

`python -m oir_cli.search.build` makes the file again, as building the package does.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from oir_cli.dates import MONTHS
from oir_cli.errors import StoreError
from oir_cli.files import replacing
from oir_cli.model import ID_LISTS, Fact
from oir_cli.names import spellings
from oir_cli.search.index import Index
from oir_cli.search.layout import (
    IN_STORE,
    INDEXED,
    MAJOR,
    NAMEABLE,
    PREPARED,
    TABLES,
    TOKENS,
    idf,
    origin,
    placeholders,
)
from oir_cli.search.question import STOPWORDS, normal
from oir_cli.search.spelling import SPELLED_OUT, UNITS
from oir_cli.store import Store, locate

# Words of a text that gives a reason.
REASONS = frozenset(
    """
    because reason reasons cause caused due aim aims aimed purpose purposes motive concern concerns
    """.split()  # noqa: SIM905 - a list would be one word a line
)
# `made` holds the digest of what the index was made from, `records` what the facts are, `askings` the fact that
# answers each of `questions`, and `larger` the participants that include another.
SCHEMA = f"""
CREATE TABLE made (origin TEXT);
CREATE TABLE records (number INTEGER PRIMARY KEY, id TEXT, first INTEGER, last INTEGER, hints TEXT, length INTEGER,
                      record TEXT);
CREATE TABLE links (key TEXT, entity TEXT, number INTEGER, PRIMARY KEY (key, entity, number)) WITHOUT ROWID;
CREATE TABLE larger (entity TEXT, includes TEXT, PRIMARY KEY (entity, includes)) WITHOUT ROWID;
CREATE TABLE names (spelling TEXT, key TEXT, entity TEXT, PRIMARY KEY (spelling, key, entity)) WITHOUT ROWID;
CREATE VIRTUAL TABLE questions USING fts5(words, content='', {TOKENS});
CREATE TABLE askings (question INTEGER PRIMARY KEY, number INTEGER, weight REAL);
CREATE VIRTUAL TABLE synonyms USING fts5(member, family UNINDEXED, {TOKENS});
CREATE VIRTUAL TABLE words USING fts5(word, {TOKENS});
"""


def write_index(store: Store, path: Path = PREPARED) -> None:
    """Make the index of `store` as a file, whole or not at all. Raises OSError where it cannot be written."""
    with replacing(path) as neighbour, closing(sqlite3.connect(neighbour)) as connection:
        _fill(connection, store)
        connection.execute("INSERT INTO made VALUES (?)", (origin(store),))
        connection.commit()
        connection.execute("VACUUM")


def prepare_index(store: Store) -> Path:
    """Make the index of `store` in its folder, and return its path. Raises StoreError where it cannot be made there."""
    path = store.path / IN_STORE
    if path.exists() and not _is_index(path):
        raise StoreError(path, "is not a search index, and is not replaced by one")
    try:
        write_index(store, path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(path, f"cannot be written ({getattr(error, 'strerror', None) or error})") from None
    return path


def _is_index(path: Path) -> bool:
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        return bool(connection.execute("SELECT origin FROM made").fetchall())
    return False


def build_index(store: Store) -> Index:
    """Make the index of `store` in memory. Raises StoreError where this SQLite cannot, as when it has no FTS5."""
    connection = sqlite3.connect(":memory:")
    with ExitStack() as unless_made:
        unless_made.callback(connection.close)
        try:
            _fill(connection, store)
        except sqlite3.Error as error:
            raise StoreError(store.path, f"cannot be searched here ({error})") from None
        unless_made.pop_all()
    return Index(connection)


def _fill(connection: sqlite3.Connection, store: Store) -> None:
    """Fill an empty database with the index of `store`."""
    connection.executescript(SCHEMA)
    for table, columns in TABLES.items():
        connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join(columns)}, content='', {TOKENS})")
    facts = list(enumerate(store.facts(), 1))
    words = _fill_facts(connection, store, facts)
    _fill_questions(connection, [(number, each) for number, fact in facts for each in store.questions.get(fact.id, ())])
    # One row for each synonym, so that the stems that find a fact find it too.
    members = [(normal(each), family) for family, group in enumerate(store.synonyms) for each in group]
    words.update(word for member, _ in members for word in member.split())
    connection.executemany("INSERT INTO synonyms VALUES (?, ?)", members)
    connection.executemany("INSERT INTO words VALUES (?)", ((word,) for word in sorted(words)))
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", _names(store))
    forces = store.entities("participants")
    connection.executemany(
        "INSERT INTO larger VALUES (?, ?)",
        ((larger, each) for each in forces for larger in store.above("participants", each) if larger != each),
    )
    connection.commit()


def _fill_facts(connection: sqlite3.Connection, store: Store, facts: Iterable[tuple[int, Fact]]) -> set[str]:
    """Index facts with their numbers, and return every word of them."""
    called = {key: _called(store, key) for key in ID_LISTS}
    inserts = {
        f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES (?, {placeholders(columns)})": columns  # noqa: S608
        for table, columns in TABLES.items()
    }
    words: set[str] = set()
    for number, fact in facts:
        row = _row(store, fact, called)
        words.update(*(cell.split() for cell in row.values()))
        for insert, columns in inserts.items():
            connection.execute(insert, (number, *(row[column] for column in columns)))
        connection.execute(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *_record(store, fact, f"{row['text']} {row['keywords']}")),
        )
        connection.executemany("INSERT INTO links VALUES (?, ?, ?)", _links(store, fact, number))
    return words


def _fill_questions(connection: sqlite3.Connection, questions: list[tuple[int, str]]) -> None:
    """Index questions, each with the number of the fact that answers it, and with the weight of all its words."""
    asked = ([word for word in normal(question).split() if word not in STOPWORDS] for _, question in questions)
    connection.executemany(
        "INSERT INTO questions (rowid, words) VALUES (?, ?)",
        ((number, " ".join(words)) for number, words in enumerate(asked, 1)),
    )
    connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(questions, instance)")
    stems = connection.execute("SELECT DISTINCT doc, term FROM stems").fetchall()
    connection.execute("DROP TABLE stems")
    held, weights = Counter(stem for _, stem in stems), defaultdict[int, float](float)
    for question, stem in stems:
        weights[question] += idf(held[stem], len(questions))
    connection.executemany(
        "INSERT INTO askings VALUES (?, ?, ?)",
        ((question, number, weights[question]) for question, (number, _) in enumerate(questions, 1)),
    )


def _row(store: Store, fact: Fact, called: dict[str, dict[str, str]]) -> dict[str, str]:
    """The words of a fact, by column of layout.TABLES. `called` is the result of _called for each vocabulary."""
    names = [called[key].get(each, each) for key in INDEXED for each in fact.ids(key)]
    topics = [called["topics"].get(each, each) for each in fact.topics]
    figures = [
        " ".join((_number(number), figure.what or "", store.measures[figure.measure].name))
        for figure in fact.figures
        if figure.measure in store.measures
        for number in figure.numbers
    ]
    return {
        "text": normal(fact.text),
        "keywords": store.keywords.get(fact.id, ""),
        "questions": normal(" ".join(store.questions.get(fact.id, ()))),
        "names": " ".join(names),
        "topics": " ".join(topics),
        "dates": _date_words(fact),
        "figures": normal(" ".join(figures)),
        "credit": normal(" ".join((*fact.attributed_to, *fact.disputed_by))),
        "note": normal(fact.note or ""),
    }


def _record(store: Store, fact: Fact, words: str) -> tuple[object, ...]:
    """A row of `records` without the number; `words` are those of the fact's text and keywords."""
    span = fact.span
    kinds = {
        "figures": fact.figures,
        "people": fact.people,
        "places": fact.places,
        "days": span and span.is_day,
        "reasons": not REASONS.isdisjoint(words.split()),
        MAJOR: not store.major_events.isdisjoint(fact.events),
    }
    return (
        fact.id,
        span and span.first.toordinal(),
        span and span.last.toordinal(),
        " ".join(kind for kind, held in kinds.items() if held),
        len(fact.text),
        json.dumps(fact.record(), ensure_ascii=False),
    )


def _links(store: Store, fact: Fact, number: int) -> Iterator[tuple[str, str, int]]:
    """The rows of `links`: each entity that the fact mentions, and everything that this is part of."""
    for key in ID_LISTS:
        for entity in store.lineage(fact, key):
            yield key, entity, number


def _names(store: Store) -> Iterator[tuple[str, str, str]]:
    """The rows of `names`."""
    for key in NAMEABLE:
        for entity in store.entities(key).values():
            for spelling in spellings(entity):
                yield spelling, key, entity.id


def _called(store: Store, key: str) -> dict[str, str]:
    """By id, the name and aliases of each entity and of everything that it is part of, as words."""
    entities = store.entities(key)
    names = {each: normal(" ".join((entity.name, *entity.aliases))) for each, entity in entities.items()}
    return {each: " ".join(names[above] for above in store.above(key, each)) for each in entities}


def _date_words(fact: Fact) -> str:
    """The date as people type it: "8 august 2014"."""
    said = [normal(fact.date_text or "")]
    for point in (fact.date or "").replace("~", "").split("/"):
        year, month, day = [*point.split("-"), "", ""][:3]
        said += [str(int(day)) if day else "", MONTHS[int(month) - 1].lower() if month else "", year.strip(".")]
    return " ".join(said)


def _number(number: float) -> str:
    """A number in digits, and a small one also as a word."""
    if number != int(number):
        return str(number)
    return f"{number:.0f} {UNITS[int(number)]}" if 0 <= number <= SPELLED_OUT else f"{number:.0f}"


if __name__ == "__main__":
    write_index(Store(locate()))
