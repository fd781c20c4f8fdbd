"""Values over time as SVG: days from left to right, numbers from bottom to top, both true to scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from oir_cli.answers.figures import CURRENCIES, Counted
from oir_cli.dates import Span, written
from oir_cli.entities import Measure
from oir_cli.model import Fact
from oir_cli.views.scales import calendar_steps, ends_of, round_steps, scale

WIDTH, HEIGHT = 620, 300  # units, each a pixel where the screen is wide enough
TOP, RIGHT, BOTTOM = 18, 14, 24  # room around the drawing; at the left it depends on the numbers
LETTER, LINE = 6.2, 12  # the size of a letter of the amounts, in units
STEPS, COLUMNS = 5, 76  # about so many numbers at the left; so many letters below
SMALLEST = 1e-9  # a smaller number is drawn as nothing
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHERS = "*"
_UPWARD = ("at-least", "more-than")

Box = tuple[float, float, float, float]  # left, top, right, bottom


class _Axes(NamedTuple):
    """Where days and numbers are on the drawing."""

    first: date
    last: date
    top: float
    left: float

    def across(self, day: date) -> float:
        days = (min(max(day, self.first), self.last) - self.first).days
        return round(self.left + days / ((self.last - self.first).days or 1) * (WIDTH - RIGHT - self.left), 1)

    def down(self, number: float) -> float:
        return round(HEIGHT - BOTTOM - number / self.top * (HEIGHT - TOP - BOTTOM), 1)


class Mark(NamedTuple):
    """A value where it is drawn: a dot, or of several series a letter; `paths` are lines for its days, range and bound.

    `status` is "planned", "disputed" or "sure".
    """

    x: float
    y: float
    letter: str
    status: str
    paths: list[str]
    words: str


class Chart(NamedTuple):
    """Values of one measure over time, in units of the drawing: lines with their labels, marks, and a legend."""

    label: str
    left: float
    numbers: list[tuple[float, str]]  # how far down, and the label
    days: list[tuple[float, str]]  # how far across, and the label
    marks: list[Mark]
    amounts: list[tuple[float, float, str]]
    legend: list[str]
    width: int = WIDTH
    height: int = HEIGHT
    right: int = RIGHT
    bottom: int = BOTTOM


def make_chart(measure: Measure, values: Sequence[Counted]) -> Chart | None:
    """A chart of the dated values; what is beyond its scale is named in the legend. None where no value has a date."""
    dated = [value for value in values if value.fact.date]
    if not dated:
        return None
    most = scale(value.figure.size for value in dated)
    drawn = [value for value in dated if value.figure.size <= most]
    numbers = round_steps(most if most > SMALLEST else 1, STEPS)
    labels = [f"{CURRENCIES.get(measure.unit, '')}{each:,.10g}" for each in numbers]
    axes = _Axes(*_days(drawn), numbers[-1], max(map(len, labels)) * LETTER + 12)
    names = list(dict.fromkeys(value.series for value in drawn))
    return Chart(
        label=f"{measure.name}: {len(drawn)} values from {axes.first.year} to {axes.last.year}",
        left=axes.left,
        numbers=[(axes.down(number), label) for number, label in zip(numbers, labels, strict=True)],
        days=[(axes.across(day), label) for day, label in calendar_steps(axes.first, axes.last, COLUMNS)],
        marks=[_mark(axes, value, names) for value in drawn],
        amounts=list(_amounts(axes, drawn)),
        legend=list(_legend(names, drawn, dated)),
    )


def _days(values: Sequence[Counted]) -> tuple[date, date]:
    """The first and last day drawn, with a little room on either side."""
    spans = [span for value in values if (span := value.fact.span)]
    first = min(span.first for span in spans)
    last = max(_end(span) for span in spans)
    room = max(3, (last - first).days // 40)
    earliest, latest = date.min.toordinal(), date.max.toordinal()
    return (
        date.fromordinal(max(earliest, first.toordinal() - room)),
        date.fromordinal(min(latest, last.toordinal() + room)),
    )


def _end(span: Span) -> date:
    return span.first if span.open else span.last


def _mark(axes: _Axes, value: Counted, names: Sequence[str]) -> Mark:
    x, y = _place(axes, value)
    low, high = ends_of(value.figure)
    paths = []
    span = value.fact.span
    if span and axes.across(_end(span)) - axes.across(span.first) > 12:
        paths.append(f"M{axes.across(span.first):g} {y:g}H{axes.across(_end(span)):g}")
    if high > low:
        paths.append(f"M{x:g} {axes.down(low):g}V{y:g}")
    if value.figure.bound in _UPWARD:
        paths.append(f"M{x:g} {y - 5:g}v-8m-3 3l3 -3l3 3")
    status = value.fact.status
    return Mark(
        x,
        y,
        _letter(value, names) if len(names) > 1 else "",
        status if status in ("planned", "disputed") else "sure",
        paths,
        _in_words(value),
    )


def _place(axes: _Axes, value: Counted) -> tuple[float, float]:
    span = value.fact.span or Span(axes.first, axes.first)
    return (axes.across(span.first) + axes.across(_end(span))) / 2, axes.down(value.figure.size)


def _letter(value: Counted, names: Sequence[str]) -> str:
    place = names.index(value.series)
    letter = LETTERS[place] if place < len(LETTERS) else OTHERS
    return letter.lower() if value.fact.status == "planned" else letter


def _amounts(axes: _Axes, values: Sequence[Counted]) -> Iterator[tuple[float, float, str]]:
    """The amounts next to their marks, as far as there is room."""
    places = [_place(axes, value) for value in values]
    taken: list[Box] = [(x - 6, y - 7, x + 6, y + 7) for x, y in places]
    for (x, y), value in sorted(zip(places, values, strict=True), key=lambda pair: pair[0][1]):
        wide = len(value.amount) * LETTER
        for left, middle in ((x + 9, y), (x - 9 - wide, y), (x - wide / 2, y - 15), (x - wide / 2, y + 15)):
            box = (left, middle - LINE / 2, left + wide, middle + LINE / 2)
            inside = box[0] > axes.left and box[2] < WIDTH - 2 and box[1] > 0 and box[3] < HEIGHT - BOTTOM
            if inside and not any(overlap(box, other) for other in taken):
                taken.append(box)
                yield round(left, 1), round(middle + 4, 1), value.amount
                break


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _legend(names: Sequence[str], drawn: Sequence[Counted], dated: Sequence[Counted]) -> Iterator[str]:
    if len(names) > 1:
        entries = [f"{letter} {name}" for letter, name in zip(LETTERS, names, strict=False)]
        yield "; ".join(entries + [f"{OTHERS} others"] * (len(names) > len(LETTERS)))
    statuses = {value.fact.status for value in drawn}
    said = []
    if "planned" in statuses:
        said.append(f"{'small letter' if len(names) > 1 else 'empty dot'}: planned or announced")
    if "disputed" in statuses:
        said.append(f"broken {'ring' if len(names) > 1 else 'dot'}: disputed")
    if any(value.figure.bound in _UPWARD for value in drawn):
        said.append("arrow: or more")
    if said:
        yield "; ".join(said)
    beyond = [_in_words(value) for value in dated if value not in drawn]
    if beyond:
        yield f"Beyond the scale: {'; '.join(beyond)}"


def _in_words(value: Counted) -> str:
    return f"{value.amount_in_unit}, {value.series}, {when(value.fact)}"


def when(fact: Fact) -> str:
    """The fact's date as a reader would write it."""
    return fact.date_text or (written(fact.date) if fact.date else "undated")
