"""The laws of a store, each tried on every record; all faults are collected, none stops the others.

`faults(store)` reads files itself, one by one: a store too broken to be opened can still be checked. `spelled` is the
one canonical spelling of a file, `respell` restores it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from oir_cli.answers.faults import Fault
from oir_cli.counting import counted
from oir_cli.entities import PARTICIPANT_KINDS, VOCABULARIES, Article, Entity, Measure, Participant, Person, Place
from oir_cli.errors import StoreError
from oir_cli.files import replacing
from oir_cli.model import ID_LISTS, STATUSES, Fact, Figure
from oir_cli.names import fold, plain, spellings
from oir_cli.reading import read_json
from oir_cli.store import NO_SHELF, NO_SHELVES, UNDATED, Report, Store, in_date_order, shelf_of, unreported
from oir_cli.text import clean

LONGEST_TEXT = 400  # characters; a fact is one or two sentences
# Units whose numbers may have a fraction; everything else is counted in whole ones.
MEASURED_UNITS = ("km", "miles", "square miles", "percent", "US dollars", "dollars", "euros", "feet", "yards", "pounds")
# What a text must show where a figure has one of these units, so that no figure is filed under the wrong measure.
UNIT_WORDS = {
    "US dollars": r"US\$|\$|dollar",
    "dollars": r"\$|dollar",
    "euros": "€|euro",
    "km": r"\bkm\b|kilomet",
    "miles": "mile",
    "square miles": "square mile",
    "percent": "%|per ?cent",
    "feet": r"\bft\b|feet|foot",
    "yards": "yard",
    "pounds": "pound|lb",
    "US gallons": "gallon",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "strikes": "strike|attack|raid",
    "sorties": "sortie|flight|flew|flown",
    "countries": "countr|state|nation|member|partner",
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def faults(store: Store, report: Report = unreported) -> list[Fault]:
    """Every fault of the store, by file and id; those of whole files first, as they may be the cause of others."""
    found = set(_Checker(store, report).run())
    return sorted(found, key=lambda fault: (bool(fault.id), fault))


def spelled(records: Any) -> str:
    """The canonical spelling of a file's content: keys in the model's order, two-space indent, a final newline."""
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def respell(store: Store) -> None:
    """Rewrite each file that is not in its canonical order and spelling. Raises StoreError where one cannot be read.

    Only the order and the white space change: records keep their content, also where it is at fault.
    """
    checker = _Checker(store, unreported)
    list(checker.run())
    for path, wanted in checker.canonical.items():
        try:
            if path.read_bytes() != wanted.encode():
                with replacing(path) as neighbour:
                    neighbour.write_bytes(wanted.encode())
        except OSError as error:
            raise StoreError(path, f"cannot be written ({error.strerror})") from None


class _Checker:
    """One pass over a store. What one law learns (which ids exist, which are used) the next ones use."""

    def __init__(self, store: Store, report: Report) -> None:
        self.store = store
        self.report = report
        self.canonical: dict[Path, str] = {}
        self.vocabularies: dict[str, dict[str, Any]] = {key: {} for key in VOCABULARIES}
        self.unread: set[str] = set()  # vocabularies, or "facts", that cannot tell which ids exist
        self.article: Article | None = None
        self.facts: dict[str, Fact] = {}
        self.homes: dict[str, str] = {}

    def run(self) -> Iterator[Fault]:
        for key, kind in VOCABULARIES.items():
            path = self.store.vocabulary_path(key)
            made: list[Entity] = []
            yield from self._records(key, path, kind.of_record, made)
            yield from self._unique(path, made)
            self.vocabularies[key] = {entity.id: entity for entity in made}
            order = None if key in ("topics", "measures") else (lambda record: record["id"])
            yield from self._spelling(path, order)
        yield from self._singles()
        yield from self._shelves()
        yield from self._keywords()
        yield from self._questions()
        for key in VOCABULARIES:
            yield from self._vocabulary(key)
        for number, fact in enumerate(self.facts.values(), 1):
            self.report("fact", number, len(self.facts))
            yield from (Fault(self.homes[fact.id], fact.id, wrong) for wrong in self._fact(fact))

    # Files -----------------------------------------------------------------------------------------------------------

    def _name(self, path: Path) -> str:
        return path.relative_to(self.store.path).as_posix()

    def _fault_of(self, error: StoreError) -> Fault:
        return Fault(self._name(Path(error.where)), "", error.reason)

    def _records(self, key: str, path: Path, make: Callable[[Any], Any], made: list[Any]) -> Iterator[Fault]:
        """Take a file apart into values, collected in `made`; faults for what is not of the agreed shape."""
        try:
            records = read_json(path, strict=True)
        except StoreError as error:
            self.unread.add(key)
            yield self._fault_of(error)
            return
        if not isinstance(records, list):
            self.unread.add(key)
            yield Fault(self._name(path), "", "is not a list of records")
            return
        for number, record in enumerate(records, 1):
            name = record.get("id") if isinstance(record, dict) else None
            try:
                made.append(make(record))
            except (KeyError, TypeError, ValueError) as error:
                self.unread.add(key)
                yield Fault(self._name(path), str(name or f"record {number}"), str(error))

    def _unique(self, path: Path, made: Iterable[Any]) -> Iterator[Fault]:
        for name, count in Counter(each.id for each in made).items():
            if count > 1:
                yield Fault(self._name(path), name, f"the id is given {count} times")
            if not _SLUG.fullmatch(name):
                yield Fault(self._name(path), name, "the id is no slug (lower-case letters, digits, single hyphens)")

    def _spelling(self, path: Path, order: Callable[[Any], Any] | None) -> Iterator[Fault]:
        """The file's bytes are the canonical ones. Files that cannot be read have their fault already."""
        try:
            records = read_json(path, strict=True)
            if order and isinstance(records, list):
                records = sorted(records, key=order)
            elif path.stem in ("keywords", "questions") and isinstance(records, dict):
                records = dict(sorted(records.items()))
            wanted = spelled(records)
            found = path.read_bytes()
        except (StoreError, OSError, KeyError, TypeError, UnicodeEncodeError):
            return
        self.canonical[path] = wanted
        if found != wanted.encode():
            yield Fault(self._name(path), "", "is not in its canonical order and spelling; check --fix restores it")

    def _singles(self) -> Iterator[Fault]:
        path = self.store.vocabulary_path("article")
        try:
            self.article = Article.of_record(read_json(path, strict=True))
            yield from self._spelling(path, None)
        except StoreError as error:
            yield self._fault_of(error)
        except (KeyError, TypeError, ValueError) as error:
            yield Fault(self._name(path), "", str(error))
        path = self.store.vocabulary_path("synonyms")
        try:
            groups = read_json(path, strict=True)
        except StoreError as error:
            yield self._fault_of(error)
            return
        if not isinstance(groups, list) or not all(
            isinstance(group, list)
            and len(group) > 1
            and all(isinstance(word, str) and word == word.lower() for word in group)
            for group in groups
        ):
            yield Fault(self._name(path), "", "is not a list of groups of two or more lower-case words")
        yield from self._spelling(path, None)

    def _keywords(self) -> Iterator[Fault]:
        def wrong(fact: Fact, words: str) -> Iterator[str]:
            if words != plain(words) or not words or len(set(words.split())) < words.count(" ") + 1:
                yield "is not a line of lower-case words without marks, each once"
            elif held := sorted(set(words.split()) & set(plain(fact.text).split())):
                yield f"says {', '.join(held)}, which the fact says itself"

        yield from self._by_fact("keywords", wrong)

    def _questions(self) -> Iterator[Fault]:
        asked: dict[str, str] = {}

        def wrong(fact: Fact, questions: list[str]) -> Iterator[str]:
            if not questions or not all(re.fullmatch(r"\S.*\S\?", question) for question in questions):
                yield "is not a list of questions, each with a question mark at its end"
            for question in questions:
                if fold(question) in asked:
                    yield f"asks what {asked[fold(question)]} asks: {question}"
                asked.setdefault(fold(question), fact.id)

        yield from self._by_fact("questions", wrong)

    def _by_fact(self, key: str, wrong: Callable[[Fact, Any], Iterator[str]]) -> Iterator[Fault]:
        """A file that says something of facts by their ids; `wrong` is its law for what it says of one."""
        path = self.store.vocabulary_path(key)
        try:
            read_json(path, strict=True)
            said: dict[str, Any] = getattr(self.store, key)
        except StoreError as error:
            yield self._fault_of(error)
            return
        for name, each in said.items():
            fact = self.facts.get(name)
            if fact:
                yield from (Fault(self._name(path), name, fault) for fault in wrong(fact, each))
            elif self._lacks("facts", name):
                yield Fault(self._name(path), name, "there is no such fact")
        yield from self._spelling(path, None)

    def _shelves(self) -> Iterator[Fault]:
        try:
            shelves, strange = self.store.shelved()
        except StoreError as error:
            self.unread.add("facts")
            yield self._fault_of(error)
            return
        yield from (Fault(self._name(path), "", NO_SHELF) for path in strange)
        if not shelves:
            yield Fault("facts", "", NO_SHELVES)
        if strange or not shelves:
            self.unread.add("facts")
        everything: list[Fact] = []
        for number, shelf in enumerate(shelves, 1):
            self.report("shelf", number, len(shelves))
            path = self.store.shelf_path(shelf)
            made: list[Fact] = []
            yield from self._records("facts", path, Fact.of_record, made)
            if self.article:  # the order of facts of one date is that of its sections
                yield from self._spelling(path, self._order(made))
            for fact in made:
                self.homes.setdefault(fact.id, self._name(path))
                self.facts.setdefault(fact.id, fact)
                wanted = shelf_of(fact.span.first if fact.span else None)
                if wanted != shelf:
                    yield Fault(self._name(path), fact.id, f"belongs on the shelf {wanted}.json by its date")
            everything += made
        for name, count in Counter(fact.id for fact in everything).items():
            if count > 1:
                yield Fault(self.homes[name], name, f"the id is given {count} times")

    def _order(self, facts: list[Fact]) -> Callable[[Any], int]:
        """The place of a record on its shelf: by date, those of one date as the article tells them, then by id."""
        sections = self.article.sections if self.article else {}
        rank = {section: number for number, section in enumerate(sections)}

        def told(fact: Fact) -> tuple[int, int, str]:
            source = fact.sources[0] if fact.sources else None
            return (
                (rank.get(source.section, len(rank)), source.paragraph, fact.id) if source else (len(rank), 0, fact.id)
            )

        ranks = {fact.id: number for number, fact in enumerate(in_date_order(sorted(facts, key=told)))}
        return lambda record: ranks[record["id"]]

    # Entities --------------------------------------------------------------------------------------------------------

    def _vocabulary(self, key: str) -> Iterator[Fault]:
        entities = self.vocabularies[key]
        file = self._name(self.store.vocabulary_path(key))
        owners: dict[str, list[str]] = defaultdict(list)
        used = self._used(key)
        for entity in entities.values():
            for spelling in spellings(entity):
                owners[spelling].append(entity.id)
            for wrong in self._entity(key, entity):
                yield Fault(file, entity.id, wrong)
            if entity.id not in used and "facts" not in self.unread:
                yield Fault(file, entity.id, "no fact speaks of it")
        for spelling, ids in owners.items():
            if len(ids) > 1:
                yield Fault(file, ids[1], f'"{spelling}" names {" and ".join(sorted(ids))}')

    def _used(self, key: str) -> set[str]:
        """The ids that facts use, with all that these are part of."""
        if key == "measures":
            return {figure.measure for fact in self.facts.values() for figure in fact.figures}
        entities, used = self.vocabularies[key], set()
        for fact in self.facts.values():
            for each in getattr(fact, key):
                current = each
                while current in entities and current not in used:
                    used.add(current)
                    current = entities[current].above
        return used

    def _entity(self, key: str, entity: Entity) -> Iterator[str]:
        yield from _plain("name", entity.name)
        yield from _plain("description", entity.description)
        for alias in entity.aliases:
            yield from _plain("alias", alias)
        if len(set(entity.aliases)) != len(entity.aliases) or entity.name in entity.aliases:
            yield "an alias is given twice"
        yield from self._chain(key, entity)
        if isinstance(entity, Participant):
            yield from self._participant(entity)
        if isinstance(entity, Person) and entity.participant and self._lacks("participants", entity.participant):
            yield f"belongs to participant {entity.participant}, which does not exist"
        if isinstance(entity, Place):
            yield from _place(entity)
        if isinstance(entity, Measure) and not entity.unit:
            yield "has no unit"

    def _chain(self, key: str, entity: Entity) -> Iterator[str]:
        """What an entity is part of exists, and is no part of the entity."""
        entities, chain = self.vocabularies[key], {entity.id}
        current = entity.above
        while current in entities and current not in chain:
            chain.add(current)
            current = entities[current].above
        if current in chain:
            yield "is part of itself"
        elif current is not None and self._lacks(key, current):
            yield f"is part of {current}, which does not exist"

    def _participant(self, entity: Participant) -> Iterator[str]:
        if entity.kind not in PARTICIPANT_KINDS:
            yield f"kind {entity.kind} is not one of {', '.join(PARTICIPANT_KINDS)}"
        codes = (entity.iso2, entity.iso3)
        if entity.kind == "state":
            if not (re.fullmatch("[A-Z]{2}", codes[0] or "") and re.fullmatch("[A-Z]{3}", codes[1] or "")):
                yield "a state has ISO codes of two and of three capital letters"
        elif any(codes):
            yield "only a state has ISO codes"

    # Facts -----------------------------------------------------------------------------------------------------------

    def _fact(self, fact: Fact) -> Iterator[str]:
        if not _SLUG.fullmatch(fact.id):
            yield "the id is no slug (lower-case letters, digits, single hyphens)"
        if not fact.id.startswith(f"{fact.date[:4] if fact.date else UNDATED}-"):
            yield "the id does not begin with the year of its date, or with undated"
        yield from _plain("text", fact.text)
        if len(fact.text) > LONGEST_TEXT:
            yield f"the text is longer than {LONGEST_TEXT} characters"
        if not fact.text.endswith((".", '."', ".”")) or not (
            fact.text.lstrip('"“(')[:1].isupper() or fact.text[:1].isdigit() or fact.text[:1] in "€$"
        ):
            yield "the text is no sentence from a capital letter or number to a full stop"
        for key in ("date_text", "note"):
            value = getattr(fact, key)
            if value is not None:
                yield from _plain(key, value)
        yield from self._links(fact)
        for figure in fact.figures:
            yield from self._figure(fact, figure)
        yield from _uncounted(fact)
        yield from self._credit(fact)
        yield from self._differences(fact)
        yield from self._sources(fact)

    def _lacks(self, key: str, name: str) -> bool:
        """Whether the vocabulary, or "facts", surely has no such id. One that cannot be read has its fault already."""
        return key not in self.unread and name not in (self.facts if key == "facts" else self.vocabularies[key])

    def _links(self, fact: Fact) -> Iterator[str]:
        for key in ID_LISTS:
            ids = getattr(fact, key)
            if len(set(ids)) != len(ids):
                yield f"{key} names one twice"
            for each in ids:
                if self._lacks(key, each):
                    yield f"{key} names {each}, which does not exist"
        if not fact.topics:
            yield "has no topic"

    def _figure(self, fact: Fact, figure: Figure) -> Iterator[str]:
        numbers = [number for number in (figure.value, figure.low, figure.high) if number is not None]
        named = f"the figure {figure.measure}"
        if (figure.value is None) == (figure.low is None and figure.high is None):
            yield f"{named} has neither or both of a value and a range"
        if figure.low is not None and figure.high is not None and figure.low >= figure.high:
            yield f"{named} has a range that ends before it begins"
        if figure.of is not None and all(self._lacks(key, figure.of) for key in ID_LISTS):
            yield f"{named} counts {figure.of}, which does not exist"
        if figure.what is not None:
            yield from _plain("what", figure.what)
        measure = self.vocabularies["measures"].get(figure.measure)
        if self._lacks("measures", figure.measure):
            yield f"{named} does not exist"
        if measure:
            yield from (f"{named} {wrong}" for wrong in _unfit(numbers, measure.unit, fact.text))

    def _credit(self, fact: Fact) -> Iterator[str]:
        for key in ("attributed_to", "disputed_by"):
            for name in getattr(fact, key):
                yield from _plain(key, name)
                if ";" in name:
                    yield f"{key} has a semicolon, which parts the names in a table"
        if fact.status not in STATUSES:
            yield f"status {fact.status} is not one of {', '.join(STATUSES)}"
        if fact.status in ("attributed", "disputed") and not fact.attributed_to:
            yield f"is {fact.status}, but says not to whom"
        if (fact.status == "disputed") != bool(fact.disputed_by):
            yield "is disputed without disputed_by, or the other way round"

    def _differences(self, fact: Fact) -> Iterator[str]:
        if fact.differs_from and not fact.note:
            yield "differs from another fact, and no note says how"
        if len(set(fact.differs_from)) != len(fact.differs_from):
            yield "differs_from names one twice"
        for other in fact.differs_from:
            if other == fact.id:
                yield "differs from itself"
            elif self._lacks("facts", other):
                yield f"differs from {other}, which does not exist"
            elif other in self.facts and fact.id not in self.facts[other].differs_from:
                yield f"differs from {other}, which does not differ from it"

    def _sources(self, fact: Fact) -> Iterator[str]:
        if not fact.sources:
            yield "has no source"
        if len(set(fact.sources)) != len(fact.sources):
            yield "names a source twice"
        if self.article is None:
            return
        for source in fact.sources:
            paragraphs = self.article.sections.get(source.section)
            if paragraphs is None:
                yield f"names the section {source.section}, which the article does not have"
            elif not 1 <= source.paragraph <= paragraphs:
                yield f"names paragraph {source.paragraph} of {source.section}, which has {paragraphs}"


