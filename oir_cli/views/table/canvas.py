"""A sheet of characters to draw on."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from oir_cli.views.scales import calendar_steps as calendar_steps
from oir_cli.views.scales import round_steps as round_steps


class Canvas:
    """`height` lines of `width` cells, from the top left; what lies outside is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: dict[tuple[int, int], tuple[str, str]] = {}

    def put(self, line: int, column: int, text: str, style: str = "") -> None:
        for place, char in enumerate(text, column):
            if self.has(line, place):
                self._cells[line, place] = char, style

    def has(self, line: int, column: int) -> bool:
        """Whether the cell is on the sheet."""
        return 0 <= line < self.height and 0 <= column < self.width

    def at(self, line: int, column: int) -> str:
        """The character in a cell, "" where there is none."""
        return self._cells.get((line, column), ("", ""))[0]

    def free(self, line: int, column: int, width: int) -> bool:
        """Whether `width` cells from here on are on the sheet and empty, and so are those on either side."""
        inside = 0 <= line < self.height and column >= 0 and column + width <= self.width
        return inside and not any(self.at(line, place) for place in range(column - 1, column + width + 1))

    def lines(self) -> Iterator[Text]:
        for line in range(self.height):
            text = Text()
            for column in range(self.width):
                char, style = self._cells.get((line, column), (" ", ""))
                text.append(char, style or None)
            yield text
