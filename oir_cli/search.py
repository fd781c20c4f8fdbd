"""Free text to ranked facts.

The index (SQLite's FTS5: bm25, porter stems, accents folded) says how well a fact holds each word; recognised names and
dates, how many of the words a fact holds, and what a question word hopes for do the rest.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from oir_cli.answers.listing import Listing, Marks
from oir_cli.dates import Span, YearlyDay
from oir_cli.errors import BadUsage
from oir_cli.index import Index, idf
from oir_cli.model import Fact
from oir_cli.names import plain
from oir_cli.query import Query
from oir_cli.store import Store, in_date_order
from oir_cli.understanding import Named, Understanding, normal, understand

DEFAULT_LIMIT = 10
SYNONYM = 0.8  # what a synonym weighs beside the word itself
RARE = 0.667  # to this power: that a word is rare tells much, yet not as much as bm25 has it
ASIDE = 0.5  # a word that only says which event is meant, beside one of what is asked
CONTEXT = 0.24  # a word that only the rest of the paragraph holds, beside one of the fact
CONTEXT_COVERS = 0.2  # how far such a word counts as held
NAMED = 0.5  # a fact that is linked to a recognised name, times how rare that is
DATED = 1.2  # a fact dated within a recognised date, times how rare that is
WIDER = 0.3  # a fact dated more widely than the recognised date, beside one dated within it
HOPED = 1.3  # a fact of the kind that the question word hopes for
COUNTED = 1.35  # a fact with a figure for something that the question names, where it asks for one
COVERED = 0.57  # how sharply a fact loses that holds only some of the words
ALIKE = 0.5  # a fact that answers the very question asked; one alike counts by the square of how alike it is
NEARBY = 0.19  # two words of the question that stand together in a fact as well


class Scored(NamedTuple):
    """A fact's number and id, and its score, with the score of each part of the question."""

    number: int
    id: str
    score: float
    parts: dict[str, float]


class Found(Listing):
    """The facts that answer free text, the best first, with how the words were understood; `scored` holds every hit."""

    def __init__(
        self, title: str, facts: list[Fact], asked: Understanding, scored: list[Scored], ranking: Ranking
    ) -> None:
        super().__init__(title, facts, len(scored) - len(facts))
        self.asked = asked
        self.scored = scored
        self._ranking = ranking
        self.explain = False

    @cached_property
    def marks(self) -> Marks:
        """Where words of the question stand in the facts' texts. Only a table wants to know."""
        return self._ranking.marks(self.facts, self.asked)

    def preface(self) -> list[str]:
        return list(self.explained() if self.explain else self.understood())

    def understood(self) -> Iterator[str]:
        """How words were understood that are names or dates, or were mended, and which were not: lines, or none."""
        if said := self.asked.said():
            yield f"understood {said}"
        yield from self._not_understood()

    def _not_understood(self) -> Iterator[str]:
        for date in self.asked.unread:
            yield f'not read as a date: "{date}"; write 2016-05-03, or 3 May 2016'
        if self.asked.unknown and self.scored:
            yield f"no fact knows {', '.join(self.asked.unknown)}"

    def explained(self) -> Iterator[str]:
        """How the words were understood, and why each fact stands where it does, in lines."""
        yield f"understood {self.asked.said() or 'no names or dates'}"
        yield from self._not_understood()
        yield f"words {', '.join(self.asked.words) or 'none'}"
        yield f"hoped for {', '.join(sorted(self.asked.hints)) or 'nothing in particular'}"
        scores = {scored.id: scored for scored in self.scored}
        for fact in self.facts:
            parts = sorted(scores[fact.id].parts.items(), key=lambda part: -part[1])
            yield f"{scores[fact.id].score:.2f} {fact.id}: {', '.join(f'{name} {score:.2f}' for name, score in parts)}"


