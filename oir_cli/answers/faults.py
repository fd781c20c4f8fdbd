"""The faults of a store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from oir_cli.answers import Answer, Row


@dataclass(frozen=True, order=True)
class Fault:
    """One broken rule: the file within the store, the id of the record ("" for the whole file), and what is wrong."""

    file: str
    id: str
    wrong: str

    def __str__(self) -> str:
        return ":".join(filter(None, (self.file, self.id))) + f": {self.wrong}"


@dataclass(frozen=True)
class Faults(Answer):
    """All faults of a store; `done` reports what else was done."""

    faults: list[Fault]
    done: tuple[str, ...] = ()

    fields: ClassVar[tuple[str, ...]] = ("file", "id", "wrong")

    @property
    def is_empty(self) -> bool:
        return False  # that there is no problem is an answer

    @property
    def is_failure(self) -> bool:
        return bool(self.faults)

    def make_rows(self) -> list[Row]:
        return [{"file": fault.file, "id": fault.id, "wrong": fault.wrong} for fault in self.faults]

    def remarks(self) -> list[str]:
        return [*([] if self.faults else ["no problems found"]), *self.done]

    def sentences(self) -> list[str]:
        """Problems as compilers and editors write them: file, id and message, with colons between."""
        return [str(fault) for fault in self.faults]
