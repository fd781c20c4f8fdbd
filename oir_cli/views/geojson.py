"""GeoJSON (RFC 7946): one Feature for each record, at the places that it names, with its fields as properties.

A record without a place of known position has no geometry: nothing is left out, and nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from oir_cli import __version__
from oir_cli.answers import Answer, Row
from oir_cli.entities import Place
from oir_cli.text import escape_json
from oir_cli.views import Context, Written


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """A FeatureCollection, one Feature on each line. The remark tells how many are nowhere on the map."""
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": _geometry(_positions(context, row)),
            "properties": {field: row[field] for field in fields},
        }
        for row in answer.rows()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    without = sum(feature["geometry"] is None for feature in features)
    about = _about(context)
    return Written(
        escape_json(f'{{"type": "FeatureCollection", {about}"features": [\n{lines}\n]}}') + "\n",
        f"{without} of {len(features)} features have no place of known position" if without else "",
    )


def _about(context: Context) -> str:
    """Members of the collection that name the article, the licence and the version."""
    article = context.article
    if article is None:
        return ""
    said = {"attribution": article.attribution, "url": article.url, "licence": article.licence}
    said |= {"licence_url": article.licence_url, "version": f"oir {__version__}"}
    return "".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}, " for key, value in said.items())


def _positions(context: Context, row: Row) -> list[list[float]]:
    """The longitude and latitude of each place of the record, or of the record itself."""
    if "lat" in row:
        places = [(row["lon"], row["lat"])]
    else:
        found = (context.entities["places"].get(each) for each in row["places"])
        places = [(place.lon, place.lat) for place in found if isinstance(place, Place)]
    return [[lon, lat] for lon, lat in places if lon is not None and lat is not None]


def _geometry(positions: list[list[float]]) -> dict[str, Any] | None:
    if not positions:
        return None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "MultiPoint", "coordinates": positions}
