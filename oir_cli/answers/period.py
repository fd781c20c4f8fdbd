"""The time that some facts span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oir_cli.dates import ends
from oir_cli.model import Fact


@dataclass(frozen=True)
class Period:
    """The earliest and the latest date of some facts, as precise as these facts: `2014-09`, `2020-01-23`.

    None where no fact is dated. Of an open period only the beginning counts.
    """

    first: str | None
    last: str | None


def period(facts: Iterable[Fact]) -> Period:
    dated = [(fact.span, *ends(fact.date)) for fact in facts if fact.date and fact.span]
    if not dated:
        return Period(None, None)
    first = min(dated, key=lambda each: (each[0].first, each[0].last))[1]
    closed = [(span.first if span.open else span.last, start if span.open else end) for span, start, end in dated]
    return Period(first, max(closed, key=lambda each: (each[0], len(each[1])))[1])
