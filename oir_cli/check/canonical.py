"""The one order and format of every file of a store: what a file should look like, and putting it right.

Needs no rule of the other modules: a file that is JSON can be put in order, whatever else is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from oir_cli.dates import story_position
from oir_cli.entities import VOCABULARIES, Aspect, Difference
from oir_cli.errors import StoreError
from oir_cli.files import replacing
from oir_cli.geography import Outline
from oir_cli.model import FACT_KEYS, Figure, Source, expect
from oir_cli.reading import read_json
from oir_cli.store import Store

# Files of records in the order of their ids. Events are in the order of their dates; in other vocabularies an editor
# chooses the order, which is that of lists for readers.
BY_ID = ("participants", "people", "places")
# Other files of records, in an editor's order, with their keys.
IN_ANY_ORDER = {"aspects": Aspect.keys(), "differences": Difference.keys(), "outlines": Outline._fields}
# Objects by a fact's id, in the order of these.
BY_FACT = ("keywords", "questions")


def formatted(content: Any) -> str:
    """JSON as every file of a store is written: an indent of two spaces, and a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def unformatted(store: Store) -> Iterator[tuple[Path, bytes]]:
    """Each file that is not in its canonical order and format, with the bytes that it should have.

    Leaves out files that cannot be read, and those with records of another shape: they cannot be put in order.
    """
    for path, arrange in _arrangements(store):
        try:
            wanted = formatted(arrange(read_json(path, strict=True))).encode()
            if path.read_bytes() != wanted:
                yield path, wanted
        except (StoreError, OSError, KeyError, TypeError, ValueError, AttributeError):
            continue


def fix(store: Store) -> None:
    """Put each file in its canonical order and format. Raises StoreError if one cannot be written.

    Only order and white space change: records keep their content, even if it breaks a rule.
    """
    for path, wanted in unformatted(store):
        try:
            with replacing(path) as new:
                new.write_bytes(wanted)
        except OSError as error:
            raise StoreError(path, f"cannot be written ({error.strerror})") from None


def _arrangements(store: Store) -> Iterator[tuple[Path, Callable[[Any], Any]]]:
    """Each file of the store with the function that puts its content in order."""
    for path in store.side_files():
        yield path, _arrangement_of(path.stem)
    try:
        years, _ = store.find_years()
    except StoreError:
        return
    for year in years:
        yield store.facts_path(year), _arrange_facts


def _arrangement_of(stem: str) -> Callable[[Any], Any]:
    if stem in VOCABULARIES:
        return lambda records: _arrange_entities(records, stem)
    if stem in IN_ANY_ORDER:
        keys = IN_ANY_ORDER[stem]
        return lambda records: [_arrange_keys(record, keys) for record in expect(records, list, stem)]
    if stem in BY_FACT:
        return lambda values: dict(sorted(values.items()))
    return lambda content: content


def _arrange_entities(records: list[dict[str, Any]], stem: str) -> list[dict[str, Any]]:
    keys = VOCABULARIES[stem].keys()
    arranged = [_arrange_keys(record, keys) for record in expect(records, list, stem)]
    if stem == "events":
        return sorted(arranged, key=lambda event: story_position(event["date"], None))
    return sorted(arranged, key=lambda record: record["id"]) if stem in BY_ID else arranged


def _arrange_facts(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fact records in story order. Those with the same position keep their order: an editor has chosen it."""
    arranged = [_arrange_fact(fact) for fact in expect(facts, list, "facts")]
    return sorted(arranged, key=lambda fact: story_position(fact["date"], fact["date_text"]))


def _arrange_fact(fact: dict[str, Any]) -> dict[str, Any]:
    parts = {
        "figures": [_arrange_keys(each, Figure._fields) for each in fact["figures"]],
        "sources": [_arrange_keys(each, Source._fields) for each in fact["sources"]],
    }
    return _arrange_keys(fact | parts, FACT_KEYS)


def _arrange_keys(record: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The record with its keys in the model's order; keys that the model does not know come last."""
    expect(record, dict, "the record")
    return {key: record[key] for key in (*keys, *record) if key in record}
