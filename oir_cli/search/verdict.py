"""Judges whether any fact answers a question, and counts the facts that have all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from oir_cli.search.ranking import Hit, Part, Ranked

# A fact that answers has all names and dates of the question, and this share of the weight of all of its parts, where a
# name or a date counts only half: to be about the country asked for is no answer yet. Of the queries that nothing was
# tuned to, 4 % raise a false alarm; with a share of 0.7 it would be 8 %.
ENOUGH = 0.6
CONDITION = 0.5


class Lack(NamedTuple):
    """Why nothing answers: the facts that have the parts `held` of the question do not have the parts `missing`.

    `kind` says more of these: no fact at all has any of them ("unknown"), or no such fact does ("apart"), or such facts
    have each of them, but not together ("scattered").
    """

    held: tuple[Part, ...]
    missing: tuple[Part, ...]
    kind: Literal["unknown", "apart", "scattered"]

    def __str__(self) -> str:
        held, missing = quote(self.held, "and"), quote(self.missing, "and" if self.kind == "scattered" else "or")
        if self.kind == "unknown":
            return f"no fact mentions {missing}"
        together = "together" if self.kind == "scattered" and (held or len(self.missing) > 1) else ""
        return " ".join(filter(None, ("no fact has", missing, together, f"with {held}" if held else "")))


def find_lack(ranked: Ranked) -> Lack | None:
    """The reason why no fact answers; None where one may answer, or where there is nothing to find."""
    if not ranked.hits:
        return None
    conditions = {part for part in ranked.asked if part.kind != "word"}
    meeting = [hit for hit in ranked.hits if conditions.isdisjoint(hit.lacks)]
    if not meeting:
        return _find_missing(ranked, conditions, ranked.hits)
    weights = {part: weight * (CONDITION if part in conditions else 1) for part, weight in ranked.asked.items()}
    allowed = (1 - ENOUGH) * sum(weights.values())
    if any(sum(weights[part] for part in hit.lacks) <= allowed for hit in meeting):
        return None
    return _find_missing(ranked, ranked.asked.keys(), meeting)


def _find_missing(ranked: Ranked, asked: Collection[Part], hits: Iterable[Hit]) -> Lack:
    """The parts that none of these facts has; or else those that the first one lacks, which none has together."""
    first, *_ = hits = list(hits)
    held = tuple(part for part in ranked.asked if part in asked and part not in first.lacks)
    lacked = tuple(part for part in ranked.asked if part in asked and part in first.lacks)
    nowhere = tuple(part for part in lacked if all(part in hit.lacks for hit in hits))
    if not nowhere:
        return Lack(held, lacked, "scattered")
    return Lack(held, nowhere, "unknown" if {part.text for part in nowhere} <= set(ranked.unknown) else "apart")


def count_complete(ranked: Ranked) -> tuple[int, Collection[Part]]:
    """How many facts have all names and dates of the question, or all words if it has neither; and these parts."""
    conditions = [part for part in ranked.asked if part.kind != "word"] or list(ranked.asked)
    return sum(hit.lacks.isdisjoint(conditions) for hit in ranked.hits), conditions


def quote(parts: Iterable[Part], conjunction: str) -> str:
    """The parts as in a sentence: "a", "b" and "c"."""
    *rest, last = [f'"{part.text}"' for part in parts] or [""]
    return f"{', '.join(rest)} {conjunction} {last}" if rest else last
