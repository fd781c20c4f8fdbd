"""Answers: facts in, plain values out. An answer knows nothing of formats, of screens, or of where facts are read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar

Row = dict[str, Any]
T = TypeVar("T")

FACT_BRIEF = ("date", "text", "status", "id")


class Answer:
    """The whole contract between a question and the views that write its answer.

    `fields` are the keys of each record of `rows`. Where they are more than a line has room for, `brief` holds those
    that a person reads side by side; it is empty where each record is read alone, one field a line, and None where all
    fields fit. `ids` are fields with ids that a person can do without. `named` lists the vocabularies whose names a
    view needs to draw the answer. `drawing` is the kind of drawing that can be made of it, "chart" or "map". The table
    view also reads an answer's own attributes.

    No dataclass: importing `dataclasses` would cost most questions more than all else here.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    brief: ClassVar[tuple[str, ...] | None] = None
    ids: ClassVar[tuple[str, ...]] = ("id", "fact", "against")
    named: ClassVar[tuple[str, ...]] = ()
    drawing: ClassVar[str] = ""

    @property
    def title(self) -> str:
        """The heading of the answer, for formats that have one."""
        return "oir"

    @property
    def left_out(self) -> int:
        """How many records a limit held back."""
        return 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no record."""
        return not self.rows()

    @property
    def is_failure(self) -> bool:
        """Whether the program must end with an exit code that says so."""
        return False

    def make_rows(self) -> list[Row]:
        """Make the records, each with exactly the keys of `fields`. Views and remarks use `rows`."""
        raise NotImplementedError

    @cached_property
    def _rows(self) -> list[Row]:
        return self.make_rows()

    def rows(self) -> list[Row]:
        """The records, which are made once."""
        return self._rows

    def data(self, fields: Sequence[str]) -> Any:
        """The JSON value, its records narrowed to `fields`."""
        return narrow(self.rows(), fields)

    def sentences(self) -> list[str] | None:
        """The records as lines of plain text, where these say more than cells would; else None."""
        return None

    def preface(self) -> list[str]:
        """Remarks that a reader needs before the answer."""
        return []

    def remarks(self) -> list[str]:
        """Remarks on what the answer does not hold."""
        return [f"{self.left_out} more left out; --limit sets how many are shown"] if self.left_out else []


def narrow(rows: list[Row], fields: Sequence[str]) -> list[Row]:
    """Each row with only `fields`, in their order."""
    return [{field: row[field] for field in fields} for row in rows]


def cut(items: list[T], limit: int | None) -> tuple[list[T], int]:
    """The first `limit` items (None: all of them), and how many more there are."""
    shown = items if limit is None else items[:limit]
    return shown, len(items) - len(shown)
