"""Values over time, drawn with characters: days from left to right, numbers from bottom to top, both true to scale.

No plotting library: those for terminals know neither ranges nor numbers that are open to one side.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from oir_cli.answers.figures import CURRENCIES, Counted, Figures
from oir_cli.entities import Measure
from oir_cli.text import number
from oir_cli.views import Context
from oir_cli.views.table.bars import scale
from oir_cli.views.table.canvas import Canvas, calendar_steps, round_steps
from oir_cli.views.table.figures import heading, several
from oir_cli.views.table.pieces import MARKS, packed, text_of, when
from oir_cli.views.table.points import (
    BOTTOM,
    DISPUTED,
    DOWNWARD,
    ONWARD,
    PLANNED,
    POINT,
    SEVERAL,
    TOP,
    UPWARD_BOUNDS,
    Point,
    draw_points,
)

HEIGHT = 17  # lines with values
SMALLEST = 1e-9  # a smaller number is drawn as nothing
STEPS = 6  # about so many numbers at the left, above 0

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHERS = "*"
_COLOURS = ("blue", "green", "magenta", "yellow")


def draw_chart(answer: Figures, context: Context) -> Iterator[RenderableType]:
    width = context.width
    for place, measure in enumerate(answer.measures):
        values = answer.of_measure(measure)
        if place:
            yield Text()
        yield from heading(measure, values)
        if values:
            yield from _Picture(measure, values, width).render()


class _Picture:
    """One measure's values: those that have a date and a place on the scale are drawn, the others listed below."""

    def __init__(self, measure: Measure, values: list[Counted], width: int) -> None:
        self.measure, self.values = measure, values
        most = scale(value.figure.size for value in values if value.fact.date)
        self.drawn = [value for value in values if value.fact.date and value.figure.size <= most]
        self.width = width
        self.numbers = round_steps(most if most > SMALLEST else 1, STEPS)
        if any(self._line(value.figure.size) == 0 for value in self.drawn if value.figure.bound in UPWARD_BOUNDS):
            self.numbers.append(2 * self.numbers[-1] - self.numbers[-2])  # room for the sign above it
        self.combined: list[list[Point]] = []  # what is drawn as a diamond
        self.series = {name: place for place, name in enumerate(dict.fromkeys(value.series for value in self.drawn))}

    def render(self) -> Iterator[RenderableType]:
        if self.drawn:
            yield from self._sheet()
        yield from self._legend()
        for title, values in (
            ("Beyond the scale", [each for each in self.values if each.fact.date and each not in self.drawn]),
            ("Undated", [each for each in self.values if not each.fact.date]),
        ):
            if values:
                yield text_of(f"{title}: {'; '.join(_in_words(each, several(self.values)) for each in values)}")

    def _sheet(self) -> Iterator[Text]:
        labels = [f"{CURRENCIES.get(self.measure.unit, '')}{each:,.10g}" for each in self.numbers]
        margin = max(map(len, labels)) + 2
        canvas = Canvas(max(4, self.width - margin), HEIGHT)
        first, last = self._days()
        self._draw(canvas, first, last)
        ticks = {self._line(each): label for each, label in zip(self.numbers, labels, strict=True)}
        for line, text in enumerate(canvas.lines()):
            label = ticks.get(line)
            edge = f"{label or '':>{margin - 2}} {'┤' if label else '│'}"
            yield Text.assemble((edge, "dim"), text)
        yield from self._dates(canvas.width, margin, first, last)

    def _days(self) -> tuple[date, date]:
        """The first and last day drawn, with a little room on either side."""
        spans = [span for value in self.drawn if (span := value.fact.span)]
        first = min(span.first for span in spans)
        last = max(span.first if span.open else span.last for span in spans)
        room = max(3, (last - first).days // 40)
        earliest, latest = date.min.toordinal(), date.max.toordinal()
        return (
            date.fromordinal(max(earliest, first.toordinal() - room)),
            date.fromordinal(min(latest, last.toordinal() + room)),
        )

    def _draw(self, canvas: Canvas, first: date, last: date) -> None:
        self.combined = draw_points(canvas, [self._point(value, first, last, canvas.width) for value in self.drawn])

    def _point(self, value: Counted, first: date, last: date, width: int) -> Point:
        span, figure = value.fact.span, value.figure
        assert span is not None  # noqa: S101 - only dated values are drawn
        days = (last - first).days
        begin, end = (round((min(day, last) - first).days / days * (width - 1)) for day in (span.first, span.last))
        if end - begin < 3:  # so short that only its middle is drawn
            begin = end = (begin + end) // 2
        low = figure.low if figure.value is None and figure.low is not None else figure.size
        status = value.fact.status
        series = self.series[value.series]
        if len(self.series) > 1:
            mark = _LETTERS[series] if series < len(_LETTERS) else _OTHERS
            mark = mark.lower() if status == "planned" else mark
        else:
            mark = {"planned": PLANNED, "disputed": DISPUTED}.get(status, TOP if low < figure.size else POINT)
        style = MARKS[status][1] if status in MARKS else _COLOURS[series % len(_COLOURS)]
        return Point(value, begin, end, self._line(figure.size), self._line(low), low < figure.size, mark, style)

    def _line(self, size: float) -> int:
        return round((HEIGHT - 1) * (1 - size / self.numbers[-1]))

    def _dates(self, width: int, margin: int, first: date, last: date) -> Iterator[Text]:
        axis, below = list("─" * width), Canvas(width, 1)
        for day, label in calendar_steps(first, last, width):
            column = round((day - first).days / (last - first).days * (width - 1))
            axis[column] = "┬"
            start = min(max(0, column - len(label) // 2), width - len(label))
            if below.free(0, start, len(label)):
                below.put(0, start, label)
        yield Text(" " * (margin - 1) + "└" + "".join(axis), "dim")
        for line in below.lines():
            yield Text.assemble(" " * margin, line)

    def _legend(self) -> Iterator[Text]:
        if len(self.series) > 1:
            names = [f"{letter} {name}" for name, letter in zip(self.series, _LETTERS, strict=False)]
            others = [f"{_OTHERS} others"] * (len(self.series) > len(_LETTERS))
            yield from packed(map(text_of, names + others), self.width)
        statuses = {value.fact.status for value in self.drawn}
        bounds = {value.figure.bound for value in self.drawn}
        lettered = len(self.series) > 1
        said = [number(len(self.values), "value")]
        if "planned" in statuses:
            said.append(f"{'small letter' if lettered else PLANNED} {MARKS['planned'][2]}")
        if "disputed" in statuses:
            said.append(f"{'letter with ' * lettered}{DISPUTED} {MARKS['disputed'][2]}")
        if any(value.figure.value is None for value in self.drawn):
            said.append(f"{BOTTOM} lower end of a range")
        if bounds.intersection(UPWARD_BOUNDS):
            said.append(f"{ONWARD} or more")
        if "at-most" in bounds:
            said.append(f"{DOWNWARD} at most")
        yield from packed((Text(each, "dim") for each in said), self.width)
        for points in self.combined:
            values = "; ".join(_in_words(point.value, lettered) for point in points)
            yield text_of(f"{SEVERAL} {number(len(points), 'value')}: {values}")


def _in_words(value: Counted, whose: bool) -> str:
    of = f" {value.of.name}" if value.of and whose else ""
    what = f" ({value.figure.what})" if value.figure.what else ""
    status = f", {value.fact.status}" if value.fact.status in MARKS else ""
    return f"{value.amount}{of}{what}{status}" + (f", {when(value.fact)}" if value.fact.date else "")
