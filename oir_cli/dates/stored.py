"""The dates of facts, a level-1 subset of EDTF (ISO 8601-2): as spans of days, in words, in the order of a story."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

MONTHS = ["January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December"]  # fmt: skip

LONGEST_PERIOD = 31  # days: a fact dated more widely does not answer what happened on a day such as 8 August

# Patterns are compiled where they are used (`re` keeps them): most questions need the first one only.
_POINT = r"(?a)(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(~?)"
_PART_OF_A_MONTH = rf"(?i)\b(?:(early|beginning of)|(mid|middle of)|(late|end of))(?:-| | in )(?:{'|'.join(MONTHS)})\b"
_DAYS_OF_PARTS = (1, 15, 28)  # where the story places early, mid and late in a month


class Span(NamedTuple):
    """The days from `first` to `last`, both included; `about` where either end is approximate.

    An open end is `date.max`; a period asked for may also begin at `date.min`.
    """

    first: date = date.min
    last: date = date.max
    about: bool = False

    def overlaps(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Span) -> bool:
        return other.first <= self.first and self.last <= other.last

    def widest(self) -> Span:
        """The days that this span can mean: an approximate day its month, an approximate month or year its year."""
        if not self.about:
            return self
        if self.is_day:
            return span_of(self.first.year, self.first.month)
        return Span(date(self.first.year, 1, 1), date(self.last.year, 12, 31))

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def open(self) -> bool:
        return self.last == date.max


class YearlyDay(NamedTuple):
    """One day of the calendar in every year, such as 8 August."""

    month: int
    day: int

    def falls_in(self, span: Span) -> bool:
        """Whether a `span` of at most LONGEST_PERIOD days contains this day in some year.

        A fact dated to a whole year, or to an open period, does not answer "what happened on 8 August".
        """
        if (span.last - span.first).days >= LONGEST_PERIOD:
            return False
        days = (_day(year, self.month, self.day) for year in {span.first.year, span.last.year})
        return any(day is not None and span.first <= day <= span.last for day in days)


def span_of(year: int, month: int | None = None, day: int | None = None) -> Span:
    """The days of a year, of a month or of one day. Raises ValueError where the calendar does not have it."""
    if year == 0:
        raise ValueError("there is no year 0")
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if day is None:
        last = next(day for day in (31, 30, 29, 28) if _day(year, month, day))
        return Span(date(year, month, 1), date(year, month, last))
    only = _day(year, month, day)
    if only is None:
        raise ValueError(f"{MONTHS[month - 1]} {year} has no day {day}")
    return Span(only, only)


@lru_cache(maxsize=4096)  # facts share few dates
def parse_stored(text: str) -> Span:
    """The span of a stored EDTF date: `2014-08-08`, `2014-08`, `2014`, `A/B` or `A/..`, each point with `~` or not.

    Raises ValueError for anything else, for days that do not exist and for ends in the wrong order.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _stored_point(first)
    start = _stored_point(first)
    end = Span(date.max, date.max) if last == ".." else _stored_point(last)
    if start.first > end.last:
        raise ValueError(f"the date {text} ends before it begins")
    return Span(start.first, end.last, start.about or end.about)


def written(text: str) -> str:
    """A stored date as a reader would write it: "3 May 2016", "May 2016", "8–11 August 2014", "about 13 July 2014"."""
    first, last = ends(text)
    about = "about " if "~" in text else ""
    if last == "..":
        return f"since {about}{_written_point(first)}"
    start, end = _written_point(first).split(), _written_point(last).split()
    if start == end:
        return f"{about}{' '.join(end)}"
    if len(start) != len(end):
        return f"{about}{' '.join(start)} – {' '.join(end)}"
    # "8 August 2014 to 11 August 2014" shares its month and year, which need saying once.
    shared = 0
    while shared < len(end) - 1 and start[-1 - shared :] == end[-1 - shared :]:
        shared += 1
    start = start[: len(start) - shared]
    return f"{about}{' '.join(start)}{'–' if shared and len(start) == 1 else ' – '}{' '.join(end)}"


def name_period(period: Span | YearlyDay) -> str:
    """A period that was asked for as a reader would write it: "2016", "May 2016", "8 August", "until 3 May 2016"."""
    if isinstance(period, YearlyDay):
        return f"{period.day} {MONTHS[period.month - 1]}"
    first, last = period.first, period.last
    whole = span_of(last.year, last.month).last == last  # the last day of a month
    size = 10 if first.day != 1 or not whole else 4 if (first.month, last.month) == (1, 12) else 7
    if last == date.max:
        return written(f"{first.isoformat()}/..")
    if first == date.min:
        return f"until {written(last.isoformat())}"
    return written(f"{first.isoformat()[:size]}/{last.isoformat()[:size]}")


def ends(text: str) -> tuple[str, str]:
    """The first and last point of a stored date as it writes them, without `~`; an open end is ".."."""
    first, slash, last = text.partition("/")
    return first.rstrip("~"), (last if slash else first).rstrip("~")


def days(text: str) -> Span | None:
    """The days of a stored date that names its first and its last day, or one day; None for any other."""
    points = [point.rstrip("~") for point in text.split("/")]
    return parse_stored(text) if all(len(point) == len("YYYY-MM-DD") for point in points) else None


def story_position(stored: str | None, date_text: str | None) -> tuple[int, int, int]:
    """Where a fact stands in the story: year, month and day to sort by. Equal keys keep the order of the file.

    The first day counts. A month without a day stands after its days, or where its `date_text` says early (1), mid (15)
    or late (28). A year without a month stands after its months, an undated fact (None) after everything.
    """
    if stored is None:
        return (date.max.year + 1, 0, 0)
    first, last = ends(stored)
    year, month, day = [*(int(number) for number in first.split("-")), 0, 0][:3]
    if not day and first == last and month and (part := re.search(_PART_OF_A_MONTH, date_text or "")):
        day = _DAYS_OF_PARTS[(part.lastindex or 1) - 1]
    return (year, month or 13, day or 32)


def _stored_point(text: str) -> Span:
    found = re.fullmatch(_POINT, text)
    if not found:
        raise ValueError(f"the date {text} is not of the form YYYY, YYYY-MM or YYYY-MM-DD, or two of them with /")
    year, month, day, about = found.groups()
    span = span_of(int(year), int(month) if month else None, int(day) if day else None)
    return Span(span.first, span.last, bool(about))


def _written_point(text: str) -> str:
    year, month, day = [*text.split("-"), "", ""][:3]
    parts = [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year]
    return " ".join(filter(None, parts))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
