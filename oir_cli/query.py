"""The filters as one value: the command line makes a Query of names and dates, and the store answers it."""

from __future__ import annotations

from typing import Any, NamedTuple

from oir_cli.dates import Span, YearlyDay, parse_stored


class Query(NamedTuple):
    """The facts asked for: a fact matches if it meets every field, and it meets a field with any of its values.

    `periods` has one group for each date option given (--year, --month, --on, --since with --until); a fact must be in
    one period of every group. `links` has pairs of a key of the fact ("participants", "places" …) and a group of ids,
    which includes everything below an entity (a state's forces, a region's towns); a fact must have an id of every
    group. `within` asks that a fact lie wholly inside a period, not only overlap it. `major` has the ids of the major
    events if only these and their facts are wanted, else None. The store applies `reverse`; those who list the facts
    apply `limit`.
    """

    periods: tuple[tuple[Span | YearlyDay, ...], ...] = ()
    links: tuple[tuple[str, frozenset[str]], ...] = ()
    statuses: frozenset[str] = frozenset()
    within: bool = False
    major: frozenset[str] | None = None
    limit: int | None = None
    reverse: bool = False

    @property
    def asks_all(self) -> bool:
        """Whether every fact matches."""
        return not (self.periods or self.groups or self.statuses)

    @property
    def groups(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """All groups of ids that a fact must share an id with: `links`, and the major events where these are wanted."""
        return self.links if self.major is None else (*self.links, ("events", self.major))

    def misses(self, date: Any, periods: tuple[Span | YearlyDay, ...]) -> bool:
        """Whether a fact with this stored date is in none of the periods; a fact without a date is in none.

        Raises TypeError or ValueError if `date` is neither a stored date nor None.
        """
        if date is None:
            return True
        if not isinstance(date, str):
            raise TypeError("date is not a string or null")
        span = parse_stored(date)
        if self.within:
            span = span.widest()
        return not any(self._meets(span, period) for period in periods)

    def _meets(self, span: Span, period: Span | YearlyDay) -> bool:
        if isinstance(period, YearlyDay):
            return period.falls_in(span) and (span.is_day or not self.within)
        return span.within(period) if self.within else span.overlaps(period)

    def reaches(self, date: str | None) -> bool:
        """Whether something with this stored date belongs to the time asked for; without a date (None) it may."""
        return date is None or not any(self.misses(date, group) for group in self.periods)

    def began_before(self, date: str) -> bool:
        """Whether a stored date begins before every period of some group, and so merely overlaps the time asked for."""
        first = parse_stored(date).first
        return any(all(isinstance(period, Span) and first < period.first for period in group) for group in self.periods)

    def may_start_in(self, year: int | None) -> bool:
        """Whether a fact that starts in `year` (None: an undated fact) can match, so that its file has to be read."""
        if not self.periods:
            return True
        if year is None:
            return False
        return all(
            any(isinstance(period, YearlyDay) or year <= period.last.year for period in group) for group in self.periods
        )


EVERYTHING = Query()
