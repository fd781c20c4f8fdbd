"""The map as SVG, drawn from the same sheet as that of the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from oir_cli.answers.located import AREA, GRADES, Located, Spot
from oir_cli.entities import Entity
from oir_cli.geography import RIVER, Outline, Position
from oir_cli.text import number
from oir_cli.views.atlas import Sheet, describe_rest, group_spots, make_sheet, other_towns, spots_beyond, spots_within
from oir_cli.views.document.chart import LETTER, LINE, WIDTH, Box, overlap

SMALLEST, GROWTH = 3.0, 1.1  # the radius of a mark, in units: of one fact, and what the root of their number adds
WIDE = 9  # the radius of a mark for an area
REACH = 0.02  # of the width: spots that are closer share a mark
TOWN = 1.8  # the radius of the dot of a town without facts
KEY = 5.5  # the radius that a number needs
SCALE = 0.3  # of the width, at most, for the bar of the scale

Place = tuple[float, float]  # left edge and middle line of a label


class MapMark(NamedTuple):
    """A spot where it is drawn, or a group of spots, with the label of the first, "" where there is no room.

    `number` stands in the mark where the list below the map must be read: without a label, and of a group.
    """

    id: str
    x: float
    y: float
    radius: float
    grade: str
    words: str
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    number: int = 0


class Entry(NamedTuple):
    """A spot in the list below the map: its number on it (0: it has a label), and the facts there."""

    id: str
    number: int
    words: str
    spot: Spot

    @property
    def grade(self) -> str:
        """How sure the position is, in words."""
        return GRADES[self.spot.grade]


class Name(NamedTuple):
    """A name written on the map: of a river, or of a town without facts, which has a small dot at `x` and `y`."""

    kind: str
    name: str
    left: float
    line: float
    x: float = 0
    y: float = 0


class Drawing(NamedTuple):
    """The map, in units of the drawing: lines as paths, marks, names, the scale, and what is not on it."""

    label: str
    height: float
    lines: list[tuple[str, str, str]]  # kind, name and path
    marks: list[MapMark]
    names: list[Name]
    scale: tuple[float, str]
    area: str
    origins: str
    entries: list[Entry]
    beyond: list[tuple[str, Entry]]  # direction, and the spot
    rest: list[str]
    grades: dict[str, str]
    width: int = WIDTH


def make_map(located: Located, outlines: Iterable[Outline], places: Iterable[Entity]) -> Drawing | None:
    """The map of these facts, with the names of other places; None where there is nothing to draw."""
    sheet = make_sheet(located, outlines)
    if sheet is None:
        return None
    spots = spots_within(located, sheet)
    groups = group_spots(sheet, spots, REACH)
    room = _Room(sheet)
    marks = list(_marks(sheet, groups, room))
    names = [*_name_rivers(sheet, room), *_name_towns(sheet, other_towns(sheet, spots, places), room)]
    entries = [
        Entry(_id(spot), mark.number, _words(spot), spot)
        for mark, group in zip(marks, groups, strict=True)
        for spot in group
    ]
    beyond = [(way, Entry(_id(spot), 0, _words(spot), spot)) for spot, way in spots_beyond(located, sheet)]
    length = sheet.round_length(SCALE)
    used = {entry.spot.grade for entry in entries}
    return Drawing(
        label=f"Map of {len(entries)} places with {located.placed} facts; the list below it has the same",
        height=round(sheet.height * WIDTH, 1),
        lines=[(line.kind, line.name, _path(sheet, line)) for line in sheet.lines],
        marks=marks,
        names=names,
        scale=(round(length / sheet.kilometres * WIDTH, 1), f"{length} km"),
        area=sheet.area,
        origins="; ".join(dict.fromkeys(line.source for line in sheet.lines)),
        entries=entries,
        beyond=beyond,
        rest=describe_rest(located),
        grades={grade: meaning for grade, meaning in GRADES.items() if grade in used},
    )


def _id(spot: Spot) -> str:
    return f"place-{spot.place.id}"


def _words(spot: Spot) -> str:
    return f"{spot.place.name}: {number(len(spot.facts), 'fact')}"


def _path(sheet: Sheet, line: Outline) -> str:
    points = [_units(*sheet.place(position)) for position in line.positions]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _units(across: float, down: float) -> tuple[float, float]:
    return round(across * WIDTH, 1), round(down * WIDTH, 1)


class _Room:
    """The room for labels on the sheet: a label takes the first of several places that is free."""

    def __init__(self, sheet: Sheet) -> None:
        self.bottom = sheet.height * WIDTH
        self.taken: list[Box] = []

    def take(self, x: float, y: float, radius: float) -> None:
        """Keep the place of a mark free of labels."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def find(self, label: str, places: Iterable[tuple[float, float]], own: Box | None = None) -> Place | None:
        """Take the first place, as left edge and middle line, that is free but for the box `own`; None without one."""
        wide = len(label) * LETTER
        for left, middle in places:
            box = (left - 1, middle - LINE / 2, left + wide + 1, middle + LINE / 2)
            inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < self.bottom - 22
            if inside and not any(overlap(box, other) for other in self.taken if other != own):
                self.taken.append(box)
                return round(left, 1), round(middle + 4, 1)
        return None


