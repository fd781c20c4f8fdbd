"""The faults of a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli.answers import Row, narrowed


@dataclass(frozen=True, order=True)
class Fault:
    """One broken rule: the file within the store, the id of the record ("" for the whole file), and what is wrong."""

    file: str
    id: str
    wrong: str

    def __str__(self) -> str:
        return ":".join(filter(None, (self.file, self.id))) + f": {self.wrong}"


@dataclass(frozen=True)
class Faults:
    """All faults of a store."""

    faults: list[Fault]

    fields: ClassVar[tuple[str, ...]] = ("file", "id", "wrong")

    def rows(self) -> list[Row]:
        return [{"file": fault.file, "id": fault.id, "wrong": fault.wrong} for fault in self.faults]

    def data(self, fields: Sequence[str]) -> Any:
        return narrowed(self.rows(), fields)
