"""The table as a picture (SVG) and as a web page (HTML), both complete in themselves: no script, no font to fetch.

They are the same wherever they are made: no width of a terminal and no wish for colours reaches them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from zlib import crc32

from rich.terminal_theme import TerminalTheme

from oir_cli.answers import Answer
from oir_cli.text import clean
from oir_cli.views import Page
from oir_cli.views.table import draw

_PAGE = Page(width=100, coloured=True)
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

_HTML = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>TITLE</title>
<style>
body {{ color: {foreground}; background: {background}; }}
pre {{ font: 1rem/1.4 FONT; overflow-x: auto; }}
{stylesheet}
</style>
</head>
<body>
<pre>{code}</pre>
</body>
</html>
"""
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="TITLE">
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


def render_svg(answer: Answer, fields: Sequence[str]) -> str:
    """The table drawn with letters of one width."""
    console = draw(answer, fields, _PAGE)
    plain = console.export_text(clear=False)
    template = _filled(_SVG, answer).replace("BACKGROUND", _THEME.background_color.hex)
    # The name of its styles comes from what it shows: pictures can stand side by side on one page.
    return console.export_svg(theme=_THEME, code_format=template, title="", unique_id=f"oir-{crc32(plain.encode()):x}")


def render_html(answer: Answer, fields: Sequence[str]) -> str:
    """The table as preformatted text."""
    return draw(answer, fields, _PAGE).export_html(theme=_THEME, code_format=_filled(_HTML, answer))


def _filled(template: str, answer: Answer) -> str:
    """`template` with the answer's title; Rich fills in the rest, and would take braces for its own."""
    title = escape(clean(getattr(answer, "title", "") or "oir")).replace("{", "{{").replace("}", "}}")
    return template.replace("FONT", _FONT).replace("TITLE", title)
