"""Profiles of entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from oir_cli.answers.figures import Counted
from oir_cli.answers.profile import Profile, Profiles, describe
from oir_cli.entities import Entity
from oir_cli.kinds import EVENT
from oir_cli.text import clean, number
from oir_cli.views import Context
from oir_cli.views.table.bars import count_bar, figure_bar, scale
from oir_cli.views.table.facts import fact_list
from oir_cli.views.table.figures import status_of
from oir_cli.views.table.pieces import NARROW, WIDE, date_of, grid, legend, pairs, section, table, text_of
from oir_cli.views.table.timeline import grouped_facts

TOPICS, NEIGHBOURS, NAMED = 8, 5, 6  # how many of each a profile names
FACTS = 20  # how many on a terminal, unless the question says
MEASURES, VALUES = 10, 3  # how many measures, and how many values of one; `oir figures` has them all


def draw_profile(answer: Profile, context: Context) -> Iterator[RenderableType]:
    width = context.width
    if answer.kind is EVENT:
        yield from _event(answer, context)
        return
    yield from _head(answer, context.names)
    yield from _surroundings(answer, width)
    if answer.own_figures:
        yield section("Key figures")
        yield from _key_figures(answer, width)
    yield section("Facts")
    shown = answer.facts[:FACTS] if context.on_terminal and not answer.is_limited else answer.facts
    yield from fact_list(shown, context, {})
    more = len(answer.facts) - len(shown)
    if more:
        line = f"oir timeline --{answer.kind.word} {answer.entity.id}"
        yield text_of(f"and {number(more, 'more fact')}: {line}, with --brief or --major for what mattered")


def _event(answer: Profile, context: Context) -> Iterator[RenderableType]:
    """An event as a story: when, where and who; its numbers; its facts in order, grouped by smaller events."""
    yield from _head(answer, context.names)
    if answer.figures:
        yield section("Numbers")
        yield from _key_figures(answer, context.width)
    yield section("What happened")
    yield from grouped_facts(answer.facts, context, within=answer.entity.id)
    yield legend(answer.facts)


def draw_profiles(answer: Profiles, context: Context) -> Iterator[RenderableType]:
    for place, profile in enumerate(answer.profiles):
        if place:
            yield Text()
        yield from draw_profile(profile, context)


def _head(answer: Profile, names: Mapping[str, Mapping[str, str]]) -> Iterator[RenderableType]:
    yield text_of(answer.entity.name, "bold")
    if answer.entity.description:
        yield text_of(answer.entity.description)
    yield pairs(describe(answer, names))


def _surroundings(answer: Profile, width: int) -> Iterator[RenderableType]:
    """The most frequent topics, places, participants and people: two lists side by side where there is room."""
    lists = [
        ("Topics", answer.topics, TOPICS),
        ("Where", answer.places, NEIGHBOURS),
        ("With", answer.participants, NEIGHBOURS),
        ("People", answer.people, NEIGHBOURS),
    ]
    abreast = 1 if width < NARROW else 2
    each = (width - 2) // 2 if abreast == 2 else width
    shown = [Group(section(title), *_frequency(entities, most, each)) for title, entities, most in lists if entities]
    for first in range(0, len(shown), abreast):
        row = shown[first : first + abreast]
        made = grid([row], "l" * len(row))
        for column in made.columns:
            column.width = each
        yield made


def _frequency(entities: Sequence[tuple[Entity, int]], most: int, width: int) -> Iterator[RenderableType]:
    """The first `most` of some entities with bars, and how many more there are."""
    largest = max(count for _, count in entities)
    bar = max(4, min(24, width // 4))
    yield grid(
        (
            [text_of(entity.name), count_bar(count, largest, bar), text_of(str(count), "dim")]
            for entity, count in entities[:most]
        ),
        "llr",
    )
    if len(entities) > most:
        yield Text(f"and {len(entities) - most} more", "dim")


def _key_figures(answer: Profile, width: int) -> Iterator[RenderableType]:
    """The measures with the most values, each with its first, largest and last one, and how to see the others."""
    groups: dict[str, list[Counted]] = {}
    for value in answer.own_figures:
        groups.setdefault(value.measure.id, []).append(value)
    chosen = sorted(groups, key=lambda measure: -len(groups[measure]))[:MEASURES]
    shown = 0
    made = table("What", "Number", "", "Date", right={1})
    made.columns[2].width = bar = 10 if width < WIDE else 16
    for measure in sorted(chosen, key=list(groups).index):
        most = scale(value.figure.size for value in groups[measure])
        values = _telling(groups[measure], most)
        shown += len(values)
        for place, value in enumerate(values):
            what = _what(value, answer.entity, measure=place == 0 or width < NARROW)
            amount = text_of(value.amount_in_unit, "bold")
            if width < NARROW:
                yield Text.assemble(amount, " ", what, ", ", date_of(value.fact))
            else:
                drawn = figure_bar(value.figure, most, bar, value.fact.status) if len(values) > 1 else Text()
                made.add_row(what, amount, drawn, date_of(value.fact))
    if width >= NARROW:
        yield made
    more = len(answer.own_figures) - shown
    if more:
        option = "of" if answer.kind.key == "participants" else answer.kind.word
        yield text_of(f"and {number(more, 'more figure')}: oir figures --{option} {answer.entity.id}", "dim")


def _telling(values: list[Counted], most: float) -> list[Counted]:
    """The first, the largest up to `most`, and the last of some values in date order."""
    largest = max((value for value in values if value.figure.size <= most), key=lambda value: value.figure.size)
    return [value for value in values if value in (values[0], largest, values[-1])]


def _what(value: Counted, entity: Entity, *, measure: bool) -> Text:
    """The measure, the entity unless it is the profile's own, the thing counted, and the status."""
    of = value.of.name if value.of and value.of.id != entity.id else ""
    said = Text("; ").join(filter(None, [text_of(of), text_of(value.figure.what or ""), status_of(value.fact.status)]))
    if not measure:
        return Text.assemble("  ", said)
    return Text.assemble(clean(value.measure.name), " (", said, ")") if said else text_of(value.measure.name)
