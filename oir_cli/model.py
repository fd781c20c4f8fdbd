"""Facts as values, with their figures and sources. The entities that facts mention are in `entities`.

Every class mirrors one kind of JSON record. `of_record` reads a record and raises KeyError, TypeError or ValueError if
it is not of the agreed shape; the store turns those into an error that names the file. `record` returns the JSON object
with every key, in the pinned order. The classes are named tuples: every run of the program defines them, and defining a
dataclass takes several times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from oir_cli.dates import Span, parse_stored

Record = Mapping[str, Any]

STATUSES = ("stated", "attributed", "disputed", "planned")
UNCERTAIN = ("planned", "disputed")
FATES = ("killed", "executed", "reported killed", "captured", "wounded", "targeted")  # what became of a person
# What two facts that contradict each other differ in, the gravest first; of "scope" both may be true.
DIFFERENCES = ("statements", "numbers", "dates", "names", "scope")
DENIAL = "denial"
DISPUTES = (DENIAL, *DIFFERENCES)  # what a dispute is about, the gravest first
BOUNDS = ("exact", "about", "at-least", "at-most", "more-than", "nearly")
LARGEST = 2**53  # beyond it JSON readers begin to round
# How a bound is written before its number.
BOUND_SIGNS = {"exact": "", "about": "~", "at-least": "≥", "at-most": "≤", "more-than": ">", "nearly": "<~"}


class Figure(NamedTuple):
    """A number in a fact: `value`, or `low` to `high`, in the unit of the Measure whose id is `measure`.

    `of` is the id of the entity counted. `what` names the things counted, if the measure is broader than they are.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    of: str | None
    what: str | None

    @classmethod
    def of_record(cls, record: Record) -> Figure:
        values = only(record, _FIGURE_KEYS)
        for key in ("measure", "bound"):
            expect(values[key], str, key)
        for key in ("of", "what"):
            expect(values[key], STRING_OR_NULL, key)
        for key in ("value", "low", "high"):
            expect_number(values[key], key)
        if values["bound"] not in BOUNDS:
            raise ValueError(f"the bound {values['bound']} is not one of {', '.join(BOUNDS)}")
        return cls(**values)

    def record(self) -> dict[str, Any]:
        return self._asdict()

    @property
    def amount(self) -> str:
        """The number as written in a table: "~3,100", "≥4,850", "1,687–2,534"."""
        sign = BOUND_SIGNS[self.bound]
        if self.value is not None:
            return f"{sign}{_number(self.value)}"
        low = _number(self.low) if self.low is not None else ""
        high = _number(self.high) if self.high is not None else ""
        return f"{sign}{low}–{high}"

    @property
    def numbers(self) -> tuple[float, ...]:
        """The value, or the ends of the range that are given, the lower one first."""
        return tuple(number for number in (self.value, self.low, self.high) if number is not None)

    @property
    def size(self) -> float:
        """The number to sort by: the value, or the upper end of the range; 0 where the figure has no number."""
        return self.numbers[-1] if self.numbers else 0


class Source(NamedTuple):
    """The place in the article that a fact comes from: the section's path, and the paragraph in it, counted from 1."""

    section: str
    paragraph: int

    @classmethod
    def of_record(cls, record: Record) -> Source:
        values = only(record, _SOURCE_KEYS)
        return cls(expect(values["section"], str, "section"), expect(values["paragraph"], int, "paragraph"))

    def record(self) -> dict[str, Any]:
        return self._asdict()


