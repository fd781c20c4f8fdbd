"""Reports on the store, references to its facts, and the schemas of answers."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from oir_cli.answers.about import About
from oir_cli.answers.faults import Faults
from oir_cli.answers.references import References
from oir_cli.answers.schemas import Keys, Schemas
from oir_cli.views import Context
from oir_cli.views.table.pieces import NARROW, pairs, separate, table, text_of


def draw_about(answer: About, context: Context) -> Iterator[RenderableType]:
    yield pairs((key, str(value)) for key, value in answer.values.items() if value is not None)


def draw_faults(answer: Faults, context: Context) -> Iterator[RenderableType]:
    yield from map(text_of, answer.sentences())


def draw_references(answer: References, context: Context) -> Iterator[RenderableType]:
    yield from separate(text_of(sentence) for sentence in answer.sentences())


def draw_schemas(answer: Schemas, context: Context) -> Iterator[RenderableType]:
    yield pairs((row["name"], row["describes"]) for row in answer.rows())


def draw_keys(answer: Keys, context: Context) -> Iterator[RenderableType]:
    width = context.width
    if width < NARROW:
        for row in answer.rows():
            yield text_of(row["path"], "bold")
            yield Padding(text_of(f"{row['type']}. {row['meaning']}"), (0, 0, 0, 1))
        return
    made = table("Key", "Type", "Meaning")
    for row in answer.rows():
        made.add_row(text_of(row["path"], "bold"), text_of(row["type"], "cyan"), text_of(row["meaning"]))
    yield made
