"""Prints how often the answer comes first: `python -m tests.evaluation [--without WEIGHT]... [--each]`."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from oir_cli.search.build import build_index
from oir_cli.search.index import Index
from oir_cli.store import Store
from tests.conftest import BUNDLED
from tests.evaluation.queries import (
    KINDS,
    PARTS,
    UNANSWERABLE,
    WITHOUT,
    Search,
    choose,
    count_told,
    score,
    search_index,
    search_texts,
    without,
)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=(__doc__ or "").partition(":")[0])
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=WITHOUT,
        metavar="WEIGHT",
        help=f"One of {', '.join(WITHOUT)}.",
    )
    parser.add_argument("--each", action="store_true", help="Also leave out each weight on its own; takes minutes.")
    options = parser.parse_args(argv)
    store = Store(BUNDLED)
    print(f"{'search':<16}{'queries':<20}{'first':>6}{'':7}{'five':>6}{'':8}{'MRR':>6}")
    with build_index(store) as index, closing(sqlite3.connect(":memory:")) as connection:
        print_scores("plain FTS5", search_texts(connection, store.facts()))
        print_scores("oir", search_index(index))
        for part in PARTS:
            print_told(index, part)
        ablations = [options.without] if options.without else []
        ablations += [[weight] for weight in WITHOUT] if options.each else []
        for weights in ablations:
            with without(*weights):
                print_scores(f"- {' '.join(weights)}", search_index(index))


def print_told(index: Index, part: str) -> None:
    """Print how many of the queries that nothing answers are told to be so, and how many others by mistake."""
    wrong, unanswerable = [query for kind in KINDS for query in choose(kind, part)], choose(UNANSWERABLE, part)
    told, mistaken = count_told(index, unanswerable), count_told(index, wrong)
    print(f"{part}: {told} of {len(unanswerable)} unanswerable told, {mistaken} of {len(wrong)} others by mistake")


def print_scores(name: str, search: Search) -> None:
    """Print a line for each part and kind of the queries: how many have the answer first, and among the first five."""
    for part in PARTS:
        for kind in KINDS:
            count, first, five, mrr = score(choose(kind, part), search)
            shares = f"{first:6} {first / count:6.1%}{five:6} {five / count:6.1%}{mrr:8.4f}"
            print(f"{name:<16}{f'{count} {kind} {part}':<20} {shares}", flush=True)


if __name__ == "__main__":
    main()
