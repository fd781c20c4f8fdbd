"""The queries, and the share of them that a search answers."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from oir_cli.model import Fact
from oir_cli.search import ranking
from oir_cli.search.index import Index
from oir_cli.search.question import understand
from oir_cli.search.verdict import find_lack

QUERIES: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("queries.jsonl").read_text(encoding="utf-8").splitlines()
]
# Two kinds from the first evaluation, and five styles of people who saw neither the facts nor the program.
KINDS = ("keywords", "question", "casual", "misspelt", "non-native", "conditions", "indirect")
UNANSWERABLE = "unanswerable"  # queries that no fact answers
PARTS = ("seen", "unseen")
# Each weight of the ranking with the value at which it has no effect.
WITHOUT = {
    "COMMON": 0.0,
    "SYNONYM": 0.0,
    "RARE": 1.0,
    "KNOWN": 0.0,
    "NAMED": 0.0,
    "DATED": 0.0,
    "HOPED": 1.0,
    "COUNTED": 1.0,
    "ALIKE": 0.0,
}
Search = Callable[[str], list[str]]  # from a query to the ids of all facts found, the best first


class Score(NamedTuple):
    """How many of the queries have an answer first, and among the first five; and the mean reciprocal rank."""

    queries: int
    first: int
    five: int
    mrr: float


def choose(kind: str, part: str) -> list[dict[str, Any]]:
    """The queries of one of KINDS in one of PARTS."""
    return [query for query in QUERIES if query["kind"] == kind and query["unseen"] == (part == "unseen")]


def score(queries: Iterable[dict[str, Any]], search: Search) -> Score:
    ranks = []
    for query in queries:
        found = search(query["query"])
        ranks.append(min((found.index(answer) + 1 for answer in query["answers"] if answer in found), default=0))
    return Score(
        len(ranks),
        sum(rank == 1 for rank in ranks),
        sum(1 <= rank <= 5 for rank in ranks),
        sum(1 / rank for rank in ranks if rank) / len(ranks),
    )


def count_told(index: Index, queries: Iterable[dict[str, Any]]) -> int:
    """For how many of the queries the search says that the article may not answer them."""
    return sum(find_lack(ranking.rank(index, understand(query["query"], index))) is not None for query in queries)


def search_index(index: Index) -> Search:
    """The search of the program."""
    return lambda text: [hit.id for hit in ranking.rank(index, understand(text, index)).hits]


def search_texts(connection: sqlite3.Connection, facts: list[Fact]) -> Search:
    """SQLite's full-text search in the facts' texts alone, for comparison. Fills the empty database `connection`."""
    connection.execute("CREATE VIRTUAL TABLE facts USING fts5(text, tokenize='porter unicode61')")
    connection.executemany("INSERT INTO facts VALUES (?)", ((fact.text,) for fact in facts))

    def search(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        rows = connection.execute("SELECT rowid FROM facts WHERE facts MATCH ? ORDER BY rank", (asked,))
        return [facts[row - 1].id for (row,) in rows]

    return search


@contextmanager
def without(*weights: str) -> Iterator[None]:
    """Rank without these weights."""
    before = {weight: getattr(ranking, weight) for weight in weights}
    for weight in weights:
        setattr(ranking, weight, WITHOUT[weight])
    try:
        yield
    finally:
        for weight, value in before.items():
            setattr(ranking, weight, value)
