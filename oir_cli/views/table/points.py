"""The values of a chart as points on a sheet: each with a mark, and signs around it, so that none hides another.

A value has its mark in one cell. Where several share a cell, or the signs of one have no room next to it, the cell has
a diamond, which the legend explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oir_cli.answers.figures import Counted
from oir_cli.text import clean
from oir_cli.views.table.canvas import Canvas

POINT, PLANNED, DISPUTED = "●", "○", "?"
SPAN, RANGE, TOP, BOTTOM = "─", "│", "┬", "┴"
ONWARD, DOWNWARD, SEVERAL = "↑", "↓", "◆"
UPWARD_BOUNDS = ("at-least", "more-than")

Cell = tuple[int, int]  # line and column


class Point(NamedTuple):
    """A dated value on the sheet: its columns from the first to the last day, its lines, and its mark."""

    value: Counted
    first: int
    last: int
    top: int
    bottom: int
    is_range: bool
    mark: str
    style: str

    @property
    def cell(self) -> Cell:
        """Where the mark is."""
        return self.top, self.first

    def signs(self) -> Iterator[tuple[str, list[Cell]]]:
        """The signs that it needs next to its mark, each with the cells where it may be."""
        bound = self.value.figure.bound
        if self.is_range:
            yield BOTTOM, [(self.bottom, self.first)]
        if bound in UPWARD_BOUNDS:
            yield ONWARD, [(self.top - 1, self.first)]
        if bound == "at-most":
            yield DOWNWARD, [(self.bottom + 1, self.first)]
        if self.value.fact.status == "disputed" and self.mark != DISPUTED:
            yield DISPUTED, [(self.top, self.first + 1), (self.top, self.first - 1)]


def draw_points(canvas: Canvas, points: Sequence[Point]) -> list[list[Point]]:
    """Draw points, and return those that are drawn as a diamond: by cell, from left to right."""
    for point in points:
        _draw_lines(canvas, point)
    sharing: dict[Cell, list[Point]] = {}
    for point in points:
        sharing.setdefault(point.cell, []).append(point)
    taken = set(sharing)
    combined = []
    for cell, there in sharing.items():
        [point, *others] = there
        signs = None if others else _room(canvas, point, taken)
        if signs is None:
            canvas.put(*cell, SEVERAL, "bold")
            combined.append(there)
        else:
            for at, sign in [*signs, (cell, point.mark)]:
                canvas.put(*at, sign, point.style)
            taken.update(at for at, _ in signs)
    for there in sorted(sharing.values(), key=lambda there: (there in combined, there[0].top)):
        _label(canvas, there)
    return sorted(combined, key=lambda there: (there[0].first, there[0].top))


def _draw_lines(canvas: Canvas, point: Point) -> None:
    """The line of a period, and that of a range."""
    for line in range(point.top, point.bottom):
        canvas.put(line, point.first, RANGE, point.style)
    for line in (point.top, point.bottom):
        canvas.put(line, point.first, SPAN * (point.last - point.first + 1), point.style)


def _room(canvas: Canvas, point: Point, taken: set[Cell]) -> list[tuple[Cell, str]] | None:
    """A cell for each sign of a point; None where one of them has no room."""
    placed = []
    for sign, cells in point.signs():
        at = next((cell for cell in cells if canvas.has(*cell) and cell not in taken), None)
        if at is None:
            return None
        placed.append((at, sign))
    return placed


def _label(canvas: Canvas, there: Sequence[Point]) -> None:
    """Write the amounts of a cell next to it where there is room, so that the chart can be read without the legend."""
    point, last = there[0], max(each.last for each in there)
    text = ", ".join(dict.fromkeys(clean(each.value.amount) for each in there))
    middle = max(0, point.first - len(text) // 2)
    places = [
        (point.top, last + 2),
        (point.top - 1, middle),
        (point.top, point.first - 1 - len(text)),
        (point.bottom + 1, middle),
    ]
    for line, column in places:
        if canvas.free(line, column, len(text)):
            canvas.put(line, column, text, "bold")
            return
