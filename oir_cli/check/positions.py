"""Rules for the positions of places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from oir_cli.check.known import Known
from oir_cli.check.texts import check_text
from oir_cli.entities import PRECISIONS, Entity, Place, chain
from oir_cli.geography import Position, distance

WIDE = ("country", "continent", "region", "sea")  # kinds of places that need no reason for having no position
SURE = 1  # the precision of the place itself
NEAR = 0.05  # degrees that a place may lie outside of its country's bounds, which are rounded
# How far, in km, a place may lie from the one that contains it, by the precision of the latter's position: from the
# middle of a town, of a district, of a governorate, of a river or range.
FARTHEST = {1: 50, 2: 75, 3: 150, 4: 350, 5: 500}


def check_position(entity: Entity, known: Known) -> Iterator[str]:
    """A position is complete, sourced and graded, in the place's country, and near the place that contains it."""
    if not isinstance(entity, Place):
        return
    given = [each is not None for each in (entity.lat, entity.lon, entity.precision, entity.position_source)]
    if any(given) and not all(given):
        yield "has only some of lat, lon, precision and position_source"
    if not any(given) and entity.kind not in WIDE and not entity.note:
        yield "has no position, and no note that gives the reason"
    if entity.precision is not None and entity.precision not in PRECISIONS:
        yield f"precision {entity.precision} is not one of {', '.join(map(str, PRECISIONS))}"
    if entity.position_source is not None:
        yield from check_text("position_source", entity.position_source)
    position = entity.position
    if position is None:
        return
    if not (abs(position.lat) <= 90 and abs(position.lon) <= 180):
        yield "lat or lon is off the globe"
        return
    yield from _check_country(entity, position, known)
    yield from _check_container(entity, position, known)


def _check_country(place: Place, position: Position, known: Known) -> Iterator[str]:
    box = known.bounds.get(place.country or "")
    if box is None:
        return
    wider = box._replace(west=box.west - NEAR, south=box.south - NEAR, east=box.east + NEAR, north=box.north + NEAR)
    if not wider.holds(position):
        yield f"its position is outside of {place.country}"


def _check_container(place: Place, position: Position, known: Known) -> Iterator[str]:
    """The nearest of the places that contain this one and have a position is not too far away."""
    places = known.entities["places"]
    for each in chain(places, place.id)[1:]:
        container = places[each]
        if isinstance(container, Place) and container.position is not None:
            apart, most = distance(position, container.position), FARTHEST.get(container.precision or 0)
            if most is not None and apart > most:
                yield f"lies {apart:.0f} km from {container.id}, which contains it"
            return


def shared_points(known: Known) -> Iterator[tuple[str, str]]:
    """For each place at the point of another, its id and the sentence that names both.

    A place may share the point of one that contains it, or that it is only near (by its precision).
    """
    places = known.entities["places"]
    at: dict[Position, list[str]] = defaultdict(list)
    for place in places.values():
        if isinstance(place, Place) and place.position is not None:
            at[place.position].append(place.id)
    for ids in at.values():
        for number, one in enumerate(ids):
            for other in ids[:number]:
                if _is_sure(places[one]) and _is_sure(places[other]) and not _contains(places, one, other):
                    yield one, f"has the point of {other}, and neither is within the other or only near it"


def _is_sure(place: Entity) -> bool:
    return isinstance(place, Place) and place.precision == SURE


def _contains(places: Mapping[str, Entity], one: str, other: str) -> bool:
    """Whether one of the two places is within the other."""
    return other in chain(places, one) or one in chain(places, other)
