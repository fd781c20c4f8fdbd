"""Dates in digits: ISO 8601 in all its forms, and numbers whose order leaves one reading only."""

from __future__ import annotations

import re
from datetime import date, timedelta

from oir_cli.dates.stored import MONTHS, Span, parse_stored, span_of
from oir_cli.errors import AmbiguousDate


def read_point(text: str) -> Span:
    """The days of one date in digits: 2014-08-08, 20140808, 2014/8/8, 8.8.2014, 8/2014, 2014-W32, 2014-Q3, 2014/15.

    Raises ValueError where the calendar does not have it, AmbiguousDate where it can be two.
    """
    if found := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        return span_of(*(int(number) for number in found.groups()))
    if found := re.fullmatch(r"(\d{4})-?w(\d\d?)(?:-?(\d))?", text):
        year, week, day = (int(number or 0) for number in found.groups())
        return week_of(year, week, day or None)
    if found := re.fullmatch(r"(\d{4})-?q(\d)", text):
        month = int(found[2]) * 3
        return Span(span_of(int(found[1]), month - 2).first, span_of(int(found[1]), month).last)
    if found := re.fullmatch(r"(\d{4})-(\d\d?)", text):
        return span_of(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})[/–—](\d\d?)", text):
        return _month_or_two_years(text, found[1], found[2])
    if found := re.fullmatch(r"(\d\d?)/(\d{4})", text):
        return span_of(int(found[2]), int(found[1]))
    parts = re.split(r"[./-]", text)
    if len(parts) == 3:
        return _three_numbers(text, parts)
    return parse_stored(text)


def week_of(year: int, week: int, day: int | None = None) -> Span:
    """A week of ISO 8601, from Monday on, or one day of it. Raises ValueError where the year has no such week."""
    try:
        first = date.fromisocalendar(year, week, day or 1)
    except ValueError:
        raise ValueError(f"{year} has no week {week}") from None
    return Span(first, first if day else first + timedelta(6))


def _month_or_two_years(text: str, year: str, number: str) -> Span:
    """ "2014/08" is a month, "2014/15" two years, "2009/10" could be both."""
    is_next = len(number) == 2 and int(number) == (int(year) + 1) % 100
    if is_next and 1 <= int(number) <= 12:
        both, month = f"{year}/{int(year) + 1}", int(number)
        raise AmbiguousDate(
            text, f"{MONTHS[month - 1]} {year} or {both.replace('/', ' to ')}", (f"{year}-{number}", both)
        )
    return Span(span_of(int(year)).first, span_of(int(year) + 1).last) if is_next else span_of(int(year), int(number))


def _three_numbers(text: str, parts: list[str]) -> Span:
    if [len(part) == 4 for part in parts] == [True, False, False]:
        return span_of(*(int(part) for part in parts))
    if [len(part) == 4 for part in parts] != [False, False, True]:
        raise ValueError("a year has four digits")
    one, other, year = (int(part) for part in parts)
    days = [(day, month) for day, month in ((one, other), (other, one)) if month <= 12]
    if len(set(days)) < 2:
        return span_of(year, *(days[0][::-1] if days else (other, one)))
    spans = [span_of(year, month, day) for day, month in days]
    readings = " or ".join(f"{day} {MONTHS[month - 1]}" for day, month in days)
    raise AmbiguousDate(text, f"{readings} {year}", [span.first.isoformat() for span in spans])
