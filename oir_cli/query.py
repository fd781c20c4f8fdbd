"""The filters as one value. The command line builds a Query from names and dates already read; the store answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from oir_cli.dates import Span, YearlyDay, parse_stored


class Query(NamedTuple):
    """Which facts are asked for: within one field any of its values, and all fields together.

    `periods` holds one group for each date option given (--year, --month, --on, --since with --until); a fact must meet
    one period of every group. `links` maps a key of the fact ("participants", "places" …) to groups of ids, each group
    already widened by what lies below an entity (a state's forces, a region's towns); a fact must share an id with
    every group. `within` asks that a fact lie wholly inside a period and not only overlap it. `limit` and `reverse` are
    for whoever lists the facts.
    """

    periods: tuple[tuple[Span | YearlyDay, ...], ...] = ()
    links: tuple[tuple[str, frozenset[str]], ...] = ()
    statuses: frozenset[str] = frozenset()
    within: bool = False
    limit: int | None = None
    reverse: bool = False

    @property
    def asks_all(self) -> bool:
        """Whether every fact matches."""
        return not (self.periods or self.links or self.statuses)

    def matches(self, record: Mapping[str, Any]) -> bool:
        """Whether a fact's record is one of those asked for. A record of another shape raises what its parts raise."""
        for key, ids in self.links:
            linked = record[key]
            if not isinstance(linked, list):  # a string would be taken for its letters
                raise TypeError(f"{key} is not a list")
            if ids.isdisjoint(linked):
                return False
        if self.statuses and record["status"] not in self.statuses:
            return False
        return not self.periods or self._dated(record["date"])

    def _dated(self, date: str | None) -> bool:
        if date is None:
            return False
        if not isinstance(date, str):
            raise TypeError("date is not a string or null")
        span = parse_stored(date)
        if self.within:
            span = span.widest()
        return all(any(self._meets(span, period) for period in group) for group in self.periods)

    def _meets(self, span: Span, period: Span | YearlyDay) -> bool:
        if isinstance(period, YearlyDay):
            return period.falls_in(span) and (span.is_day or not self.within)
        return span.within(period) if self.within else span.overlaps(period)

    def may_start_in(self, year: int | None) -> bool:
        """Whether a fact that starts in `year` (None: an undated fact) can match, so that its file has to be read."""
        if not self.periods:
            return True
        if year is None:
            return False
        return all(
            any(isinstance(period, YearlyDay) or year <= period.last.year for period in group) for group in self.periods
        )
