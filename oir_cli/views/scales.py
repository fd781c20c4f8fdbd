"""Scales of drawings: how far numbers reach, and the round numbers and dates at the edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import floor, log10

from oir_cli.dates import MONTHS
from oir_cli.model import Figure

# A number so many times as large as the next one would hide the others.
_OUT_OF_PROPORTION = 6
_DAY_WIDTH = 8
# Steps of so many months, and the columns that a label takes with some room.
_MONTHS = dict.fromkeys((1, 2, 3, 6), 11) | dict.fromkeys((12, 24, 60, 120, 600), 7)


def scale(sizes: Iterable[float]) -> float:
    """The number of a full bar: the largest one, without a few that are out of proportion to the rest."""
    ordered = sorted((size for size in sizes if size > 0), reverse=True)
    most = 0
    for place in range(1, len(ordered) // 5 + 1):
        if ordered[place - 1] > _OUT_OF_PROPORTION * ordered[place]:
            most = place
    return ordered[most] if ordered else 0


def ends_of(figure: Figure) -> tuple[float, float]:
    """The number that is certain, and the one that it may reach."""
    if figure.value is None:
        return figure.low or 0, figure.high or 0
    return (0, figure.value) if figure.bound == "at-most" else (figure.value, figure.value)


def round_steps(top: float, steps: int) -> list[float]:
    """About `steps` round numbers from 0 on, the last of them not below `top`."""
    rough = top / steps
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    if top >= 1:
        step = max(1.0, step)  # things come whole
    numbers = [0.0]
    while numbers[-1] < top:
        numbers.append(numbers[-1] + step)
    return numbers


def calendar_steps(first: date, last: date, room: int) -> list[tuple[date, str]]:
    """The beginnings of years, months or days from `first` to `last`, as close as `room` columns allow, with labels."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    days = last.toordinal() - first.toordinal() + 1
    if months < 4:
        step = next((step for step in (1, 2, 5, 10, 20, 50) if days / step * _DAY_WIDTH <= room), days)
        chosen = (date.fromordinal(first.toordinal() + ahead) for ahead in range(0, days, step))
        labels = [(day, f"{day.day} {MONTHS[day.month - 1][:3]}") for day in chosen]
        return [(first, f"{labels[0][1]} {first.year}"), *labels[1:]]
    fitting = (step for step, width in _MONTHS.items() if months / step * width <= room)
    step = next(fitting, max(_MONTHS))
    return [(day, _label(day, step)) for day in _beginnings(first, last, step)] or [(first, _label(first, step))]


def _beginnings(first: date, last: date, step: int) -> Iterator[date]:
    """Every `step`th first day of a month, counted from January (of a year that is a multiple of whole years)."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and first <= day <= last:
            yield day


def _label(day: date, step: int) -> str:
    return str(day.year) if step >= 12 else f"{MONTHS[day.month - 1][:3]} {day.year}"
