"""Dates: those that a fact stores, and those that a person types, both as a `Span` of days.

`stored` knows the calendar, the dates of facts, and how they are written for a reader. `asked` reads what a person
types: ISO dates itself, everything else through `words`, which is imported only then. Every date that is printed can
be typed and is read back as the same days.
"""

from oir_cli.dates.asked import Mention, find_dates, read_days, read_period, today
from oir_cli.dates.stored import (
    LONGEST_PERIOD,
    MONTHS,
    Span,
    YearlyDay,
    days,
    ends,
    name_period,
    parse_stored,
    story_position,
    written,
)

__all__ = [
    "LONGEST_PERIOD",
    "MONTHS",
    "Mention",
    "Span",
    "YearlyDay",
    "days",
    "ends",
    "find_dates",
    "name_period",
    "parse_stored",
    "read_days",
    "read_period",
    "story_position",
    "today",
    "written",
]
