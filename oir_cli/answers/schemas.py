"""The JSON Schemas of answers: the list of them, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli import schema
from oir_cli.answers import Answer, Row, narrow


@dataclass(frozen=True)
class Schemas(Answer):
    """All schemas: a record names one; the JSON value is one schema that defines them all."""

    fields: ClassVar[tuple[str, ...]] = ("name", "describes")

    def make_rows(self) -> list[Row]:
        return [{"name": name, "describes": schema.describes(name)} for name in schema.names()]

    def data(self, fields: Sequence[str]) -> Any:
        return schema.everything() if tuple(fields) == self.fields else narrow(self.rows(), fields)


@dataclass(frozen=True)
class Keys(Answer):
    """One schema: a record describes a key of the answer; the JSON value is the schema."""

    schema: schema.Schema

    fields: ClassVar[tuple[str, ...]] = ("path", "type", "meaning")

    def make_rows(self) -> list[Row]:
        return [dict(zip(self.fields, key, strict=True)) for key in schema.keys(self.schema)]

    def data(self, fields: Sequence[str]) -> Any:
        return self.schema if tuple(fields) == self.fields else narrow(self.rows(), fields)


def schemas(name: str | None) -> Schemas | Keys:
    """The schema `name`, or all of them. Raises UnknownName."""
    return Keys(schema.document(name)) if name else Schemas()
