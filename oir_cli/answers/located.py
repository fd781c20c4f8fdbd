"""Where facts happened: the points of the map, each with its facts, and the facts that belong to no point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from oir_cli.answers.directory import PlaceDirectory, directory
from oir_cli.entities import Place, chain
from oir_cli.geography import Position
from oir_cli.kinds import PLACE
from oir_cli.model import Fact
from oir_cli.query import Query
from oir_cli.store import Store

EXACT, NEAR, AREA = "exact", "near", "area"  # how sure a position is
# What each means on a map.
GRADES = {EXACT: "the place itself", NEAR: "near there, within about 25 km", AREA: "the middle of an area"}
_SURE, _DISTRICT = 1, 3  # precisions


class Spot(NamedTuple):
    """A place on the map, with the facts that name it."""

    place: Place
    position: Position
    facts: list[Fact]

    @property
    def label(self) -> str:
        """ "Mosul 90"."""
        return f"{self.place.name} {len(self.facts)}"

    @property
    def grade(self) -> str:
        """How sure the position is: a key of GRADES."""
        precision = self.place.precision or _DISTRICT
        return EXACT if precision <= _SURE else NEAR if precision <= _DISTRICT else AREA


@dataclass(frozen=True)
class Located:
    """Where `total` facts happened.

    `spots` are those with most facts first. A fact that names several of them is at each. `wide` counts by place
    the facts that name only places without a position, such as a whole country, and `placeless` those that name none.
    """

    spots: list[Spot]
    wide: list[tuple[Place, int]]
    placeless: int
    total: int

    @property
    def placed(self) -> int:
        """How many facts are at one point or more."""
        return len({fact.id for spot in self.spots for fact in spot.facts})

    @property
    def pointless(self) -> int:
        """How many facts name only places without a position."""
        return self.total - self.placed - self.placeless


def locate_facts(facts: Sequence[Fact], places: Mapping[str, Place]) -> Located:
    """The points of the facts. A place without a position stands for the nearest place that contains it and has one."""
    at: dict[str, Spot] = {}
    wide: Counter[str] = Counter()
    for fact in facts:
        points = {point.id: point for each in fact.places if (point := _point_of(each, places))}
        for place in points.values():
            if place.position is not None:
                at.setdefault(place.id, Spot(place, place.position, [])).facts.append(fact)
        if not points:
            wide.update(each for each in fact.places if each in places)
    spots = sorted(at.values(), key=lambda spot: (-len(spot.facts), spot.place.name))
    counted = sorted(wide.items(), key=lambda item: (-item[1], item[0]))
    placeless = sum(not any(each in places for each in fact.places) for fact in facts)
    return Located(spots, [(places[each], count) for each, count in counted], placeless, len(facts))


def _point_of(place_id: str, places: Mapping[str, Place]) -> Place | None:
    """The place, or the nearest one that contains it, that has a position."""
    return next((places[each] for each in chain(places, place_id) if places[each].position is not None), None)


@dataclass(frozen=True)
class PlaceMap(PlaceDirectory):
    """The list of places, and the facts where they happened, for the formats that draw a map."""

    located: Located = field(default_factory=lambda: Located([], [], 0, 0))
    facts: Sequence[Fact] = ()

    drawing: ClassVar[str] = "map"

    @property
    def is_empty(self) -> bool:
        return not self.facts


def map_places(store: Store, query: Query) -> PlaceMap:
    """The map of the facts that match; a limit is one of places, those with most facts first."""
    listed = directory(store, PLACE, query)
    facts = store.facts(query)
    located = locate_facts(facts, store.entities(PLACE.key))
    if query.limit is not None:
        located = Located(located.spots[: query.limit], located.wide, located.placeless, located.total)
    return PlaceMap(PLACE, listed.entries, listed.left_out, located, facts)