def _plain(key: str, text: str) -> Iterator[str]:
    """Text that can be shown as it is: not empty, one line, no control characters, no blanks at its ends or doubled."""
    if not text.strip():
        yield f"{key} is empty"
    elif clean(text) != text:
        yield f"{key} holds control characters"
    elif text != " ".join(text.split()):
        yield f"{key} has blanks at its ends or doubled"


def _unfit(numbers: list[float], unit: str, text: str) -> Iterator[str]:
    """What is wrong with `numbers` as numbers of `unit`, told in `text`."""
    if any(number < 0 for number in numbers) or (unit == "percent" and any(number > 100 for number in numbers)):
        yield f"is out of range for {unit}"
    if unit not in MEASURED_UNITS and any(number != int(number) for number in numbers):
        yield f"counts {unit} in fractions"
    if not re.search(UNIT_WORDS.get(unit, ""), text, re.IGNORECASE):
        yield f"is in {unit}, which the text does not say"


def _place(entity: Place) -> Iterator[str]:
    if entity.country is not None and not re.fullmatch("[A-Z]{2}", entity.country):
        yield "the country is no ISO code of two capital letters"
    if (entity.lat is None) != (entity.lon is None):
        yield "has only one of lat and lon"
    elif entity.lat is not None and entity.lon is not None and not (abs(entity.lat) <= 90 and abs(entity.lon) <= 180):
        yield "lat or lon is off the globe"
    if not entity.kind:
        yield "has no kind"


def _uncounted(fact: Fact) -> Iterator[str]:
    """Every number that the text counts with is a figure, and every figure's number stands in the text."""
    figures = {
        float(number)
        for figure in fact.figures
        for number in (figure.value, figure.low, figure.high)
        if number is not None
    }
    said = counted(fact.text)
    for number in sorted(said - figures):
        yield f"the text counts {number:,g}, and no figure does"
    for number in sorted(figures - said - {1.0}):
        yield f"a figure says {number:,g}, and the text does not"
