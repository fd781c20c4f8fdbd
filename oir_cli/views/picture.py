"""The table as a picture (SVG) that is complete in itself: no script, no font to fetch.

It is the same wherever it is made: it depends neither on the terminal's width nor on wishes for colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from zlib import crc32

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from oir_cli.answers import Answer
from oir_cli.text import clean
from oir_cli.views import FILE_WIDTH, Context, Written
from oir_cli.views.table import draw

_FONT = '"DejaVu Sans Mono", ui-monospace, Menlo, Consolas, "Liberation Mono", monospace'
# Black on white, with the colours that the table uses dark enough to read. In order: black, red, green, yellow, blue,
# magenta, cyan, white, then the bright ones.
_THEME = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [
        (31, 35, 40),
        (179, 29, 40),
        (17, 99, 41),
        (125, 78, 0),
        (9, 87, 189),
        (130, 80, 223),
        (15, 104, 112),
        (89, 99, 110),
    ],
)

_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"
 role="img" aria-label="TITLE">
<title>TITLE</title>
<style>
.{unique_id} {{ font: {char_height}px FONT; white-space: pre; }}
{styles}
</style>
<defs>
{lines}
</defs>
<rect width="{width:.0f}" height="{height:.0f}" rx="8" fill="BACKGROUND"/>
<g class="{unique_id}" transform="translate({terminal_x}, 20)">
{backgrounds}
{matrix}
</g>
</svg>
"""


def render_svg(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The table drawn with characters of one width, and below it the article, the licence and the version."""
    console = draw(answer, fields, _on_paper(context))
    if context.credit:
        console.print(Text(clean(context.credit), "dim"))
    return Written(_svg(console, answer.title))


def _on_paper(context: Context) -> Context:
    """The context without a terminal's width, in colours."""
    return context._replace(width=FILE_WIDTH, coloured=True)


def _svg(console: Console, title: str) -> str:
    plain = console.export_text(clear=False)
    template = _fill(_SVG, title).replace("BACKGROUND", _THEME.background_color.hex)
    # The name of its styles is derived from its text, so that pictures can share a page.
    return console.export_svg(theme=_THEME, code_format=template, title="", unique_id=f"oir-{crc32(plain.encode()):x}")


def _fill(template: str, title: str) -> str:
    """`template` with the answer's title; Rich fills in the rest, and would take braces for its own."""
    title = escape(clean(title or "oir")).replace("{", "{{").replace("}", "}}")
    return template.replace("FONT", _FONT).replace("TITLE", title)
