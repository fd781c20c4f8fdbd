"""The phrases of dates: tables of the limits, joins and modifiers that are read, and what each does to a span of days.

A key of a table is a row of words. COUNT stands for a number in digits or words, UNIT for a day, week, month or year,
also in the plural, ONE for the singular alone, UNITS for the plural alone, WEEKDAY, TIME and JOIN for tokens of that
kind. A modifier gets the days after it, and COUNT, UNIT, ONE and WEEKDAY as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from oir_cli.dates.points import week_of
from oir_cli.dates.stored import Span, span_of
from oir_cli.dates.tokens import WEEKDAYS, Token

_COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS = ("day", "week", "month", "year")
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
_HANDED_OVER = ("COUNT", "UNIT", "ONE", "WEEKDAY")

Of = TypeVar("Of")


class NotADate(Exception):
    """Text that does not have the form of a date. One that has it, and denotes no days, is a ValueError."""


class Limit(NamedTuple):
    """How a clause bounds the days asked for: its `role` in a row of clauses, and the day that it gives.

    Roles: f limits from a day on, v likewise in "between"; u and b limit up to a day, b never after a date without a
    limit; t and a join a date to the one before.
    """

    role: str
    bound: Callable[[Span], date]


def _first(span: Span) -> date:
    return span.first


def _last(span: Span) -> date:
    return span.last


def _day_before(span: Span) -> date:
    return span.first - timedelta(1)


def _day_after(span: Span) -> date:
    return span.last + timedelta(1)


SINCE, AFTER, BETWEEN = Limit("f", _first), Limit("f", _day_after), Limit("v", _first)
UNTIL, BY, BEFORE = Limit("u", _last), Limit("b", _last), Limit("b", _day_before)
TO, AND = Limit("t", _last), Limit("a", _last)
LIMITS = {
    "since": SINCE, "from": SINCE, "between": BETWEEN, "starting": SINCE, "on or after": SINCE,
    "after": AFTER, "following": AFTER, "UNITS after": AFTER, "UNITS following": AFTER,
    "after the beginning": SINCE, "after the start": SINCE,
    "until": UNTIL, "till": UNTIL, "up to": UNTIL, "said of": UNTIL,
    "by": BY, "on or before": BY, "no later than": BY,
    "before": BEFORE, "prior to": BEFORE, "UNITS before": BEFORE, "before the end": BY,
    "to": TO, "through": TO, "JOIN": TO, "and": AND,
}  # fmt: skip
# The rows of clauses that are read, by role; s is a clause without a limit.
SHAPES = r"s(?:a*|[tu])|f[tub]?|[ub]|v[at]"
# An event that is named by its date can have happened at any time of that date, so the date itself counts.
AROUND_EVENTS = {AFTER: SINCE, BEFORE: BY}


def moved(day: date, count: int, unit: str) -> date:
    """The day so many days, weeks, months or years later. Raises OverflowError outside the calendar."""
    unit = unit.removesuffix("s")
    if unit in ("day", "week"):
        return day + timedelta(count * (7 if unit == "week" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1), 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    last = span_of(year, month + 1).last
    return last.replace(day=min(day.day, last.day))


def _months(span: Span) -> int:
    """How many whole months a span is; 0 where it is none or more than that."""
    if span.first.day > 1 or span_of(span.last.year, span.last.month).last != span.last:
        return 0
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def _part(number: int, parts: int) -> Callable[[Span], Span]:
    """Part `number` of `parts`: of a month by days (thirds are 1-10, 11-20, 21-end), of longer periods by months."""

    def part(span: Span) -> Span:
        months = _months(span)
        if months == 1 and parts <= 3:
            size = 30 // parts
            first = span.first.replace(day=(number - 1) * size + 1)
            return Span(first, span.last if number == parts else span.first.replace(day=number * size))
        if not months or months > 12 or months % parts:
            raise NotADate
        size = months // parts
        first, last = (moved(span.first, size * number - back, "month") for back in (size, 1))
        return Span(first, span_of(last.year, last.month).last)

    return part


def _season(month: int) -> Callable[[Span], Span]:
    """Three months from `month` of a year on; a winter is that which begins in the year."""

    def season(span: Span) -> Span:
        first = _year(span).replace(month=month)
        return Span(first, moved(first, 3, "month") - timedelta(1))

    return season


def _fiscal_year(span: Span) -> Span:
    """That of the United States, which ends with September."""
    first = moved(_year(span), -3, "month")
    return Span(first, moved(first, 12, "month") - timedelta(1))


def _week(span: Span, number: str) -> Span:
    return week_of(_year(span).year, _count(number))


def _year(span: Span) -> date:
    if _months(span) != 12 or span.first.month != 1:
        raise NotADate
    return span.first


def _first_of(span: Span, *said: str) -> Span:
    """ "first week of", "first two weeks of"."""
    return _inside(span, Span(span.first, moved(span.first, *_stretch(said)) - timedelta(1)))


def _last_of(span: Span, *said: str) -> Span:
    count, unit = _stretch(said)
    return _inside(span, Span(moved(span.last + timedelta(1), -count, unit), span.last))


def _inside(span: Span, part: Span) -> Span:
    if not part.within(span):
        raise NotADate
    return part


def _some_before(span: Span, *said: str) -> Span:
    """ "two weeks before", "two or three days before"."""
    *counts, unit = said
    return _days_between(*(moved(span.first, -_count(count), unit) for count in counts))


def _some_after(span: Span, *said: str) -> Span:
    *counts, unit = said
    return _days_between(*(moved(span.last, _count(count), unit) for count in counts))


def _days_between(*days: date) -> Span:
    return Span(min(days), max(days))


def _stretch_before(span: Span, *said: str) -> Span:
    """ "the week before", "the two years before"."""
    count, unit = _stretch(said)
    return Span(moved(span.first, -count, unit), _day_before(span))


def _stretch_after(span: Span, *said: str) -> Span:
    return Span(_day_after(span), moved(span.last, *_stretch(said)))


def _stretch(said: Sequence[str]) -> tuple[int, str]:
    return (_count(said[0]) if len(said) > 1 else 1, said[-1])


def _count(said: str) -> int:
    """A number in digits, or in words up to twelve."""
    return int(said) if said.isdigit() else _COUNTS.index(said) if said in _COUNTS else 1


def _about(span: Span) -> Span:
    return span._replace(about=True)


def part_of_day(span: Span) -> Span:
    """The day itself: a time of it adds nothing."""
    if not span.is_day:
        raise NotADate
    return span


def _weekday(span: Span, said: str) -> Span:
    """The same day, which must be that day of the week."""
    name = WEEKDAYS[part_of_day(span).first.weekday()]
    if not said.startswith(name[:3].lower()):
        raise ValueError(f"{span.first} was a {name}")
    return span


MODIFIERS: dict[str, Callable[..., Span]] = {
    "early": _part(1, 3), "beginning": _part(1, 3), "start": _part(1, 3),
    "mid": _part(2, 3), "middle": _part(2, 3),
    "late": _part(3, 3), "end": _part(3, 3),
    "first half": _part(1, 2), "second half": _part(2, 2),
    "q1": _part(1, 4), "first quarter": _part(1, 4),
    "q2": _part(2, 4), "second quarter": _part(2, 4),
    "q3": _part(3, 4), "third quarter": _part(3, 4),
    "q4": _part(4, 4), "fourth quarter": _part(4, 4), "last quarter": _part(4, 4),
    "spring": _season(3), "summer": _season(6), "autumn": _season(9), "fall": _season(9), "winter": _season(12),
    "us fiscal year": _fiscal_year,
    "week COUNT": _week,
    "first ONE": _first_of, "first COUNT UNIT": _first_of, "last ONE": _last_of, "last COUNT UNIT": _last_of,
    "COUNT UNIT before": _some_before, "COUNT or COUNT UNIT before": _some_before,
    "COUNT UNIT after": _some_after, "COUNT or COUNT UNIT after": _some_after,
    "the ONE before": _stretch_before, "the COUNT UNIT before": _stretch_before,
    "the ONE after": _stretch_after, "the COUNT UNIT after": _stretch_after,
    "about": _about, "around": _about, "circa": _about, "ca": _about, "c": _about, "approximately": _about,
    "early morning": part_of_day, "morning": part_of_day, "noon": part_of_day, "afternoon": part_of_day,
    "evening": part_of_day, "night": part_of_day, "TIME": part_of_day,
    "WEEKDAY": _weekday,
}  # fmt: skip
# Words that change nothing before a date, and inside or after one ("the 8th of August 2014 at 10:00").
FILLERS = frozenset(
    {"the", "of", "on", "in", "at", "as", "during", "throughout", "probably", "possibly", "least", "year", "month"}
)
FILLERS_INSIDE = frozenset({"the", "of", "at", "least"})


def match(table: Mapping[str, Of], tokens: Sequence[Token], at: int) -> tuple[Of, int, list[str]] | None:
    """The longest phrase of `table` that begins with the token `at`: its value, its size, and what it hands over."""
    classes = [_classes(token) for token in tokens[at : at + _LONGEST_PHRASE]]
    found = None
    size = 0
    for first in classes[0] if classes else ():
        for phrase in _BY_FIRST_WORD.get(first, ()):
            fits = len(phrase) <= len(classes) and all(
                word in each for word, each in zip(phrase, classes, strict=False)
            )
            if fits and len(phrase) > size and (key := " ".join(phrase)) in table:
                size = len(phrase)
                said = [tokens[at + place].text for place, word in enumerate(phrase) if word in _HANDED_OVER]
                found = (table[key], size, said)
    return found


def is_known(token: Token) -> bool:
    """Whether a token can be part of a date."""
    if token.kind == "word":
        return token.text in _KNOWN
    return token.kind not in ("digits", "other")


def _classes(token: Token) -> tuple[str, ...]:
    """The words and classes of a table that a token matches."""
    text = _ORDINALS.get(token.text, token.text)
    if token.kind in ("weekday", "time", "join"):
        return (token.kind.upper(),)
    if token.text.isdigit() or text in _COUNTS or text in ("a", "an"):
        return (text, "COUNT")
    if text in _UNITS:
        return (text, "ONE", "UNIT")
    if text.removesuffix("s") in _UNITS:
        return (text, "UNITS", "UNIT")
    return (text,)


_KNOWN = (
    FILLERS
    | {word for table in (LIMITS, MODIFIERS) for phrase in table for word in phrase.split()}
    | {*_COUNTS, "a", "an", *_UNITS, *(f"{unit}s" for unit in _UNITS)}
)
_LONGEST_PHRASE = 5  # words
_BY_FIRST_WORD: dict[str, list[list[str]]] = {}
for _phrase in (*LIMITS, *MODIFIERS):
    _BY_FIRST_WORD.setdefault(_phrase.split()[0], []).append(_phrase.split())
