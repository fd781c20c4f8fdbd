"""Free text to ranked facts.

SQLite's FTS5 (bm25, porter stems, accents folded) says how well a fact holds each word; recognised names and dates, how
many of the words a fact holds, and what a question word hopes for do the rest. The index lives in memory for one
question: there is nothing that can go stale.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oir_cli.answers.listing import Listing, limited
from oir_cli.dates import MONTHS, Span, YearlyDay, parse_stored
from oir_cli.model import ID_LISTS, Fact
from oir_cli.query import Query
from oir_cli.store import Store
from oir_cli.understanding import Named, Understanding, normal, understand

# The columns of the index and how much a word weighs in each.
WEIGHTS = {"text": 3.0, "names": 1.5, "topics": 0.8, "dates": 1.0, "figures": 1.0, "credit": 1.0, "note": 0.3}
SYNONYM = 0.55  # a synonym weighs less than the word itself
NAMED = 1.3  # a fact that is linked to a recognised name, times how rare that is
DATED = 1.6  # a fact dated within a recognised date, times how rare that is
HOPED = 1.12  # a fact of the kind that the question word hopes for
COVERED = 1.6  # how sharply a fact loses that holds only some of the words
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@dataclass(frozen=True)
class Scored:
    """A fact and its score, with the score of each part of the question."""

    fact: Fact
    score: float
    parts: dict[str, float]


def search(store: Store, text: str, query: Query) -> Listing:
    """The facts that answer `text` best, the best first, cut to the query's limit."""
    return limited([scored.fact for scored in ranked(store, text, query)[1]], query.limit, text)


def ranked(store: Store, text: str, query: Query) -> tuple[Understanding, list[Scored]]:
    """How `text` was understood, and every fact that answers some of it, the best first."""
    facts = store.facts(query)
    asked = understand(text, {key: store.entities(key).values() for key in ID_LISTS})
    index = Index(store, facts)
    return asked, index.rank(asked)


