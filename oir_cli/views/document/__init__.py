"""The content of a page as plain values: templates only lay it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from oir_cli.answers import Answer
from oir_cli.answers.brief import Brief
from oir_cli.answers.compare import Comparison
from oir_cli.answers.detail import Details
from oir_cli.answers.disputes import HEADINGS, Disputes, by_kind
from oir_cli.answers.figures import Counted, Figures
from oir_cli.answers.listing import Day, Listing, Timeline
from oir_cli.answers.located import PlaceMap, locate_facts
from oir_cli.answers.profile import Profile, Profiles, describe
from oir_cli.answers.references import link_to, place_of
from oir_cli.answers.sections import by_event, in_sections, month_of, year_of
from oir_cli.answers.whole import WholeStore
from oir_cli.dates import name_period, parse_stored, written
from oir_cli.entities import Event, Person, chain
from oir_cli.model import Fact, Source
from oir_cli.query import EVERYTHING, Query
from oir_cli.text import cell
from oir_cli.views import Context
from oir_cli.views.document.chart import make_chart, when
from oir_cli.views.document.map import make_map
from oir_cli.views.document.strip import make_strip

FILTERED = 12  # facts from which on a page has a filter
MOST_SAID = 6  # statements in a cell of a comparison
FOLDED = 200  # facts from which on each is folded to its title
STATUS = {
    "stated": "",
    "attributed": "attributed",
    "disputed": "disputed",
    "planned": "planned or announced",
}
# The facets of the filter: the key of a fact's ids, and the label.
FACETS = {"participants": "Who", "places": "Where", "topics": "Topic", "events": "Event"}
LABELS = {"year": "Year", "status": "Status", **FACETS}  # of all lists of the filter, in their order


@dataclass(frozen=True)
class FactView:
    """A fact with all that the page says of it; `facets` are what the filter chooses by."""

    fact: Fact
    when: str
    status: str
    sources: list[tuple[str, str]]  # words and address
    differs: list[tuple[str, str]]  # title and address within the page, "" where the page lacks the fact
    facets: Mapping[str, Sequence[str]]
    has_id: bool = True  # whether the id is written next to the text


@dataclass(frozen=True)
class Group:
    """Facts under the name of their event, "" where they need none; `id` is that of the heading in the page."""

    heading: str
    facts: list[FactView]
    event: str = ""
    id: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the page with its heading and its place in the list of contents."""

    id: str
    heading: str
    groups: list[Group]
    count: int


@dataclass(frozen=True)
class Table:
    headings: list[str]
    rows: Sequence[Sequence[str | list[str]]]  # a cell is a text, or several texts one below the other
    numbers: frozenset[int] = frozenset()  # columns of numbers


@dataclass(frozen=True)
class Page:
    """A page: its template, its title, a line below it, and what the template needs."""

    template: str
    title: str
    summary: str = ""
    sections: list[Section] = field(default_factory=list)
    filtered: bool = False
    folded: bool = False
    choices: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def page_of(answer: Answer, context: Context) -> Page:
    """The page of an answer; that of a class which has none of its own is a table."""
    for kind, make in PAGES.items():
        if isinstance(answer, kind):
            return make(answer, context)
    if (sentences := answer.sentences()) is not None:
        made = Table([answer.title], [[sentence] for sentence in sentences])
        summary = counted(len(sentences), "record", answer.left_out)
        return Page("table", answer.title, summary, more={"table": made, "sentences": sentences})
    if answer.brief == () and len(answer.rows()) == 1:
        [row] = answer.rows()
        made = Table(["", answer.title], [[key.replace("_", " "), cell(value)] for key, value in row.items()])
        return Page("table", answer.title, more={"table": made})
    wanted = answer.brief or answer.fields
    return table_page(answer, wanted if context.ids else [name for name in wanted if name not in answer.ids])


def table_page(answer: Answer, fields: Sequence[str]) -> Page:
    """A table with these fields of the answer's records."""
    rows = answer.rows()
    numbers = frozenset(
        place
        for place, name in enumerate(fields)
        if any(row[name] is not None for row in rows)
        and all(isinstance(row[name], int | float | None) and not isinstance(row[name], bool) for row in rows)
    )
    made = Table(
        [each.replace("_", " ") for each in fields], [[cell(row[each]) for each in fields] for row in rows], numbers
    )
    return Page("table", answer.title, counted(len(rows), "record", answer.left_out), more={"table": made})


def counted(count: int, word: str, left_out: int = 0) -> str:
    """ "3 facts", "10 of 14 facts"."""
    whole = count + left_out
    of = f"{count:,} of {whole:,}" if left_out else f"{count:,}"
    return f"{of} {word}{'s' * (whole != 1)}"


