"""Participants side by side: for each of some questions what the article says of each of them, with the facts.

The store's aspects are the questions: each lists the measures that count it and the topics that it is about. A figure
counts as an answer if it counts the participant or a part of it. A fact on one of the topics counts if it names the
participant first, because facts name the actor first. If there is none, facts that merely mention the participant are
used and marked `in_passing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, TypeVar

from oir_cli.answers import Answer, Row
from oir_cli.answers.figures import Counted, counted
from oir_cli.answers.period import period
from oir_cli.entities import Aspect, Measure, Participant
from oir_cli.kinds import PARTICIPANT
from oir_cli.model import UNCERTAIN, Fact
from oir_cli.names import find_entities
from oir_cli.query import Query
from oir_cli.store import Store
from oir_cli.text import number

T = TypeVar("T")


# The name of a participant's own operation: the first row, which no topic or measure answers.
OPERATION = Aspect(name="operation", topics=(), measures=(), latest=False, own=False)
# Background and reactions are answers only if there are no others.
ASIDE = frozenset({"background", "reactions"})
SEVERAL = 4  # more values of one measure than this are given as a range


@dataclass(frozen=True)
class Item:
    """One short answer: in words, when (as stored; None: undated), with the status and ids of the facts it rests on.

    `in_passing` marks an answer about others, which only mentions the participant.
    """

    said: str
    date: str | None
    status: str
    facts: tuple[str, ...]
    in_passing: bool = False

    def row(self) -> Row:
        return {
            "said": self.said,
            "date": self.date,
            "status": self.status,
            "facts": list(self.facts),
            "in_passing": self.in_passing,
        }


@dataclass(frozen=True)
class Cell:
    """The answers on one participant and one question; none where the article has none."""

    question: Aspect
    participant: Participant
    items: list[Item]

    def row(self) -> Row:
        return {
            "question": self.question.name,
            "participant": self.participant.id,
            "said": [item.said for item in self.items],
            "facts": list(dict.fromkeys(fact for item in self.items for fact in item.facts)),
            "items": [item.row() for item in self.items],
        }


@dataclass(frozen=True)
class Comparison(Answer):
    """Cells, question by question, in the order of the participants; none where no cell would say anything.

    `filtered` says that not all facts were asked, `left_out` counts what a limit held back.
    """

    participants: list[Participant]
    cells: list[list[Cell]]
    filtered: bool
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = ("question", "participant", "said", "facts", "items")
    brief: ClassVar[tuple[str, ...]] = ("question", "participant", "said", "facts")

    @property
    def title(self) -> str:
        return ", ".join(participant.name for participant in self.participants)

    def make_rows(self) -> list[Row]:
        return [cell.row() for row in self.cells for cell in row]


def compare(store: Store, names: list[str], query: Query) -> Comparison:
    """Compare the participants that `names` mean, by the facts that match; the limit is one for each cell.

    Raises UnknownName or AmbiguousName.
    """
    participants: list[Participant] = find_entities(PARTICIPANT, names, store)
    facts = store.facts(query._replace(reverse=False))  # which answers come first is for the questions to say
    sides = [_Side(store, participant, facts) for participant in participants]
    cells, left_out = [], 0
    for question in (OPERATION, *store.aspects):
        row = []
        for side in sides:
            items = side.answer(question)
            shown = question.foremost(items, query.limit)
            left_out += len(items) - len(shown)
            row.append(Cell(question, side.participant, shown))
        cells.append(row)
    answered = any(cell.items for row in cells for cell in row)
    return Comparison(participants, cells if answered else [], not query.asks_all, left_out)


class _Side:
    """One participant's facts and figures."""

    def __init__(self, store: Store, participant: Participant, facts: list[Fact]) -> None:
        self.participant = participant
        self.store = store
        self.family = store.below("participants", participant.id)
        # A fact about a force names its state first.
        self.acting = self.family.union(store.above("participants", participant.id))
        self.facts = [fact for fact in facts if not self.family.isdisjoint(fact.participants)]
        self.figures = counted(store, facts, self.family)

    def answer(self, question: Aspect) -> list[Item]:
        """The items of one cell: figures in the order of the measures, then what facts say, in date order."""
        if question is OPERATION:
            return self._operation()
        items: list[Item] = []
        told: set[str] = set()
        for measure in question.measures:
            values = _in_scope(
                [value for value in self.figures if value.measure.id == measure], lambda value: value.fact
            )
            items += _values(values, own=question.own)
            told.update(value.fact.id for value in values)
        topics = frozenset().union(*(self.store.below("topics", topic) for topic in question.topics))
        on_topic = [fact for fact in self.facts if not topics.isdisjoint(fact.topics)]
        if question.own:
            on_topic = [fact for fact in on_topic if self.acting.issuperset(fact.participants)]
        on_topic = self._best(on_topic)
        for _, of_one_date in groupby(on_topic, lambda fact: fact.date):
            # Of one date, what is on nothing else says most plainly what happened.
            for fact in sorted(of_one_date, key=lambda fact: len(set(fact.topics) - topics)):
                if fact.id not in told:
                    in_passing = fact.actor not in self.acting
                    items.append(Item(fact.title, fact.date, fact.status, (fact.id,), in_passing))
        if question.latest:
            items.sort(key=lambda item: item.date is not None)  # the undated ones are not the last ones
        return _merged(items)

    def _best(self, facts: list[Fact]) -> list[Fact]:
        """The facts that name the participant first, or where there are none those that name it at all."""
        first = [fact for fact in facts if fact.actor in self.acting]
        return _in_scope(first or facts, lambda fact: fact)

    def _operation(self) -> list[Item]:
        name = self.participant.operation
        if name is None:
            return []
        naming = self._best([fact for fact in self.facts if name in fact.text])
        return [Item(name, None, "stated", tuple(fact.id for fact in naming))] if naming else []