class Index:
    """Facts in an FTS5 table, with what ranks them."""

    def __init__(self, store: Store, facts: Sequence[Fact]) -> None:
        self.store = store
        self.facts = facts
        self.names = {key: _words_of(store, key) for key in ID_LISTS}
        self.synonyms = _synonyms(store.synonyms)
        self.connection = sqlite3.connect(":memory:")
        columns = ", ".join(WEIGHTS)
        self.connection.execute(
            f"CREATE VIRTUAL TABLE facts USING fts5({columns}, tokenize='porter unicode61', detail=full)"
        )
        marks = ", ".join("?" * len(WEIGHTS))
        self.connection.executemany(f"INSERT INTO facts VALUES ({marks})", map(self._row, facts))  # noqa: S608

    def _row(self, fact: Fact) -> tuple[str, ...]:
        """What the index holds of a fact, in the order of WEIGHTS."""
        names = [
            self.names[key].get(each, each)
            for key in ("participants", "people", "places")
            for each in getattr(fact, key)
        ]
        topics = [self.names["topics"].get(each, each) for each in fact.topics]
        measures = self.store.measures
        figures = [
            " ".join((_number(number), figure.what or "", measures[figure.measure].name))
            for figure in fact.figures
            if figure.measure in measures
            for number in (figure.value, figure.low, figure.high)
            if number is not None
        ]
        return (
            normal(fact.text),
            normal(" ".join(names)),
            normal(" ".join(topics)),
            _date_words(fact),
            normal(" ".join(figures)),
            normal(" ".join((*fact.attributed_to, *fact.disputed_by))),
            normal(fact.note or ""),
        )

    def matches(self, words: Iterable[str]) -> dict[int, float]:
        """How well each fact holds any of the words, by its place in `facts`."""
        asked = " OR ".join(f'"{word}"' for word in words)
        weights = ", ".join(map(str, WEIGHTS.values()))
        sql = f"SELECT rowid, -bm25(facts, {weights}) FROM facts WHERE facts MATCH ?"  # noqa: S608
        return {row - 1: score for row, score in self.connection.execute(sql, (asked,))}

    def rank(self, asked: Understanding) -> list[Scored]:
        groups = {word: self._word(word) for word in asked.words}
        groups |= {f"={named.words}": self._named(named) for named in asked.names}
        groups |= {f"@{said}": self._dated(date) for said, date in asked.dates}
        rarity = {name: math.log(1 + len(self.facts) / (1 + len(scores))) for name, scores in groups.items() if scores}
        whole = sum(rarity.values())
        parts: dict[int, dict[str, float]] = defaultdict(dict)
        for name, scores in groups.items():
            for row, score in scores.items():
                parts[row][name] = score
        found = []
        for row, by_name in parts.items():
            covered = sum(rarity[name] for name in by_name) / whole
            hoped = HOPED if self._hoped(self.facts[row], asked.hints) else 1.0
            found.append(Scored(self.facts[row], sum(by_name.values()) * covered**COVERED * hoped, by_name))
        return sorted(found, key=lambda each: (-each.score, len(each.fact.text)))

    def _word(self, word: str) -> dict[int, float]:
        exact = self.matches([word])
        others = self.synonyms.get(word) or self.synonyms.get(_singular(word)) or set()
        also = self.matches(others) if others else {}
        return {row: max(exact.get(row, 0.0), SYNONYM * also.get(row, 0.0)) for row in exact.keys() | also.keys()}

    def _named(self, named: Named) -> dict[int, float]:
        family = self.store.below(named.key, named.entity.id)
        rows = [row for row, fact in enumerate(self.facts) if not family.isdisjoint(getattr(fact, named.key))]
        return dict.fromkeys(rows, NAMED * math.log(1 + len(self.facts) / (1 + len(rows))))

    def _dated(self, date: Span | YearlyDay) -> dict[int, float]:
        scores: dict[int, float] = {}
        for row, fact in enumerate(self.facts):
            span = parse_stored(fact.date) if fact.date else None
            if span is None:
                continue
            if isinstance(date, YearlyDay):
                if date.falls_in(span):
                    scores[row] = 1.0 if span.is_day else 0.4
            elif span.overlaps(date):
                scores[row] = 1.0 if span.within(date) else 0.4
        weight = DATED * math.log(1 + len(self.facts) / (1 + len(scores)))
        return {row: weight * score for row, score in scores.items()}

    def _hoped(self, fact: Fact, hints: set[str]) -> bool:
        span = parse_stored(fact.date) if fact.date else None
        return bool(
            ("figures" in hints and fact.figures)
            or ("people" in hints and fact.people)
            or ("places" in hints and fact.places)
            or ("days" in hints and span and span.is_day)
        )


def _words_of(store: Store, key: str) -> dict[str, str]:
    """By id, all that an entity is called, with what it is part of."""
    entities = store.entities(key)
    return {
        each: " ".join(
            name for above in store.above(key, each) for name in (entities[above].name, *entities[above].aliases)
        )
        for each in entities
    }


def _date_words(fact: Fact) -> str:
    """The date as one would type it: "8 august 2014 2014-08-08"."""
    said: list[str] = [fact.date_text or ""]
    for point in (fact.date or "").replace("~", "").split("/"):
        year, month, day = [*point.split("-"), "", ""][:3]
        said += [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year if year.isdigit() else ""]
    return normal(" ".join(said))


def _number(number: float) -> str:
    whole = f"{number:.0f}" if number == int(number) else str(number)
    return f"{whole} {NUMBERS[int(number)]}" if whole.isdigit() and int(number) < len(NUMBERS) else whole


def _synonyms(groups: list[list[str]]) -> dict[str, set[str]]:
    others: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in group:
            others[word] |= set(group) - {word}
    return others


def _singular(word: str) -> str:
    return word.removesuffix("s")
