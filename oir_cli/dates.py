"""Dates: what a fact stores, and what a person types, both as a `Span` of days.

Stored dates are the level-1 subset of EDTF (ISO 8601-2) that `parse_stored` reads. Asked dates are read by
`read_period` and `read_days`: ISO first, without any library; then what people write, through python-dateutil, which
this module alone imports, and only when it is needed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from oir_cli.errors import BadDate

MONTHS = ["January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December"]  # fmt: skip

LONGEST_PERIOD = 31  # days: a fact dated more widely does not answer what happened on a day such as 8 August

_POINT = r"(?a)(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
# Patterns are compiled where they are used (`re` keeps them): most questions need the first one only.
_STORED_POINT = rf"{_POINT}(~?)"
# Words and numbers, as in "3 May 2016", "May 3rd, 2016", "Sept. 2016": no slashes, and not numbers alone.
_WORDED = r"(?ia)(?=.*[a-z])[a-z0-9 ,.]{1,40}"
_FILLER = r"(?i)\b(?:the|of)\b|(?<=\d)(?:st|nd|rd|th)\b|[,.]"
_BETWEEN = r"(?i)\s*(?:/|\.\.|–|\s(?:to|until|till)\s)\s*"
_HOW = "use 2016, 2016-05, 2016-05-03 or 2016-05-01/2016-05-10"


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
            return _period(self.first.year, self.first.month)
        return Span(date(self.first.year, 1, 1), date(self.last.year, 12, 31))

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def open(self) -> bool:
        return self.last == date.max


def date_order(span: Span | None) -> tuple[date, int]:
    """The sort key of a date: by first day, the longer period first, and anything without a date last."""
    return (span.first, -span.last.toordinal()) if span else (date.max, 0)


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


def _stored_point(text: str) -> Span:
    found = re.fullmatch(_STORED_POINT, text)
    if not found:
        raise ValueError(f"the date {text} is not of the form YYYY, YYYY-MM or YYYY-MM-DD, or two of them with /")
    year, month, day, about = found.groups()
    span = _period(int(year), int(month) if month else None, int(day) if day else None)
    return Span(span.first, span.last, bool(about))


def read_period(text: str) -> Span:
    """The period a person asks for: a year, month or day, or two of them with `/`, `..` or "to" between.

    Raises BadDate where the text cannot be read, can be read in two ways, or says no year.
    """
    asked = read_days(text)
    if isinstance(asked, YearlyDay):
        raise BadDate(text, f"it says no year; {_HOW}")
    return asked


def read_days(text: str) -> Span | YearlyDay:
    """Like `read_period`, and also a day without a year ("8 August"), which means that day in every year."""
    plain = text.strip()
    ends = re.split(_BETWEEN, plain)
    # "07/08/2014" has slashes too, but is no period: its parts are bare numbers.
    if len(ends) == 2 and all(re.fullmatch(_POINT, end) or re.fullmatch(_WORDED, end) for end in ends):
        first, last = (_asked_point(end, text) for end in ends)
        if isinstance(first, YearlyDay) or isinstance(last, YearlyDay):
            raise BadDate(text, f"each end of a period needs its year; {_HOW}")
        if first.first > last.last:
            raise BadDate(text, "the period ends before it begins")
        return Span(first.first, last.last)
    return _asked_point(plain, text)


def today() -> YearlyDay:
    """Today's day and month, in every year."""
    now = date.today()
    return YearlyDay(now.month, now.day)


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


def ends(text: str) -> tuple[str, str]:
    """The first and last point of a stored date as it writes them, without `~`; an open end is ".."."""
    first, slash, last = text.partition("/")
    return first.rstrip("~"), (last if slash else first).rstrip("~")


def days(text: str) -> Span | None:
    """The days of a stored date that names its first and its last day, or one day; None for any other."""
    points = [point.rstrip("~") for point in text.split("/")]
    return parse_stored(text) if all(len(point) == len("YYYY-MM-DD") for point in points) else None


def _written_point(text: str) -> str:
    year, month, day = [*text.split("-"), "", ""][:3]
    parts = [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year]
    return " ".join(filter(None, parts))


def _asked_point(text: str, whole: str) -> Span | YearlyDay:
    if found := re.fullmatch(_POINT, text):
        year, month, day = found.groups()
        try:
            return _period(int(year), int(month) if month else None, int(day) if day else None)
        except ValueError as error:
            raise BadDate(whole, str(error)) from None
    if re.fullmatch(r"[\d\s./-]+", text):
        raise BadDate(whole, f"numbers alone are read only as ISO 8601 has them; {_HOW}")
    if not re.fullmatch(_WORDED, text):
        raise BadDate(whole, _HOW)
    return _worded(re.sub(_FILLER, " ", text).split(), whole)


def _worded(words: list[str], whole: str) -> Span | YearlyDay:
    """What a date in words says, and only that: dateutil fills what is missing from a default, so ask it twice."""
    numbers = [word for word in words if word.isdigit()]
    names = [word.lower() for word in words if not word.isdigit()]
    if len(names) != 1 or not any(len(names[0]) > 2 and month.lower().startswith(names[0][:3]) for month in MONTHS):
        raise BadDate(whole, _HOW)
    lengths = [len(number) for number in numbers]
    years = lengths.count(4)
    if years > 1 or len(lengths) - years > 1 or not {1, 2, 4}.issuperset(lengths):
        raise BadDate(whole, f"a year has four digits; {_HOW}")
    from dateutil import parser

    try:
        one, other = (
            parser.parse(" ".join(words), default=default) for default in (datetime(2000, 1, 1), datetime(2004, 12, 31))
        )
    except (ValueError, OverflowError):
        raise BadDate(whole, f"there is no such day; {_HOW}") from None
    said_day, said_year = one.day == other.day, one.year == other.year
    if said_year:
        return _period(one.year, one.month, one.day if said_day else None)
    if said_day:
        return YearlyDay(one.month, one.day)
    raise BadDate(whole, f"it says no year; {_HOW}")


def _period(year: int, month: int | None = None, day: int | None = None) -> Span:
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


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
