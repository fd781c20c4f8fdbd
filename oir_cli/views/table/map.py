"""The map, drawn with characters: a cell is twice as high as it is wide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from oir_cli.answers.located import AREA, GRADES, NEAR, PlaceMap, Spot
from oir_cli.geography import BORDER, RIVER, Outline, Position
from oir_cli.text import clean, number
from oir_cli.views import Context
from oir_cli.views.atlas import Sheet, describe_rest, group_spots, make_sheet, other_towns, spots_beyond, spots_within
from oir_cli.views.table.canvas import Canvas
from oir_cli.views.table.pieces import packed, text_of

WIDEST, HIGHEST = 78, 36  # cells
MANY = 10  # facts from which on a mark is a big one
BIG, SMALL, TOWN = "●", "•", "+"
UNSURE = {NEAR: "○", AREA: "◇"}  # signs by grade
LINES = {BORDER: ".", RIVER: "~"}  # signs by the kind of a line
KEYS = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHERS = "="
MEANINGS = {
    BIG: f"{MANY} facts or more",
    SMALL: f"fewer than {MANY}",
    **{sign: GRADES[grade] for grade, sign in UNSURE.items()},
    TOWN: "a town without facts here",
}
SCALE = 0.3  # of the width, at most, for the bar of the scale

Cell = tuple[int, int]  # line and column


def draw_map(answer: PlaceMap, context: Context) -> Iterator[RenderableType]:
    """The sheet, its scale, the signs and keys, and what is not on it."""
    located = answer.located
    sheet = make_sheet(located, context.outlines)
    yield text_of(f"Where {number(located.total, 'fact')} happened", "bold")
    if sheet is None:
        yield from (text_of(line, "dim") for line in describe_rest(located))
        return
    spots = spots_within(located, sheet)
    drawing = _Drawing(sheet, spots, min(context.width, WIDEST))
    drawing.draw_lines()
    drawing.name_towns(other_towns(sheet, spots, context.entities["places"].values()))
    yield from drawing.canvas.lines()
    yield drawing.scale()
    yield from packed(drawing.legend(), context.width)
    yield from packed(drawing.keys(), context.width)
    beyond = [f"{spot.label} ({way})" for spot, way in spots_beyond(located, sheet)]
    if beyond:
        yield text_of(f"Beyond the map: {', '.join(beyond)}")
    yield from (text_of(line, "dim") for line in describe_rest(located))


class _Drawing:
    """Marks with their labels, and lines where these leave room."""

    def __init__(self, sheet: Sheet, spots: Sequence[Spot], width: int) -> None:
        self.sheet = sheet
        columns = min(width, round(2 * HIGHEST / sheet.height))
        self.canvas = Canvas(columns, max(3, min(HIGHEST, round(columns * sheet.height / 2))))
        self.keyed: list[list[Spot]] = []
        self.signs: set[str] = set()
        self.lines: dict[str, list[str]] = defaultdict(list)  # names of those that the sheet shows, by sign
        self._draw_spots(spots)

    def _cell(self, across: float, down: float) -> Cell:
        canvas = self.canvas
        return round(down / self.sheet.height * (canvas.height - 1)), round(across * (canvas.width - 1))

    def _draw_spots(self, spots: Sequence[Spot]) -> None:
        """Put a mark for each group of spots, then its label; a key in the place of the mark where it lacks some."""
        row = self.sheet.height / self.canvas.height
        groups = [
            (self._cell(*self.sheet.place(there[0].position)), there)
            for there in group_spots(self.sheet, spots, reach=row)
        ]
        for (line, column), there in groups:
            self.canvas.put(line, column, _sign(there[0]), "bold")
        for (line, column), there in groups:
            labelled = self._write_label(there[0].label, line, column)
            if labelled and len(there) == 1:
                self.signs.add(_sign(there[0]))
            else:
                key = KEYS[len(self.keyed)] if len(self.keyed) < len(KEYS) else OTHERS
                self.canvas.put(line, column, key, "bold reverse")
                self.keyed.append(there)

    def _write_label(self, text: str, line: int, column: int, style: str = "") -> bool:
        """Write a label next to its mark; return whether there was room."""
        label = clean(text)
        wide = len(label)
        if cell_len(label) != wide:
            return False
        beside = (column + 2, column - 1 - wide)
        above = (column - wide // 2, column + 1, column - wide)
        for down, starts in ((line, beside), (line - 1, above), (line + 1, above)):
            for start in starts:
                if self._is_free(down, start, wide, mark=(line, column)):
                    self.canvas.put(down, start - 1, f" {label} ", style)  # no line touches the letters
                    return True
        return False

    def _is_free(self, line: int, start: int, wide: int, mark: Cell) -> bool:
        """Whether these cells and one on either side are empty, but for the mark itself."""
        canvas = self.canvas
        if not (0 <= line < canvas.height and start >= 0 and start + wide <= canvas.width):
            return False
        return all((line, place) == mark or not canvas.at(line, place) for place in range(start - 1, start + wide + 1))

    def draw_lines(self) -> None:
        """Draw the lines of the sheet in the cells that are empty."""
        for line in self.sheet.lines:
            self._draw_line(line)

    def name_towns(self, towns: Iterable[tuple[str, Position]]) -> None:
        """Name other towns, where there is room."""
        for name, position in towns:
            line, column = self._cell(*self.sheet.place(position))
            if self.canvas.at(line, column) in ("", *LINES.values()) and self._write_label(name, line, column, "dim"):
                self.canvas.put(line, column, TOWN, "dim")
                self.signs.add(TOWN)

    def _draw_line(self, outline: Outline) -> None:
        sign = LINES[outline.kind]
        style = "dim" if outline.kind == BORDER else "blue"
        places = [self.sheet.place(position) for position in outline.positions]
        shown = False
        for (left, top), (right, bottom) in pairwise(places):
            steps = max(1, round(2 * self.canvas.width * max(abs(right - left), abs(bottom - top))))
            for step in range(steps + 1):
                part = step / steps
                line, column = self._cell(left + (right - left) * part, top + (bottom - top) * part)
                shown |= self.canvas.has(line, column)
                if self.canvas.at(line, column) == "":
                    self.canvas.put(line, column, sign, style)
        if shown:
            self.lines[sign].append(clean(outline.name))

    def scale(self) -> Text:
        """A bar of a round length, and the part of the world on the sheet."""
        length = self.sheet.round_length(SCALE)
        bar = "─" * max(1, round(length / self.sheet.kilometres * self.canvas.width) - 2)
        return Text(f"├{bar}┤ {length} km   {self.sheet.area}", "dim")

    def legend(self) -> Iterator[Text]:
        """The signs that the map has, with their meanings."""
        for sign, meaning in MEANINGS.items():
            if sign in self.signs:
                yield Text(f"{sign} {meaning}", "dim")
        for sign, names in self.lines.items():
            yield Text(f"{sign} {', '.join(names)}", "dim")

    def keys(self) -> Iterator[Text]:
        """The spots whose mark is a key."""
        for place, spots in enumerate(self.keyed):
            key = KEYS[place] if place < len(KEYS) else OTHERS
            named = ", ".join(f"{spot.label}{_doubt(spot)}" for spot in spots)
            yield Text.assemble((key, "bold reverse"), " ", clean(named))


def _sign(spot: Spot) -> str:
    return UNSURE.get(spot.grade) or (BIG if len(spot.facts) >= MANY else SMALL)


def _doubt(spot: Spot) -> str:
    """The sign that a key hides, where it says how sure the position is."""
    return f" {UNSURE[spot.grade]}" if spot.grade in UNSURE else ""
