"""The index that a search asks: SQLite's FTS5 tables of what facts say, and tables of what they are linked to.

`indexing` makes it from a store. That of the bundled store is made when the package is built, and lies beside the
modules; it names all that it was made from by its digest, and is used for those very files only. For any other store,
and after any change, the same index is made anew in memory: slower, and never stale.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack, closing, suppress
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from oir_cli.dates import Span, YearlyDay
from oir_cli.errors import StoreError
from oir_cli.model import Fact
from oir_cli.store import Store

BESIDE = Path(__file__).with_name("index.sqlite")
# Tables of a fact's words: the columns of each with how much a word weighs there, and how much the table counts. They
# are apart because bm25 counts a word for less in a longer row: a note, or many aliases, must not weaken the text.
TABLES = {
    "texts": ({"text": 1.0}, 1.0),
    "sought": ({"keywords": 1.0}, 1.0),
    "asked": ({"questions": 1.0}, 0.9),
    "known": ({"names": 0.5, "topics": 0.3, "dates": 0.4, "figures": 0.4, "credit": 0.4, "note": 0.1}, 0.1),
}
# The modules that decide what an index holds.
MADE_BY = ("dates/stored", "entities", "index", "indexing", "model", "names", "reading", "store", "understanding")
# The vocabularies whose names are recognised; a topic's name is made of plain words, which are looked up as such.
NAMEABLE = ("participants", "people", "places")
LONGEST_PERIOD = 31  # days: what is dated more widely is no answer to "what happened on 8 August"


class Row(NamedTuple):
    """What ranking knows of a fact: what kinds of question it can answer, and how long its text is."""

    id: str
    hints: frozenset[str]
    length: int


class Index:
    """Facts by number, from 1 in date order, and what finds them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:  # from Python 3.13 on, a connection that nobody closed is complained of
        self.connection.close()

    @classmethod
    def of(cls, store: Store) -> Index:
        """The index that lies beside the modules, if it was made from this very store, or else one in memory."""
        with suppress(sqlite3.Error), ExitStack() as unless_used:  # there may be none, or something else in its place
            # Immutable: nothing is locked or written, so that it can lie on a disk that is read-only.
            connection = sqlite3.connect(f"{BESIDE.as_uri()}?mode=ro&immutable=1", uri=True)
            unless_used.callback(connection.close)
            if connection.execute("SELECT origin FROM made").fetchall() == [(origin(store),)]:
                unless_used.pop_all()
                return cls(connection)
        return cls.new(store)

    @classmethod
    def new(cls, store: Store) -> Index:
        """The index of `store`, made now, in memory. Raises StoreError where this SQLite cannot make it."""
        from oir_cli.indexing import build

        index = cls(sqlite3.connect(":memory:"))
        try:
            build(index.connection, store)
        except sqlite3.Error as error:  # built without FTS5, say
            raise StoreError(store.path, f"cannot be searched here ({error})") from None
        return index

    def rows(self) -> dict[int, Row]:
        """Every fact's Row by its number."""
        found = self.connection.execute("SELECT number, id, hints, length FROM records")
        return {number: Row(each, frozenset(hints.split()), length) for number, each, hints, length in found}

    def facts(self, numbers: Iterable[int]) -> list[Fact]:
        """The facts with these numbers, in this order. Raises sqlite3.DatabaseError where one is damaged."""
        sql = "SELECT record FROM records WHERE number = ?"
        records = (self.connection.execute(sql, (number,)).fetchone() for number in numbers)
        try:
            return [Fact.of_record(json.loads(record)) for (record,) in records]
        except (KeyError, TypeError, ValueError) as error:
            raise sqlite3.DatabaseError(str(error)) from error

    # Words -----------------------------------------------------------------------------------------------------------

    def matches(self, phrases: Iterable[str]) -> dict[int, float]:
        """How well each fact holds any of the words or phrases (bm25, the more the better)."""
        asked, scores = _any(phrases), defaultdict[int, float](float)
        for table, (columns, counts) in TABLES.items():
            weights = ", ".join(map(str, columns.values()))
            sql = f"SELECT rowid, -bm25({table}, {weights}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - fixed
            for number, score in self.connection.execute(sql, (asked,)):
                scores[number] += counts * score
        return scores

    def counting(self, phrases: Iterable[str]) -> set[int]:
        """The facts that have a figure for any of the words or phrases, by what it counts."""
        asked = f"{{figures}} : ({_any(phrases)})"
        return {
            number for (number,) in self.connection.execute("SELECT rowid FROM known WHERE known MATCH ?", (asked,))
        }

    def saying(self, words: str) -> set[int]:
        """The facts whose text holds all these plain words as they stand, inflected or not."""
        found = self.connection.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (f'"{words}"',))
        return {number for (number,) in found}

    def near(self, one: str, other: str) -> list[int]:
        """The facts whose text holds both, with at most two words between them."""
        sql = "SELECT rowid FROM texts WHERE texts MATCH ?"
        return [row for (row,) in self.connection.execute(sql, (f'NEAR("{one}" "{other}", 2)',))]

    @cached_property
    def questions(self) -> int:
        """How many questions the facts answer."""
        return int(self.connection.execute("SELECT count(*) FROM askings").fetchone()[0])

    def asking(self, phrases: Iterable[str]) -> list[tuple[int, int, float]]:
        """The questions that hold any of the words or phrases: number, that of the fact that answers, weight."""
        return self.connection.execute(
            "SELECT question, number, weight FROM questions JOIN askings ON question = questions.rowid "
            "WHERE questions MATCH ?",
            (_any(phrases),),
        ).fetchall()

    def context(self, phrases: Iterable[str]) -> dict[int, float]:
        """How well the paragraphs that each fact rests on hold any of the words or phrases, as their facts tell them.

        What the facts of one paragraph tell together: who asks for one of them may name what another says.
        """
        found = self.connection.execute(
            "SELECT number, max(score) FROM (SELECT rowid AS paragraph, -rank AS score FROM paragraphs "
            "WHERE paragraphs MATCH ?) JOIN tellings USING (paragraph) GROUP BY number",
            (_any(phrases),),
        )
        return dict(found)

    def synonyms(self, phrase: str) -> set[str]:
        """The words and phrases that people use for the same as `phrase`, itself left out."""
        families = {family for _, family in self._members(phrase)}
        sql = f"SELECT member FROM synonyms WHERE family IN ({marks(families)})"  # noqa: S608 - only marks
        return {member for (member,) in self.connection.execute(sql, tuple(families))} - {phrase}

    def is_phrase(self, phrase: str) -> bool:
        """Whether people use the phrase, inflected or not, as one word."""
        return bool(self._members(phrase))

    def _members(self, phrase: str) -> list[tuple[str, int]]:
        """The synonyms that are `phrase`, inflected or not: as many words, all of them found."""
        rows = self.connection.execute("SELECT member, family FROM synonyms WHERE member MATCH ?", (f'"{phrase}"',))
        return [(member, family) for member, family in rows if member.count(" ") == phrase.count(" ")]

    def words(self, initial: str) -> list[str]:
        """Every word of the facts and of the synonyms that begins with this letter."""
        found = self.connection.execute("SELECT word FROM words WHERE substr(word, 1, 1) = ?", (initial,))
        return [word for (word,) in found]

    def alike(self, words: Iterable[str], wanted: Iterable[str]) -> set[str]:
        """Those of the plain `words` that the plain `wanted` ones find."""
        with closing(sqlite3.connect(":memory:")) as connection:  # the index itself may be read-only
            connection.execute("CREATE VIRTUAL TABLE shown USING fts5(word, tokenize='porter unicode61')")
            connection.executemany("INSERT INTO shown VALUES (?)", ((word,) for word in words))
            found = connection.execute("SELECT word FROM shown WHERE shown MATCH ?", (_any(wanted),))
            return {word for (word,) in found}

    # Links and dates -------------------------------------------------------------------------------------------------

    def named(self, spelling: str) -> list[tuple[str, str]]:
        """The entities that a folded name means: vocabulary and id of each."""
        return self.connection.execute("SELECT key, entity FROM names WHERE spelling = ?", (spelling,)).fetchall()

    def linked(self, key: str, entity: str) -> list[int]:
        """The facts that speak of the entity, or of something that is part of it."""
        found = self.connection.execute("SELECT number FROM links WHERE key = ? AND entity = ?", (key, entity))
        return [number for (number,) in found]

    def dated(self, asked: Span | YearlyDay) -> dict[int, bool]:
        """The facts whose dates meet this one, and whether they are as exact."""
        if isinstance(asked, Span):
            first, last = asked.first.toordinal(), asked.last.toordinal()
            sql = "SELECT number, first >= ? AND last <= ? FROM records WHERE first <= ? AND last >= ?"
            return {number: bool(inside) for number, inside in self.connection.execute(sql, (first, last, last, first))}
        sql = "SELECT number, first, last FROM records WHERE last - first <= ?"
        found = self.connection.execute(sql, (LONGEST_PERIOD,))
        spans = {number: Span(date.fromordinal(first), date.fromordinal(last)) for number, first, last in found}
        return {number: span.is_day for number, span in spans.items() if asked.falls_in(span)}


def origin(store: Store) -> str:
    """What an index of `store` is made from: the digest of its files, and of the modules that decide what it holds."""
    digest = sha256(store.digest().encode())
    for module in MADE_BY:
        digest.update((BESIDE.parent / f"{module}.py").read_bytes())
    return digest.hexdigest()


def idf(held: int, among: int) -> float:
    """How much it tells to be one of those that hold a word (inverse document frequency)."""
    return math.log(1 + among / (1 + held))


def _any(phrases: Iterable[str]) -> str:
    """The FTS5 expression that finds any of the plain words or phrases."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def marks(items: Iterable[object]) -> str:
    """A question mark for each item, as SQL wants them."""
    return ", ".join("?" for _ in items)
