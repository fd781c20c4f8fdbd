"""Judges whether any fact answers a question, and counts the facts that have all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from oir_cli.search.ranking import Hit, Part, Ranked

# A fact may answer that has all names and dates of the question, but for the most common ones, and either this share of
# the weight of all that it asks for, where a name or a date counts only half, as being about the country asked for is
# no answer yet; or, of a long question, words of this weight. `python -m tests.evaluation` counts what this tells.
ENOUGH, CONDITION = 0.6, 0.5
PLENTY = 7.0


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
    meeting = [hit for hit in ranked.hits if ranked.telling.isdisjoint(hit.lacks)]
    if not meeting:
        return _find_missing(ranked, ranked.telling, ranked.hits)
    words = {part: weight for part, weight in ranked.asked.items() if part.kind == "word"}
    named = CONDITION * sum(ranked.asked[part] for part in ranked.telling)
    needed = min(ENOUGH * (named + sum(words.values())) - named, PLENTY)
    if any(sum(weight for part, weight in words.items() if part not in hit.lacks) >= needed for hit in meeting):
        return None
    return _find_missing(ranked, {*ranked.telling, *words}, meeting)


def _find_missing(ranked: Ranked, asked: Collection[Part], hits: Iterable[Hit]) -> Lack:
    """The parts that none of these facts has; or else those that the first one lacks, which none has together."""
    first, *_ = hits = list(hits)
    held = tuple(part for part in ranked.asked if part not in first.lacks and (part in asked or part.kind != "word"))
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
