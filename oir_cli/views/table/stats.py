"""Counts of facts as bars."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from oir_cli.answers.stats import Grouped, Stats
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


def _bars(grouped: Grouped, width: int, first: int | None) -> Iterator[RenderableType]:
    shown = grouped.groups[:first]
    most = max((group.facts for group in shown), default=0)
    name = min(max((len(group.name) for group in shown), default=0), width // 2)
    bar = max(4, width - name - len(f"{most:,}") - 6)
    made = grid(
        (
            [text_of(group.name), text_of(f"{group.facts:,}", "bold"), count_bar(group.facts, most, bar)]
            for group in shown
        ),
        "lrl",
    )
    made.columns[0].width = name
    yield made
    more = len(grouped.groups) - len(shown)
    if more:
        yield Text(f"and {more} more, with --by {grouped.by}", "dim")
