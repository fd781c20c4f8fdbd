"""The store: finds the folder of JSON files, and reads the facts, entities and other values that a question needs.

The only module that knows where a store's files are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Any

from oir_cli.dates import story_position
from oir_cli.errors import StoreError, UnknownName
from oir_cli.model import ID_LISTS, Fact, Record
from oir_cli.query import Query
from oir_cli.reading import read_json, read_records

if TYPE_CHECKING:  # a question without names needs no entities
    from oir_cli.entities import Article, Aspect, Difference, Entity, Measure
    from oir_cli.geography import Outline

ENVIRONMENT = "OIR_STORE"
FIRST_YEAR = 2014
BEFORE, UNDATED = f"before-{FIRST_YEAR}", "undated"
NOT_A_YEAR = "is not a yearly file of facts"
NO_YEARS = "has no yearly file of facts"
SINGLES = ("article", "aspects", "differences", "outlines", "synonyms", "keywords", "questions")
# Takes a report of progress: what is being done, to which one of how many.
Report = Callable[[str, int, int], None]
_YEAR = re.compile(r"\d{4}", re.ASCII)
_YEARLY = re.compile(rf"{BEFORE}|\d{{4}}|{UNDATED}", re.ASCII)


def unreported(what: str, number: int, of: int) -> None:
    """A Report that nobody reads."""


def locate(asked: str | None = None) -> Path:
    """The store's folder: the one asked for, else OIR_STORE, else the one that came with the package.

    Raises StoreError if it is not a folder with a folder `facts` in it.
    """
    chosen = asked or os.environ.get(ENVIRONMENT)
    package = Path(__file__).resolve().parent
    # An editable install has its data beside the package, not in it.
    folders = [Path(chosen)] if chosen else [package / "data", package.parent / "data"]
    for folder in folders:
        try:
            if S_ISDIR((folder / "facts").stat().st_mode):
                return folder
        except PermissionError as error:
            raise StoreError(folder, f"cannot be read ({error.strerror})") from None
        except (OSError, ValueError):  # not there, or a name that is too long or has a null character
            continue
    raise StoreError(folders[-1], "not a fact store (it has no folder named facts)")


def year_of(first: date | None) -> str:
    """The name of the yearly file that a fact belongs in, by the first day of its date; None for an undated fact."""
    if first is None:
        return UNDATED
    return f"{first.year:04}" if first.year >= FIRST_YEAR else BEFORE


class Store:
    """The store in the folder `path`. A file is read when something in it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entities: dict[str, dict[str, Any]] = {}

    # Files -----------------------------------------------------------------------------------------------------------

    @cached_property
    def years(self) -> list[str]:
        """The names of the yearly files, in date order, undated last.

        Raises StoreError if there are none, or if their folder contains anything else.
        """
        years, others = self.find_years()
        if others:
            raise StoreError(others[0], NOT_A_YEAR)
        if not years:
            raise StoreError(self.path / "facts", NO_YEARS)
        return years

    def find_years(self) -> tuple[list[str], list[Path]]:
        """The names of the yearly files, in date order, undated last; and the paths of everything else in their folder.

        Raises StoreError if the folder cannot be read.
        """
        folder = self.path / "facts"
        try:
            names = [entry.name for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError as error:
            raise StoreError(folder, f"cannot be read ({error.strerror})") from None
        years, others = [], []
        for name in names:
            if name.endswith(".json") and _YEARLY.fullmatch(name[:-5]):
                years.append(name[:-5])
            else:
                others.append(folder / name)
        order = {BEFORE: -1, UNDATED: 10_000}
        return sorted(years, key=lambda name: order[name] if name in order else int(name)), sorted(others)

    def facts_path(self, year: str) -> Path:
        return self.path / "facts" / f"{year}.json"

    def vocabulary_path(self, key: str) -> Path:
        return self.path / f"{key}.json"

    def side_files(self) -> list[Path]:
        """The path of every file but those of facts, vocabularies first."""
        return [self.vocabulary_path(key) for key in (*ID_LISTS, "measures", *SINGLES)]

    def files(self) -> list[Path]:
        """The path of every file of the store, those of facts last."""
        return self.side_files() + [self.facts_path(year) for year in self.years]

    def digest(self) -> str:
        """The SHA-256 of the store: of each file's name and bytes, in the order of `files`."""
        from hashlib import sha256

        total = sha256()
        for path in self.files():
            try:
                content = path.read_bytes()
            except OSError as error:
                raise StoreError(path, f"cannot be read ({error.strerror})") from None
            total.update(f"{path.relative_to(self.path).as_posix()}\n{len(content)}\n".encode())
            total.update(content)
        return total.hexdigest()

    # Entities --------------------------------------------------------------------------------------------------------

    def entities(self, key: str) -> dict[str, Any]:
        """The vocabulary `key` ("participants", "people" …): entities by id, in the file's order."""
        if key not in self._entities:
            from oir_cli.entities import VOCABULARIES

            made: Iterator[Entity] = self._read(key, VOCABULARIES[key])
            self._entities[key] = _by_id(made, lambda _: self.vocabulary_path(key))
        return self._entities[key]

    @property
    def measures(self) -> dict[str, Measure]:
        return self.entities("measures")

    def names(self, key: str) -> dict[str, str]:
        """The names of the vocabulary `key` by id, without making entities, which take longer to define than to use."""
        values = _values(self.vocabulary_path(key), "name")
        return {each: name for each, name in values if isinstance(name, str)}

    @cached_property
    def major_events(self) -> frozenset[str]:
        """The ids of the major events, likewise without making entities."""
        return frozenset(each for each, major in _values(self.vocabulary_path("events"), "major") if major is True)

    @cached_property
    def article(self) -> Article:
        from oir_cli.entities import Article

        path = self.vocabulary_path("article")
        article: Article = next(_made(path, Article.of_record, 1, [read_json(path)]))
        return article

    @cached_property
    def aspects(self) -> list[Aspect]:
        """The things to compare participants by, in the order of the rows."""
        from oir_cli.entities import Aspect

        return list(self._read("aspects", Aspect))

    @cached_property
    def differences(self) -> dict[frozenset[str], Difference]:
        """By the ids of two facts that contradict each other, how they differ."""
        from oir_cli.entities import Difference

        made: Iterator[Difference] = self._read("differences", Difference)
        return {frozenset(each.between): each for each in made}

    @cached_property
    def outlines(self) -> list[Outline]:
        """The lines of the map, and the boxes that hold countries."""
        from oir_cli.geography import Outline

        return list(self._read("outlines", Outline))

    def _read(self, key: str, kind: type[Any]) -> Iterator[Any]:
        """The records of the file `key`, as values of this class."""
        path = self.vocabulary_path(key)
        return (each for batch in read_records(path) for each in _made(path, kind.of_record, *batch))

    @cached_property
    def synonyms(self) -> list[list[str]]:
        """Groups of words that people use for the same thing."""
        path = self.vocabulary_path("synonyms")
        groups: list[list[str]] = read_json(path)
        if not isinstance(groups, list) or not all(
            isinstance(group, list) and all(isinstance(word, str) for word in group) for group in groups
        ):
            raise StoreError(path, "is not a list of groups of words")
        return groups

    @cached_property
    def keywords(self) -> dict[str, str]:
        """By a fact's id, words under which people look for it and that it does not use itself."""
        path = self.vocabulary_path("keywords")
        words: dict[str, str] = read_json(path)
        if not isinstance(words, dict) or not all(isinstance(each, str) for each in words.values()):
            raise StoreError(path, "is not an object with words for each id")
        return words

    @cached_property
    def questions(self) -> dict[str, list[str]]:
        """By a fact's id, questions that it answers, as people ask them."""
        path = self.vocabulary_path("questions")
        questions: dict[str, list[str]] = read_json(path)
        if not isinstance(questions, dict) or not all(
            isinstance(each, list) and all(isinstance(question, str) for question in each)
            for each in questions.values()
        ):
            raise StoreError(path, "is not an object with a list of questions for each id")
        return questions

    def below(self, key: str, entity_id: str) -> frozenset[str]:
        """The ids of the entity and of everything that is part of it, at any depth."""
        from oir_cli.entities import chain

        entities = self.entities(key)
        return frozenset({entity_id, *(each for each in entities if entity_id in chain(entities, each))})

    def above(self, key: str, entity_id: str) -> list[str]:
        """The id of the entity and of everything that it is part of, the nearest first; empty for an unknown id."""
        from oir_cli.entities import chain

        return chain(self.entities(key), entity_id)

    def lineage(self, fact: Fact, key: str) -> set[str]:
        """The ids of the vocabulary `key` that the fact mentions, with everything that these are part of."""
        return {above for each in fact.ids(key) for above in self.above(key, each)}

    # Facts -----------------------------------------------------------------------------------------------------------

    def facts(self, query: Query | None = None, report: Report = unreported) -> list[Fact]:
        """The facts that match, in story order, undated ones last; the latest first if the query says so.

        The query's limit is not applied: those who list the facts report how many they left out.
        """
        query = query or Query()
        found: list[Fact] = []
        for number, year in enumerate(self.years, 1):
            report("reading file", number, len(self.years))
            first = None if year == UNDATED else 0 if year == BEFORE else int(year)
            if query.may_start_in(first):
                found += self._search(year, query)
        return in_date_order(found, reverse=query.reverse)

    def fact(self, asked: str) -> Fact:
        """The fact with the id `asked`, or the only one whose id begins so. Raises UnknownName with the nearest ids."""
        facts = self.by_id
        if asked in facts:
            return facts[asked]
        wanted = asked.casefold()
        beginning = [each for each in facts if wanted and each.casefold().startswith(wanted)]
        beginning = [each for each in beginning if each.casefold() == wanted] or beginning
        if len(beginning) == 1:
            return facts[beginning[0]]
        from oir_cli.names import nearest_ids

        raise UnknownName("fact", asked, beginning[:5] or nearest_ids(asked, facts))

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Every fact by its id, in date order: whoever asks for one often asks for hundreds, or for its neighbours."""
        return _by_id(self.facts(), lambda fact: self.facts_path(year_of(fact.span.first if fact.span else None)))

    def fact_ids(self, beginning: str) -> Iterator[str]:
        """The ids that start with `beginning`. An id starts with its year, and only that year's file is read."""
        years = self.years
        if _YEAR.match(beginning):
            wanted = BEFORE if int(beginning[:4]) < FIRST_YEAR else beginning[:4]
            years = [year for year in years if year == wanted]
        return (each for year in years for each in self._ids(year) if each.startswith(beginning))

    def fact_years(self) -> list[str]:
        """Every year in which a fact begins."""
        early = sorted({each[:4] for each in self._ids(BEFORE)}) if BEFORE in self.years else []
        return [*early, *(year for year in self.years if _YEAR.fullmatch(year))]

    def _ids(self, year: str) -> Iterator[str]:
        """The ids of the facts in a yearly file."""
        for _, records in read_records(self.facts_path(year)):
            yield from (each for each in (record.get("id") for record in records) if isinstance(each, str))

    def _search(self, year: str, query: Query) -> Iterator[Fact]:
        """The facts of one yearly file that match."""
        path = self.facts_path(year)
        for first, records in read_records(path):
            found: Sequence[Record] = records
            if not query.asks_all:
                from oir_cli.tables import condition_of, matching  # a question for all facts needs no table

                try:
                    found = matching(records, condition_of(query))
                except (TypeError, ValueError) as error:
                    # Some record is not of the agreed shape: reading them one by one finds out which.
                    for _ in _made(path, Fact.of_record, first, records):
                        pass
                    raise StoreError(path, f"is not of the agreed shape ({error})") from None
            yield from _made(path, Fact.of_record, first, found)


def _values(path: Path, key: str) -> Iterator[tuple[str, Any]]:
    """The id of each record of a file that has one, and its value under `key`, None where it has none."""
    for _, records in read_records(path):
        yield from ((record["id"], record.get(key)) for record in records if isinstance(record.get("id"), str))


def _by_id(values: Iterable[Any], home: Callable[[Any], Path]) -> dict[str, Any]:
    """`values` by their ids. Raises StoreError, with the file that is `home` to a value, where two share an id."""
    found: dict[str, Any] = {}
    for value in values:
        if found.setdefault(value.id, value) is not value:
            raise StoreError(f"{home(value)}:{value.id}", "the id is given twice")
    return found


def in_date_order(facts: Iterable[Fact], *, reverse: bool = False) -> list[Fact]:
    """Facts in story order, or the latest first; undated ones are last in either direction.

    Facts with the same position keep their order, which is that of their file: the order of telling.
    """
    dated: list[Fact] = []
    undated: list[Fact] = []
    for fact in facts:
        (undated if fact.date is None else dated).append(fact)
    dated.sort(key=lambda fact: story_position(fact.date, fact.date_text))
    if reverse:
        dated.reverse()
    return dated + undated


def _made(path: Path, make: Any, first: int, records: Iterable[Record]) -> Iterator[Any]:
    """The results of `make` for records, of which the first is number `first` of the file."""
    for number, record in enumerate(records, first):
        try:
            yield make(record)
        except (KeyError, TypeError, ValueError) as error:
            name = record.get("id") if isinstance(record, dict) else None
            raise StoreError(f"{path}:{name or f'record {number}'}", f"is not of the agreed shape ({error})") from None
