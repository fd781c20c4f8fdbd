"""Finds the parts of facts' texts to emphasise: the words of a question, and in the first fact its answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from oir_cli.answers.listing import Mark
from oir_cli.dates import find_dates
from oir_cli.model import Fact
from oir_cli.names import fold, plain
from oir_cli.search.index import Index
from oir_cli.search.question import LONGEST_NAME, Question, split_words
from oir_cli.search.spelling import SPELLED_OUT, UNITS, join_thousands

_NUMBER = (
    rf"(?i)(?<![\w.,-])\$?(\d[\d,]*(?:\.\d+)?|{'|'.join(UNITS[: SPELLED_OUT + 1])})\b(?: (million|billion)\b)?(?!-)"
)
_FACTORS = {"": 1, "million": 10**6, "billion": 10**9}


def find_marks(index: Index, question: Question, facts: Sequence[Fact]) -> dict[str, Mark]:
    """By fact id, where its text has words of the question or their synonyms, and in the first fact the answer."""
    wanted = {part for word in question.words for each in (word, *index.synonyms(word)) for part in each.split()}
    inflected = index.inflections(wanted) if wanted else set()
    marks = {
        fact.id: Mark([found.span() for found in re.finditer(r"\w+", fact.text) if plain(found.group()) in inflected])
        for fact in facts
    }
    for fact in facts[:1]:
        marks[fact.id] = marks[fact.id]._replace(answer=sorted(set(_find_answer(index, question, fact))))
    return marks


def _find_answer(index: Index, question: Question, fact: Fact) -> Iterator[tuple[int, int]]:
    """The parts of the text that are of the kind that the question asks for, and that it does not say itself."""
    asked = set(question.whole.split())
    if "figures" in question.hints:
        yield from _find_numbers(fact, asked)
    if "days" in question.hints:
        yield from ((start, end) for start, end, _ in find_dates(fact.text))
    for key in ("people", "places"):
        if key in question.hints:
            spellings = {spelling for entity in fact.ids(key) for spelling in index.spellings(key, entity)}
            yield from _find_names(spellings, fact.text, asked)


def _find_numbers(fact: Fact, asked: Collection[str]) -> Iterator[tuple[int, int]]:
    """The numbers that are figures of the fact."""
    figures = {number for figure in fact.figures for number in figure.numbers}
    for found in re.finditer(_NUMBER, fact.text):
        digits = join_thousands(found[1]).lower()
        value = float(UNITS.index(digits) if digits in UNITS else digits) * _FACTORS[(found[2] or "").lower()]
        if any(abs(value - figure) < 1e-6 * figure for figure in figures) and digits not in asked:
            yield found.span()


def _find_names(spellings: Collection[str], text: str, asked: Collection[str]) -> Iterator[tuple[int, int]]:
    """The names in the text that have one of the spellings, the longest first, apart from each other."""
    words, taken = split_words(text), set[int]()
    for size in range(LONGEST_NAME, 0, -1):
        for start in range(len(words) - size + 1):
            place, some = range(start, start + size), words[start : start + size]
            name = fold(" ".join(word.text for word in some))
            if name in spellings and taken.isdisjoint(place) and not set(name.split()) <= set(asked):
                taken.update(place)
                yield some[0].start, some[-1].start + len(some[-1].text)