def search(store: Store, text: str, query: Query, *, by_date: bool = False, explain: bool = False) -> Found:
    """The facts that answer `text` best, cut to the query's limit, the best first or `by_date`. Raises BadUsage."""
    if query.reverse and not by_date:
        raise BadUsage("--reverse turns the order of dates round; it goes with --by date")
    among = None if query.asks_all else {fact.id for fact in store.facts(query)}
    try:
        found = _found(Index.of(store), text, query, among, by_date=by_date)
    except sqlite3.DatabaseError:  # the index beside the modules is damaged within
        found = _found(Index.new(store), text, query, among, by_date=by_date)
    found.explain = explain
    return found


def _found(index: Index, text: str, query: Query, among: Collection[str] | None, *, by_date: bool) -> Found:
    ranking = Ranking(index, among)
    asked, scored = ranking.answer(text)
    best = ranking.index.facts(each.number for each in scored[: query.limit or DEFAULT_LIMIT])
    shown = in_date_order(best, reverse=query.reverse) if by_date else best
    return Found(text, shown, asked, scored, ranking)


class Ranking:
    """Ranks the facts of an index, or those `among` them that have these ids, by how well they answer free text."""

    def __init__(self, index: Index, among: Collection[str] | None = None) -> None:
        self.index = index
        self.rows = {number: row for number, row in index.rows().items() if among is None or row.id in among}

    def answer(self, text: str) -> tuple[Understanding, list[Scored]]:
        """How `text` was understood, and every fact that answers some of it, the best first."""
        mended = self._mended(text)
        if mended:
            text = re.sub(r"\w+", lambda word: mended.get(plain(word.group()), word.group()), normalize("NFC", text))
        asked = understand(text, self.index.named, self.index.is_phrase)
        asked.mended.update(mended)
        return asked, self._ranked(asked)

    def _mended(self, text: str) -> dict[str, str]:
        """The words that neither a fact nor a synonym holds, each with the nearest word that one does."""
        unknown = [
            word
            for word in understand(text).words
            if word.isalpha() and len(word) > 3 and not self.index.matches([word]) and not self.index.is_phrase(word)
        ]
        if not unknown:
            return {}
        from difflib import get_close_matches

        near = {
            word: get_close_matches(word, self.index.words(word[0]), n=1, cutoff=0.84)
            for word in unknown  # a slip is rarely in the first letter
        }
        return {word: found[0] for word, found in near.items() if found and found[0] != word}

    def _ranked(self, asked: Understanding) -> list[Scored]:
        groups = self._groups(asked)
        asked.unknown = [word for word in asked.words if not groups[word] and not word[0].isdigit()]
        said, alike = self.index.saying(asked.whole), self._alike(asked)
        # A name's own words say already whether a fact holds it: the link raises, and counts for no more.
        rarity = {
            name: _share(asked, name) * self._rarity(scores)
            for name, scores in groups.items()
            if scores and not name.startswith("=")
        }
        counted = self._counted(asked)
        whole = sum(rarity.values()) or 1.0
        found = []
        for number, parts in self._parts(asked, groups, rarity).items():
            if row := self.rows.get(number):
                covered = sum(rarity.get(name, CONTEXT_COVERS * rarity.get(name[1:], 0)) for name in parts) / whole
                hoped = (HOPED if asked.hints & row.hints else 1.0) * (COUNTED if number in counted else 1.0)
                same = 1 + ALIKE * alike.get(number, 0.0) ** 2
                found.append(Scored(number, row.id, sum(parts.values()) * covered**COVERED * hoped * same, parts))
        # First what says all of it, word for word, as find-in-page would find it.
        return sorted(
            found, key=lambda each: (each.number not in said, -each.score, self.rows[each.number].length, each.number)
        )

    def _groups(self, asked: Understanding) -> dict[str, dict[int, float]]:
        """How well facts hold each word, each name (after "=") and each date (after "@"), by their numbers."""
        groups = {word: self._word(word) for word in asked.words}
        for named in asked.names:  # "iraq" is a participant and a place: either is meant, and counts once
            groups[f"={named.words}"] = groups.get(f"={named.words}", {}) | self._named(named)
        return groups | {f"@{said}": self._dated(date) for said, date in asked.dates}

    def _parts(
        self, asked: Understanding, groups: dict[str, dict[int, float]], rarity: dict[str, float]
    ) -> dict[int, dict[str, float]]:
        """The parts of each fact's score: what it holds, what its paragraph holds ("~"), what stands together."""
        parts: dict[int, dict[str, float]] = defaultdict(dict)
        for name, scores in groups.items():
            share = _share(asked, name)
            for number, score in scores.items():
                parts[number][name] = share * score
        for word in asked.words:
            share = _share(asked, word) * CONTEXT
            for number, score in self.index.context((word, *self.index.synonyms(word))).items():
                if number in parts and number not in groups[word]:  # a fact needs something of its own
                    parts[number][f"~{word}"] = share * score
        for one, other in zip(asked.words, asked.words[1:], strict=False):
            for number in self.index.near(one, other):
                parts[number][f"{one} {other}"] = NEARBY * (rarity[one] + rarity[other])
        return parts

    def _rarity(self, facts: Collection[int]) -> float:
        """How much it tells that a fact is one of these."""
        return idf(len(facts), len(self.rows))

    def _alike(self, asked: Understanding) -> dict[int, float]:
        """How alike the question is to the nearest one that each fact answers: what both say, of what either says."""
        shared: dict[int, float] = defaultdict(float)
        known: dict[int, tuple[int, float]] = {}
        mine = 0.0
        for word in asked.words:
            exact = {question for question, _, _ in self.index.asking([word])}
            found = self.index.asking([word, *self.index.synonyms(word)])
            weight = idf(len(exact or found), self.index.questions)
            mine += weight
            for question, number, whole in found:
                known[question] = number, whole
                shared[question] += weight * (1.0 if question in exact else SYNONYM)
        best: dict[int, float] = defaultdict(float)
        for question, (number, whole) in known.items():
            best[number] = max(best[number], shared[question] / (mine + whole - shared[question]))
        return best

    def _word(self, word: str) -> dict[int, float]:
        """How well each fact holds the word or one of its synonyms."""
        exact = self.index.matches([word])
        others = self.index.synonyms(word)
        also = self.index.matches(others) if others else {}
        rows = exact.keys() | also.keys()
        return {row: max(exact.get(row, 0.0), SYNONYM * also.get(row, 0.0)) ** RARE for row in rows}

    def _named(self, named: Named) -> dict[int, float]:
        found = self.index.linked(named.key, named.entity)
        return dict.fromkeys(found, NAMED * self._rarity(found))

    def _counted(self, asked: Understanding) -> set[int]:
        """The facts with a figure for what the words name, jets say, if they ask for a figure at all."""
        named = {word for each in asked.names for word in normal(each.words).split()}
        words = [word for word in asked.words if word not in named and not word.isdigit()]
        if "figures" not in asked.hints or not words:
            return set()
        return self.index.counting({each for word in words for each in (word, *self.index.synonyms(word))})

    def _dated(self, date: Span | YearlyDay) -> dict[int, float]:
        found = self.index.dated(date)
        weight = DATED * self._rarity(found)
        return {number: weight * (1.0 if exact else WIDER) for number, exact in found.items()}

    def marks(self, facts: Sequence[Fact], asked: Understanding) -> Marks:
        """Where in the facts' texts words of the question or their synonyms stand, by fact id."""
        wanted = {part for word in asked.words for each in (word, *self.index.synonyms(word)) for part in each.split()}
        if not wanted:
            return {}
        words = {plain(found.group()) for fact in facts for found in re.finditer(r"\w+", fact.text)}
        held = self.index.alike(words, wanted)
        return {
            fact.id: [found.span() for found in re.finditer(r"\w+", fact.text) if plain(found.group()) in held]
            for fact in facts
        }


def _share(asked: Understanding, name: str) -> float:
    """How much a word counts, or a name by its last word: less where it only says which event is meant."""
    return ASIDE if name in asked.aside or (name[0] == "=" and normal(name).split()[-1] in asked.aside) else 1.0
