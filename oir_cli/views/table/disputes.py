"""Claims and counter-claims side by side, or on a narrow screen one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from oir_cli.answers.disputes import HEADINGS, Dispute, Disputes, by_kind
from oir_cli.model import Fact
from oir_cli.text import clean
from oir_cli.views import Context
from oir_cli.views.table.pieces import DIFFERS, GAP, MARKS, NARROW, broken, date_of, grid, packed, section, text_of


def draw_disputes(answer: Disputes, context: Context) -> Iterator[RenderableType]:
    width = context.width
    groups = list(by_kind(answer.disputes))
    if not groups:
        return
    yield from packed((text_of(f"{len(found)} {kind}", "dim") for kind, found in groups), width)
    for kind, found in groups:
        yield section(HEADINGS[kind])
        if answer.in_brief:
            yield _titles(found, width)
        else:
            yield from _sides(found, context)


def _sides(disputes: Sequence[Dispute], context: Context) -> Iterator[RenderableType]:
    """Each claim in full next to what speaks against it, or above it on a narrow screen."""
    width = context.width
    side = width - 2 if width < NARROW else (width - 2) // 2
    for fact, found in groupby(disputes, lambda dispute: dispute.fact):
        against = list(found)
        signs = [DIFFERS if dispute.against else MARKS["disputed"] for dispute in against]
        claim = Text.assemble(
            *{sign: (f"{sign} ", style) for sign, style, _ in signs}.values(), _told(fact, side, ids=context.ids)
        )
        counter = Text("\n\n").join(_counter(dispute, side, ids=context.ids) for dispute in against)
        yield Text("─" * width, "dim")
        if width < NARROW:
            yield claim
            yield Padding(counter, (0, 0, 0, 2))
        else:
            made = grid([[claim, counter]], "ll")
            for column in made.columns:
                column.width = side
            yield made


def _titles(disputes: Sequence[Dispute], width: int) -> Table:
    """The titles of both sides, each claim once: who denies or doubts it, or the fact that contradicts it."""
    rows: list[list[Text]] = []
    for fact, found in groupby(disputes, lambda dispute: dispute.fact):
        for place, dispute in enumerate(found):
            sign, style, _ = DIFFERS if dispute.against else MARKS["disputed"]
            other = text_of(dispute.against.title if dispute.against else "; ".join(fact.disputed_by))
            rows.append([text_of(fact.title if place == 0 else ""), Text(sign, style), other])
    made = grid(rows, "lll")
    for column in (made.columns[0], made.columns[2]) if width >= NARROW and rows else ():
        column.width = (width - 2 * GAP - 3) // 2
    return made


def _counter(dispute: Dispute, width: int, *, ids: bool) -> Text:
    """The other side: the fact that contradicts the claim, or who denies or doubts it."""
    if dispute.against:
        return _told(dispute.against, width, ids=ids)
    return Text.assemble("doubts and denials\n", (clean("; ".join(dispute.fact.disputed_by)), "bold"))


def _told(fact: Fact, width: int, *, ids: bool) -> Text:
    """One side: title, date, who says so, text, id, and the note on the contradiction."""
    said = f"  {clean('; '.join(fact.attributed_to))}" if fact.attributed_to else ""
    title = (clean(fact.title), "bold")
    text = Text.assemble(title, "\n", date_of(fact), said, "\n", clean(fact.text))
    if ids:
        text.append(f"\n{broken(clean(fact.id), width)}", "dim")
    return Text.assemble(text, "\n", ("note: ", "dim"), text_of(fact.note, "italic")) if fact.note else text
