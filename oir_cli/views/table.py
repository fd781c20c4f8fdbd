"""Answers for people: Rich tables, fitted to the width of the terminal. The only user of Rich.

Everything from a store becomes a `Text` that passed `clean`: Rich reads plain strings as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from io import StringIO
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from oir_cli.answers import Answer, Row
from oir_cli.answers.about import About
from oir_cli.answers.detail import Detail, Details
from oir_cli.answers.faults import Faults
from oir_cli.answers.listing import Listing
from oir_cli.answers.profile import Directory, KeyFigure, Profile, Profiles
from oir_cli.answers.references import References
from oir_cli.answers.schemas import Keys, Schemas
from oir_cli.dates import written
from oir_cli.entities import Measure, Participant, Person, Place
from oir_cli.model import ID_LISTS, Fact, Figure
from oir_cli.views import Page
from oir_cli.views.text import cell, clean

NARROW = 56  # below this many columns, what would stand side by side stands one below the other
NARROWEST, WIDEST = 20, 160  # below, letters would be lost; above, lines get too long to read
ROOM = 16  # columns that a field needs to be read beside others
BAR = 24
TOPICS = 8  # that a profile names
FILE = Page()

# Marks before a fact's text, by status, and what the legend below the table says of them. A fact that is attributed
# needs none: its text says to whom.
MARKS = {"disputed": ("?", "red", "disputed"), "planned": (">", "cyan", "planned or announced")}
DIFFERS = ("≠", "red", "the article says otherwise elsewhere")


def render(answer: Answer, fields: Sequence[str], page: Page = FILE) -> str:
    """The answer as text for `page`; where `fields` are given, its records with these instead."""
    # Rich fills lines with blanks up to the width; nobody wants them in a copy.
    return re.sub(r"[ ]+(?=\n)", "", draw(answer, fields, page).file.getvalue())  # type: ignore[attr-defined]


def draw(answer: Answer, fields: Sequence[str], page: Page) -> Console:
    """A console that the answer was drawn on, and that has recorded it; nothing of the environment touches it."""
    console = Console(
        file=StringIO(),
        width=max(NARROWEST, min(page.width, WIDEST)),
        color_system="standard" if page.coloured else None,
        force_terminal=page.coloured,
        legacy_windows=False,
        highlight=False,
        record=True,
        _environ={},
    )
    for part in _records(answer.rows(), fields, console.width) if fields else _parts(answer, console.width):
        console.print(part)
    return console


def _records(rows: Iterable[Row], fields: Sequence[str], width: int) -> Iterator[RenderableType]:
    """Records with some fields: a column for each field where that leaves them room, else one below the other."""
    if width < ROOM * len(fields):
        for number, row in enumerate(rows):
            if number:
                yield Text()
            yield _pairs(((field, cell(row[field])) for field in fields), width)
        return
    table = _table(*fields)
    for row in rows:
        table.add_row(*(_text(cell(row[field])) for field in fields))
    yield table


@singledispatch
def _parts(answer: Any, width: int) -> Iterator[RenderableType]:
    """What to print of an answer, in order."""
    raise TypeError(f"no table for {type(answer).__name__}")


@_parts.register
def _(answer: Listing, width: int) -> Iterator[RenderableType]:
    yield from _facts(answer.facts, width)


@_parts.register
def _(answer: Profile, width: int) -> Iterator[RenderableType]:
    yield from _head(answer)
    if answer.topics:
        yield _section("Topics")
        most = max(count for _, count in answer.topics)
        yield _grid(
            (
                [_text(topic.name), _bar(count, most), _text(str(count), "dim")]
                for topic, count in answer.topics[:TOPICS]
            ),
            "llr",
        )
        if len(answer.topics) > TOPICS:
            yield _text(f"and {len(answer.topics) - TOPICS} more", "dim")
    if answer.figures:
        yield _section("Key figures")
        yield _key_figures(answer.figures, width)
    yield _section("Facts")
    yield from _facts(answer.facts, width)


@_parts.register
def _(answer: Profiles, width: int) -> Iterator[RenderableType]:
    for number, profile in enumerate(answer.profiles):
        if number:
            yield Text()
        yield from _parts(profile, width)


@_parts.register
def _(answer: Directory, width: int) -> Iterator[RenderableType]:
    if width < NARROW:
        for row in answer.entities:
            yield _text(row.entity.name, "bold")
            yield _text(f"{row.entity.id}  {row.facts} facts  {row.period.first or ''} {row.period.last or ''}", "dim")
        return
    table = _table(answer.title, "Facts", "First", "Last", "Id", right={1})
    for row in answer.entities:
        table.add_row(
            _text(row.entity.name, "bold"),
            _text(str(row.facts)),
            _text(row.period.first or "", "cyan"),
            _text(row.period.last or "", "cyan"),
            _text(row.entity.id, "dim"),
        )
    yield table


@_parts.register
def _(answer: Details, width: int) -> Iterator[RenderableType]:
    for number, detail in enumerate(answer.facts):
        if number:
            yield Text()
        yield from _detail(detail, width)


@_parts.register
def _(answer: About, width: int) -> Iterator[RenderableType]:
    yield _pairs(((key, str(value)) for key, value in answer.values.items() if value is not None), width)


@_parts.register
def _(answer: Faults, width: int) -> Iterator[RenderableType]:
    for fault in answer.faults:
        yield _text(str(fault))


@_parts.register
def _(answer: References, width: int) -> Iterator[RenderableType]:
    from oir_cli.views.references import lines

    for number, line in enumerate(lines(answer)):
        if number:
            yield Text()
        yield _text(line)


@_parts.register
def _(answer: Schemas, width: int) -> Iterator[RenderableType]:
    yield _pairs(((row["name"], row["describes"]) for row in answer.rows()), width)


@_parts.register
def _(answer: Keys, width: int) -> Iterator[RenderableType]:
    if width < NARROW:
        for row in answer.rows():
            yield _text(row["path"], "bold")
            yield Padding(_text(f"{row['type']}. {row['meaning']}"), (0, 0, 0, 1))
        return
    table = _table("Key", "Type", "Meaning")
    for row in answer.rows():
        table.add_row(_text(row["path"], "bold"), _text(row["type"], "cyan"), _text(row["meaning"]))
    yield table


def _facts(facts: Sequence[Fact], width: int) -> Iterator[RenderableType]:
    if not facts:
        return
    if width < NARROW:
        for fact in facts:
            yield _date(fact)
            yield Padding(_fact_text(fact), (0, 0, 0, 1))
    else:
        table = _table("Date", "Fact")
        table.columns[0].width = min(max(len(_date(fact)) for fact in facts), 18 if width >= 100 else 12)
        for fact in facts:
            table.add_row(_date(fact), _fact_text(fact))
        yield table
    yield _legend(facts)


def _date(fact: Fact) -> Text:
    return _text(fact.date_text or (written(fact.date) if fact.date else "undated"), "cyan" if fact.date else "dim")


def _fact_text(fact: Fact) -> Text:
    text = Text()
    if fact.status in MARKS:
        mark, style, _ = MARKS[fact.status]
        text.append(f"{mark} ", style)
    text.append(clean(fact.text))
    if fact.differs_from:
        text.append(f" {DIFFERS[0]}", DIFFERS[1])
    text.append(f" {clean(fact.id)}", "dim")
    return text


def _legend(facts: Sequence[Fact]) -> Text:
    """How many facts there are, and what the marks mean that they carry."""
    said = [f"{len(facts)} fact{'s' * (len(facts) != 1)}"]
    statuses = {fact.status for fact in facts}
    said += [f"{mark} {meaning}" for status, (mark, _, meaning) in MARKS.items() if status in statuses]
    if any(fact.differs_from for fact in facts):
        said.append(f"{DIFFERS[0]} {DIFFERS[2]}")
    return Text("   ".join(said), "dim")


def _head(answer: Profile) -> Iterator[RenderableType]:
    entity = answer.entity
    yield _text(entity.name, "bold")
    about: list[tuple[str, str]] = []
    if isinstance(entity, Participant):
        about += [("kind", entity.kind), ("operation", entity.operation or "")]
    if isinstance(entity, Person):
        about += [("role", entity.role or ""), ("side", entity.participant or ""), ("fate", entity.fate or "")]
    if isinstance(entity, Place):
        about += [("kind", entity.kind)]
        if entity.lat is not None and entity.lon is not None:
            about += [("position", f"{entity.lat:.4f}, {entity.lon:.4f}")]
    period = " to ".join(dict.fromkeys(written(point) for point in (answer.period.first, answer.period.last) if point))
    about += [
        ("part of", ", ".join(above.name for above in answer.above)),
        ("with", ", ".join(part.name for part in answer.parts)),
        ("period", period),
        ("facts", str(len(answer.facts) + answer.left_out)),
        ("also", ", ".join(entity.aliases)),
    ]
    if entity.description:
        yield _text(entity.description)
    yield _pairs(((key, value) for key, value in about if value), NARROW)


def _key_figures(figures: Sequence[KeyFigure], width: int) -> RenderableType:
    if width < NARROW:
        return Group(
            *(
                _text(f"{_amount(each.figure, each.measure)}: {each.measure.name}, {_when(each.fact)}")
                for each in figures
            )
        )
    wide = width >= 100  # an id beside the rest would fold over several lines
    table = _table("What", "Number", "Date", *["Fact"] * wide, right={1})
    for each in figures:
        what = f"{each.measure.name} ({each.figure.what})" if each.figure.what else each.measure.name
        cells = [_text(what), _text(_amount(each.figure, each.measure), "bold"), _text(_when(each.fact), "cyan")]
        table.add_row(*cells, *[_text(each.fact.id, "dim")] * wide)
    return table


def _when(fact: Fact) -> str:
    return fact.date_text or (written(fact.date) if fact.date else "undated")


def _amount(figure: Figure, measure: Measure) -> str:
    return {"US dollars": "US$", "dollars": "$", "euros": "€"}.get(measure.unit, "") + figure.amount


def _detail(detail: Detail, width: int) -> Iterator[RenderableType]:
    fact, names = detail.fact, detail.names
    yield _text(fact.text, "bold")
    linked = ((key, ", ".join(names[key][each] for each in getattr(fact, key))) for key in ID_LISTS)
    figures = (
        " ".join(filter(None, (each.amount, each.what, f"({names['measures'][each.measure]})")))
        for each in fact.figures
    )
    pairs = [
        ("id", fact.id),
        ("date", f"{_when(fact)} ({fact.date})" if fact.date else "the article gives none"),
        ("status", fact.status),
        ("said by", "; ".join(fact.attributed_to)),
        ("doubted by", "; ".join(fact.disputed_by)),
        *linked,
        *(("figure", figure) for figure in figures),
        ("note", fact.note or ""),
        *(("differs", _other(other)) for other in detail.differs),
        *(("source", f"{source.section}, paragraph {source.paragraph}") for source in fact.sources),
        ("before", _other(detail.before)),
        ("after", _other(detail.after)),
    ]
    yield _pairs(((key, value) for key, value in pairs if value), width)


def _other(fact: Fact | None) -> str:
    return f"{fact.text} {fact.id}" if fact else ""


def _pairs(pairs: Iterable[tuple[str, str]], width: int) -> RenderableType:
    return _grid(([_text(key, "cyan"), _text(value)] for key, value in pairs), "ll")


def _grid(rows: Iterable[Sequence[Text]], align: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for side in align:
        grid.add_column(justify="right" if side == "r" else "left", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _table(*headings: str, right: Iterable[int] = ()) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold underline", show_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if number in right else "left", overflow="fold")
    return table


def _section(title: str) -> RenderableType:
    return Text(f"\n{title}", "bold")


def _bar(value: float, most: float) -> Text:
    return Text("█" * max(1, round(BAR * value / most)) if value and most else "", "blue")


def _text(text: str, style: str = "") -> Text:
    return Text(clean(text), style)
