"""GeoJSON (RFC 7946): one Feature a record, at the places that it names, its fields as the properties.

A record without a place whose position is known stays, with no geometry: nothing is left out, and nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from oir_cli.answers import Row
from oir_cli.answers.accompanied import Accompanied
from oir_cli.entities import Place
from oir_cli.text import escape_json


def render(answer: Accompanied, fields: Sequence[str]) -> str:
    """A FeatureCollection, a Feature a line."""
    features = (
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": _geometry(_positions(answer, row)),
            "properties": {field: row[field] for field in fields},
        }
        for row in answer.rows()
    )
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return escape_json(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}') + "\n"


def remark(answer: Accompanied) -> str:
    """How many records are nowhere on the map."""
    without = sum(not _positions(answer, row) for row in answer.rows())
    return f"{without} of {len(answer.rows())} features have no place of known position" if without else ""


def _positions(answer: Accompanied, row: Row) -> list[list[float]]:
    """The longitude and latitude of each place of the record, or of the record itself."""
    if "lat" in row:
        places = [(row["lon"], row["lat"])]
    else:
        found = (answer.entities["places"].get(each) for each in row["places"])
        places = [(place.lon, place.lat) for place in found if isinstance(place, Place)]
    return [[lon, lat] for lon, lat in places if lon is not None and lat is not None]


def _geometry(positions: list[list[float]]) -> dict[str, Any] | None:
    if not positions:
        return None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "MultiPoint", "coordinates": positions}
