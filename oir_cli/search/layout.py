"""The layout of a search index: its tables, the place of the prepared one, and the digest of all that made it.

Both `build`, which makes an index, and `index`, which reads it, depend on this module, and it on neither.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oir_cli.store import Store

# The index of the bundled store, made when the package is built; and the name of an index in the folder of any store.
PREPARED = Path(__file__).with_name("index.sqlite")
IN_STORE = "search.sqlite"
# The packages and modules that decide what an index contains; tests/test_index.py checks that none is missing.
PACKAGES = ("dates", "search")
MODULES = ("entities", "errors", "files", "geography", "kinds", "model", "names", "query", "reading", "store", "tables")
# The full-text tables of a fact's words, with their columns. Apart, because bm25 counts a word for less in a longer
# row: a note, or many aliases, must not weaken the text.
TABLES = {
    "texts": ("text",),
    "sought": ("keywords",),
    "asked": ("questions",),
    "known": ("names", "topics", "dates", "figures", "credit", "note"),
}
MAJOR = "major"  # among the kinds of a fact in the index: it tells of a major event
# Vocabularies whose names are among the words of a fact, and those whose names are recognised in a question. The name
# of a topic is plain words, looked up as such; the name of an event repeats what its facts say.
INDEXED = ("participants", "people", "places")
NAMEABLE = (*INDEXED, "events")
TOKENS = "tokenize='porter unicode61'"  # how every full-text table takes text apart: stems, without accents


def sources() -> list[Path]:
    """The source of every module that decides what an index contains, in the same order on every machine."""
    root = Path(__file__).parent.parent
    packages = [path for package in PACKAGES for path in sorted((root / package).glob("*.py"))]
    return packages + [root / f"{module}.py" for module in MODULES]


def origin(store: Store) -> str:
    """The digest of all that decides what an index of `store` contains: its files, and the source of the modules.

    Raises OSError where a source is missing, and StoreError where a file of the store cannot be read.
    """
    digest = sha256(store.digest().encode())
    for path in sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def idf(held: int, among: int) -> float:
    """How rare it is to be one of the `held` among so many, as the logarithm (inverse document frequency)."""
    return math.log(1 + among / (1 + held))


def any_of(phrases: Iterable[str]) -> str:
    """The FTS5 expression that finds any of these plain words or phrases."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def all_of(words: Iterable[str]) -> str:
    """The FTS5 expression that finds all of these plain words, in any order."""
    return " AND ".join(f'"{word}"' for word in words)


def placeholders(items: Iterable[object]) -> str:
    """One SQL placeholder for each item."""
    return ", ".join("?" for _ in items)
