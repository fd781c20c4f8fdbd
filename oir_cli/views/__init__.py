"""Views: one module a format, answer in, text out. None of them reads the store, and none prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

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


def renderer(name: str | None) -> Render:
    """The function that renders format `name`; None means the lines of a pipe."""
    module, _, function = (FORMATS[name] if name else LINES).partition(":")
    found: Render = getattr(import_module(f"oir_cli.views.{module}"), function)
    return found
