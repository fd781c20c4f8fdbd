"""Dates as people write them, alone or in free text, as days.

A text is a row of clauses: "from" "10", "to" "17 March 2017". A clause is a limit or join, modifiers ("late", "first
half of", "two weeks before"), and a single date, which may lack the month or year that the next clause has. A month
in words with its day and year is read by python-dateutil, which only this module imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from oir_cli.dates.phrases import (
    AND,
    AROUND_EVENTS,
    BETWEEN,
    FILLERS,
    FILLERS_INSIDE,
    LIMITS,
    MODIFIERS,
    SHAPES,
    Limit,
    NotADate,
    is_known,
    match,
    part_of_day,
)
from oir_cli.dates.points import read_point
from oir_cli.dates.stored import Span, YearlyDay, span_of
from oir_cli.dates.tokens import Token, tokens_of
from oir_cli.errors import BadDate

HOW = "use 2016, 2016-05, 2016-05-03, or words: 3 May 2016, May to July 2016"
_LONGEST = 300  # characters; more is not a date
_LONGEST_MENTION = 16  # tokens of a date in free text
_DATED = ("year", "number", "digits", "month", "point")


class _Clause:
    """A limit or join, modifiers with what they were given, and the tokens of a single date."""

    def __init__(self, limit: Limit | None) -> None:
        self.limit = limit
        self.modifiers: list[tuple[Callable[..., Span], list[str]]] = []
        self.tokens: list[Token] = []
        self.borrowed = False

    def first(self, kind: str) -> Token | None:
        return next((token for token in self.tokens if token.kind == kind), None)

    def borrow(self, lender: _Clause, *kinds: str) -> None:
        """Take what this clause lacks from the one next to it."""
        for kind in kinds:
            if not self.first(kind) and (token := lender.first(kind)):
                self.tokens.append(token)
                self.borrowed = True


def read(text: str) -> Span | YearlyDay:
    """The days that `text` denotes, with nothing taken from today's date. Raises BadDate."""
    try:
        if len(text) > _LONGEST:
            raise NotADate
        return _read(tokens_of(text))
    except NotADate as problem:
        raise BadDate(text, f"{problem}; {HOW}" if str(problem) else HOW) from None
    except OverflowError:
        raise BadDate(text, "it is outside the calendar") from None
    except ValueError as problem:
        raise BadDate(text, str(problem)) from None


def find(text: str) -> Iterator[tuple[int, int, Span | YearlyDay | BadDate]]:
    """The dates in free text: where each starts and ends, and its days or the reason why it cannot be read."""
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        for end in range(_end_of_run(tokens, at), at, -1):
            said = text[tokens[at].start : tokens[end - 1].end]
            when = _mentioned(tokens[at:end], said)
            if when is not None:
                yield tokens[at].start, tokens[end - 1].end, when
                at = end
                break
        else:
            at += 1


def _mentioned(tokens: list[Token], said: str) -> Span | YearlyDay | BadDate | None:
    """The days of tokens out of free text, or why they cannot be read; None where they are not meant as a date."""
    if not _may_be_date(tokens):
        return None
    try:
        return _read(tokens)
    except NotADate:
        return None
    except BadDate as problem:
        return problem
    except (ValueError, OverflowError) as problem:
        return BadDate(said, str(problem) or "it is outside the calendar")


def _end_of_run(tokens: Sequence[Token], at: int) -> int:
    """The end of what can belong to a date that begins with the token `at`."""
    end = at
    while end < min(at + _LONGEST_MENTION, len(tokens)) and is_known(tokens[end]):
        end += 1
    return end


def _may_be_date(tokens: Sequence[Token]) -> bool:
    """Whether tokens out of free text begin and end like a date, and are more than a month or a number."""
    first, last = tokens[0], tokens[-1]
    if first.text in FILLERS or first.kind == "join" or first.text in ("to", "and", "through"):
        return False
    kinds = {token.kind for token in tokens}
    # A number of four digits is a year of the last or this century, or counts something.
    if any(token.kind == "year" and token.text[:2] not in ("19", "20") for token in tokens):
        return False
    ends_well = last.kind in (*_DATED, "time") or last.text in MODIFIERS
    return ends_well and (bool(kinds & {"year", "point"}) or {"month", "number"} <= kinds)


def _read(tokens: list[Token]) -> Span | YearlyDay:
    clauses = _clauses(*_without_event(tokens))
    _share(clauses)
    values = [_value(clause) for clause in clauses]
    limits = [clause.limit for clause in clauses]
    if limits == [None]:
        return values[0]
    if not re.fullmatch(SHAPES, "".join(limit.role if limit else "s" for limit in limits)):
        raise NotADate
    # "5 and 15 September" are parts of one date, "2014 and 2016" are two.
    joined = [one for one, other in pairwise(clauses) if other.limit is AND]
    if limits[0] is not BETWEEN and not all(clause.borrowed for clause in joined):
        raise NotADate("it is more than one date")
    return _between(limits, values)


