"""Participants side by side: for each of some questions what the article says of each of them, with the facts.

What answers a question is declared in QUESTIONS alone: the measures that count it and the topics that speak of it. A
figure answers where it counts the participant or a part of it. A fact on the topics answers where it names the
participant first, for a fact names first who acts; where none does, a fact that names it in passing has to do, and the
item says so. What the article tells of neither is left blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, TypeVar

from oir_cli.answers import Answer, Row
from oir_cli.answers.figures import Counted, counted
from oir_cli.answers.period import period
from oir_cli.entities import Measure, Participant
from oir_cli.kinds import PARTICIPANT
from oir_cli.model import Fact
from oir_cli.names import find_entities
from oir_cli.query import Query
from oir_cli.store import Store

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """A row: its name, the measures and the topics that answer it; `latest` where the last answers tell most."""

    name: str
    topics: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    latest: bool = False

    def foremost(self, items: list[Item], most: int | None) -> list[Item]:
        """At most so many of some items: the first ones, or the last ones where these tell most."""
        if most is None:
            return items
        return items[-most:] if self.latest else items[:most]


OPERATION = "operation"
QUESTIONS = (
    Question(OPERATION),
    Question("decided", topics=("decisions",)),
    Question("first strike", topics=("first-strike",)),
    Question(
        "aircraft",
        topics=("aircraft",),
        measures=("combat-aircraft", "support-aircraft", "helicopters", "drones", "aircraft", "air-personnel"),
    ),
    Question(
        "strikes and sorties",
        measures=(
            "airstrikes", "airstrikes-iraq-syria", "airstrikes-syria", "sorties", "sorties-iraq-syria",
            "refuelling-missions", "targets-struck",
        ),
    ),
    Question(
        "troops and trainers",
        topics=("troop-levels", "deployments", "training"),
        measures=(
            "troops-present", "troops-authorised-iraq-syria", "troops-temporary", "troops-present-syria",
            "troops-present-local", "troops-deployed", "advisers-and-trainers", "special-forces", "troops-in-role",
        ),
    ),
    Question(
        "arms",
        topics=("arms",),
        measures=(
            "rifles-and-machine-guns", "rounds", "mortars", "mortar-rounds", "anti-tank-weapons", "anti-tank-rounds",
            "vehicles-supplied", "warheads", "hand-grenades", "artillery-shells", "soldiers-equipped",
            "military-aid-money",
        ),
    ),
    Question(
        "humanitarian aid",
        topics=("humanitarian-aid",),
        measures=(
            "humanitarian-aid-dollars", "humanitarian-aid-euros", "meals-dropped", "water-dropped", "airdrop-aircraft",
        ),
    ),
    Question(
        "losses",
        topics=("military-casualties",),
        measures=(
            "soldiers-killed-total", "soldiers-killed", "soldiers-wounded-total", "soldiers-wounded",
            "soldiers-missing", "aircraft-lost", "aircraft-damaged", "fighters-killed-total", "fighters-killed",
        ),
    ),
    Question("change or end", topics=("withdrawal", "outcome"), latest=True),
)  # fmt: skip
# What was before, and what others thought of it, answers only where nothing else does.
ASIDE = frozenset({"background", "reactions"})
SEVERAL = 4  # more values of one measure than this are told as a range


@dataclass(frozen=True)
class Item:
    """One short answer: in words, when (as stored; None: undated), with the status and ids of the facts it rests on.

    `in_passing` says that it is told of others and only names the participant.
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
    """What the article says of one participant on one question: nothing, where `items` is empty."""

    question: Question
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

    def rows(self) -> list[Row]:
        return [cell.row() for row in self.cells for cell in row]


def compare(store: Store, names: list[str], query: Query) -> Comparison:
    """Compare the participants that `names` mean, by the facts that match; the limit is one for each cell.

    Raises UnknownName or AmbiguousName.
    """
    participants: list[Participant] = find_entities(PARTICIPANT, names, store.entities)
    facts = store.facts(query._replace(reverse=False))  # which answers come first is for the questions to say
    sides = [_Side(store, participant, facts) for participant in participants]
    cells, left_out = [], 0
    for question in QUESTIONS:
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

    def answer(self, question: Question) -> list[Item]:
        """The items of one cell: figures in the order of the measures, then what facts say, in date order."""
        if question.name == OPERATION:
            return self._operation()
        items: list[Item] = []
        told: set[str] = set()
        for measure in question.measures:
            values = _in_scope(
                [value for value in self.figures if value.measure.id == measure], lambda value: value.fact
            )
            items += _values(values)
            told.update(value.fact.id for value in values)
        topics = frozenset().union(*(self.store.below("topics", topic) for topic in question.topics))
        on_topic = self._best([fact for fact in self.facts if not topics.isdisjoint(fact.topics)])
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
    """What is found without what is told only as background or as a reaction, unless there is nothing else."""
    return [each for each in found if ASIDE.isdisjoint(fact_of(each).topics)] or found


def _values(values: list[Counted]) -> list[Item]:
    """The values of one measure, each an item; if they are many, one item from the smallest to the largest."""
    if len(values) <= SEVERAL:
        return [
            Item(_said(value.measure, value.amount_in_unit, value.figure.what), fact.date, fact.status, (fact.id,))
            for value in values
            for fact in [value.fact]
        ]
    low, high = (pick(values, key=lambda value: value.figure.size) for pick in (min, max))
    ends = dict.fromkeys(_with_status(value) for value in (low, high))
    span = period(value.fact for value in values)
    date = "/".join(dict.fromkeys(point for point in (span.first, span.last) if point)) or None
    facts = tuple(dict.fromkeys(value.fact.id for value in (low, high)))
    return [Item(_said(low.measure, " to ".join(ends), f"{len(values)} values"), date, "stated", facts)]


def _said(measure: Measure, amount: str, more: str | None) -> str:
    return f"{measure.name}: {amount}" + (f" ({more})" if more else "")


def _with_status(value: Counted) -> str:
    status = value.fact.status
    amount = value.amount_in_unit
    return f"{amount} {status}" if status in ("planned", "disputed") else amount


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