# Facts ----------------------------------------------------------------------------------------------------------------


def _fact_views(facts: Sequence[Fact], context: Context) -> dict[str, FactView]:
    titles = {fact.id: fact.title for fact in facts}
    return {fact.id: _fact_view(fact, titles, context) for fact in facts}


def _fact_view(fact: Fact, titles: Mapping[str, str], context: Context) -> FactView:
    span = parse_stored(fact.date) if fact.date else None
    years = range(span.first.year, (span.first if span.open else span.last).year + 1) if span else ()
    facets = {
        **{key: _above(fact.ids(key), key, context) for key in FACETS},
        "status": [fact.status],
        "year": [str(year) for year in years],
    }
    return FactView(
        fact=fact,
        when=when(fact),
        status=STATUS[fact.status],
        sources=[
            (_source(source), link_to(context.article, source) if context.article else "") for source in fact.sources
        ],
        differs=[
            (titles.get(each, each if context.ids else "another fact"), f"#{each}" if each in titles else "")
            for each in fact.differs_from
        ],
        facets=facets,
        has_id=context.ids,
    )


def _above(ids: Sequence[str], key: str, context: Context) -> list[str]:
    """The ids, and those of everything that these are part of."""
    entities = context.entities[key]
    return list(dict.fromkeys(found for each in ids for found in chain(entities, each)))


def _source(source: Source) -> str:
    return f"{source.section}, paragraph {source.paragraph}"


def _sections(
    parts: Iterator[tuple[str, list[Fact]]], views: Mapping[str, FactView], context: Context, within: str = ""
) -> list[Section]:
    names = {each: event.name for each, event in context.entities["events"].items()}
    sections: list[Section] = []
    for heading, facts in parts:
        groups = [
            Group(names[event] if event else "", [views[fact.id] for fact in some], event or "")
            for event, some in by_event(facts, names, within, keep_order=bool(within))
        ]
        sections.append(Section(f"s{len(sections) + 1}", heading, groups, len(facts)))
    return sections


def _facts_page(
    title: str, summary: str, facts: Sequence[Fact], sections: list[Section], context: Context, **more: Any
) -> Page:
    filtered = len(facts) >= FILTERED
    choices = _choices(sections, context) if filtered else {}
    places: dict[Facet, str] = {
        (key, value): f"{facet}.{place}"
        for facet, (key, values) in enumerate(choices.items())
        for place, (value, _) in enumerate(values, 1)
    }
    above = {each: _next_above(each, context) for each in places}
    for_filter = {
        "labels": LABELS,
        "numbered": {view.fact.id: _numbered(view, places, above) for view in _views_in(sections)},
        "above": " ".join(f"{places[each]}:{places[one]}" for each, one in above.items() if one in places),
    }
    return Page("facts", title, summary, sections, filtered, len(facts) >= FOLDED, choices, more | for_filter)


Facet = tuple[str, str]  # a facet of the filter, and a value of it


def _next_above(facet: Facet, context: Context) -> Facet:
    """The facet of the entity that the one of this facet is part of; its value is "" where there is none."""
    key, value = facet
    return key, (context.entities[key][value].above or "") if key in FACETS else ""


def _choices(sections: Sequence[Section], context: Context) -> dict[str, list[tuple[str, str]]]:
    """For each facet of the filter that has several values on the page: value and label of each, by label."""
    held: dict[str, set[str]] = {}
    for view in _views_in(sections):
        for key, values in view.facets.items():
            held.setdefault(key, set()).update(values)
    labels: dict[str, Callable[[str], str]] = {
        "year": str,
        "status": str,
        **{key: _namer(context, key) for key in FACETS},
    }
    return {
        key: sorted(((value, label(value)) for value in held.get(key, ())), key=lambda pair: pair[1].casefold())
        for key, label in labels.items()
        if len(held.get(key, ())) > 1
    }


def _views_in(sections: Sequence[Section]) -> Iterator[FactView]:
    return (view for section in sections for group in section.groups for view in group.facts)


def _numbered(view: FactView, places: Mapping[Facet, str], above: Mapping[Facet, Facet]) -> str:
    """The fact's values as the script reads them, short because there are many: "0.3 2.14".

    That is the place of a facet among those of the filter, and the place of a value in its list, where "all" is 0. A
    value that others are part of is left out: the script knows what is above each.
    """
    has = [(key, value) for key, values in view.facets.items() for value in values if (key, value) in places]
    implied = {above[each] for each in has}
    return " ".join(places[each] for each in has if each not in implied)


