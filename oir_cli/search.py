"""Free text to ranked facts.

SQLite's FTS5 (bm25, porter stems, accents folded) says how well a fact holds each word; recognised names and dates, how
many of the words a fact holds, and what a question word hopes for do the rest. The index lives in memory for one
question: there is nothing that can go stale.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from oir_cli.answers.listing import Listing
from oir_cli.dates import MONTHS, Span, YearlyDay
from oir_cli.model import ID_LISTS, Fact
from oir_cli.names import plain
from oir_cli.query import Query
from oir_cli.store import Store, in_date_order
from oir_cli.understanding import Named, Understanding, normal, understand

DEFAULT_LIMIT = 10
# The vocabularies whose names are recognised; a topic's name is made of plain words, which are looked up as such.
NAMEABLE = ("participants", "people", "places")
# The columns of the index and how much a word weighs in each.
WEIGHTS = {"text": 3.0, "names": 1.5, "topics": 0.8, "dates": 1.0, "figures": 1.0, "credit": 1.0, "note": 0.3}
SYNONYM = 0.5  # what a synonym weighs beside the word itself
CAPPED = 2.0  # the most a synonym can weigh, times how rare the word and its synonyms are together
CONTEXT = 0.25  # a word that only the rest of the paragraph holds, beside one of the fact
CONTEXT_COVERS = 0.3  # how far such a word counts as held
NAMED = 1.3  # a fact that is linked to a recognised name, times how rare that is
DATED = 1.6  # a fact dated within a recognised date, times how rare that is
HOPED = 1.2  # a fact of the kind that the question word hopes for
COVERED = 1.6  # how sharply a fact loses that holds only some of the words
NEARBY = 0.25  # two words of the question that stand together in a fact as well
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@dataclass(frozen=True)
class Scored:
    """A fact and its score, with the score of each part of the question."""

    fact: Fact
    score: float
    parts: dict[str, float]


@dataclass(frozen=True)
class Found(Listing):
    """The facts that answer free text, the best first, with how the words were understood.

    `marks` holds, by fact id, where in its text words of the question stand, as start and end; `scored` every hit.
    """

    asked: Understanding = field(default_factory=Understanding)
    marks: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    scored: list[Scored] = field(default_factory=list)

    def understood(self) -> Iterator[str]:
        """How words were understood that are names or dates, or were mended: a line, or none."""
        if said := self.asked.said():
            yield f"understood {said}"

    def explained(self) -> Iterator[str]:
        """How the words were understood, and why each fact stands where it does, in lines."""
        yield f"understood {self.asked.said() or 'no names or dates'}"
        yield f"words {', '.join(self.asked.words) or 'none'}"
        yield f"hoped for {', '.join(sorted(self.asked.hints)) or 'nothing in particular'}"
        scores = {scored.fact.id: scored for scored in self.scored}
        for fact in self.facts:
            parts = sorted(scores[fact.id].parts.items(), key=lambda part: -part[1])
            yield f"{scores[fact.id].score:.2f} {fact.id}: {', '.join(f'{name} {score:.2f}' for name, score in parts)}"


def search(store: Store, text: str, query: Query, *, by_date: bool = False) -> Found:
    """The facts that answer `text` best, cut to the query's limit, the best first or `by_date`."""
    index = Index(store, store.facts(query))
    asked, scored = index.answer(text)
    best = [each.fact for each in scored[: query.limit or DEFAULT_LIMIT]]
    shown = in_date_order(best, reverse=query.reverse) if by_date else best
    return Found(text, shown, len(scored) - len(shown), asked, index.marks(shown, asked), scored)


