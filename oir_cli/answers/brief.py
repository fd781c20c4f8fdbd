"""The brief timeline: one line for each event that the facts tell of, and for each fact that belongs to none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

from oir_cli.answers import Answer, Row, cut
from oir_cli.dates import story_position
from oir_cli.entities import Event
from oir_cli.model import DAYS, UNCERTAIN, Fact, days_of
from oir_cli.query import Query
from oir_cli.store import Store


@dataclass(frozen=True)
class Line:
    """An event with the facts that tell of it, or a single fact that belongs to none (`event` is None)."""

    event: Event | None
    facts: list[Fact]

    @property
    def id(self) -> str:
        return self.event.id if self.event else self.facts[0].id

    @property
    def title(self) -> str:
        return self.event.name if self.event else self.facts[0].title

    @property
    def text(self) -> str:
        return self.event.description if self.event else self.facts[0].text

    @property
    def date(self) -> str | None:
        """The date, as stored."""
        return self.event.date if self.event else self.facts[0].date

    @property
    def date_text(self) -> str | None:
        """Words for what `date` cannot express. An event has none."""
        return None if self.event else self.facts[0].date_text

    @property
    def major(self) -> bool:
        return self.event is not None and self.event.major

    @property
    def status(self) -> str:
        """The fact's status. Of an event: that of its facts, if all are planned, or all disputed; else "stated"."""
        if self.event is None:
            return self.facts[0].status
        statuses = {fact.status for fact in self.facts}
        return statuses.pop() if len(statuses) == 1 and statuses.issubset(UNCERTAIN) else "stated"

    def row(self) -> Row:
        return {
            "kind": "event" if self.event else "fact",
            "id": self.id,
            "date": self.date,
            "date_text": self.date_text,
            "title": self.title,
            "text": self.text,
            "status": self.status,
            "major": self.major,
            "facts": len(self.facts),
            **days_of(self.date),
        }


@dataclass(frozen=True)
class Brief(Answer):
    """The lines that tell what happened, in date order.

    `query` is what was asked, `fact_count` the number of facts behind the lines. `event_count` is the number of events
    that the matching facts belong to; a query for major events shows only some of them.
    """

    query: Query
    lines: list[Line]
    event_count: int
    fact_count: int
    left_out: int = 0

    fields: ClassVar[tuple[str, ...]] = (
        "kind", "id", "date", "date_text", "title", "text", "status", "major", "facts", *DAYS,
    )  # fmt: skip
    brief: ClassVar[tuple[str, ...]] = ("date", "title", "facts", "id")

    @property
    def title(self) -> str:
        return "Timeline"

    def make_rows(self) -> list[Row]:
        return [line.row() for line in self.lines]


def brief(store: Store, query: Query) -> Brief:
    """One line for each event of the matching facts, and one for each fact without an event.

    If the query asks for major events, only those have a line. Each fact counts for every event that it lists, and for
    those that these are part of. An event outside the time asked for has no line; its facts that reach into that time
    have lines of their own.
    """
    events: dict[str, Event] = store.entities("events")
    told: dict[str, list[Fact]] = defaultdict(list)
    lines: list[Line] = []
    for fact in store.facts(query._replace(major=None, reverse=False)):
        ids = [each for each in store.lineage(fact, "events") if query.reaches(events[each].date)]
        for each in ids:
            told[each].append(fact)
        if not ids and query.major is None:
            lines.append(Line(None, [fact]))
    wanted = told.keys() if query.major is None else told.keys() & query.major
    lines += [Line(events[each], told[each]) for each in events if each in wanted]
    lines.sort(key=lambda line: story_position(line.date, line.date_text))
    if query.reverse:
        dated = [line for line in lines if line.date is not None]
        lines = dated[::-1] + lines[len(dated) :]
    shown, left_out = cut(lines, query.limit)
    return Brief(query, shown, len(told), len({fact.id for line in shown for fact in line.facts}), left_out)
