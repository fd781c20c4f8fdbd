"""Reads a search index: full-text tables of what facts say (SQLite's FTS5), and tables of what they are linked to.

`build` makes an index. The one of the bundled store is prepared when the package is built; it records the digest of
all that it was made from, and is used only while nothing of that has changed. For any other store, and after any
change, a search builds the same index in memory: slower, and never out of date.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from datetime import date
from functools import cached_property
from types import TracebackType
from typing import NamedTuple

from oir_cli.dates import LONGEST_PERIOD, Span, YearlyDay
from oir_cli.model import Fact
from oir_cli.search.layout import IN_STORE, INDEXED, PREPARED, TABLES, all_of, any_of, origin, placeholders
from oir_cli.store import Store


class Row(NamedTuple):
    """A fact as ranking needs it: its id, the kinds of question that it can answer, and the length of its text."""

    id: str
    hints: frozenset[str]
    length: int


class Index(AbstractContextManager["Index"]):
    """An open index, which closes at the end of a `with` block. Facts have numbers, from 1 in date order.

    Words and phrases are in the plain form of `question.normal`. Every method raises sqlite3.DatabaseError where the
    database is damaged.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def rows(self) -> dict[int, Row]:
        """The Row of every fact, by its number."""
        found = self.connection.execute("SELECT number, id, hints, length FROM records")
        return {number: Row(each, frozenset(hints.split()), length) for number, each, hints, length in found}

    def facts(self, numbers: Iterable[int]) -> list[Fact]:
        """The facts with these numbers, in this order."""
        sql = "SELECT record FROM records WHERE number = ?"
        records = (self.connection.execute(sql, (number,)).fetchone() for number in numbers)
        try:
            return [Fact.of_record(json.loads(record)) for (record,) in records]
        except (KeyError, TypeError, ValueError) as error:
            raise sqlite3.DatabaseError(str(error)) from error

    # Words -----------------------------------------------------------------------------------------------------------

    def matches(self, phrases: Iterable[str], weights: Mapping[str, float]) -> dict[int, float]:
        """How well each fact matches any of the words or phrases: bm25, higher is better, summed over tables.

        `weights` holds the weight of each of layout.TABLES.
        """
        asked, scores = any_of(phrases), defaultdict[int, float](float)
        for table, weight in weights.items():
            sql = f"SELECT rowid, -rank FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - fixed names
            for number, score in self.connection.execute(sql, (asked,)):
                scores[number] += weight * score
        return scores

    def counting(self, phrases: Iterable[str]) -> set[int]:
        """The facts with a figure that counts any of the words or phrases."""
        return self._numbers("SELECT rowid FROM known WHERE known MATCH ?", f"{{figures}} : ({any_of(phrases)})")

    def saying(self, words: str) -> set[int]:
        """The facts whose text has all these words in this order, inflected or not."""
        return self._numbers("SELECT rowid FROM texts WHERE texts MATCH ?", any_of([words]))

    def having(self, words: Iterable[str]) -> set[int]:
        """The facts whose text, keywords or questions have all these words, inflected or not."""
        asked = all_of(words)
        tables = [table for table in TABLES if table != "known"] if asked else []
        return {
            number
            for table in tables
            for number in self._numbers(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", asked)  # noqa: S608 - fixed
        }

    def has_word(self, word: str) -> bool:
        """Whether a fact or a synonym has the word, inflected or not."""
        return (
            self.connection.execute("SELECT 1 FROM words WHERE words MATCH ?", (any_of([word]),)).fetchone() is not None
        )

    def words(self, initial: str = "") -> list[str]:
        """Every word of facts and synonyms that starts with this letter, or every word."""
        found = self.connection.execute("SELECT word FROM words WHERE substr(word, 1, ?) = ?", (len(initial), initial))
        return [word for (word,) in found]

    def inflections(self, words: Iterable[str]) -> set[str]:
        """Every word of facts and synonyms that has the same stem as one of `words`."""
        found = self.connection.execute("SELECT word FROM words WHERE words MATCH ?", (any_of(words),))
        return {word for (word,) in found}

    # Synonyms and known questions ------------------------------------------------------------------------------------

    def synonyms(self, phrase: str) -> set[str]:
        """The words and phrases that people use for the same as `phrase`, without `phrase` itself."""
        families = {family for _, family in self._members(phrase)}
        sql = f"SELECT member FROM synonyms WHERE family IN ({placeholders(families)})"  # noqa: S608 - question marks
        return {member for (member,) in self.connection.execute(sql, tuple(families))} - {phrase}

    def is_phrase(self, phrase: str) -> bool:
        """Whether people use the phrase, inflected or not, as one word."""
        return bool(self._members(phrase))

    def _members(self, phrase: str) -> list[tuple[str, int]]:
        """The synonyms that are `phrase`, inflected or not, with their family: they have all its words and no other."""
        rows = self.connection.execute("SELECT member, family FROM synonyms WHERE member MATCH ?", (any_of([phrase]),))
        return [(member, family) for member, family in rows if member.count(" ") == phrase.count(" ")]

    @cached_property
    def questions(self) -> int:
        """The number of known questions."""
        return int(self.connection.execute("SELECT count(*) FROM askings").fetchone()[0])

    def asking(self, phrases: Iterable[str]) -> list[tuple[int, int, float]]:
        """The known questions with any of the words or phrases: number, number of the fact that answers, weight."""
        return self.connection.execute(
            "SELECT question, number, weight FROM questions JOIN askings ON question = questions.rowid "
            "WHERE questions MATCH ?",
            (any_of(phrases),),
        ).fetchall()

    # Links and dates -------------------------------------------------------------------------------------------------

    def named(self, spelling: str) -> list[tuple[str, str]]:
        """The entities with this folded name: vocabulary and id of each."""
        return self.connection.execute("SELECT key, entity FROM names WHERE spelling = ?", (spelling,)).fetchall()

    def spellings(self, key: str, entity: str) -> list[str]:
        """Every folded name of the entity."""
        sql = "SELECT spelling FROM names WHERE key = ? AND entity = ?"
        return [spelling for (spelling,) in self.connection.execute(sql, (key, entity))]

    def name_words(self) -> set[str]:
        """Every word of a name of a participant, a person or a place."""
        sql = f"SELECT spelling FROM names WHERE key IN ({placeholders(INDEXED)})"  # noqa: S608 - question marks
        return {word for (name,) in self.connection.execute(sql, INDEXED) for word in name.split()}

    def linked(self, key: str, entity: str) -> set[int]:
        """The facts that mention the entity, or something that is part of it."""
        return self._numbers("SELECT number FROM links WHERE key = ? AND entity = ?", key, entity)

    def linked_above(self, participant: str) -> set[int]:
        """The facts that mention a participant that includes this one: of the RAF, those of the United Kingdom."""
        return self._numbers(
            "SELECT number FROM links JOIN larger USING (entity) WHERE key = 'participants' AND includes = ?",
            participant,
        )

    def dated(self, asked: Span | YearlyDay) -> dict[int, float]:
        """The facts whose dates overlap the date asked for, with the share of their days that are in it, up to 1."""
        if isinstance(asked, Span):
            first, last = asked.first.toordinal(), asked.last.toordinal()
            sql = (
                "SELECT number, (min(last, ?) - max(first, ?) + 1.0) / (last - first + 1) FROM records "
                "WHERE first <= ? AND last >= ?"
            )
            return dict(self.connection.execute(sql, (last, first, last, first)).fetchall())
        sql = "SELECT number, first, last FROM records WHERE last - first < ?"
        return {
            number: 1 / (last - first + 1)
            for number, first, last in self.connection.execute(sql, (LONGEST_PERIOD,))
            if asked.falls_in(Span(date.fromordinal(first), date.fromordinal(last)))
        }

    def _numbers(self, sql: str, *values: object) -> set[int]:
        return {number for (number,) in self.connection.execute(sql, values)}


def open_prepared(store: Store) -> Index | None:
    """The index in the store's folder or in the package, if it was made from this very store by these very modules.

    Raises StoreError where a file of the store cannot be read.
    """
    wanted = ""
    for path in (store.path / IN_STORE, PREPARED):
        # There may be no index or something else in its place, and the modules may be there without their sources.
        with suppress(sqlite3.Error, OSError), ExitStack() as unless_used:
            # Immutable: nothing is locked or written, so that it can be on a read-only disk.
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            unless_used.callback(connection.close)
            made_from = connection.execute("SELECT origin FROM made").fetchall()
            wanted = wanted or origin(store)
            if made_from == [(wanted,)]:
                unless_used.pop_all()
                return Index(connection)
    return None
