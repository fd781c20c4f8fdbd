"""The sheet of a map: which part of the world it shows, and where a position is on it. All maps are drawn from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import dist
from typing import NamedTuple

from oir_cli.answers.located import Located, Spot
from oir_cli.entities import Entity, Place
from oir_cli.geography import BORDER, BOUNDS, DEGREE, Box, Outline, Position, box_around, direction
from oir_cli.text import number

MARGIN = 0.04  # of the width or height, around what a map must show
SMALLEST = 2.4  # degrees that a map is high at least
TOWNS = ("city", "town")  # kinds of places
NAMED = 6  # areas without a point that are named
PART = 0.6  # of the whole map: where all spots lie in less than this, only that part is drawn
ROUND_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # km


class Sheet(NamedTuple):
    """A part of the world on a sheet whose width is 1; `height` is in the same unit.

    Longitudes are drawn as long as they are in the middle of the sheet. `lines` are the outlines to draw, and `whole`
    tells whether the sheet shows all of them.
    """

    box: Box
    height: float
    lines: Sequence[Outline]
    whole: bool

    def place(self, position: Position) -> tuple[float, float]:
        """How far to the right and how far down a position is."""
        box = self.box
        across = (position.lon - box.west) / (box.east - box.west)
        return across, (box.north - position.lat) / (box.north - box.south) * self.height

    @property
    def kilometres(self) -> float:
        """The width of the sheet in its middle."""
        return self.box.width * DEGREE

    def round_length(self, most: float) -> int:
        """The longest round number of km that takes no more than `most` of the width."""
        return max((each for each in ROUND_LENGTHS if each <= most * self.kilometres), default=ROUND_LENGTHS[0])

    @property
    def area(self) -> str:
        """ "29.1–37.4° N, 38.8–48.5° E"."""
        box = self.box
        south, north = _ends(box.south, box.north, "S", "N")
        west, east = _ends(box.west, box.east, "W", "E")
        return f"{south}–{north}, {west}–{east}"


def _ends(low: float, high: float, negative: str, positive: str) -> tuple[str, str]:
    letters = [negative if each < 0 else positive for each in (low, high)]
    first = f"{abs(low):.1f}" + (f"° {letters[0]}" if letters[0] != letters[1] else "")
    return first, f"{abs(high):.1f}° {letters[1]}"


def make_sheet(located: Located, outlines: Iterable[Outline]) -> Sheet | None:
    """The sheet that shows the spots within the borders, or only their part of it where they lie close together.

    Without borders it shows all spots; None where there is nothing to show.
    """
    lines = [each for each in outlines if each.kind != BOUNDS]
    corners = [each for line in lines if line.kind == BORDER for each in line.positions]
    spots = [spot.position for spot in located.spots]
    if not corners and not spots:
        return None
    whole = _with_room(box_around(corners or spots))
    within = [each for each in spots if whole.holds(each)]
    if corners and within:
        part = _with_room(box_around(within))
        if part.height < PART * whole.height and part.width < PART * whole.width:
            return _sheet(_in_proportion(part, whole), lines, whole=False)
    return _sheet(whole, lines, whole=True)


def _sheet(box: Box, lines: Sequence[Outline], *, whole: bool) -> Sheet:
    return Sheet(box, box.height / box.width, lines, whole)


def _with_room(box: Box) -> Box:
    """The box with a margin, and no smaller than a map can be."""
    across = max((box.east - box.west) * MARGIN, (SMALLEST - box.width) / 2)
    down = max(box.height * MARGIN, (SMALLEST - box.height) / 2)
    return Box(box.west - across, box.south - down, box.east + across, box.north + down)


def _in_proportion(part: Box, whole: Box) -> Box:
    """The part made wider or higher, until it has the form of the whole."""
    ratio = whole.height / whole.width
    middle = part.middle
    if part.height < part.width * ratio:
        half = part.width * ratio / 2
        return part._replace(south=middle.lat - half, north=middle.lat + half)
    grown = part.height / ratio / part.width
    half = (part.east - part.west) / 2 * grown
    return part._replace(west=middle.lon - half, east=middle.lon + half)


def spots_within(located: Located, sheet: Sheet) -> list[Spot]:
    """The spots that the sheet shows."""
    return [spot for spot in located.spots if sheet.box.holds(spot.position)]


def group_spots(sheet: Sheet, spots: Iterable[Spot], reach: float) -> list[list[Spot]]:
    """The spots in groups, the largest of each first: one no farther than `reach` from a larger one goes with it.

    `reach` is a part of the sheet's width.
    """
    groups: list[list[Spot]] = []
    for spot in spots:
        place = sheet.place(spot.position)
        near = (group for group in groups if dist(place, sheet.place(group[0].position)) <= reach)
        group = next(near, None)
        if group is None:
            groups.append([spot])
        else:
            group.append(spot)
    return groups


def other_towns(sheet: Sheet, spots: Iterable[Spot], places: Iterable[Entity]) -> Iterator[tuple[str, Position]]:
    """Name and position of each town on the sheet that is not one of the spots: they show where one is."""
    shown = {spot.position for spot in spots}
    for place in places:
        if isinstance(place, Place) and place.kind in TOWNS:
            position = place.position
            if position is not None and position not in shown and sheet.box.holds(position):
                yield place.name, position


def spots_beyond(located: Located, sheet: Sheet) -> Iterator[tuple[Spot, str]]:
    """The other spots, each with the direction in which it lies from the middle of the sheet."""
    for spot in located.spots:
        if not sheet.box.holds(spot.position):
            yield spot, direction(sheet.box.middle, spot.position)


def describe_rest(located: Located) -> list[str]:
    """Lines on how many facts are on the map, and on the others: what they name."""
    lines = [f"On the map: {located.placed} of {number(located.total, 'fact')}"]
    if located.wide:
        more = len(located.wide) - NAMED
        named = ", ".join(
            f"{place.name}{' as a whole' if place.kind == 'country' else ''} {count}"
            for place, count in located.wide[:NAMED]
        )
        some = f" and {more} more" if more > 0 else ""
        lines.append(f"At no single point: {number(located.pointless, 'fact')} ({named}{some})")
    if located.placeless:
        lines.append(f"Without a place: {number(located.placeless, 'fact')}")
    return lines
