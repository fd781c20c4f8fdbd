"""Records that were already read as a read-only TinyDB table. The only module that knows TinyDB.

TinyDB's own JSONStorage opens a file for writing and reads a damaged one as empty; here it only ever sees records in
memory, and cannot write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn, cast

from tinydb import Storage, TinyDB
from tinydb.queries import QueryLike

from oir_cli.model import Record


class _AlreadyRead(Storage):
    """A TinyDB storage over records in memory, which refuses to write."""

    def __init__(self, tables: dict[str, dict[int, Record]]) -> None:
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]]:
        return self._tables  # type: ignore[return-value]  # TinyDB numbers its records with int keys in memory

    def write(self, data: Any) -> NoReturn:
        raise TypeError("a fact store is read-only")


def matching(records: Sequence[Record], matches: Callable[[Record], bool]) -> Sequence[Record]:
    """The records that match, in their order. Raises what `matches` raises."""
    table = TinyDB(storage=lambda: _AlreadyRead({"records": dict(enumerate(records))})).table("records")
    return table.search(cast(QueryLike, matches))
