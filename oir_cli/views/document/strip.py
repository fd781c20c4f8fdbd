"""Events in time as SVG: a line for each year, with its days from left to right, true to scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from oir_cli.dates import MONTHS, Span
from oir_cli.entities import Event
from oir_cli.views.document.chart import LETTER, WIDTH

LEFT, RIGHT = 36, 8  # room for the year, and at the end
LANE, LABEL = 11, 13  # the height of a row of marks, and of a row of names
NAMES = 3  # rows of names in a year, at most
LANES = 4  # at most so many rows of marks in a year: what finds no room in them is drawn over others
MINOR, MAJOR = 2.6, 4.6  # radius of a mark
TOP = 16  # room for the months
SHORT = 4  # units: a shorter time is a dot


class StripMark(NamedTuple):
    """An event: a dot in the middle of its days, or a bar for a longer time (`width` above 0), and its address."""

    x: float
    y: float
    width: float
    major: bool
    address: str
    name: str


class Strip(NamedTuple):
    """All events, in units of the drawing."""

    label: str
    height: float
    years: list[tuple[float, str]]  # how far down, and the year
    months: list[tuple[float, str]]  # how far across, and the first letters
    marks: list[StripMark]
    names: list[tuple[float, float, str]]  # of major events, where there is room
    width: int = WIDTH
    left: int = LEFT


def make_strip(events: Sequence[Event], addresses: Mapping[str, str]) -> Strip | None:
    """The events that have a date, in years; `addresses` are where the page tells of each. None without any event."""
    dated = [(event, event.span) for event in events if event.span is not None and event.id in addresses]
    years = sorted({span.first.year for _, span in dated})
    top = float(TOP)
    rows: list[tuple[float, str]] = []
    marks: list[StripMark] = []
    names: list[tuple[float, float, str]] = []
    for year in years:
        some = [(event, span) for event, span in dated if span.first.year == year]
        placed, lanes = _place_marks(some, year, top, addresses)
        named, lines = _place_names(placed, top + lanes * LANE + LABEL - 4)
        rows.append((round(top + LANE, 1), str(year)))
        marks += [mark for _, mark in placed]
        names += named
        top += lanes * LANE + lines * LABEL + 8
    if not marks:
        return None
    months = [(_across(date(2014, number, 1)), name[:3]) for number, name in enumerate(MONTHS, 1)]
    major = sum(mark.major for mark in marks)
    label = f"{len(marks)} events, {major} of them major, by year and day; the page tells of each under its month"
    return Strip(label, round(top, 1), rows, months, marks, names)


def _across(day: date) -> float:
    days = (day - date(day.year, 1, 1)).days
    return round(LEFT + days / 366 * (WIDTH - LEFT - RIGHT), 1)


def _place_marks(
    events: Sequence[tuple[Event, Span]], year: int, top: float, addresses: Mapping[str, str]
) -> tuple[list[tuple[Event, StripMark]], int]:
    """The marks of a year's events, each in the first row where it covers no other, and the number of rows."""
    ends = [0.0] * LANES
    placed: list[tuple[Event, StripMark]] = []
    for event, span in sorted(events, key=lambda each: (each[1].first, each[1].last)):
        last = date(year, 12, 31) if span.open else min(span.last, date(year, 12, 31))
        start, end = _across(span.first), _across(last)
        size = MAJOR if event.major else MINOR
        wide = end - start if end - start > SHORT else 0.0
        begin, finish = (start, end) if wide else ((start + end) / 2 - size, (start + end) / 2 + size)
        lane = next((number for number, taken in enumerate(ends) if begin >= taken + 1), len(placed) % LANES)
        ends[lane] = max(ends[lane], finish)
        x = start if wide else (start + end) / 2
        y = round(top + lane * LANE + LANE / 2, 1)
        placed.append((event, StripMark(round(x, 1), y, round(wide, 1), event.major, addresses[event.id], event.name)))
    return placed, max((number + 1 for number, taken in enumerate(ends) if taken), default=1)


def _place_names(placed: Sequence[tuple[Event, StripMark]], line: float) -> tuple[list[tuple[float, float, str]], int]:
    """The names of major events below the marks, each in the first row with room for it, and the number of rows."""
    taken = [0.0] * NAMES
    names = []
    for event, mark in sorted(placed, key=lambda each: each[1].x):
        wide = len(event.name) * LETTER * 0.9
        left = max(float(LEFT), min(mark.x, WIDTH - RIGHT - wide))
        row = next((number for number, end in enumerate(taken) if left >= end), None)
        if event.major and row is not None:
            taken[row] = left + wide + 8
            names.append((round(left, 1), round(line + row * LABEL, 1), event.name))
    return names, sum(end > 0 for end in taken)