class Index:
    """Facts in an FTS5 table, synonyms in another, and what ranks them."""

    def __init__(self, store: Store, facts: Sequence[Fact]) -> None:
        self.store = store
        self.facts = facts
        self.vocabularies = {key: store.entities(key) for key in ID_LISTS}
        self.called = {key: _called(store, key) for key in ID_LISTS}
        self.rows = rows = [self._row(fact) for fact in facts]
        # What the facts of one paragraph tell together: who asks for one of them may name what another says.
        self.paragraphs: dict[object, list[int]] = defaultdict(list)
        for row, fact in enumerate(facts):
            for source in fact.sources:
                self.paragraphs[source].append(row)
        self.members = [(normal(each), family) for family, group in enumerate(store.synonyms) for each in group]
        self.connection = sqlite3.connect(":memory:")
        self._table("facts", WEIGHTS, rows, kept=False)
        told = [(" ".join(rows[row][0] for row in held),) for held in self.paragraphs.values()]
        self._table("paragraphs", ("text",), told, kept=False)
        self.held = list(self.paragraphs.values())
        # One row a synonym, so that the same stems find it as find a fact.
        self._table("synonyms", ("member", "family UNINDEXED"), self.members)

    @cached_property
    def words(self) -> set[str]:
        """Every word of the facts and of the synonyms."""
        cells = [cell for row in self.rows for cell in row] + [member for member, _ in self.members]
        return {word for cell in cells for word in cell.split()}

    def _table(self, name: str, columns: Iterable[str], rows: Iterable[Sequence[object]], *, kept: bool = True) -> None:
        """Index the rows, numbered from 1; unless they are `kept`, only their numbers can be asked for."""
        columns = list(columns)
        options = ", ".join((*columns, "tokenize='porter unicode61'", *["content=''"] * (not kept)))
        self.connection.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({options})")
        names, marks = ", ".join(("rowid", *(column.split()[0] for column in columns))), _marks(("rowid", *columns))
        numbered = ((number, *row) for number, row in enumerate(rows, 1))
        self.connection.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", numbered)  # noqa: S608 - fixed

    def _row(self, fact: Fact) -> tuple[str, ...]:
        """What the index holds of a fact, in the order of WEIGHTS."""
        linked = ((key, each) for key in ("participants", "people", "places") for each in getattr(fact, key))
        names = [self.called[key].get(each, each) for key, each in linked]
        topics = [self.called["topics"].get(each, each) for each in fact.topics]
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
            " ".join(names),
            " ".join(topics),
            _date_words(fact),
            normal(" ".join(figures)),
            normal(" ".join((*fact.attributed_to, *fact.disputed_by))),
            normal(fact.note or ""),
        )

    def answer(self, text: str) -> tuple[Understanding, list[Scored]]:
        """How `text` was understood, and every fact that answers some of it, the best first."""
        mended = self._mended(text)
        for wrong, right in mended.items():
            text = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, text, flags=re.IGNORECASE)
        asked = understand(text, {key: self.vocabularies[key].values() for key in NAMEABLE}, self._is_phrase)
        asked.mended.update(mended)
        return asked, self._ranked(asked)

    def _mended(self, text: str) -> dict[str, str]:
        """The words that neither a fact nor a synonym holds, each with the nearest word that one does."""
        unknown = [
            word
            for word in understand(text, {}).words
            if word.isalpha() and len(word) > 3 and not self.matches([word]) and not self.synonyms(word)
        ]
        if not unknown:
            return {}
        from difflib import get_close_matches

        near = {
            word: get_close_matches(word, [known for known in self.words if known[0] == word[0]], n=1, cutoff=0.84)
            for word in unknown  # a slip is rarely in the first letter
        }
        return {word: found[0] for word, found in near.items() if found and found[0] != word}

    def matches(self, phrases: Iterable[str]) -> dict[int, float]:
        """How well each fact holds any of the words or phrases, by its place in `facts`."""
        asked = " OR ".join(f'"{phrase}"' for phrase in phrases)
        weights = ", ".join(map(str, WEIGHTS.values()))
        sql = f"SELECT rowid, -bm25(facts, {weights}) FROM facts WHERE facts MATCH ?"  # noqa: S608 - fixed numbers
        return {row - 1: score for row, score in self.connection.execute(sql, (asked,))}

    def synonyms(self, phrase: str) -> set[str]:
        """The words and phrases that people use for the same as `phrase`, itself left out."""
        families = {family for _, family in self._members(phrase)}
        sql = f"SELECT member FROM synonyms WHERE family IN ({_marks(families)})"  # noqa: S608 - only marks
        return {member for (member,) in self.connection.execute(sql, tuple(families))} - {phrase}

    def _members(self, phrase: str) -> list[tuple[str, int]]:
        """The synonyms that are `phrase`, inflected or not: as many words, all of them found."""
        rows = self.connection.execute("SELECT member, family FROM synonyms WHERE member MATCH ?", (f'"{phrase}"',))
        return [(member, family) for member, family in rows if member.count(" ") == phrase.count(" ")]

    def _is_phrase(self, phrase: str) -> bool:
        return bool(self._members(phrase))

    def _ranked(self, asked: Understanding) -> list[Scored]:
        groups = {word: self._word(word) for word in asked.words}
        for named in asked.names:  # "iraq" is a participant and a place: either is meant, and counts once
            groups[f"={named.words}"] = groups.get(f"={named.words}", {}) | self._named(named)
        groups |= {f"@{said}": self._dated(date) for said, date in asked.dates}
        # A name's own words say already whether a fact holds it: the link raises, and counts for no more.
        rarity = {
            name: math.log(1 + len(self.facts) / (1 + len(scores)))
            for name, scores in groups.items()
            if scores and not name.startswith("=")
        }
        parts: dict[int, dict[str, float]] = defaultdict(dict)
        for name, scores in groups.items():
            for row, score in scores.items():
                parts[row][name] = score
        for word in asked.words:
            for row, score in self._context(word).items():
                if row in parts and row not in groups[word]:  # a fact needs something of its own
                    parts[row][f"~{word}"] = CONTEXT * score
        for one, other in zip(asked.words, asked.words[1:], strict=False):
            near = self.connection.execute(
                "SELECT rowid FROM facts WHERE facts MATCH ?", (f'text: NEAR("{one}" "{other}", 2)',)
            )
            for (row,) in near:
                parts[row - 1][f"{one} {other}"] = NEARBY * (rarity[one] + rarity[other])
        found = []
        whole = sum(rarity.values()) or 1.0
        for row, by_name in parts.items():
            covered = sum(rarity.get(name, CONTEXT_COVERS * rarity.get(name[1:], 0)) for name in by_name) / whole
            hoped = HOPED if self._hoped(self.facts[row], asked.hints) else 1.0
            found.append(Scored(self.facts[row], sum(by_name.values()) * covered**COVERED * hoped, by_name))
        return sorted(found, key=lambda each: (-each.score, len(each.fact.text)))

    def _word(self, word: str) -> dict[int, float]:
        exact = self.matches([word])
        others = self.synonyms(word)
        also = self.matches(others) if others else {}
        rows = exact.keys() | also.keys()
        # A rare synonym of a frequent word tells facts apart no better than the word does.
        most = CAPPED * math.log(1 + len(self.facts) / (1 + len(rows)))
        return {row: max(exact.get(row, 0.0), SYNONYM * min(also.get(row, 0.0), most)) for row in rows}

    def _context(self, word: str) -> dict[int, float]:
        """How well the paragraphs that each fact rests on hold the word or a synonym."""
        asked = " OR ".join(f'"{each}"' for each in (word, *self.synonyms(word)))
        found = self.connection.execute("SELECT rowid, -rank FROM paragraphs WHERE paragraphs MATCH ?", (asked,))
        scores: dict[int, float] = {}
        for paragraph, score in found:
            for row in self.held[paragraph - 1]:
                scores[row] = max(score, scores.get(row, 0.0))
        return scores

    def _named(self, named: Named) -> dict[int, float]:
        family = self.store.below(named.key, named.entity.id)
        rows = [row for row, fact in enumerate(self.facts) if not family.isdisjoint(getattr(fact, named.key))]
        return dict.fromkeys(rows, NAMED * math.log(1 + len(self.facts) / (1 + len(rows))))

    def _dated(self, date: Span | YearlyDay) -> dict[int, float]:
        scores: dict[int, float] = {}
        for row, fact in enumerate(self.facts):
            span = fact.span
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
        span = fact.span
        return bool(
            ("figures" in hints and fact.figures)
            or ("people" in hints and fact.people)
            or ("places" in hints and fact.places)
            or ("days" in hints and span and span.is_day)
        )

    def marks(self, facts: Sequence[Fact], asked: Understanding) -> dict[str, list[tuple[int, int]]]:
        """Where in the facts' texts words of the question or their synonyms stand, by fact id."""
        words = {found.group() for fact in facts for found in re.finditer(r"\w+", fact.text)}
        wanted = {part for word in asked.words for each in (word, *self.synonyms(word)) for part in each.split()}
        if not wanted:
            return {}
        self._table("shown", ("word",), [(plain(word),) for word in words])
        sql = " OR ".join(f'"{word}"' for word in wanted)
        held = {word for (word,) in self.connection.execute("SELECT word FROM shown WHERE shown MATCH ?", (sql,))}
        return {
            fact.id: [found.span() for found in re.finditer(r"\w+", fact.text) if plain(found.group()) in held]
            for fact in facts
        }


def _marks(items: Iterable[object]) -> str:
    return ", ".join("?" for _ in items)


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
