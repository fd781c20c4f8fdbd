"""The one order and format of every file of a store: what a file should look like, and putting it right.

Needs no rule of the other modules: a file that is JSON can be put in order, whatever else is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from oir_cli.dates import date_order, parse_stored
from oir_cli.entities import VOCABULARIES, Article
from oir_cli.errors import StoreError
from oir_cli.files import replacing
from oir_cli.model import FACT_KEYS, Figure, Source, expect
from oir_cli.reading import read_json
from oir_cli.store import Store

# Files of records in the order of their ids; in other vocabularies the order is that of lists shown to readers.
BY_ID = ("participants", "people", "places")
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
        article = Article.of_record(read_json(store.vocabulary_path("article")))
        years, _ = store.find_years()
    except (StoreError, TypeError, ValueError):
        return  # facts of one date are in the order of the article's sections
    ranks = {section: number for number, section in enumerate(article.sections)}
    for year in years:
        yield store.facts_path(year), lambda facts: _arrange_facts(facts, ranks)


def _arrangement_of(stem: str) -> Callable[[Any], Any]:
    if stem in VOCABULARIES:
        return lambda records: _arrange_entities(records, stem)
    if stem in BY_FACT:
        return lambda values: dict(sorted(values.items()))
    return lambda content: content


def _arrange_entities(records: list[dict[str, Any]], stem: str) -> list[dict[str, Any]]:
    keys = [field.name for field in fields(VOCABULARIES[stem])]
    arranged = [_arrange_keys(record, keys) for record in expect(records, list, stem)]
    return sorted(arranged, key=lambda record: record["id"]) if stem in BY_ID else arranged


def _arrange_facts(facts: list[dict[str, Any]], ranks: Mapping[str, int]) -> list[dict[str, Any]]:
    """Fact records in date order; those of one date by their first source in the article, then by id.

    `ranks` gives the place of each section in the article.
    """

    def place(fact: dict[str, Any]) -> Any:
        span = parse_stored(fact["date"]) if fact["date"] is not None else None
        section, paragraph = len(ranks), 0
        if fact["sources"]:
            source = fact["sources"][0]
            section, paragraph = ranks.get(source["section"], section), source["paragraph"]
        return date_order(span), section, paragraph, fact["id"]

    return [_arrange_fact(fact) for fact in sorted(expect(facts, list, "facts"), key=place)]


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
