"""Search: free text to ranked facts.

`spelling` tidies what was typed, `question` takes it apart, `ranking` ranks the facts of an `index`, which `build`
makes as `layout` describes it; `verdict` judges whether any of them answers, and `marks` finds the answer in a text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import NamedTuple

from oir_cli.answers.listing import Listing, Mark, Marks
from oir_cli.errors import BadUsage
from oir_cli.model import Fact
from oir_cli.query import Query
from oir_cli.search.index import Index, open_prepared
from oir_cli.search.marks import find_marks
from oir_cli.search.question import Question, understand
from oir_cli.search.ranking import Ranked, rank
from oir_cli.search.verdict import count_complete, find_lack, quote
from oir_cli.store import Store, in_date_order

DEFAULT_LIMIT = 10


class Request(NamedTuple):
    """What is searched for, and how the answer is given.

    `query` has the filters and the limit. The best facts come first, or with `by_date` the earliest. `strict` keeps
    only facts that have every name, date and other word of the text.
    """

    text: str
    query: Query
    by_date: bool = False
    explain: bool = False
    strict: bool = False


class Found(Listing):
    """The facts that answer free text, with how the text was understood and ranked; `ranked` includes every hit.

    With `explain` the preface explains each fact's place.
    """

    def __init__(self, request: Request, facts: list[Fact], question: Question, ranked: Ranked, marks: Marks) -> None:
        self.complete, self._counted = count_complete(ranked)
        super().__init__(request.text, facts, max(self.complete - len(facts), 0))
        self.ordered = request.by_date
        self.explain = request.explain
        self.question = question
        self.ranked = ranked
        self.lack = find_lack(ranked)
        self._hits = {hit.id: hit for hit in ranked.hits}
        self._marks = {fact.id: marks.get(fact.id, Mark())._replace(lacks=self._lacks(fact)) for fact in facts}

    @property
    def marks(self) -> Marks:
        return self._marks

    def _lacks(self, fact: Fact) -> list[str]:
        return [part.text for part in self.ranked.asked if part in self._hits[fact.id].lacks]

    def preface(self) -> list[str]:
        return list(self._explanation() if self.explain else self._summary())

    def remarks(self) -> list[str]:
        shown, asked = len(self.facts), quote(self._counted, "and")
        if self.left_out:
            return [f"{shown} of {self.complete} facts with {asked} shown; --limit sets how many"]
        if 0 < self.complete < shown:
            verb, rest = ("has", "others have") if self.complete == 1 else ("have", "others have")
            return [f"{self.complete} of these facts {verb} {asked}; the {rest} only some of it"]
        return []

    def _summary(self) -> Iterator[str]:
        if understood := self.question.understood():
            yield f"understood {understood}"
        yield from self._not_understood()

    def _not_understood(self) -> Iterator[str]:
        yield from self.question.unread
        told: Collection[str] = ()
        if self.lack:
            told = {part.text for part in self.lack.missing}
            yield f"the article may not answer this: {self.lack}{self._instead()}"
        if self.facts and (unknown := [f'"{word}"' for word in self.ranked.unknown if word not in told]):
            yield f"no fact mentions {' or '.join(unknown)}"

    def _instead(self) -> str:
        """The names and words that the facts shown have, where nothing answers."""
        if not self.facts or self.lack is None:
            return ""
        return f"; the facts below have {quote(self.lack.held, 'and')}" if self.lack.held else "; the nearest are below"

    def _explanation(self) -> Iterator[str]:
        yield f"understood {self.question.understood() or 'no names or dates'}"
        yield from self._not_understood()
        yield f"words {', '.join(self.question.words) or 'none'}"
        yield f"asks for {', '.join(sorted(self.question.hints)) or 'nothing in particular'}"
        for fact in self.facts:
            hit, lacks = self._hits[fact.id], self._lacks(fact)
            parts = ", ".join(
                f"{part} {score:.2f}" for part, score in sorted(hit.parts.items(), key=lambda each: -each[1])
            )
            yield f"{hit.score:.2f} {fact.id}: {parts}" + (f"; lacks {', '.join(lacks)}" if lacks else "")


def search(store: Store, request: Request) -> Found:
    """The facts that best answer, cut to the limit. Raises BadUsage."""
    query = request.query
    if query.reverse and not request.by_date:
        raise BadUsage("--reverse reverses the order of dates; use it with --by date")
    among = None if query.asks_all else {fact.id for fact in store.facts(query)}
    if prepared := open_prepared(store):
        with suppress(sqlite3.DatabaseError), prepared:  # it may be damaged
            return _find(prepared, request, among)
    from oir_cli.search.build import build_index

    with build_index(store) as index:
        return _find(index, request, among)


def _find(index: Index, request: Request, among: Collection[str] | None) -> Found:
    question = understand(request.text, index)
    ranked = rank(index, question, among)
    hits = [hit for hit in ranked.hits if not (request.strict and hit.lacks)]
    facts = index.facts(hit.number for hit in hits[: request.query.limit or DEFAULT_LIMIT])
    marks = find_marks(index, question, facts)
    if request.by_date:
        facts = in_date_order(facts, reverse=request.query.reverse)
    return Found(request, facts, question, ranked, marks)
