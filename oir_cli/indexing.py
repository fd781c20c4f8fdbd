"""Makes the index that a search asks, from a store: in memory, or as the file that comes with the package.

`python -m oir_cli.indexing` makes the file anew, as building the package does.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from oir_cli.dates import MONTHS
from oir_cli.files import replacing
from oir_cli.index import BESIDE, NAMEABLE, TABLES, idf, marks, origin
from oir_cli.model import ID_LISTS, Fact, Source
from oir_cli.names import spellings
from oir_cli.store import Store, locate
from oir_cli.understanding import STOPWORDS, normal

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

# Words of a text that says why.
REASONS = frozenset(
    """
    because reason reasons cause caused due aim aims aimed purpose purposes motive concern concerns
    """.split()  # noqa: SIM905 - a list would be one word a line
)
# `made` says what the index was made from, `records` holds what the facts are; the tables of words hold words only.
SCHEMA = """
CREATE TABLE made (origin TEXT);
CREATE TABLE records (number INTEGER PRIMARY KEY, id TEXT, first INTEGER, last INTEGER, hints TEXT, length INTEGER,
                      record TEXT);
CREATE TABLE links (key TEXT, entity TEXT, number INTEGER, PRIMARY KEY (key, entity, number)) WITHOUT ROWID;
CREATE TABLE names (spelling TEXT, key TEXT, entity TEXT, PRIMARY KEY (spelling, key, entity)) WITHOUT ROWID;
CREATE VIRTUAL TABLE paragraphs USING fts5(text, content='', tokenize='porter unicode61');
CREATE TABLE tellings (paragraph INTEGER, number INTEGER, PRIMARY KEY (paragraph, number)) WITHOUT ROWID;
CREATE VIRTUAL TABLE questions USING fts5(words, content='', tokenize='porter unicode61');
CREATE TABLE askings (question INTEGER PRIMARY KEY, number INTEGER, weight REAL);
CREATE VIRTUAL TABLE synonyms USING fts5(member, family UNINDEXED, tokenize='porter unicode61');
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def write(store: Store, path: Path = BESIDE) -> None:
    """Make the index of `store` as a file, whole or not at all. Raises OSError where it cannot be written."""
    with replacing(path) as neighbour, closing(sqlite3.connect(neighbour)) as connection:
        build(connection, store)
        connection.execute("INSERT INTO made VALUES (?)", (origin(store),))
        connection.commit()
        connection.execute("VACUUM")


def build(connection: sqlite3.Connection, store: Store) -> None:
    """Fill an empty database with all that a search of `store` asks."""
    connection.executescript(SCHEMA)
    for table, (columns, _) in TABLES.items():
        connection.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join(columns)}, content='', tokenize='porter unicode61')"
        )
    called = {key: _called(store, key) for key in ID_LISTS}
    words: set[str] = set()
    told: dict[Source, tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
    questions: list[tuple[int, str]] = []
    inserts = {
        f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES (?, {marks(columns)})": columns  # noqa: S608 - fixed
        for table, (columns, _) in TABLES.items()
    }
    for number, fact in enumerate(store.facts(), 1):
        row = _row(store, fact, called)
        words.update(*(cell.split() for cell in row.values()))
        for insert, columns in inserts.items():
            connection.execute(insert, (number, *(row[column] for column in columns)))
        connection.execute(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *_record(fact, f"{row['text']} {row['keywords']}")),
        )
        connection.executemany("INSERT OR IGNORE INTO links VALUES (?, ?, ?)", _links(store, fact, number))
        questions += [(number, question) for question in store.questions.get(fact.id, ())]
        for source in fact.sources:
            numbers, texts = told[source]
            numbers.append(number)
            texts.append(row["text"])
    for paragraph, (numbers, texts) in enumerate(told.values(), 1):
        connection.execute("INSERT INTO paragraphs (rowid, text) VALUES (?, ?)", (paragraph, " ".join(texts)))
        pairs = ((paragraph, number) for number in numbers)
        connection.executemany("INSERT OR IGNORE INTO tellings VALUES (?, ?)", pairs)
    _ask(connection, questions)
    # One row a synonym, so that the same stems find it as find a fact.
    members = [(normal(each), family) for family, group in enumerate(store.synonyms) for each in group]
    words.update(word for member, _ in members for word in member.split())
    connection.executemany("INSERT INTO synonyms VALUES (?, ?)", members)
    connection.executemany("INSERT INTO words VALUES (?)", ((word,) for word in sorted(words)))
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", _names(store))
    connection.commit()


def _ask(connection: sqlite3.Connection, questions: list[tuple[int, str]]) -> None:
    """Index each question that a fact (by number) answers, with the weight of all its words together."""
    telling = ([word for word in normal(question).split() if word not in STOPWORDS] for _, question in questions)
    connection.executemany(
        "INSERT INTO questions (rowid, words) VALUES (?, ?)",
        ((number, " ".join(words)) for number, words in enumerate(telling, 1)),
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
    """What the index holds of a fact's words, by column."""
    names = [called[key].get(each, each) for key in NAMEABLE for each in getattr(fact, key)]
    topics = [called["topics"].get(each, each) for each in fact.topics]
    figures = [
        " ".join((_number(number), figure.what or "", store.measures[figure.measure].name))
        for figure in fact.figures
        if figure.measure in store.measures
        for number in (figure.value, figure.low, figure.high)
        if number is not None
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


def _record(fact: Fact, words: str) -> tuple[object, ...]:
    """The columns of `records` but the number; `words` are those of its text and its keywords."""
    span = fact.span
    kinds = {
        "figures": fact.figures,
        "people": fact.people,
        "places": fact.places,
        "days": span and span.is_day,
        "reasons": not REASONS.isdisjoint(words.split()),
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
    """What the fact is linked to, with all that this is part of."""
    for key in ID_LISTS:
        for each in getattr(fact, key):
            for entity in store.above(key, each):
                yield key, entity, number


def _names(store: Store) -> Iterator[tuple[str, str, str]]:
    for key in NAMEABLE:
        for entity in store.entities(key).values():
            for spelling in spellings(entity):
                yield spelling, key, entity.id


def _called(store: Store, key: str) -> dict[str, str]:
    """By id, all that an entity is called, with what it is part of."""
    entities = store.entities(key)
    names = {each: normal(" ".join((entity.name, *entity.aliases))) for each, entity in entities.items()}
    return {each: " ".join(names[above] for above in store.above(key, each)) for each in entities}


def _date_words(fact: Fact) -> str:
    """The date as one would type it: "8 august 2014"."""
    said = [normal(fact.date_text or "")]
    for point in (fact.date or "").replace("~", "").split("/"):
        year, month, day = [*point.split("-"), "", ""][:3]
        said += [str(int(day)) if day else "", MONTHS[int(month) - 1].lower() if month else "", year.strip(".")]
    return " ".join(said)


def _number(number: float) -> str:
    """A number in digits, a small one in a word as well."""
    if number != int(number):
        return str(number)
    return f"{number:.0f} {NUMBERS[int(number)]}" if 0 <= number < len(NUMBERS) else f"{number:.0f}"


if __name__ == "__main__":
    write(Store(locate()))
