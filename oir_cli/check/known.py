"""The content of a store's files, as far as they can be read: the ids that exist, and the files that could not be read.

Files are read one by one, so that a store too broken to be opened can still be checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from oir_cli.answers.faults import Fault
from oir_cli.check.texts import check_slug
from oir_cli.entities import VOCABULARIES, Article, Aspect, Difference, Entity
from oir_cli.errors import StoreError
from oir_cli.geography import BOUNDS, Box, Outline
from oir_cli.model import Fact
from oir_cli.reading import read_json
from oir_cli.store import NO_YEARS, NOT_A_YEAR, Report, Store, year_of


class Known:
    """All that rules compare a record with. `unread` lists the vocabularies, or "facts", that may have more ids."""

    def __init__(self) -> None:
        self.entities: dict[str, dict[str, Entity]] = {key: {} for key in VOCABULARIES}
        self.facts: dict[str, Fact] = {}
        self.homes: dict[str, str] = {}  # by a fact's id, the file it is in
        self.titles: Counter[str] = Counter()  # of facts, with letters of one case
        self.article: Article | None = None
        self.bounds: dict[str, Box] = {}  # by a country's code, the box that holds it
        self.unread: set[str] = set()

    def lacks(self, key: str, name: str) -> bool:
        """Whether the vocabulary `key`, or "facts", certainly has no such id.

        Something that could not be read has its fault already, and may hold the id.
        """
        return key not in self.unread and name not in (self.facts if key == "facts" else self.entities[key])


def read_known(store: Store, report: Report) -> tuple[Known, list[Fault]]:
    """The content of the store, and the faults of files and records that cannot be read or share an id."""
    known = Known()
    faults = [
        *_read_vocabularies(store, known),
        *_read_article(store, known),
        *_read_aspects(store, known),
        *_read_outlines(store, known),
        *_read_facts(store, known, report),
        *_read_differences(store, known),
    ]
    return known, faults


def file_name(store: Store, path: Path) -> str:
    """The name of a file as faults give it: its path within the store."""
    return path.relative_to(store.path).as_posix()


def fault_of(store: Store, error: StoreError) -> Fault:
    """The fault of the whole file that `error` is about."""
    return Fault(file_name(store, Path(error.where)), "", error.reason)


def _read_vocabularies(store: Store, known: Known) -> Iterator[Fault]:
    for key, kind in VOCABULARIES.items():
        path, file = store.vocabulary_path(key), f"{key}.json"
        entities: list[Entity] = []
        yield from _read_records(store, known, key, path, kind.of_record, entities)
        yield from (Fault(file, name, wrong) for name, wrong in _repeated(each.id for each in entities))
        yield from (Fault(file, each.id, wrong) for each in entities for wrong in check_slug(each.id))
        known.entities[key] = {entity.id: entity for entity in entities}


def _read_article(store: Store, known: Known) -> Iterator[Fault]:
    path = store.vocabulary_path("article")
    try:
        known.article = Article.of_record(read_json(path, strict=True))
    except StoreError as error:
        yield fault_of(store, error)
    except (TypeError, ValueError) as error:
        yield Fault(file_name(store, path), "", str(error))


def _read_aspects(store: Store, known: Known) -> Iterator[Fault]:
    """The faults of the aspects: of their records, and of topics and measures that do not exist."""
    path = store.vocabulary_path("aspects")
    aspects: list[Aspect] = []
    yield from _read_records(store, known, "aspects", path, Aspect.of_record, aspects)
    yield from (Fault("aspects.json", name, wrong) for name, wrong in _repeated(each.name for each in aspects))
    for aspect in aspects:
        for key, ids in (("topics", aspect.topics), ("measures", aspect.measures)):
            for each in ids:
                if known.lacks(key, each):
                    yield Fault("aspects.json", aspect.name, f"{key} names {each}, which does not exist")


def _read_outlines(store: Store, known: Known) -> Iterator[Fault]:
    outlines: list[Outline] = []
    yield from _read_records(store, known, "outlines", store.vocabulary_path("outlines"), Outline.of_record, outlines)
    yield from (Fault("outlines.json", name, wrong) for name, wrong in _repeated(each.name for each in outlines))
    known.bounds = {each.name: each.box for each in outlines if each.kind == BOUNDS}


def _read_facts(store: Store, known: Known, report: Report) -> Iterator[Fault]:
    try:
        years, others = store.find_years()
    except StoreError as error:
        known.unread.add("facts")
        yield fault_of(store, error)
        return
    yield from (Fault(file_name(store, path), "", NOT_A_YEAR) for path in others)
    if not years:
        yield Fault("facts", "", NO_YEARS)
    if others or not years:
        known.unread.add("facts")
    ids: list[str] = []
    for number, year in enumerate(years, 1):
        report("file", number, len(years))
        path = store.facts_path(year)
        facts: list[Fact] = []
        yield from _read_records(store, known, "facts", path, Fact.of_record, facts)
        for fact in facts:
            ids.append(fact.id)
            known.homes.setdefault(fact.id, file_name(store, path))
            known.facts.setdefault(fact.id, fact)
            known.titles[fact.title.casefold()] += 1
            wanted = year_of(fact.span.first if fact.span else None)
            if wanted != year:
                yield Fault(file_name(store, path), fact.id, f"belongs in {wanted}.json by its date")
    yield from (Fault(known.homes[name], name, wrong) for name, wrong in _repeated(ids))


def _read_differences(store: Store, known: Known) -> Iterator[Fault]:
    """The faults of the differences: each is between two facts that list each other, and each such pair has one."""
    file = "differences.json"
    differences: list[Difference] = []
    yield from _read_records(
        store, known, "differences", store.vocabulary_path("differences"), Difference.of_record, differences
    )
    found = Counter(frozenset(each.between) for each in differences)
    pairs = {frozenset((fact.id, other)) for fact in known.facts.values() for other in fact.differs_from}
    for pair, count in found.items():
        name = " ".join(sorted(pair))
        if count > 1:
            yield Fault(file, name, f"is given {count} times")
        if pair not in pairs and "facts" not in known.unread:
            yield Fault(file, name, "these two do not list each other in differs_from")
    if "differences" not in known.unread:
        missing = (" ".join(sorted(pair)) for pair in pairs - set(found))
        yield from (Fault(file, name, "has no record of what these two differ in") for name in missing)


def _read_records(
    store: Store, known: Known, key: str, path: Path, make: Callable[[Any], Any], made: list[Any]
) -> Iterator[Fault]:
    """Collect in `made` what `make` returns for each record of a file; the faults of records that it refuses."""
    try:
        records = read_json(path, strict=True)
        if not isinstance(records, list):
            raise StoreError(path, "is not a list of records")
    except StoreError as error:
        known.unread.add(key)
        yield fault_of(store, error)
        return
    for number, record in enumerate(records, 1):
        name = _name_of(record)
        try:
            made.append(make(record))
        except (KeyError, TypeError, ValueError) as error:
            known.unread.add(key)
            yield Fault(file_name(store, path), str(name or f"record {number}"), str(error))


def _name_of(record: Any) -> Any:
    """The id or name of a record, or the ids of the facts that it is between; None where it has none."""
    if not isinstance(record, dict):
        return None
    between = record.get("between")
    if isinstance(between, list) and all(isinstance(each, str) for each in between):
        return " ".join(sorted(between))
    return record.get("id", record.get("name"))


def _repeated(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each id that is given more than once, and the sentence that says so."""
    return ((name, f"the id is given {count} times") for name, count in Counter(ids).items() if count > 1)