def _in_scope(found: list[T], fact_of: Callable[[T], Fact]) -> list[T]:
    """The items that are not only background or reaction; all items, if there are no others."""
    return [each for each in found if ASIDE.isdisjoint(fact_of(each).topics)] or found


def _values(values: list[Counted], *, own: bool) -> list[Item]:
    """The values of one measure, each an item; if they are many, one from the smallest to the largest.

    What is only planned or disputed is an item of its own. `own` values are given so from two on, as events.
    """
    if len(values) <= (1 if own else SEVERAL):
        return [
            Item(_said(value.measure, value.amount_in_unit, value.figure.what), fact.date, fact.status, (fact.id,))
            for value in values
            for fact in [value.fact]
        ]
    groups: dict[str, list[Counted]] = {}
    for value in values:
        groups.setdefault(value.fact.status if value.fact.status in UNCERTAIN else "stated", []).append(value)
    return [
        _range_of(some, status, own=own)
        for status, some in sorted(groups.items(), key=lambda each: each[0] != "stated")
    ]


def _range_of(values: list[Counted], status: str, *, own: bool) -> Item:
    """Values of one measure, from the smallest to the largest, with their number; or that of the events, if `own`."""
    low, high = (pick(values, key=lambda value: value.figure.size) for pick in (min, max))
    ends = dict.fromkeys(value.amount_in_unit for value in (low, high))
    span = period(value.fact for value in values)
    date = "/".join(dict.fromkeys(point for point in (span.first, span.last) if point)) or None
    facts = tuple(dict.fromkeys(value.fact.id for value in (low, high)))
    count = len({(value.fact.events or (value.fact.id,))[0] for value in values}) if own else len(values)
    more = number(count, "event" if own else "value") if count > 1 else values[0].figure.what
    return Item(_said(low.measure, " to ".join(ends), more), date, status, facts)


def _said(measure: Measure, amount: str, more: str | None) -> str:
    return f"{measure.name}: {amount}" + (f" ({more})" if more else "")


def _merged(items: list[Item]) -> list[Item]:
    """Items that say the same of the same time as one, with the facts of all."""
    merged: dict[tuple[str, str | None, str, bool], tuple[str, ...]] = {}
    for item in items:
        key = (item.said, item.date, item.status, item.in_passing)
        merged[key] = (*merged.get(key, ()), *item.facts)
    return [
        Item(said, date, status, tuple(dict.fromkeys(facts)), in_passing)
        for (said, date, status, in_passing), facts in merged.items()
    ]