def _namer(context: Context, key: str) -> Callable[[str], str]:
    return lambda value: context.entities[key][value].name


def _listing_page(answer: Listing, context: Context) -> Page:
    views = _fact_views(answer.facts, context)
    query = answer.query if isinstance(answer, Timeline) else EVERYTHING
    if isinstance(answer, Day):
        exact, day = answer.facts[: answer.exact], name_period(answer.day)
        heads = [(day, exact), (f"Dated to a longer time that includes {day}", answer.facts[answer.exact :])]
        parts = iter([(heading, facts) for heading, facts in heads if facts])
    elif answer.ordered:
        parts = in_sections(answer.facts, query, month_of)
    else:
        parts = iter([("", answer.facts)] if answer.facts else [])
    sections = _sections(parts, views, context)
    return _facts_page(
        _title(answer.title, query), counted(len(views), "fact", answer.left_out), answer.facts, sections, context
    )


def _map_page(answer: PlaceMap, context: Context) -> Page:
    facts = answer.facts
    views = _fact_views(facts, context)
    sections = _sections(in_sections(facts, EVERYTHING, month_of), views, context)
    made = make_map(answer.located, context.outlines, context.entities["places"].values())
    return _facts_page("Where it happened", counted(len(facts), "fact"), facts, sections, context, map=made)


def _title(title: str, query: Query) -> str:
    """The title, with the time asked for, if it is one."""
    periods = [period for group in query.periods for period in group]
    return f"{title}: {name_period(periods[0])}" if len(periods) == 1 else title


def _details_page(answer: Details, context: Context) -> Page:
    facts = [detail.fact for detail in answer.facts]
    others = [each for detail in answer.facts for each in detail.differs if each not in facts]
    views = _fact_views([*facts, *others], context)
    parts = [("", facts), ("The article says otherwise elsewhere", others)]
    sections = _sections(iter([part for part in parts if part[1]]), views, context)
    title = facts[0].title if len(facts) == 1 else counted(len(facts), "fact")
    return _facts_page(title, "", facts, sections, context)


# Other answers --------------------------------------------------------------------------------------------------------


def _brief_page(answer: Brief, context: Context) -> Page:
    years = [
        (heading, [(line.date_text or (written(line.date) if line.date else ""), line) for line in lines])
        for heading, lines in in_sections(answer.lines, answer.query, year_of)
    ]
    events = sum(line.event is not None for line in answer.lines)
    summary = (
        f"{counted(len(answer.lines), 'line', answer.left_out)}: {events} events that {answer.fact_count} facts tell"
    )
    return Page("brief", _title(answer.title, answer.query), summary, more={"years": years, "status": STATUS})


def _profile_page(answer: Profile, context: Context) -> Page:
    return _profiles_page(Profiles([answer]), context)


def _profiles_page(answer: Profiles, context: Context) -> Page:
    facts = list({fact.id: fact for each in answer.profiles for fact in each.facts}.values())
    views = _fact_views(facts, context)
    names = {"participants": {each: one.name for each, one in context.entities["participants"].items()}}
    heads = []
    for profile in answer.profiles:
        figures = [
            [value.measure.name, value.amount_in_unit, value.figure.what or "", value.fact.date or "", value.fact.title]
            for value in profile.figures
        ]
        heads.append(
            {
                "name": profile.entity.name,
                "description": profile.entity.description,
                "about": describe(profile, names),
                "topics": [(entity.name, count) for entity, count in profile.topics[:8]],
                "figures": Table(["measure", "number", "of what", "date", "fact"], figures, frozenset({1})),
            }
        )
    within = answer.profiles[0].entity.id if len(answer.profiles) == 1 else ""
    sections = _sections(in_sections(facts, EVERYTHING, month_of), views, context, within)
    title = " and ".join(profile.entity.name for profile in answer.profiles)
    return _facts_page(title, counted(len(facts), "fact", answer.left_out), facts, sections, context, profiles=heads)


def _disputes_page(answer: Disputes, context: Context) -> Page:
    facts = {fact.id: fact for each in answer.disputes for fact in (each.fact, each.against) if fact}
    views = _fact_views(list(facts.values()), context)
    told: set[str] = set()

    def first_time(fact: Fact | None) -> bool:
        """Whether the page has not told the fact before: an address can be in it only once."""
        is_new = fact is not None and fact.id not in told
        told.add(fact.id if fact else "")
        return is_new

    kinds = [
        (
            HEADINGS[kind],
            [
                {
                    "claim": views[each.fact.id],
                    "claim_first": first_time(each.fact),
                    "other": views[each.against.id] if each.against else None,
                    "other_first": first_time(each.against),
                }
                for each in found
            ],
        )
        for kind, found in by_kind(answer.disputes)
    ]
    count = counted(len(answer.disputes), "dispute", answer.left_out)
    return Page("disputes", answer.title, count, more={"kinds": kinds})


