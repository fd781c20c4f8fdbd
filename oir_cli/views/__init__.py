"""Views: one module for each format; an answer goes in, text or bytes come out. No view reads the store or prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.model import FACT_KEYS, ID_LISTS

if TYPE_CHECKING:  # most formats write ids, and need no entity
    from oir_cli.entities import Article, Entity
    from oir_cli.geography import Outline

FILE_WIDTH = 100  # columns of a table in a file, which has no terminal


class Context(NamedTuple):
    """All that a view may know besides the answer.

    `width` in columns and `coloured` describe the terminal; their defaults are for a file. `entities` holds the
    vocabularies that the format asked for, by key and id, and `article` and `outlines` the article and the lines of the
    map where it asked for these. `names` holds the names in the vocabularies that the answer asked for, by key and id.
    `long` asks a calendar for long periods too. `ids` is false where a drawn answer must not show ids. `on_terminal` is
    true where a person reads the answer, which may then stop before its end.
    """

    width: int = FILE_WIDTH
    coloured: bool = False
    names: Mapping[str, Mapping[str, str]] = {}
    entities: Mapping[str, Mapping[str, Entity]] = {}
    article: Article | None = None
    outlines: Sequence[Outline] = ()
    long: bool = False
    ids: bool = True
    on_terminal: bool = False

    @property
    def credit(self) -> str:
        """A line that names the article, its licence and the version; "" without an article."""
        article = self.article
        return f"{article.title}, {article.publisher}, {article.licence}; oir {__version__}" if article else ""


class Written(NamedTuple):
    """An answer in one format, and a remark on what the format leaves out of it."""

    content: str | bytes
    remark: str = ""


# How to write to a stream that lacks some characters: with the escapes of JSON or XML, in UTF-8 regardless, or with
# plainer characters.
Fallback = Literal["json", "xml", "utf-8", "plain"]


class Format(NamedTuple):
    """A way to write an answer, and what it requires of the answer.

    `render` is "module:function" in this package, imported only when the format is asked for; it takes an Answer, the
    fields to write and a Context, and returns Written. `needs` are sets of fields; the format suits an answer whose
    records have all the fields of one set, and if it is a `drawing`, one that can be drawn so. `reads` lists the
    vocabularies (or "article", "outlines") that the view needs in its Context. `picks` tells whether --fields can
    choose. Unless it does: `drawn` tells that the answer itself is drawn, `brief` that the fields of the answer's
    `brief` are written. `fitted` content is as wide as the terminal. `binary` content cannot go to stdout.
    """

    render: str
    needs: tuple[frozenset[str], ...] = (frozenset(),)
    drawing: str = ""
    reads: tuple[str, ...] = ()
    picks: bool = True
    drawn: bool = False
    brief: bool = False
    fitted: bool = False
    binary: bool = False
    fallback: Fallback = "plain"

    def suits(self, answer: Answer) -> bool:
        """Whether the answer can be written in this format."""
        return self.drawing in ("", answer.drawing) and any(needed.issubset(answer.fields) for needed in self.needs)

    def fields(self, answer: Answer, asked: Sequence[str]) -> Sequence[str]:
        """The fields to write where `asked` are asked for; none for a whole answer that is drawn."""
        if asked or self.drawn:
            return asked
        return answer.brief if self.brief and answer.brief is not None else answer.fields

    def write(self, answer: Answer, fields: Sequence[str], context: Context) -> Written:
        """The answer in this format."""
        written: Written = load_function(self.render)(answer, fields, context)
        return written


def load_function(name: str) -> Callable[..., Any]:
    """The function "module:function" of this package."""
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"oir_cli.views.{module}"), attribute)
    return found


_FACTS = (frozenset(FACT_KEYS),)
# A list of facts, or a brief timeline.
_DATED = (*_FACTS, frozenset({"kind", "id", "date", "title", "text", "facts"}))
_PLACES = (frozenset({"id", "places"}), frozenset({"id", "lat", "lon"}))
_REFERENCES = (frozenset({"id", "sources", "licence"}),)

TABLE, CHART, MAP = "table", "chart", "map"
FORMATS = {
    TABLE: Format("table:render", drawn=True, fitted=True),
    "json": Format("json:render", fallback="json"),
    "jsonl": Format("json:render_lines", fallback="json"),
    "csv": Format("delimited:render_csv"),
    "tsv": Format("delimited:render_tsv"),
    "md": Format("markdown:render", reads=(*ID_LISTS, "article", "outlines"), drawn=True, fallback="xml"),
    "html": Format("page:render", reads=(*ID_LISTS, "article", "outlines"), drawn=True, fallback="xml"),
    "svg": Format("picture:render_svg", reads=("article",), drawn=True, fallback="xml"),
    "ics": Format("ics:render", needs=_DATED, reads=("places", "article"), picks=False, fallback="utf-8"),
    "geojson": Format("geojson:render", needs=_PLACES, reads=("places", "article"), fallback="json"),
    "xlsx": Format("xlsx:render", reads=("article",), binary=True),
    "sqlite": Format("sqlite:render", needs=_FACTS, reads=(*ID_LISTS, "measures", "article"), picks=False, binary=True),
    CHART: Format("table:render_chart", drawing="chart", picks=False, fitted=True),
    "chart-svg": Format("page:render_chart_svg", drawing="chart", reads=("article",), picks=False, fallback="xml"),
    MAP: Format("table:render", drawing="map", reads=("places", "outlines"), picks=False, drawn=True, fitted=True),
    "map-svg": Format(
        "page:render_map_svg", drawing="map", reads=("places", "article", "outlines"), picks=False, fallback="xml"
    ),
    "text": Format("references:render_text", needs=_REFERENCES, picks=False),
    "bibtex": Format("references:render_bibtex", needs=_REFERENCES, picks=False),
    "csl-json": Format("references:render_csl", needs=_REFERENCES, picks=False, fallback="json"),
    "ris": Format("references:render_ris", needs=_REFERENCES, picks=False),
}
# The formats of an answer that is drawn as a chart or a map instead, and the styles of references.
CHARTS = {TABLE: CHART, "html": "html", "svg": "chart-svg"}  # a page of figures has their charts anyway
MAPS = {TABLE: MAP, "html": "html", "svg": "map-svg"}
STYLES = tuple(name for name, view in FORMATS.items() if view.needs is _REFERENCES)
# The formats that help lists; the others are chosen by --chart, --map and --style.
DRAWINGS = (CHART, "chart-svg", MAP, "map-svg")
NAMES = tuple(name for name in FORMATS if name not in (*DRAWINGS, *STYLES))
# Written to a pipe where no format is asked for: tab-separated like tsv, without its heading.
LINES = Format("delimited:render_lines")
# Formats by the extension of a file, where it is not the format's name. The first one that suits the answer is meant.
EXTENSIONS = {
    "txt": ("text", TABLE),
    "ndjson": ("jsonl",),
    "markdown": ("md",),
    "htm": ("html",),
    "sqlite3": ("sqlite",),
    "db": ("sqlite",),
    "bib": ("bibtex",),
}
