"""Disputes: facts that someone denies or doubts, and pairs of facts that contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from oir_cli.answers import Answer, Row, cut
from oir_cli.model import DENIAL, DIFFERENCES, DISPUTES, Fact
from oir_cli.query import Query
from oir_cli.store import Store

# What the disputes of each kind are.
HEADINGS = {
    DENIAL: "Claims that are denied or doubted",
    "statements": "Statements that contradict each other",
    "numbers": "Numbers that differ",
    "dates": "Dates and order that differ",
    "names": "Names, roles and words that differ",
    "scope": "Of another time or scope, so that both may be true",
}


@dataclass(frozen=True)
class Dispute:
    """A disputed fact. `against` is the fact that contradicts it, or None where someone denies or doubts it.

    `about` is one of model.DISPUTES, and `grave` marks what a reader must know of.
    """

    fact: Fact
    against: Fact | None = None
    about: str = DENIAL
    grave: bool = True

    @property
    def kind(self) -> str:
        """ "differs" between two facts, "disputed" for one that someone denies or doubts."""
        return "differs" if self.against else "disputed"

    def row(self) -> Row:
        against = self.against
        return {
            "kind": self.kind,
            "about": self.about,
            "grave": self.grave,
            "date": self.fact.date,
            "fact": self.fact.id,
            "title": self.fact.title,
            "text": self.fact.text,
            "status": self.fact.status,
            "attributed_to": list(self.fact.attributed_to),
            "disputed_by": list(self.fact.disputed_by),
            "note": self.fact.note,
            "against": against.id if against else None,
            "against_title": against.title if against else None,
            "against_date": against.date if against else None,
            "against_text": against.text if against else None,
            "against_attributed_to": list(against.attributed_to) if against else [],
            "against_note": against.note if against else None,
        }


@dataclass(frozen=True)
class Disputes(Answer):
    """Disputes in date order of the claims. `left_out` counts what a limit held back.

    `in_brief` asks views that draw for the titles of both sides only; the records are the same.
    """

    disputes: list[Dispute]
    left_out: int = 0
    in_brief: bool = False

    fields: ClassVar[tuple[str, ...]] = (
        "kind", "about", "grave", "date", "fact", "title", "text", "status", "attributed_to", "disputed_by", "note",
        "against", "against_title", "against_date", "against_text", "against_attributed_to", "against_note",
    )  # fmt: skip
    brief: ClassVar[tuple[str, ...]] = (
        "about", "date", "text", "attributed_to", "disputed_by", "against_text", "fact", "against",
    )  # fmt: skip

    @property
    def title(self) -> str:
        return "Disputes"

    def make_rows(self) -> list[Row]:
        return [dispute.row() for dispute in self.disputes]


def disputes(store: Store, query: Query, kinds: Collection[str] = frozenset(), *, in_brief: bool = False) -> Disputes:
    """The disputes of the facts that match; of two facts that differ it is enough that one does.

    With `kinds`, only those that are about one of them.
    """
    wanted = store.facts(query)
    by_id = store.by_id
    found: list[Dispute] = []
    told: set[frozenset[str]] = set()
    for fact in wanted:
        if fact.status == "disputed":
            found.append(Dispute(fact))
        for other in fact.differs_from:
            pair = frozenset((fact.id, other))
            if other in by_id and pair not in told:
                told.add(pair)
                difference = store.differences.get(pair)
                about, grave = (difference.about, difference.grave) if difference else (DIFFERENCES[0], False)
                found.append(Dispute(fact, by_id[other], about, grave))
    if kinds:
        found = [dispute for dispute in found if dispute.about in kinds]
    return Disputes(*cut(found, query.limit), in_brief)


def by_kind(found: Sequence[Dispute]) -> Iterator[tuple[str, list[Dispute]]]:
    """Each kind that some disputes are of, the gravest first, with these: first the claims with a grave one.

    Disputes of one claim stay together, and otherwise keep their order.
    """
    for kind in DISPUTES:
        some = [dispute for dispute in found if dispute.about == kind]
        grave = {dispute.fact.id for dispute in some if dispute.grave}
        if some:
            yield kind, sorted(some, key=lambda dispute: dispute.fact.id not in grave)
