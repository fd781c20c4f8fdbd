"""Ranks facts by how well they answer a question.

The index tells how well a fact matches each word. The score also depends on recognised names and dates, on the share of
the words that the fact has, on the kind of answer asked for, and on known questions.

Every weight states its evidence: the number of queries whose right answer comes first because of the weight. "Unseen"
counts 448 queries that were not used for tuning, "seen" 1,219 others. `python -m tests.evaluation --each` counts again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from oir_cli.dates import Span, YearlyDay
from oir_cli.search.index import Index, Row
from oir_cli.search.layout import MAJOR, TABLES, idf
from oir_cli.search.question import STOPWORDS, Named, Question, normal

# A match of a synonym, relative to one of the word itself.
SYNONYM = 0.8  # unseen +9, seen +44
# The power that a match is raised to: bm25 makes too much of a rare word.
RARE = 0.6  # unseen +11, seen +28
# A word that is not in the text but in another field (names, topics, dates, figures, who claims it, the note), relative
# to one in the text.
KNOWN = 0.1  # unseen +1, seen +3
# A link to a recognised name, times how rare that is.
NAMED = 0.5  # unseen +2, seen +6
# A fact's date within a recognised date, times how rare that is. If it only partly overlaps, times the share of the
# fact's days that do.
DATED = 1.0  # unseen +3, seen +4
# The factor for a fact with the kind of answer that the question asks for.
HOPED = 1.3  # unseen +6, seen +9
# The factor for a fact with a figure for something that the question names, if it asks for a figure.
COUNTED = 1.3  # unseen +3, seen +4
# The gain of a fact with a known question that is the same as this one; for a similar question, times the square of the
# similarity.
ALIKE = 0.5  # unseen +6, seen +18

# A name or date of the question that this share of the facts has does not come before all else.
COMMON = 0.3


class Part(NamedTuple):
    """A part of the question that raised a fact."""

    kind: Literal["word", "name", "date"]
    text: str

    def __str__(self) -> str:
        return self.text if self.kind == "word" else f"{self.text} ({self.kind})"


class Hit(NamedTuple):
    """A fact that answers some of the question: its number in the index, its id, its score and what each part added.

    The score is the sum of the parts, times the factors that apply to the fact. `lacks` are the names, dates and other
    words of the question that the fact does not have.
    """

    number: int
    id: str
    score: float
    parts: Mapping[Part, float]
    lacks: frozenset[Part]


class Ranked(NamedTuple):
    """Every fact that answers some of the question, the best first.

    `asked` are the names, the dates and the other words of the question, each with its weight: how rare it is.
    `telling` are those names and dates that are not COMMON. `unknown` are the words that no fact has; numbers and words
    of dates are left out.
    """

    hits: list[Hit]
    asked: Mapping[Part, float]
    telling: frozenset[Part]
    unknown: tuple[str, ...]


Scores = dict[int, float]  # by a fact's number


def rank(index: Index, question: Question, among: Collection[str] | None = None) -> Ranked:
    """Rank the facts of the index, or those that have one of the ids `among`."""
    rows = {number: row for number, row in index.rows().items() if among is None or row.id in among}
    groups = _match_parts(index, question, len(rows))
    holders = _find_holders(index, question, groups)
    in_dates = {word for text, _ in question.dates for word in normal(text).split()}
    sought = (word for word in question.words if word not in in_dates and not word[0].isdigit())
    unknown = tuple(word for word in sought if not groups[Part("word", word)])
    asked = {part: idf(len(held), len(rows)) for part, held in holders.items()}
    if any(named.key == "events" for named in question.names):  # an event is a whole question: "ghastly embassy attack"
        asked |= {part: 0.0 for part in asked if part.kind == "word" and part.text in unknown}
    telling = frozenset(
        part for part, held in holders.items() if part.kind != "word" and len(held) < COMMON * len(rows)
    )
    return Ranked(_score(index, question, rows, groups, holders, telling), asked, telling, unknown)


def _find_holders(index: Index, question: Question, groups: Mapping[Part, Scores]) -> dict[Part, set[int]]:
    """The facts that have each name, date and other word of the question.

    A fact has a name by a link, or by its very words. What a state does, its forces do: it has their names as well.
    """
    words = {Part("word", word) for word in question.other_words()}
    holders = {part: set(scores) for part, scores in groups.items() if part.kind != "word" or part in words}
    for named in question.names:
        held = holders[Part("name", named.words)]
        held |= index.having(word for word in normal(named.words).split() if word not in STOPWORDS)
        if named.key == "participants":
            held |= index.linked_above(named.entity)
    return holders


def _score(
    index: Index,
    question: Question,
    rows: Mapping[int, Row],
    groups: Mapping[Part, Scores],
    holders: Mapping[Part, set[int]],
    telling: frozenset[Part],
) -> list[Hit]:
    # The words of a name or date are already counted as words. A name or date raises the score, and does not count
    # again towards coverage.
    rarity = {part: idf(len(scores), len(rows)) for part, scores in groups.items() if scores and part.kind == "word"}
    whole = sum(rarity.values()) or 1.0
    saying, counted, alike = index.saying(question.whole), _find_counted(index, question), _compare(index, question)
    by_fact: dict[int, dict[Part, float]] = defaultdict(dict)
    for part, scores in groups.items():
        for number, score in scores.items():
            by_fact[number][part] = score
    hits = []
    for number, parts in by_fact.items():
        if row := rows.get(number):
            covered = sum(rarity.get(part, 0.0) for part in parts) / whole
            hoped = (HOPED if question.hints & row.hints else 1.0) * (COUNTED if number in counted else 1.0)
            same = 1 + ALIKE * alike.get(number, 0.0) ** 2
            lacks = frozenset(part for part, held in holders.items() if number not in held)
            hits.append(Hit(number, row.id, sum(parts.values()) * covered * hoped * same, parts, lacks))

    def order(hit: Hit) -> tuple[object, ...]:
        row = rows[hit.number]
        return (
            hit.number not in saying,  # first the text that has the whole question, as a search in a page would
            len(hit.lacks & telling),  # then the facts with all names and dates asked for, before those with some
            -round(hit.score, 2),
            MAJOR not in row.hints,
            row.length,
            hit.number,
        )

    return sorted(hits, key=order)


def _match_parts(index: Index, question: Question, facts: int) -> dict[Part, Scores]:
    """How well facts match each word, name and date of the question; `facts` is the number of all facts."""
    groups = {Part("word", word): _match_word(index, word) for word in question.words}
    for named in question.names:  # "iraq" is a participant and a place: either is meant, and counts once
        part = Part("name", named.words)
        groups[part] = groups.get(part, {}) | _match_name(index, named, facts)
    return groups | {Part("date", text): _match_date(index, date, facts) for text, date in question.dates}


def _match_word(index: Index, word: str) -> Scores:
    weights = {table: KNOWN if table == "known" else 1.0 for table in TABLES}
    exact = index.matches([word], weights)
    others = index.synonyms(word)
    also = index.matches(others, weights) if others else {}
    numbers = exact.keys() | also.keys()
    return {number: max(exact.get(number, 0.0), SYNONYM * also.get(number, 0.0)) ** RARE for number in numbers}


def _match_name(index: Index, named: Named, facts: int) -> Scores:
    found = index.linked(named.key, named.entity)
    return dict.fromkeys(found, NAMED * idf(len(found), facts))


def _match_date(index: Index, date: Span | YearlyDay, facts: int) -> Scores:
    found = index.dated(date)
    weight = DATED * idf(len(found), facts)
    return {number: weight * share for number, share in found.items()}


def _find_counted(index: Index, question: Question) -> set[int]:
    """The facts with a figure for what the words name, such as jets, if the question asks for a figure."""
    words = [word for word in question.other_words() if not word.isdigit()]
    if "figures" not in question.hints or not words:
        return set()
    return index.counting({each for word in words for each in (word, *index.synonyms(word))})


def _compare(index: Index, question: Question) -> Scores:
    """For each fact, how similar this question is to the most similar known question that it answers, from 0 to 1.

    That is the weight of the words that both have, divided by the weight of the words that either has.
    """
    shared: dict[int, float] = defaultdict(float)
    known: dict[int, tuple[int, float]] = {}
    mine = 0.0
    for word in question.words:
        exact = {number for number, _, _ in index.asking([word])}
        found = index.asking([word, *index.synonyms(word)])
        weight = idf(len(exact or found), index.questions)
        mine += weight
        for number, fact, whole in found:
            known[number] = fact, whole
            shared[number] += weight * (1.0 if number in exact else SYNONYM)
    best: dict[int, float] = defaultdict(float)
    for number, (fact, whole) in known.items():
        best[fact] = max(best[fact], shared[number] / (mine + whole - shared[number]))
    return best
