"""A sheet of characters to draw on, and the numbers and dates at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor, log10

from rich.text import Text

from oir_cli.dates import MONTHS

_DAY_WIDTH = 8
# Steps of so many months, and the columns that a label takes with some room.
_MONTHS = dict.fromkeys((1, 2, 3, 6), 11) | dict.fromkeys((12, 24, 60, 120, 600), 7)


class Canvas:
    """`height` lines of `width` cells, from the top left; what lies outside is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: dict[tuple[int, int], tuple[str, str]] = {}

    def put(self, line: int, column: int, text: str, style: str = "") -> None:
        for place, char in enumerate(text, column):
            if 0 <= line < self.height and 0 <= place < self.width:
                self._cells[line, place] = char, style

    def at(self, line: int, column: int) -> str:
        """The character in a cell, "" where there is none."""
        return self._cells.get((line, column), ("", ""))[0]

    def free(self, line: int, column: int, width: int) -> bool:
        """Whether `width` cells from here on are on the sheet and empty, and so are those on either side."""
        inside = 0 <= line < self.height and column >= 0 and column + width <= self.width
        return inside and not any(self.at(line, place) for place in range(column - 1, column + width + 1))

    def lines(self) -> Iterator[Text]:
        for line in range(self.height):
            text = Text()
            for column in range(self.width):
                char, style = self._cells.get((line, column), (" ", ""))
                text.append(char, style or None)
            yield text


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
