"""The web page: one file that works offline, from disk, for years. It is HTML first; its script only adds a filter.

A page loads nothing: style and script are within it, and its policy allows only these very two, by their digests.
Jinja2 escapes every value, and `clean` makes control characters visible.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from textwrap import wrap
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.answers.figures import Figures
from oir_cli.answers.located import PlaceMap
from oir_cli.text import clean
from oir_cli.views import Context, Written, document
from oir_cli.views.document.chart import WIDTH, make_chart
from oir_cli.views.document.map import Drawing, make_map

HERE = Path(__file__).parent
LEGEND = 100  # characters in a line below a chart


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The answer as a page; where `fields` are given, a table of its records with these."""
    page = document.table_page(answer, fields) if fields else document.page_of(answer, context)
    style, script = _read("style.css"), _read("script.js") if page.filtered else ""
    html = (
        _environment()
        .get_template(f"{page.template}.html")
        .render(
            page=page,
            article=context.article,
            version=__version__,
            style=Markup(style),  # noqa: S704 - a file of this package
            script=Markup(script),  # noqa: S704 - likewise
            policy=_policy(style, script),
        )
    )
    # In texts and between double quotes an apostrophe needs no escape, which is five times as long.
    return Written(html.replace("&#39;", "'"))


def render_chart_svg(answer: Figures, fields: Sequence[str], context: Context) -> Written:
    """The charts of an answer's figures as one picture, each to its own scale."""
    charts, height = [], 0
    for measure in answer.measures:
        if chart := make_chart(measure, answer.of_measure(measure)):
            lines = [line for text in chart.legend for line in wrap(text, LEGEND)]
            charts.append((height, measure, chart, lines))
            height += chart.height + 16 * len(lines) + 50
    svg = (
        _environment()
        .get_template("chart.svg")
        .render(
            charts=charts,
            width=WIDTH + 20,
            height=height + 30,
            title=answer.title,
            source=context.credit,
            style=Markup(_read("chart.css")),  # noqa: S704 - a file of this package
        )
    )
    return Written(svg.strip() + "\n")


def render_map_svg(answer: PlaceMap, fields: Sequence[str], context: Context) -> Written:
    """The map as a picture, with its legend and source."""
    drawing = make_map(answer.located, context.outlines, context.entities["places"].values())
    lines = _map_legend(drawing) if drawing else ["Nothing found."]
    height = (drawing.height if drawing else 0) + 16 * len(lines) + 40
    svg = (
        _environment()
        .get_template("map.svg")
        .render(
            drawing=drawing,
            lines=lines,
            width=WIDTH,
            height=height,
            title="Where it happened",
            source=context.credit,
            style=Markup(_read("chart.css")),  # noqa: S704 - a file of this package
        )
    )
    return Written(svg.strip() + "\n")


def _map_legend(drawing: Drawing) -> list[str]:
    """The lines below the map: what the marks mean, the spots with a number, and what is not on it."""
    signs = {"exact": "full dot", "near": "empty dot", "area": "broken ring"}
    keyed: dict[int, list[str]] = {}
    for entry in drawing.entries:
        if entry.number:
            keyed.setdefault(entry.number, []).append(entry.spot.label)
    beyond = ", ".join(f"{entry.spot.label} ({way})" for way, entry in drawing.beyond)
    texts = [
        "; ".join(f"{signs[grade]}: {meaning}" for grade, meaning in drawing.grades.items()),
        "; ".join(f"{number} {', '.join(names)}" for number, names in keyed.items()),
        f"Beyond the map: {beyond}" if beyond else "",
        *drawing.rest,
        f"{drawing.area}; borders and rivers: {drawing.origins}",
    ]
    return [line for text in texts for line in wrap(text, LEGEND)]


@cache
def _read(name: str) -> str:
    """The style or script, without the indents and comments that are for its readers here."""
    lines = (line.strip() for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy that allows nothing but this style and this script."""
    allowed = [f"style-src '{_digest(style)}'", *([f"script-src '{_digest(script)}'"] if script else [])]
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,  # in the picture as well: SVG is XML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def _visible(value: Any) -> Any:
    """A value as it is shown: text with its control characters written out."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return clean(value)
