"""Values over time, drawn with characters: days from left to right, numbers from bottom to top, both true to scale.

No plotting library: those for terminals know neither ranges nor numbers that are open to one side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from oir_cli.answers.figures import CURRENCIES, Counted, Figures
from oir_cli.entities import Measure
from oir_cli.text import clean, number
from oir_cli.views import Context
from oir_cli.views.table.bars import scale
from oir_cli.views.table.canvas import Canvas, calendar_steps, round_steps
from oir_cli.views.table.figures import heading, several
from oir_cli.views.table.pieces import MARKS, packed, text_of, when

HEIGHT = 17  # lines with values
SMALLEST = 1e-9  # a smaller number is drawn as nothing
STEPS = 6  # about so many numbers at the left, above 0

POINT, PLANNED, DISPUTED = "●", "○", "?"
SPAN, RANGE, TOP, BOTTOM = "─", "│", "┬", "┴"
ONWARD, DOWNWARD, SEVERAL = "↑", "↓", "+"
_UPWARD_BOUNDS = ("at-least", "more-than")
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


@dataclass(frozen=True)
class _Point:
    """A dated value on the sheet: its columns from the first to the last day, and its lines."""

    value: Counted
    first: int
    last: int
    top: int
    bottom: int
    mark: str
    style: str


class _Picture:
    """One measure's values: those that have a date and a place on the scale are drawn, the others listed below."""

    def __init__(self, measure: Measure, values: list[Counted], width: int) -> None:
        self.measure, self.values = measure, values
        most = scale(value.figure.size for value in values if value.fact.date)
        self.drawn = [value for value in values if value.fact.date and value.figure.size <= most]
        self.width = width
        self.numbers = round_steps(most if most > SMALLEST else 1, STEPS)
        if any(self._line(value.figure.size) == 0 for value in self.drawn if value.figure.bound in _UPWARD_BOUNDS):
            self.numbers.append(2 * self.numbers[-1] - self.numbers[-2])  # room for the sign above it
        self.crowded = False
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
        points = [self._point(value, first, last, canvas.width) for value in self.drawn]
        for point in points:
            for line in range(point.top, point.bottom):
                canvas.put(line, point.first, RANGE, point.style)
            for line in (point.top, point.bottom):
                canvas.put(line, point.first, SPAN * (point.last - point.first + 1), point.style)
            if point.bottom > point.top:
                canvas.put(point.bottom, point.first, BOTTOM, point.style)
        for point in points:
            there = canvas.at(point.top, point.first)
            crowded = len(self.series) > 1 and there not in ("", SPAN, RANGE, BOTTOM, point.mark)
            self.crowded |= crowded
            canvas.put(point.top, point.first, SEVERAL if crowded else point.mark, point.style)
        for point in points:
            if point.value.figure.bound in _UPWARD_BOUNDS and canvas.at(point.top - 1, point.first) == "":
                canvas.put(point.top - 1, point.first, ONWARD, point.style)
            if point.value.figure.bound == "at-most" and canvas.at(point.bottom + 1, point.first) == "":
                canvas.put(point.bottom + 1, point.first, DOWNWARD, point.style)
        for point in sorted(points, key=lambda point: point.top):
            _label(canvas, point)

    def _point(self, value: Counted, first: date, last: date, width: int) -> _Point:
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
            mark = {"planned": PLANNED, "disputed": DISPUTED}.get(status, POINT)
            if low < figure.size and self._line(low) > self._line(figure.size):
                mark = TOP
        style = MARKS[status][1] if status in MARKS else _COLOURS[series % len(_COLOURS)]
        return _Point(value, begin, end, self._line(figure.size), self._line(low), mark, style)

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
        if "disputed" in statuses and not lettered:
            said.append(f"{DISPUTED} {MARKS['disputed'][2]}")
        if bounds.intersection(_UPWARD_BOUNDS):
            said.append(f"{ONWARD} or more")
        if "at-most" in bounds:
            said.append(f"{DOWNWARD} at most")
        if self.crowded:
            said.append(f"{SEVERAL} several in one place")
        yield from packed((Text(each, "dim") for each in said), self.width)


def _label(canvas: Canvas, point: _Point) -> None:
    """Write the amount beside its point where there is room, so that the chart can be read without the numbers."""
    text = clean(point.value.amount)
    middle = max(0, point.first - len(text) // 2)
    places = [
        (point.top, point.last + 2),
        (point.top - 1, middle),
        (point.top, point.first - 1 - len(text)),
        (point.bottom + 1, middle),
    ]
    for line, column in places:
        if canvas.free(line, column, len(text)):
            canvas.put(line, column, text, "bold")
            return


def _in_words(value: Counted, whose: bool) -> str:
    of = f" {value.of.name}" if value.of and whose else ""
    what = f" ({value.figure.what})" if value.figure.what else ""
    return f"{value.amount}{of}{what}" + (f", {when(value.fact)}" if value.fact.date else "")
