"""Views: one module a format, answer in, text out. None of them reads the store, and none prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from oir_cli.answers import Answer

Render = Callable[[Answer, Sequence[str]], str]

# Each format and the function that renders it; a module is imported only when its format is asked for.
FORMATS = {
    "json": "json:render",
    "jsonl": "json:render_lines",
    "csv": "delimited:render_csv",
    "tsv": "delimited:render_tsv",
}
TABLE = "table"
# What a pipe gets where no format is asked for: tab-separated like tsv, without its heading.
LINES = "delimited:render_lines"
NAMES = (TABLE, *FORMATS)
# Each style of a reference, the function that renders it, and the file ending that means it, where one does.
STYLES: dict[str, tuple[str, str | None]] = {
    "text": ("references:render_text", ".txt"),
    "bibtex": ("references:render_bibtex", ".bib"),
    "csl-json": ("references:render_csl", None),
    "ris": ("references:render_ris", ".ris"),
}


def renderer(name: str | None) -> Render:
    """The function that renders format `name`; None means the lines of a pipe."""
    found: Render = _function(FORMATS[name] if name else LINES)
    return found


def styler(style: str) -> Callable[[Answer], str]:
    """The function that renders references in `style`."""
    found: Callable[[Answer], str] = _function(STYLES[style][0])
    return found


def _function(where: str) -> Any:
    module, _, function = where.partition(":")
    return getattr(import_module(f"oir_cli.views.{module}"), function)
