"""Bars: numbers as lengths, which show how certain they are.

█ is the number; ░ what it may be beyond (a range's upper end, an upper limit); → goes on (at least, more than);
» is longer than the scale.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from oir_cli.model import Figure
from oir_cli.views.scales import ends_of
from oir_cli.views.scales import scale as scale
from oir_cli.views.table.pieces import MARKS

FULL, PERHAPS, ONWARD, BEYOND = "█", "░", "→", "»"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_STYLE = "blue"
_OPEN = ("at-least", "more-than")


def count_bar(count: float, most: float, width: int) -> Text:
    """A plain number of at most `most` as a bar of at most `width` columns."""
    return Text(_blocks(count, most, width), _STYLE)


def figure_bar(figure: Figure, most: float, width: int, status: str = "stated") -> Text:
    """A figure as a bar on the scale of `most`, of at most `width` columns, in the colour of its status."""
    style = MARKS[status][1] if status in MARKS else _STYLE
    room = width - 1  # for the sign at the end
    if figure.size > most:
        return Text(FULL * room + BEYOND, style)
    sure, perhaps = ends_of(figure)
    bar = _blocks(sure, most, room) if sure else ""
    if perhaps > sure:
        bar += PERHAPS * max(1, round(room * perhaps / most) - len(bar))
    return Text(bar + ONWARD * (figure.bound in _OPEN), style)


def explained(figures: Sequence[Figure], most: float) -> list[str]:
    """The meaning of each sign in the bars of `figures`."""
    said = []
    if any(figure.bound in _OPEN for figure in figures):
        said.append(f"{ONWARD} or more")
    if any(ends_of(figure)[1] > ends_of(figure)[0] for figure in figures):
        said.append(f"{PERHAPS} up to")
    if any(figure.size > most for figure in figures):
        said.append(f"{BEYOND} longer than the scale")
    return said


def _blocks(value: float, most: float, width: int) -> str:
    """Whole blocks and an eighth of one, so that every number above zero is visible."""
    eighths = round(8 * width * value / most) if most else 0
    whole, rest = divmod(min(8 * width, max(eighths, int(value > 0))), 8)
    return FULL * whole + _EIGHTHS[rest]
