"""Records for stores that tests make up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from oir_cli.dates import parse_stored
from oir_cli.store import year_of


def figure(measure: str, value: float | None = None, **more: Any) -> dict[str, Any]:
    return {
        "measure": measure,
        "value": value,
        "low": None,
        "high": None,
        "bound": "exact",
        "of": None,
        "what": None,
    } | more


def fact(id: str, date: str | None = None, **more: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": id, "title": f"Title of {id}", "date": date, "date_text": None, "text": f"This is told of {id}.",
        "participants": [], "people": [], "places": [], "topics": [], "events": [], "figures": [], "status": "stated",
        "attributed_to": [], "disputed_by": [],
        "differs_from": [], "note": None, "sources": [{"section": "Lead", "paragraph": 1}],
    }  # fmt: skip
    return record | more


def write(store: Path, file: str, records: list[dict[str, Any]]) -> None:
    """Replace the records of one file of a store, such as "facts/2014" or "measures"."""
    (store / f"{file}.json").write_text(json.dumps(records), encoding="utf-8")


def only_facts(store: Path, records: list[dict[str, Any]]) -> None:
    """Leave a store with these facts alone, each in its yearly file."""
    for path in (store / "facts").iterdir():
        path.unlink()
    years: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        first = parse_stored(record["date"]).first if record["date"] else None
        years.setdefault(year_of(first), []).append(record)
    for year, facts in years.items():
        write(store, f"facts/{year}", facts)
