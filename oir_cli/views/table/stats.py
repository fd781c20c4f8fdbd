"""Counts of facts as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from oir_cli.answers.stats import Group, Grouped, Stats
from oir_cli.text import number
from oir_cli.views import Context
from oir_cli.views.table.bars import count_bar
from oir_cli.views.table.pieces import grid, section, text_of

FIRST = 12  # so many groups of each key where several keys were counted by


def draw_stats(answer: Stats, context: Context) -> Iterator[RenderableType]:
    width = context.width
    for place, grouped in enumerate(answer.grouped):
        heading = section(f"By {grouped.by}")
        yield heading if place else Text(heading.plain.strip(), heading.style)
        yield from _bars(grouped, width, FIRST if len(answer.grouped) > 1 and not _dated(grouped) else None)
    yield Text(number(answer.facts, "fact"), "dim")


def _dated(grouped: Grouped) -> bool:
    return grouped.by in ("year", "month")


def _number_of(value: str, by: str) -> int:
    """A month or a year as a number that is one more for the next one; 0 for what is neither."""
    parts = value.split("-")
    if by not in ("year", "month") or len(parts) != (2 if by == "month" else 1) or not all(map(str.isdigit, parts)):
        return 0
    return int(parts[0]) * 12 + int(parts[1]) if by == "month" else int(parts[0])


def _with_gaps(groups: Sequence[Group], by: str) -> Iterator[tuple[str, int]]:
    """Name and number of each group, and between months or years a line for those that have no fact."""
    last = 0
    for group in groups:
        now = _number_of(group.value, by)
        gap = abs(now - last) - 1 if now and last else 0
        last = now or last
        if gap > 0:
            yield f"{number(gap, by)} without", 0
        yield group.name, group.facts


def _bars(grouped: Grouped, width: int, first: int | None) -> Iterator[RenderableType]:
    shown = grouped.groups[:first]
    lines = list(_with_gaps(shown, grouped.by))
    most = max((facts for _, facts in lines), default=0)
    name = min(max((len(text) for text, _ in lines), default=0), width // 2)
    bar = max(4, width - name - len(f"{most:,}") - 6)
    rows = [
        [text_of(text, "" if facts else "dim"), text_of(f"{facts:,}", "bold"), count_bar(facts, most, bar)]
        for text, facts in lines
    ]
    made = grid(rows, "lrl")
    made.columns[0].width = name
    yield made
    more = len(grouped.groups) - len(shown)
    if more:
        yield Text(f"and {more} more, with --by {grouped.by}", "dim")
