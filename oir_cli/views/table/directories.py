"""The lists of entities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from oir_cli.answers.directory import Directory, Entry
from oir_cli.dates import written
from oir_cli.entities import Person
from oir_cli.kinds import EVENT, PERSON
from oir_cli.views import Context
from oir_cli.views.table.pieces import NARROW, WIDE, Slug, table, text_of

EVENT_DATE, PERSON_NAME, ROOMY = 18, 24, 76  # columns


def draw_directory(answer: Directory, context: Context) -> Iterator[RenderableType]:
    width = context.width
    if width < NARROW:
        for entry in answer.entries:
            entity: Any = entry.entity
            yield text_of(entry.entity.name, "bold")
            if answer.kind is PERSON:
                yield text_of("; ".join(filter(None, (entity.role, _fate(entity, entry)))))
            yield text_of(
                f"{f'{entry.entity.id}  ' if context.ids else ''}{entry.facts} facts  {entry.period.first or ''} "
                f"{entry.period.last or ''}",
                "dim",
            )
        return
    if answer.kind is EVENT:
        yield _event_table(answer, context)
        return
    if answer.kind is PERSON:
        yield _person_table(answer, context)
        return
    made = table(answer.title, "Facts", "First", "Last", *(["Id"] if context.ids else []), right={1})
    for entry in answer.entries:
        made.add_row(
            text_of(entry.entity.name, "bold"),
            text_of(str(entry.facts)),
            text_of(entry.period.first or "", "cyan"),
            text_of(entry.period.last or "", "cyan"),
            *([Slug(entry.entity.id)] if context.ids else []),
        )
    yield made


def _event_table(answer: Directory, context: Context) -> Table:
    """Events with their dates; ids in a column of their own where there is room."""
    width = context.width
    wide = width >= WIDE or not context.ids
    column = wide and context.ids
    made = table("Date", answer.title, "Facts", *(["Id"] if column else []), right={2})
    for entry in answer.entries:
        event: Any = entry.entity
        name = text_of(event.name, "bold" if event.major else "")
        made.add_row(
            text_of(written(event.date) if event.date else "undated", "cyan"),
            name if wide else _name_and_id(name, event.id, width),
            text_of(str(entry.facts)),
            *([Slug(event.id)] if column else []),
        )
    made.columns[0].max_width = EVENT_DATE
    return made


def _name_and_id(name: Text, slug: str, width: int) -> RenderableType:
    """Both in one cell, next to each other where an id has room in a line."""
    return Text.assemble(name, "  ", text_of(slug, "dim")) if width >= ROOMY else Group(name, Slug(slug))


def _person_table(answer: Directory, context: Context) -> Table:
    """People with role and fate; the side only where not all are of one, and there is room."""
    people: list[Person] = [entry.entity for entry in answer.entries]  # type: ignore[misc]  # a kind has one class
    sides = len({person.participant for person in people}) > 1 and context.width >= WIDE
    made = table(answer.title, *(["Side"] if sides else []), "Role", "Fate", "Facts")
    made.columns[-1].justify = "right"
    made.columns[0].max_width = PERSON_NAME if context.width >= WIDE else PERSON_NAME - 4
    for person, entry in zip(people, answer.entries, strict=True):
        side = context.names["participants"].get(person.participant or "", "")
        made.add_row(
            text_of(person.name, "bold"),
            *([text_of(side)] if sides else []),
            text_of(person.role or ""),
            text_of(_fate(person, entry)),
            text_of(str(entry.facts)),
        )
    return made


def _fate(person: Person, entry: Entry) -> str:
    """What became of the person: in words where the article dates it, without what comes after a semicolon."""
    if not person.fate_kind or not entry.fate_date:
        return person.fate_kind or ""
    return (person.fate or "").partition(";")[0]
