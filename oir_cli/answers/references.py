"""References to facts: all that is needed to cite them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from oir_cli import __version__
from oir_cli.answers import Answer, Row, cut
from oir_cli.entities import Article
from oir_cli.model import Fact, Source
from oir_cli.query import Query
from oir_cli.store import Store

_SAFE = "()',.:;!*@~–"  # characters that anchors keep


@dataclass(frozen=True)
class References(Answer):
    """Facts, the article that they come from, and the version of this program; `left_out` by a limit."""

    facts: list[Fact]
    article: Article
    version: str = __version__
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = (
        "id", "text", "date", "status", "attributed_to", "disputed_by", "sources", "title", "publisher", "url",
        "revision", "licence", "licence_url", "version",
    )  # fmt: skip
    brief: ClassVar[tuple[str, ...]] = ()

    @property
    def title(self) -> str:
        return "References"

    def make_rows(self) -> list[Row]:
        shared = self.article.record() | {"version": self.version}
        return [{field: (shared | fact.record())[field] for field in self.fields} for fact in self.facts]

    def sentences(self) -> list[str]:
        """Each reference as a line of text."""
        return [
            " ".join(
                filter(
                    None,
                    [fact.text, standing_of(fact), place_of(self.article, section_of(fact), fact.id, self.version)],
                )
            )
            for fact in self.facts
        ]

    @property
    def author(self) -> str:
        """Who wrote the article."""
        return author_of(self.article)

    def note_on(self, fact: Fact) -> str:
        """The fact's id, the version, the revision of the article if it is known, and the licence."""
        return note_of(self.article, fact.id, self.version)


def author_of(article: Article) -> str:
    """Who wrote the article."""
    return f"{article.publisher} contributors"


def note_of(article: Article, fact_id: str, version: str) -> str:
    """The fact's id, the version, the revision of the article if it is known, and the licence."""
    revision = f", from revision {article.revision}" if article.revision else ""
    return f"Fact {fact_id} of oir {version}{revision}, {article.licence}, {article.licence_url}."


def place_of(article: Article, section: str, fact_id: str, version: str = __version__) -> str:
    """What follows the text of a fact in a reference: where the fact is in the article, and in this store."""
    note = note_of(article, fact_id, version)
    return f'In: "{article.title}", {section}. {author_of(article)}, {article.url}. {note}'


def section_of(fact: Fact) -> str:
    """The section and paragraph of each source."""
    return "; ".join(f"{source.section}, paragraph {source.paragraph}" for source in fact.sources)


def link_to(article: Article, source: Source) -> str:
    """The address of the source's section, as the article's own contents link to it; of the article for other parts."""
    heading = source.section.rpartition(" > ")[2]
    headings = [section.rpartition(" > ")[2] for section in article.sections]
    if source.section == "Lead" or source.section.startswith("Infobox"):
        return article.url
    if headings.count(heading) > 1:  # the second one of a name has a number, which nobody here knows
        return article.url
    from urllib.parse import quote

    return f"{article.url}#{quote(heading.replace(' ', '_'), safe=_SAFE)}"


def standing_of(fact: Fact) -> str:
    """A warning that the text may lack and a reader of the reference needs: disputed, or only planned; else ""."""
    if fact.status == "disputed":
        return f"Disputed by {'; '.join(fact.disputed_by)}."
    return "Planned or announced, not reported done." if fact.status == "planned" else ""


def references(store: Store, ids: Sequence[str], query: Query) -> References:
    """References to the facts with these ids, or without any to those that match the query, cut to its limit.

    Raises UnknownName for an id that no fact has.
    """
    if ids:
        return References([store.fact(asked) for asked in ids], store.article)
    shown, left_out = cut(store.facts(query), query.limit)
    return References(shown, store.article, left_out=left_out)
