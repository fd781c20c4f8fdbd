"""Views: one module a format, answer in, text or bytes out. None of them reads the store, and none prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from oir_cli.answers import Answer
from oir_cli.model import FACT_KEYS, ID_LISTS


class Page(NamedTuple):
    """What a table is drawn on: how many columns wide, and whether with colours. By default, a file."""

    width: int = 100
    coloured: bool = False


class Format(NamedTuple):
    """A way to write an answer, and what it asks of the answer.

    `render` is "module:function" in this package, imported only when the format is asked for; it takes the answer and
    the fields to write. `remark`, likewise, takes the answer and says what the format leaves out of it, or "".

    `needs` are sets of fields; the format makes sense for an answer whose records have all the fields of one set.
    `beside` names the vocabularies (or "article") that the view is given with the answer, as it may not read the store.
    `picks` says whether --fields can choose. Unless it does: `drawn` says that the answer itself is drawn, `brief` that
    the fields of the answer's `brief` are written. `binary` content cannot go to stdout. `plainly` says how to write to
    a stream that lacks letters: with the escapes of "json" or "xml", in UTF-8 all the same ("never"), or with plainer
    letters ("").
    """

    render: str
    remark: str = ""
    needs: tuple[frozenset[str], ...] = (frozenset(),)
    beside: tuple[str, ...] = ()
    picks: bool = True
    drawn: bool = False
    brief: bool = False
    binary: bool = False
    plainly: str = ""

    def suits(self, answer: Answer) -> bool:
        """Whether the answer can be written so."""
        return any(needed.issubset(answer.fields) for needed in self.needs)

    def fields(self, answer: Answer, asked: Sequence[str]) -> Sequence[str]:
        """The fields to write where `asked` are asked for; none for a whole answer that is drawn."""
        if asked or self.drawn:
            return asked
        return getattr(answer, "brief", answer.fields) if self.brief else answer.fields


def function(name: str) -> Callable[..., Any]:
    """The function that a Format's `render` or `remark` names."""
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"oir_cli.views.{module}"), attribute)
    return found


TABLE = "table"
FORMATS = {
    TABLE: Format("table:render", drawn=True),
    "json": Format("json:render", plainly="json"),
    "jsonl": Format("json:render_lines", plainly="json"),
    "csv": Format("delimited:render_csv"),
    "tsv": Format("delimited:render_tsv"),
    "md": Format("markdown:render", brief=True, plainly="xml"),
    "html": Format("picture:render_html", drawn=True, plainly="xml"),
    "svg": Format("picture:render_svg", drawn=True, plainly="xml"),
    "ics": Format("ics:render", "ics:remark", needs=(frozenset(FACT_KEYS),), picks=False, plainly="never"),
    "geojson": Format(
        "geojson:render",
        "geojson:remark",
        needs=(frozenset({"id", "places"}), frozenset({"id", "lat", "lon"})),
        beside=("places",),
        plainly="json",
    ),
    "sqlite": Format(
        "sqlite:render",
        "sqlite:remark",
        needs=(frozenset(FACT_KEYS),),
        beside=(*ID_LISTS, "measures", "article"),
        picks=False,
        binary=True,
    ),
}
NAMES = tuple(FORMATS)
# What a pipe gets where no format is asked for: tab-separated like tsv, without its heading.
LINES = Format("delimited:render_lines")
# What the ending of a file's name says: the name of a format, or one of these.
ENDINGS = {"txt": TABLE, "ndjson": "jsonl", "markdown": "md", "htm": "html", "sqlite3": "sqlite", "db": "sqlite"}
# Each style of a reference, and the file ending that means it, where one does.
STYLES = {
    "text": (Format("references:render_text", picks=False), ".txt"),
    "bibtex": (Format("references:render_bibtex", picks=False), ".bib"),
    "csl-json": (Format("references:render_csl", picks=False, plainly="json"), None),
    "ris": (Format("references:render_ris", picks=False), ".ris"),
}
