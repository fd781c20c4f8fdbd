"""The dates that a person types, for options, arguments and searches: ISO dates here, all others in `words`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import NamedTuple

from oir_cli.dates.stored import Span, YearlyDay, parse_stored
from oir_cli.errors import BadDate


class Mention(NamedTuple):
    """A date in a longer text: the characters from `start` to before `end`, and the days they denote.

    `date` is a BadDate, which gives the reason, where the characters look like a date and cannot be read as one.
    """

    start: int
    end: int
    date: Span | YearlyDay | BadDate


def read_period(text: str) -> Span:
    """The days that a date or period denotes: "2016-05", "3 May 2016", "late August 2014", "before 11 August 2014".

    Raises BadDate where the text is not a date or has no year, AmbiguousDate where it can be read in two ways.
    """
    period = _read(text)
    if isinstance(period, YearlyDay):
        raise BadDate(text, "it has no year; write it as 2016-05-03 or 3 May 2016")
    return period


def read_days(text: str) -> Span | YearlyDay:
    """Like `read_period`, and also a day without a year ("8 August", "today"), which means that day in every year."""
    return today() if text.strip().lower() == "today" else _read(text)


def find_dates(text: str) -> list[Mention]:
    """The dates in free text, in order and apart from each other. A month alone, as in "may", is not taken for one."""
    from oir_cli.dates import words

    return [Mention(start, end, when) for start, end, when in words.find(text)]


def today() -> YearlyDay:
    """Today's day and month, in every year."""
    now = date.today()
    return YearlyDay(now.month, now.day)


def _read(text: str) -> Span | YearlyDay:
    with suppress(ValueError):  # not ISO, or not a day of the calendar: then `words` gives the reason
        return parse_stored(text.strip())
    from oir_cli.dates import words

    return words.read(text)
