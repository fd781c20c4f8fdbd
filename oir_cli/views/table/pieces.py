"""The parts that the table view is built from: text that passed the boundary, tables, grids.

Everything from a store becomes a `Text` that passed `clean`: Rich reads plain strings as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from oir_cli.dates import written
from oir_cli.model import Fact
from oir_cli.text import clean, number

NARROW = 56  # on fewer columns, blocks that would be side by side are one below the other
GAP = 2  # columns between those of a table
WIDE = 100  # from here on, ids are next to the rest; on fewer columns they would fold over several lines

# Marks before a fact's text, by status, and their meaning for the legend below the table. An attributed fact needs no
# mark: its text says to whom.
MARKS = {"disputed": ("?", "red", "disputed"), "planned": (">", "cyan", "planned or announced")}
DIFFERS = ("≠", "red", "the article says otherwise elsewhere")


def text_of(text: str, style: str = "") -> Text:
    return Text(clean(text), style)


def when(fact: Fact) -> str:
    """The fact's date as a reader would write it."""
    return fact.date_text or (written(fact.date) if fact.date else "undated")


def date_of(fact: Fact) -> Text:
    return text_of(when(fact), "cyan" if fact.date else "dim")


def mark_of(status: str) -> Text:
    """The mark of a status and a space after it, or nothing."""
    if status not in MARKS:
        return Text()
    sign, style, _ = MARKS[status]
    return Text(f"{sign} ", style)


def legend(facts: Sequence[Fact]) -> Text:
    """How many facts there are, and the meaning of their marks."""
    statuses = {fact.status for fact in facts}
    said = [
        number(len(facts), "fact"),
        *(f"{sign} {meaning}" for status, (sign, _, meaning) in MARKS.items() if status in statuses),
    ]
    if any(fact.differs_from for fact in facts):
        said.append(f"{DIFFERS[0]} {DIFFERS[2]}")
    return Text("   ".join(said), "dim")


class Slug:
    """An id in a cell of its own; where it has to be broken, it is broken after hyphens."""

    def __init__(self, slug: str, style: str = "dim") -> None:
        self.slug = clean(slug)
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(broken(self.slug, options.max_width), self.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = max(map(len, self.slug.split("-")), default=0) + 1
        return Measurement(min(len(self.slug), longest), len(self.slug))


def broken(slug: str, width: int) -> str:
    """An id on lines of this width, broken after hyphens."""
    return "\n".join(wrap(slug, max(width, 1))) if len(slug) > width else slug


def packed(entries: Iterable[Text], width: int) -> Iterator[Text]:
    """Lines of as many entries as fit beside each other, none of them broken in two."""
    line = Text()
    for entry in entries:
        if line and line.cell_len + 3 + entry.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, "   " if line else "", entry)
    if line:
        yield line


def separate(blocks: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """The blocks with an empty line between each two."""
    for place, block in enumerate(blocks):
        if place:
            yield Text()
        yield block


def pairs(rows: Iterable[tuple[str, str]]) -> Table:
    return grid(([text_of(key, "cyan"), text_of(value)] for key, value in rows), "ll")


def grid(rows: Iterable[Sequence[RenderableType]], align: str) -> Table:
    made = Table.grid(padding=(0, GAP, 0, 0))
    for side in align:
        made.add_column(justify="right" if side == "r" else "left", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def table(*headings: str, right: Iterable[int] = ()) -> Table:
    made = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold underline", show_edge=False)
    for place, heading in enumerate(headings):
        made.add_column(text_of(heading), justify="right" if place in right else "left", overflow="fold")
    return made


def section(title: str) -> Text:
    """A heading with an empty line before it."""
    return Text(f"\n{clean(title)}", "bold")
