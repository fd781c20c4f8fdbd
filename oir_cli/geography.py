"""Positions on the globe, in degrees (WGS 84); distances and directions between them; and the shapes of a map."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any, NamedTuple

from oir_cli.model import Record, expect, only

RADIUS = 6371.0  # of the Earth, in km
DEGREE = RADIUS * radians(1)  # km in a degree of latitude
DIRECTIONS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


class Position(NamedTuple):
    """Degrees east and north of zero."""

    lon: float
    lat: float


class Box(NamedTuple):
    """The area between two meridians and two parallels."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, position: Position) -> bool:
        return self.west <= position.lon <= self.east and self.south <= position.lat <= self.north

    @property
    def middle(self) -> Position:
        return Position((self.west + self.east) / 2, (self.south + self.north) / 2)

    @property
    def width(self) -> float:
        """How wide the box is in its middle, in degrees of latitude."""
        return (self.east - self.west) * cos(radians(self.middle.lat))

    @property
    def height(self) -> float:
        """How high the box is, in degrees of latitude."""
        return self.north - self.south


def box_around(positions: list[Position]) -> Box:
    """The smallest box that holds these positions, of which there is at least one."""
    lons, lats = [each.lon for each in positions], [each.lat for each in positions]
    return Box(min(lons), min(lats), max(lons), max(lats))


BORDER, RIVER, BOUNDS = OUTLINE_KINDS = ("border", "river", "bounds")


class Outline(NamedTuple):
    """A shape of the map: a border or a river as a line, or as its `bounds` the box that holds a country.

    A country's bounds have its ISO 3166-1 alpha-2 code as `name`, and two corners as `points`. Points are written
    "lon lat, lon lat". `source` names where they come from.
    """

    name: str
    kind: str
    source: str
    points: str

    @classmethod
    def of_record(cls, record: Record) -> Any:
        """Read a record. Raises TypeError or ValueError if it is not of the agreed shape."""
        values = only(record, frozenset(cls._fields))
        for key, value in values.items():
            expect(value, str, key)
        outline = cls(**values)
        if outline.kind not in OUTLINE_KINDS:
            raise ValueError(f"kind {outline.kind} is not one of {', '.join(OUTLINE_KINDS)}")
        if len(outline.positions) < 2:
            raise ValueError("has fewer than two points")
        return outline

    @property
    def positions(self) -> list[Position]:
        """The points of the shape. Raises ValueError where one is not two numbers on the globe."""
        found = []
        for point in self.points.split(","):
            try:
                lon, lat = map(float, point.split())
            except ValueError:
                raise ValueError(f'"{point.strip()}" is not a longitude and a latitude') from None
            if not (abs(lon) <= 180 and abs(lat) <= 90):
                raise ValueError(f"the point {point.strip()} is off the globe")
            found.append(Position(lon, lat))
        return found

    @property
    def box(self) -> Box:
        """The smallest box that holds the shape."""
        return box_around(self.positions)


def distance(one: Position, other: Position) -> float:
    """The length of the great circle between two positions, in km."""
    north = sin(radians(other.lat - one.lat) / 2) ** 2
    east = sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(north + cos(radians(one.lat)) * cos(radians(other.lat)) * east)))


def direction(start: Position, end: Position) -> str:
    """The point of the compass, of eight, in which `end` lies from `start`."""
    across = radians(end.lon - start.lon)
    first, last = radians(start.lat), radians(end.lat)
    bearing = degrees(atan2(sin(across) * cos(last), cos(first) * sin(last) - sin(first) * cos(last) * cos(across)))
    return DIRECTIONS[round(bearing / 45) % 8]
