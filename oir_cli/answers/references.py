"""What it takes to cite facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli import __version__
from oir_cli.answers import Row, narrowed
from oir_cli.entities import Article
from oir_cli.model import Fact
from oir_cli.store import Store


@dataclass(frozen=True)
class References:
    """Facts, the article that each rests on, and the version of the program that told them."""

    facts: list[Fact]
    article: Article
    version: str = __version__

    fields: ClassVar[tuple[str, ...]] = (
        "id", "text", "date", "status", "attributed_to", "disputed_by", "sources", "title", "publisher", "url",
        "licence", "licence_url", "version",
    )  # fmt: skip
    brief: ClassVar[tuple[str, ...]] = ()

    def rows(self) -> list[Row]:
        shared = self.article.record() | {"version": self.version}
        return [{field: (shared | fact.record())[field] for field in self.fields} for fact in self.facts]

    def data(self, fields: Sequence[str]) -> Any:
        return narrowed(self.rows(), fields)


def references(store: Store, ids: Sequence[str]) -> References:
    """References to the facts with these ids. Raises UnknownName for an id that no fact has."""
    return References([store.fact(asked) for asked in ids], store.article)
