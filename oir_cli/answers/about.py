"""The store as a whole: article, licence, counts, versions, and a digest that identifies its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from oir_cli import __version__
from oir_cli.answers import Answer, Row, narrow
from oir_cli.answers.period import period
from oir_cli.entities import VOCABULARIES
from oir_cli.store import Store


@dataclass(frozen=True)
class About(Answer):
    """The values, in one row."""

    values: Row

    fields: ClassVar[tuple[str, ...]] = (
        "version", "title", "publisher", "url", "revision", "licence", "licence_url", "attribution", "facts", "dated",
        "figures",
        "first", "last", *VOCABULARIES, "sections", "paragraphs", "store", "sha256",
    )  # fmt: skip
    brief: ClassVar[tuple[str, ...]] = ()

    def make_rows(self) -> list[Row]:
        return [self.values]

    def data(self, fields: Sequence[str]) -> Any:
        return narrow([self.values], fields)[0]


def about(store: Store) -> About:
    """Count the whole store."""
    facts = store.facts()
    span = period(facts)
    article = store.article
    counted: dict[str, Any] = {key: len(store.entities(key)) for key in VOCABULARIES}
    values = {
        "version": __version__,
        **{key: value for key, value in article.record().items() if key != "sections"},
        "facts": len(facts),
        "dated": sum(fact.date is not None for fact in facts),
        "figures": sum(len(fact.figures) for fact in facts),
        "first": span.first,
        "last": span.last,
        **counted,
        "sections": len(article.sections),
        "paragraphs": sum(article.sections.values()),
        "store": str(store.path),
        "sha256": store.digest(),
    }
    return About({field: values[field] for field in About.fields})