class Fact(NamedTuple):
    """One thing that a person would look up. CONTRIBUTING.md describes each key."""

    id: str
    title: str
    date: str | None
    date_text: str | None
    text: str
    participants: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    events: tuple[str, ...]
    figures: tuple[Figure, ...]
    status: str
    attributed_to: tuple[str, ...]
    disputed_by: tuple[str, ...]
    differs_from: tuple[str, ...]
    note: str | None
    sources: tuple[Source, ...]

    @classmethod
    def of_record(cls, record: Record) -> Fact:
        values = only(record, _FACT_KEYS)
        for key in ("id", "title", "text", "status"):
            expect(values[key], str, key)
        for key in ("date", "date_text", "note"):
            expect(values[key], STRING_OR_NULL, key)
        if values["date"] is not None:
            parse_stored(values["date"])
        for key in ID_LISTS + STRING_LISTS:
            items = expect(values[key], list, key)
            for item in items:
                if not isinstance(item, str):
                    expect(item, str, key)
            values[key] = tuple(items)
        values["figures"] = tuple(map(Figure.of_record, expect(values["figures"], list, "figures")))
        values["sources"] = tuple(map(Source.of_record, expect(values["sources"], list, "sources")))
        return cls(**values)

    def record(self) -> dict[str, Any]:
        record = self._asdict()
        for key in ID_LISTS + STRING_LISTS:
            record[key] = list(record[key])
        record["figures"] = [figure.record() for figure in self.figures]
        record["sources"] = [source.record() for source in self.sources]
        return record

    def row(self) -> dict[str, Any]:
        """The record with its first and last day, as answers give it."""
        return self.record() | days_of(self.date)

    @property
    def span(self) -> Span | None:
        """The days the fact is dated to, or None where the article gives no date."""
        return parse_stored(self.date) if self.date is not None else None

    @property
    def actor(self) -> str | None:
        """The id of the participant that acts, which a fact names first; None where it names none."""
        return self.participants[0] if self.participants else None

    def ids(self, key: str) -> tuple[str, ...]:
        """The ids of the vocabulary `key` that the fact mentions: "participants", "people" …, or "measures"."""
        if key == "measures":
            return tuple(figure.measure for figure in self.figures)
        ids: tuple[str, ...] = getattr(self, key)
        return ids


INT_OR_NULL = (int, type(None))
STRING_OR_NULL = (str, type(None))  # a tuple: `isinstance` with a union takes longer, and each fact asks three times
ID_LISTS = ("participants", "people", "places", "topics", "events")
COUNTED = ID_LISTS[:4]  # the vocabularies whose entities a figure can count
STRING_LISTS = ("attributed_to", "disputed_by", "differs_from")
FACT_KEYS = Fact._fields
DAYS = ("first_day", "last_day")
FACT_FIELDS = (*FACT_KEYS, *DAYS)  # as answers give a fact
FIGURE_FIELDS = (  # as answers give a figure, with what its fact says
    *Figure._fields, "date", "fact", "title", "unit", "date_text", "status", "attributed_to", "disputed_by",
    "differs_from", "text", *DAYS, "people", "places",
)  # fmt: skip
_FACT_KEYS, _FIGURE_KEYS, _SOURCE_KEYS = (frozenset(each._fields) for each in (Fact, Figure, Source))


def days_of(date: str | None) -> dict[str, str | None]:
    """The first and last day of a stored date, in ISO format; None for an open end, and for both where it is None."""
    span = parse_stored(date) if date is not None else None
    return {
        "first_day": span.first.isoformat() if span else None,
        "last_day": span.last.isoformat() if span and not span.open else None,
    }


def only(record: Record, keys: frozenset[str]) -> dict[str, Any]:
    """A copy of the record. Raises TypeError if it is not an object, ValueError if its keys are not exactly `keys`."""
    expect(record, dict, "the record")
    if record.keys() != keys:
        problems = []
        if missing := sorted(keys - record.keys()):
            problems.append(f"lacks {', '.join(missing)}")
        if unknown := sorted(record.keys() - keys):
            problems.append(f"has unknown {', '.join(unknown)}")
        raise ValueError(" and ".join(problems))
    return dict(record)


def expect(value: Any, kind: Any, key: str) -> Any:
    """`value`, if it is of this kind. Raises a TypeError that names the key if it isn't."""
    if not isinstance(value, kind) or (kind in (int, INT_OR_NULL) and isinstance(value, bool)):
        names = {
            str: "a string",
            list: "a list",
            dict: "an object",
            int: "a whole number",
            INT_OR_NULL: "a whole number or null",
            bool: "true or false",
        }
        raise TypeError(f"{key} is not {names.get(kind, 'a string or null')}")
    if kind is int:
        expect_number(value, key)
    return value


def expect_number(value: Any, key: str) -> None:
    """Raise TypeError if `value` is neither a number nor null, ValueError if some format cannot hold it."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{key} is not a number or null")
    if not abs(value) <= LARGEST:  # 1e999 is infinite
        raise ValueError(f"{key} is too large a number")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
