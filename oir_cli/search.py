"""Free text to ranked facts, by SQLite's FTS5."""

from __future__ import annotations

import re
import sqlite3

from oir_cli.answers.listing import Listing, limited
from oir_cli.query import Query
from oir_cli.store import Store


def search(store: Store, words: str, query: Query) -> Listing:
    """The facts that hold any of the words, the best match first."""
    facts = store.facts(query)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE facts USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
    connection.executemany(
        "INSERT INTO facts(rowid, text) VALUES (?, ?)", ((n, fact.text) for n, fact in enumerate(facts))
    )
    tokens = re.findall(r"\w+", words)
    asked = " OR ".join(f'"{token}"' for token in tokens)
    rows = (
        connection.execute("SELECT rowid FROM facts WHERE facts MATCH ? ORDER BY rank, rowid", (asked,))
        if asked
        else ()
    )
    return limited([facts[row[0]] for row in rows], query.limit, words)
