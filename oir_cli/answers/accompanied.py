"""An answer together with what its records name, for the views that write more than ids and may not read the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oir_cli.answers import Answer, Row
from oir_cli.entities import Article, Entity
from oir_cli.store import Store


@dataclass(frozen=True)
class Accompanied:
    """`answer` with the `entities` of some vocabularies, by vocabulary and id, and the `article` where it is wanted."""

    answer: Answer
    entities: Mapping[str, Mapping[str, Entity]]
    article: Article | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        return self.answer.fields

    @property
    def left_out(self) -> int:
        return getattr(self.answer, "left_out", 0)

    def rows(self) -> list[Row]:
        return self.answer.rows()

    def data(self, fields: Sequence[str]) -> Any:
        return self.answer.data(fields)


def accompanied(store: Store, answer: Answer, beside: Iterable[str]) -> Accompanied:
    """`answer` with the vocabularies named in `beside`, and the article if "article" is among them."""
    beside = list(beside)
    return Accompanied(
        answer,
        {key: store.entities(key) for key in beside if key != "article"},
        store.article if "article" in beside else None,
    )
