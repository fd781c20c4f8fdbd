"""Search: free text to ranked facts.

`question` takes the text apart, `ranking` ranks the facts of an `index`, which `build` makes as `layout` describes it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

from oir_cli.answers.listing import Listing, Marks
from oir_cli.errors import BadUsage
from oir_cli.model import Fact
from oir_cli.names import plain
from oir_cli.query import Query
from oir_cli.search.index import Index, open_prepared
from oir_cli.search.question import Question, understand
from oir_cli.search.ranking import Ranked, rank
from oir_cli.store import Store, in_date_order

DEFAULT_LIMIT = 10


class Found(Listing):
    """The facts that answer free text, with how the text was understood and ranked; `ranked` includes every hit.

    `marks` are the words of the question in the facts' texts. With `explain` the preface explains each fact's place.
    """

    def __init__(
        self, title: str, facts: list[Fact], question: Question, ranked: Ranked, marks: Marks, *, explain: bool
    ) -> None:
        super().__init__(title, facts, len(ranked.hits) - len(facts))
        self.question = question
        self.ranked = ranked
        self.explain = explain
        self._marks = marks

    @property
    def marks(self) -> Marks:
        return self._marks

    def preface(self) -> list[str]:
        return list(self._explanation() if self.explain else self._summary())

    def _summary(self) -> Iterator[str]:
        if understood := self.question.understood():
            yield f"understood {understood}"
        yield from self._not_understood()

    def _not_understood(self) -> Iterator[str]:
        yield from self.question.unread
        if self.ranked.unknown and self.ranked.hits:
            quoted = (f'"{word}"' for word in self.ranked.unknown)
            yield f"no fact mentions {' or '.join(quoted)}"

    def _explanation(self) -> Iterator[str]:
        yield f"understood {self.question.understood() or 'no names or dates'}"
        yield from self._not_understood()
        yield f"words {', '.join(self.question.words) or 'none'}"
        yield f"asks for {', '.join(sorted(self.question.hints)) or 'nothing in particular'}"
        hits = {hit.id: hit for hit in self.ranked.hits}
        for fact in self.facts:
            parts = sorted(hits[fact.id].parts.items(), key=lambda each: -each[1])
            yield f"{hits[fact.id].score:.2f} {fact.id}: {', '.join(f'{part} {score:.2f}' for part, score in parts)}"


def search(store: Store, text: str, query: Query, *, by_date: bool = False, explain: bool = False) -> Found:
    """The facts that best answer `text`, cut to the query's limit: the best first, or `by_date`. Raises BadUsage."""
    if query.reverse and not by_date:
        raise BadUsage("--reverse reverses the order of dates; use it with --by date")
    among = None if query.asks_all else {fact.id for fact in store.facts(query)}
    if prepared := open_prepared(store):
        with suppress(sqlite3.DatabaseError), prepared:  # it may be damaged
            return _find(prepared, text, query, among, by_date=by_date, explain=explain)
    from oir_cli.search.build import build_index

    with build_index(store) as index:
        return _find(index, text, query, among, by_date=by_date, explain=explain)


def _find(
    index: Index, text: str, query: Query, among: Collection[str] | None, *, by_date: bool, explain: bool
) -> Found:
    question = understand(text, index)
    ranked = rank(index, question, among)
    facts = index.facts(hit.number for hit in ranked.hits[: query.limit or DEFAULT_LIMIT])
    marks = _find_marks(index, question, facts)
    if by_date:
        facts = in_date_order(facts, reverse=query.reverse)
    return Found(text, facts, question, ranked, marks, explain=explain)


def _find_marks(index: Index, question: Question, facts: Sequence[Fact]) -> Marks:
    """Where the texts of the facts have words of the question or their synonyms, by fact id."""
    wanted = {part for word in question.words for each in (word, *index.synonyms(word)) for part in each.split()}
    if not wanted:
        return {}
    inflected = index.inflections(wanted)
    return {
        fact.id: [found.span() for found in re.finditer(r"\w+", fact.text) if plain(found.group()) in inflected]
        for fact in facts
    }
