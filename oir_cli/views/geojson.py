"""GeoJSON (RFC 7946): a Feature for each place of known position that a record names, with its fields as properties.

All geometries are points, so that a map program makes one layer of them: a fact that names two places is two Features,
and `place` tells which. A record without such a place has one Feature without a geometry: nothing is left out, and
nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from oir_cli import __version__
from oir_cli.answers import Answer, Row
from oir_cli.entities import Place
from oir_cli.text import escape_json
from oir_cli.views import Context, Written

# What the Feature of a fact says of its place, besides the fields of the fact.
WHERE = ("place", "place_name", "precision", "position_source")


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """A FeatureCollection, one Feature on each line. The remark tells how many are nowhere on the map."""
    features = [
        feature for row in answer.rows() for feature in _features(row, {field: row[field] for field in fields}, context)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    without = sum(feature["geometry"] is None for feature in features)
    about = _about(context)
    return Written(
        escape_json(f'{{"type": "FeatureCollection", {about}"features": [\n{lines}\n]}}') + "\n",
        f"{without} of {len(features)} features have no place of known position" if without else "",
    )


def _features(row: Row, properties: Row, context: Context) -> Iterator[dict[str, Any]]:
    """A point for the place that the record is, or for each of known position that it names; else one without."""
    if "lat" in row:
        at = None if row["lat"] is None else [row["lon"], row["lat"]]
        yield _feature(row["id"], at, properties)
        return
    named = [context.entities["places"].get(each) for each in row["places"]]
    placed = [place for place in named if isinstance(place, Place) and place.position]
    for place in placed:
        where = dict(zip(WHERE, (place.id, place.name, place.precision, place.position_source), strict=True))
        yield _feature(f"{row['id']}@{place.id}", [place.lon, place.lat], properties | where)
    if not placed:
        yield _feature(row["id"], None, properties | dict.fromkeys(WHERE))


def _feature(name: str, at: list[float | None] | None, properties: Row) -> dict[str, Any]:
    geometry = None if at is None else {"type": "Point", "coordinates": at}
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}


def _about(context: Context) -> str:
    """Members of the collection that name the article, the licence and the version."""
    article = context.article
    if article is None:
        return ""
    said = {"attribution": article.attribution, "url": article.url, "licence": article.licence}
    said |= {"licence_url": article.licence_url, "version": f"oir {__version__}"}
    said |= {"features_are": "one for each place of known position that a record names"}
    return "".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}, " for key, value in said.items())
