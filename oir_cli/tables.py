"""Records as a read-only TinyDB table, and filters as TinyDB conditions. The only module that uses TinyDB.

TinyDB's own JSONStorage opens a file for writing and reads a damaged one as empty. So TinyDB never sees a file here: it
gets records that were already read, and cannot write them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NoReturn, cast

from tinydb import Storage, TinyDB, where
from tinydb.queries import QueryInstance

from oir_cli.model import Record
from oir_cli.query import Query


class _AlreadyRead(Storage):
    """A TinyDB storage of records in memory, which refuses to write."""

    def __init__(self, tables: dict[str, dict[int, Record]]) -> None:
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]]:
        return self._tables  # type: ignore[return-value]  # TinyDB numbers its records with int keys in memory

    def write(self, data: Any) -> NoReturn:  # noqa: ARG002 - as TinyDB names it
        raise TypeError("a fact store is read-only")


def matching(records: Sequence[Record], condition: QueryInstance) -> Sequence[Record]:
    """The records that meet the condition, in their order. Raises TypeError or ValueError as the condition does."""
    table = TinyDB(storage=lambda: _AlreadyRead({"records": dict(enumerate(records))})).table("records")
    return table.search(condition)


def condition_of(query: Query) -> QueryInstance:
    """The filters of a query, which has at least one, as a condition on the record of a fact.

    Each part says which values rule a record out, because TinyDB takes a missing key for a value that fails the test. A
    record that is not of the agreed shape so meets the condition, or makes it raise TypeError or ValueError. None is
    left out in silence.
    """
    excluding: list[QueryInstance] = [_test(key, _has_none_of, ids) for key, ids in query.groups]
    if query.statuses:
        excluding.append(_test("status", _is_none_of, query.statuses))
    excluding += [_test("date", query.misses, group) for group in query.periods]
    return ~reduce(or_, excluding)


def _test(key: str, rejects: Callable[[Any, Any], bool], wanted: Any) -> QueryInstance:
    # TinyDB types the function as one of a whole record; it gets the value under the key.
    return where(key).test(cast(Any, rejects), wanted)


def _has_none_of(values: Any, wanted: frozenset[str]) -> bool:
    return isinstance(values, list) and wanted.isdisjoint(values)


def _is_none_of(value: Any, wanted: frozenset[str]) -> bool:
    return isinstance(value, str) and value not in wanted
