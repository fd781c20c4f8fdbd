"""Numbers: the measures of the store, and the values of some of them in date order.

A measure is the line between what can be compared and what cannot: Iraq alone, Iraq and Syria together, one country or
all of them are different measures, or values of different subjects. Nothing here adds values up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from oir_cli.answers import Answer, Row, cut
from oir_cli.answers.period import Period, period
from oir_cli.entities import Entity, Measure
from oir_cli.kinds import MEASURE
from oir_cli.model import BOUND_SIGNS, COUNTED, FIGURE_FIELDS, Fact, Figure
from oir_cli.names import NameIndex, find_entities
from oir_cli.query import Query
from oir_cli.store import Store

CURRENCIES = {"US dollars": "US$", "dollars": "$", "euros": "€"}
# Units that a number needs; other units repeat the measure's name.
SAID_UNITS = ("km", "miles", "square miles", "feet", "yards", "pounds", "gallons", "percent")


@dataclass(frozen=True)
class Counted:
    """A figure with its measure, the fact that carries it, and the entity counted (None where the fact names none)."""

    figure: Figure
    measure: Measure
    fact: Fact
    of: Entity | None

    fields: ClassVar[tuple[str, ...]] = FIGURE_FIELDS

    @property
    def amount(self) -> str:
        """The number with its bound and its currency: "≥4,850", "~US$3,500,000,000", "1,687–2,534"."""
        sign = BOUND_SIGNS[self.figure.bound]
        return f"{sign}{CURRENCIES.get(self.measure.unit, '')}{self.figure.amount.removeprefix(sign)}"

    @property
    def amount_in_unit(self) -> str:
        """The amount with its unit, where the measure's name lacks it: "40 km", but "4,850" for troops."""
        return f"{self.amount} {self.measure.unit}" if self.measure.unit in SAID_UNITS else self.amount

    @property
    def series(self) -> str:
        """The series that the value belongs to: its entity, else the thing counted."""
        return self.of.name if self.of else self.figure.what or "not said of whom"

    def row(self) -> Row:
        row = self.fact.row() | self.figure.record() | {"unit": self.measure.unit, "fact": self.fact.id}
        return {field: row[field] for field in self.fields}


def counted(store: Store, facts: Iterable[Fact], of: Collection[str] | None = None) -> list[Counted]:
    """The figures of `facts`, in their order; with `of` only those that count one of these entities."""
    measures = store.measures
    return [
        Counted(figure, measures[figure.measure], fact, _entity(store, figure.of))
        for fact in facts
        for figure in fact.figures
        if figure.measure in measures and (of is None or figure.of in of)
    ]


def _entity(store: Store, entity_id: str | None) -> Entity | None:
    """The entity with this id; a participant comes before a place or a topic with the same id."""
    for key in COUNTED:
        found: Entity | None = store.entities(key).get(entity_id) if entity_id is not None else None
        if found is not None:
            return found
    return None


def subjects(store: Store, name: str) -> frozenset[str]:
    """The ids of the participant, person, place or topic that `name` means, and of all that is part of it.

    Raises UnknownName or AmbiguousName.
    """
    everything: dict[str, Entity] = {}
    for key in COUNTED:
        for each, entity in store.entities(key).items():
            everything.setdefault(each, entity)
    found = NameIndex("participant, person, place or topic", everything).find(name)
    return frozenset().union(*(store.below(key, found.id) for key in COUNTED if found.id in store.entities(key)))


@dataclass(frozen=True)
class MeasureRow:
    """A measure with the number of its values, the days they span, and the topic of most of their facts."""

    measure: Measure
    values: int
    period: Period
    topic: Entity | None

    def row(self) -> Row:
        return {
            "id": self.measure.id,
            "name": self.measure.name,
            "unit": self.measure.unit,
            "values": self.values,
            "first": self.period.first,
            "last": self.period.last,
            "aliases": list(self.measure.aliases),
            "description": self.measure.description,
            "topic": self.topic.id if self.topic else None,
        }


@dataclass(frozen=True)
class Measures(Answer):
    """The measures: each with the number of its values and the days they span, similar ones together."""

    measures: list[MeasureRow]
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = (
        "id", "name", "unit", "values", "first", "last", "aliases", "description", "topic",
    )  # fmt: skip

    @property
    def title(self) -> str:
        return MEASURE.title

    def make_rows(self) -> list[Row]:
        return [row.row() for row in self.measures]


def measures(store: Store, query: Query, of: str | None = None) -> Measures:
    """The measures that figures of matching facts use, in the store's order; `of` names the entity counted."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for each in counted(store, store.facts(query), subjects(store, of) if of is not None else None):
        found[each.measure.id].append(each.fact)
    rows = [
        MeasureRow(measure, len(found[measure.id]), period(found[measure.id]), _topic_of(store, found[measure.id]))
        for measure in store.measures.values()
        if measure.id in found
    ]
    if query.reverse:
        rows.reverse()
    return Measures(*cut(rows, query.limit))


def _topic_of(store: Store, facts: Iterable[Fact]) -> Entity | None:
    """The widest topic that most of the facts are on; of several the first in the store's order."""
    topics = store.entities("topics")
    counts = Counter(topic for fact in facts for topic in {store.above("topics", each)[-1] for each in fact.topics})
    most = max((topic for topic in topics if topic in counts), key=lambda topic: counts[topic], default=None)
    return topics[most] if most else None


@dataclass(frozen=True)
class Figures(Answer):
    """The values of `measures`, measure by measure, each in date order. `left_out` counts what a limit held back.

    `related` has, by the id of a measure, those that count something else of the same aspect.
    """

    measures: list[Measure]
    values: list[Counted]
    left_out: int = 0
    related: Mapping[str, list[Measure]] = field(default_factory=dict)

    fields: ClassVar[tuple[str, ...]] = Counted.fields
    drawing: ClassVar[str] = "chart"
    brief: ClassVar[tuple[str, ...]] = (
        "date", "bound", "value", "low", "high", "measure", "what", "of", "status", "fact",
    )  # fmt: skip

    @property
    def title(self) -> str:
        return ", ".join(measure.name for measure in self.measures)

    def make_rows(self) -> list[Row]:
        return [value.row() for value in self.values]

    def of_measure(self, measure: Measure) -> list[Counted]:
        return [value for value in self.values if value.measure.id == measure.id]


def figures(store: Store, names: list[str], query: Query, of: str | None = None) -> Figures:
    """The values of the measures that `names` mean; `of` names the entity counted, whose parts count as well.

    Raises UnknownName or AmbiguousName.
    """
    wanted: list[Measure] = find_entities(MEASURE, names, store)
    found = counted(store, store.facts(query), subjects(store, of) if of is not None else None)
    values = [value for measure in wanted for value in found if value.measure.id == measure.id]
    return Figures(wanted, *cut(values, query.limit), {measure.id: _related(store, measure) for measure in wanted})


def _related(store: Store, measure: Measure) -> list[Measure]:
    """The other measures of the aspects that this one belongs to, in their order."""
    ids = (each for aspect in store.aspects if measure.id in aspect.measures for each in aspect.measures)
    return [store.measures[each] for each in dict.fromkeys(ids) if each in store.measures and each != measure.id]
