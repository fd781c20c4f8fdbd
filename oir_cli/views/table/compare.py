"""Participants side by side; numbers in the cells refer to the facts listed below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from oir_cli.answers.compare import Cell, Comparison, Item
from oir_cli.dates import MONTHS, written
from oir_cli.views import Context
from oir_cli.views.table.pieces import MARKS, grid, mark_of, packed, table, text_of

ITEMS = (3, 2, 1)  # of a cell, as many as the length of the whole allows; the others are counted
LONGEST = 70  # lines with cells, about, so that there is room for the facts below
NARROWEST_COLUMN = 17
IN_PASSING = "(named)"
_MONTH = re.compile("|".join(MONTHS))


def draw_comparison(answer: Comparison, context: Context) -> Iterator[RenderableType]:
    width = context.width
    if not answer.cells:
        return
    numbers = _Numbers(shown=context.ids)
    questions = max(len(row[0].question.name) for row in answer.cells)
    beside = (width - questions) // len(answer.participants) - 2
    most = _choose_most(answer, beside)
    if beside < NARROWEST_COLUMN:
        yield from _stacked(answer, numbers, most)
    else:
        yield _beside(answer, numbers, most, min(questions, 12), beside)
    if context.ids:
        yield from numbers.lines(width)
    yield from _legend(answer, most, width)


def _choose_most(answer: Comparison, width: int) -> int:
    """How many items of each cell to show: the most of ITEMS with which the columns are not too long."""
    for most in ITEMS[:-1]:
        lines = sum(max(_length(cell, most, width) for cell in row) + 1 for row in answer.cells)
        if lines <= LONGEST:
            return most
    return ITEMS[-1]


def _foremost(cell: Cell, most: int) -> list[Item]:
    """The items of a cell to show; of losses at least two, because what is only claimed comes after what is known."""
    return cell.question.foremost(cell.items, max(most, 2) if cell.question.own else most)


def _length(cell: Cell, most: int, width: int) -> int:
    """About how many lines a cell takes."""
    shown = _foremost(cell, most)
    texts = [f"{_short(item.date) if item.date else ''} {item.said} [00]" for item in shown]
    return sum(-(-len(text) // max(width - 3, 1)) for text in texts) + (len(cell.items) > len(shown)) or 1


def _beside(answer: Comparison, numbers: _Numbers, most: int, questions: int, width: int) -> Table:
    made = table("", *(participant.name for participant in answer.participants))
    made.columns[0].width = questions
    for column in made.columns[1:]:
        column.width = width
    for row in answer.cells:
        made.add_row(text_of(row[0].question.name, "bold"), *(_cell(cell, numbers, most) for cell in row))
        made.add_row()
    return made


def _stacked(answer: Comparison, numbers: _Numbers, most: int) -> Iterator[RenderableType]:
    for row in answer.cells:
        yield text_of(row[0].question.name, "bold underline")
        for cell in row:
            yield text_of(cell.participant.name, "bold")
            yield Padding(_cell(cell, numbers, most), (0, 0, 0, 1))
        yield Text()


def _cell(cell: Cell, numbers: _Numbers, most: int) -> RenderableType:
    shown = _foremost(cell, most)
    if not shown:
        return Text("–", "dim")
    rows = [[Text("·", "dim"), _item(item, numbers)] for item in shown]
    more = len(cell.items) - len(shown)
    if more:
        rows.append([Text("·", "dim"), Text(f"and {more} more", "dim")])
    made = grid(rows, "ll")
    made.padding = (0, 1, 0, 0)
    return made


def _item(item: Item, numbers: _Numbers) -> Text:
    date = text_of(f"{_short(item.date)} " if item.date else "", "cyan")
    named = Text(f"{IN_PASSING} " if item.in_passing else "", "dim")
    return Text.assemble(mark_of(item.status), date, named, text_of(item.said), (numbers.of(item.facts), "dim"))


def _short(date: str) -> str:
    return _MONTH.sub(lambda month: month.group()[:3], written(date))


class _Numbers:
    """The numbers of the facts, in the order in which they first appear."""

    def __init__(self, *, shown: bool) -> None:
        self._numbers: dict[str, int] = {}
        self._shown = shown

    def of(self, facts: Iterable[str]) -> str:
        """ " [1, 2]"; nothing where ids are not wanted."""
        numbers = ", ".join(str(self._numbers.setdefault(fact, len(self._numbers) + 1)) for fact in facts)
        return f" [{numbers}]" if self._shown else ""

    def lines(self, width: int) -> Iterator[Text]:
        """Each number with its fact's id, as many on a line as fit."""
        entries = (Text.assemble((f"[{number}] ", "dim"), text_of(fact)) for fact, number in self._numbers.items())
        return packed(entries, width)


def _legend(answer: Comparison, most: int, width: int) -> Iterator[Text]:
    cells = [cell for row in answer.cells for cell in row]
    items = [item for cell in cells for item in _foremost(cell, most)]
    statuses = {item.status for item in items}
    said = [f"{sign} {meaning}" for status, (sign, _, meaning) in MARKS.items() if status in statuses]
    if any(item.in_passing for item in items):
        said.append(f"{IN_PASSING} about others; only mentions it")
    if any(not cell.items for cell in cells):
        said.append("– not among the facts asked for" if answer.filtered else "– the article does not say")
    if any(len(cell.items) > len(_foremost(cell, most)) for cell in cells):
        said.append("--json has all")
    yield from packed((Text(each, "dim") for each in said), width)