def _between(limits: list[Limit | None], values: list[Span | YearlyDay]) -> Span:
    """The days that the limits leave of all days."""
    first, last, about = date.min, date.max, False
    for limit, span in zip(limits, values, strict=True):
        if isinstance(span, YearlyDay):
            raise NotADate("each end of a period needs its year" if len(values) > 1 else "it has no year")
        about = about or span.about
        if limit is None:
            first, last = span.first, span.last
        elif limit.role in "fv":
            first = limit.bound(span)
        else:
            last = limit.bound(span)
    if first > last:
        raise ValueError("the period ends before it begins")
    return Span(first, last, about)


def _without_event(tokens: list[Token]) -> tuple[list[Token], Limit | None]:
    """The tokens without an event between a limit and its date, "after [the battle of] 8 September 2014".

    The limit is handed over apart from the tokens, as it counts for events; None where no event is named.
    """
    found = match(LIMITS, tokens, 0)
    if not found or found[0].role not in "fub":
        return tokens, None
    limit, size, _ = found
    named = tokens[size:]
    unknown = [at for at, token in enumerate(named) if token.kind == "word" and not is_known(token)]
    if not unknown or not (named[0].text == "the" or named[0].text.endswith(("'s", "’s"))):
        return tokens, None
    event, dated = named[: unknown[-1] + 1], named[unknown[-1] + 1 :]
    if not dated and event[1:2] and event[1].kind == "year":  # "the 2003 invasion"
        event, dated = event[2:], event[1:2]
    elif not dated or dated[0].text not in ("of", "on", "in"):
        raise NotADate
    if any(token.kind != "word" for token in event):
        raise NotADate
    return dated, AROUND_EVENTS.get(limit, limit)


def _clauses(tokens: Sequence[Token], limit: Limit | None) -> list[_Clause]:
    clauses = [_Clause(limit)]
    at = 0
    while at < len(tokens):
        token, clause = tokens[at], clauses[-1]
        size = 1
        # A modifier may follow a year ("2015 Q2"), and a time a day.
        modifiable = not clause.tokens or token.kind == "time" or [each.kind for each in clause.tokens] == ["year"]
        if modifiable and (modifier := match(MODIFIERS, tokens, at)):
            size = modifier[1]
            clause.modifiers.append((modifier[0], modifier[2]))
        elif bound := match(LIMITS, tokens, at):
            size = bound[1]
            if clause.limit or clause.tokens or clause.modifiers:
                clauses.append(_Clause(bound[0]))
            else:
                clause.limit = bound[0]
        elif token.kind in _DATED or token.text == "today":
            clause.tokens.append(token)
        elif token.text not in (FILLERS_INSIDE if clause.tokens else FILLERS):
            raise NotADate
        at += size
    return clauses


def _share(clauses: list[_Clause]) -> None:
    """Complete clauses by what the next one has: "8" to "11 August 2014", "May 3" to "5, 2016"."""
    pairs = list(pairwise(clauses))
    for one, other in pairs:
        if one.first("number") and other.first("number"):
            other.borrow(one, "month")
    for one, other in reversed(pairs):
        if one.first("point") or one.first("year") or not (other.first("month") or other.modifiers):
            continue
        one.borrow(other, *(("year",) if one.first("month") else ("month", "year")))


def _value(clause: _Clause) -> Span | YearlyDay:
    value = _single(clause.tokens)
    for modifier, said in reversed(clause.modifiers):
        if isinstance(value, Span):
            value = modifier(value, *said)
        elif modifier is not part_of_day:
            raise NotADate("it has no year")
    return value


def _single(tokens: list[Token]) -> Span | YearlyDay:
    """The days of a date without limits and modifiers."""
    kinds = sorted(token.kind for token in tokens)
    if kinds == ["point"]:
        return read_point(tokens[0].text)
    if kinds == ["year"]:
        return span_of(int(tokens[0].text))
    if [token.text for token in tokens] == ["today"]:
        now = date.today()
        return Span(now, now)
    if kinds in (["month", "number"], ["month", "year"], ["month", "number", "year"]):
        return _worded({token.kind: token.text for token in tokens})
    if kinds == ["month"]:
        raise NotADate("it has no year")
    if "year" not in kinds and {"number", "digits"} & set(kinds):
        raise NotADate("a year has four digits")
    raise NotADate


def _worded(said: dict[str, str]) -> Span | YearlyDay:
    """A month in words with a day, a year or both.

    dateutil reads the month and the day. It fills in what is missing from a default, here a leap year and its first
    day, and takes years before 100 for other ones, so that the year never comes from it.
    """
    from dateutil import parser

    words = " ".join(said[kind] for kind in ("number", "month") if kind in said)
    try:
        found = parser.parse(words, default=datetime(2000, 1, 1))
    except (ValueError, OverflowError):
        raise ValueError("there is no such day") from None
    if "year" not in said:
        return YearlyDay(found.month, found.day)
    return span_of(int(said["year"]), found.month, found.day if "number" in said else None)