def _marks(sheet: Sheet, groups: Sequence[Sequence[Spot]], room: _Room) -> Iterator[MapMark]:
    """The mark of each group, those of many facts first; with a label where there is room."""
    marks = []
    for group in groups:
        x, y = _units(*sheet.place(group[0].position))
        words = "; ".join(map(_words, group))
        marks.append(MapMark(_id(group[0]), x, y, _radius(group), group[0].grade, words))
        room.take(x, y, marks[-1].radius)
    keyed = 0
    for mark, group, own in zip(marks, groups, list(room.taken), strict=True):
        label = group[0].label
        found = room.find(label, _places_of_label(mark, len(label) * LETTER), own)
        if found:
            mark = mark._replace(label=label, label_x=found[0], label_y=found[1])
        if not found or len(group) > 1:
            keyed += 1
            mark = mark._replace(number=keyed, radius=max(mark.radius, KEY))
        yield mark


def _radius(group: Sequence[Spot]) -> float:
    """The radius of a mark, in units: an area has always the same."""
    return WIDE if group[0].grade == AREA else round(SMALLEST + GROWTH * sqrt(len(group[0].facts)), 1)


def _places_of_label(mark: MapMark, wide: float) -> Iterator[Place]:
    """Left edge and middle line of a label: next to its mark, then above and below."""
    for down in (0, -9, 9):
        yield mark.x + mark.radius + 4, mark.y + down
        yield mark.x - mark.radius - 4 - wide, mark.y + down
    for middle in (mark.y - mark.radius - 8, mark.y + mark.radius + 8):
        yield mark.x - wide / 2, middle
        yield mark.x + 2, middle
        yield mark.x - wide - 2, middle


def _name_rivers(sheet: Sheet, room: _Room) -> Iterator[Name]:
    """The name of each river, next to a bend near its middle that has room."""
    for line in sheet.lines:
        if line.kind == RIVER:
            bends = [_units(*sheet.place(position)) for position in line.positions if sheet.box.holds(position)]
            middle = len(bends) // 2
            nearest = sorted(range(len(bends)), key=lambda place: abs(place - middle))
            found = room.find(line.name, ((bends[place][0] + 8, bends[place][1]) for place in nearest))
            if found:
                yield Name(RIVER, line.name, *found)


def _name_towns(sheet: Sheet, towns: Iterable[tuple[str, Position]], room: _Room) -> Iterator[Name]:
    for name, position in towns:
        x, y = _units(*sheet.place(position))
        mark = MapMark("", x, y, TOWN, "", "")
        room.take(x, y, TOWN)
        found = room.find(name, _places_of_label(mark, len(name) * LETTER), room.taken[-1])
        if found:
            yield Name("town", name, *found, x, y)
