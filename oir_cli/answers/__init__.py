"""Answers: facts in, plain values out. An answer knows nothing of formats, of screens, or of where facts are read.

Every answer offers `rows()`, flat records under the keys `fields`, for the formats that have lines, and `data(fields)`,
its JSON value with those records narrowed to some of the fields. The table view looks at an answer's own attributes.

Where `fields` are more than a line has room for, `brief` names those that a person reads side by side; it is empty
where each record is read alone, a field a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

Row = dict[str, Any]

FACT_BRIEF = ("date", "text", "status", "id")


class Answer(Protocol):
    """What every view accepts."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys of a record."""

    def rows(self) -> list[Row]:
        """One record a line, each with exactly the keys of `fields`."""

    def data(self, fields: Sequence[str]) -> Any:
        """The JSON value, its records narrowed to `fields`."""


def narrowed(rows: list[Row], fields: Sequence[str]) -> list[Row]:
    """Each row with only `fields`, in their order."""
    return [{field: row[field] for field in fields} for row in rows]