def _comparison_page(answer: Comparison, context: Context) -> Page:
    said: dict[str, list[list[str]]] = {}
    for row in answer.rows():
        texts = row["said"]
        more = [f"and {len(texts) - MOST_SAID} more"] if len(texts) > MOST_SAID else []
        said.setdefault(row["question"], []).append([*texts[:MOST_SAID], *more])
    names = [participant.name for participant in answer.participants]
    made = Table(["question", *names], [[question, *cells] for question, cells in said.items()])
    return Page("table", answer.title, more={"table": made})


def _figures_page(answer: Figures, context: Context) -> Page:
    measures = []
    for measure in answer.measures:
        values = answer.of_measure(measure)
        rows = [[when(value.fact), value.amount_in_unit, _said_of(value), value.fact.title] for value in values]
        table = Table(["date", "number", "of what, by whom", "fact"], rows, frozenset({1}))
        measures.append((measure, make_chart(measure, values), table))
    title = answer.measures[0].name if len(answer.measures) == 1 else "Figures"
    summary = (
        f"{counted(len(answer.values), 'value', answer.left_out)}; values of different times or scopes do not add up"
    )
    return Page("figures", title, summary, more={"measures": measures})


def _said_of(value: Counted) -> str:
    """The entity and the thing counted, the status, and who says so or doubts it."""
    fact = value.fact
    said = [
        value.of.name if value.of else "",
        value.figure.what or "",
        STATUS[fact.status] if fact.status != "attributed" else "",
        f"said by {', '.join(fact.attributed_to)}" if fact.attributed_to else "",
        f"doubts: {', '.join(fact.disputed_by)}" if fact.disputed_by else "",
    ]
    return "; ".join(filter(None, said))


def _whole_page(answer: WholeStore, context: Context) -> Page:
    """All facts, after an overview: events in time, the map, the chart, people and disputes."""
    page = _listing_page(answer, context)
    numbers = iter(range(1, len(answer.facts)))
    sections = [
        replace(
            section, groups=[replace(each, id=f"e{next(numbers)}") if each.event else each for each in section.groups]
        )
        for section in page.sections
    ]
    addresses: dict[str, str] = {}
    for section in sections:
        for group in section.groups:
            for view in group.facts:
                for event in view.fact.events:
                    addresses.setdefault(event, f"#{group.id if group.event == event else view.fact.id}")
    places: Mapping[str, Any] = context.entities["places"]
    overview = {
        "strip": make_strip([cast(Event, each) for each in context.entities["events"].values()], addresses),
        "map": make_map(locate_facts(answer.facts, places), context.outlines, places.values()),
        "chart": [(measure, make_chart(measure, answer.figures.values)) for measure in answer.figures.measures],
        "people": _people_table(answer.facts, context),
        "disputes": [(HEADINGS[kind], found) for kind, found in by_kind(answer.disputes)],
        # The script and the sentence for readers without one fill in the words in capitals.
        "cite": place_of(context.article, "SECTION, paragraph NUMBER", "FACT-ID") if context.article else "",
        "paths": [*context.article.sections] if context.article else [],
    }
    title = context.article.title if context.article else page.title
    return replace(page, template="whole", title=title, sections=sections, more={**page.more, **overview})


def _people_table(facts: Sequence[Fact], context: Context) -> list[tuple[Person, str, str, str, int]]:
    """Of each person: side, date of the fate and the fact that it rests on, and number of facts; most facts first."""
    known = {fact.id: fact for fact in facts}
    counts = Counter(person for fact in facts for person in fact.people)
    sides = context.entities["participants"]
    rows = []
    for each in context.entities["people"].values():
        person = cast(Person, each)
        fact = known.get(person.fate_fact or "")
        side = sides[person.participant].name if person.participant and person.participant in sides else ""
        rows.append((person, side, when(fact) if fact else "", fact.id if fact else "", counts[person.id]))
    return sorted(rows, key=lambda row: (-row[4], row[0].name))


PAGES: dict[type, Callable[[Any, Context], Page]] = {
    WholeStore: _whole_page,
    Listing: _listing_page,
    PlaceMap: _map_page,
    Details: _details_page,
    Brief: _brief_page,
    Profile: _profile_page,
    Profiles: _profiles_page,
    Disputes: _disputes_page,
    Comparison: _comparison_page,
    Figures: _figures_page,
}
