"""The commands: each reads its arguments, asks one question, and returns the answer. Their help is here."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from oir_cli.cli import completion
from oir_cli.cli.app import NUMBERS, STORE, TAKE_AWAY, Reply, Session, command
from oir_cli.cli.options import Filters, Output, choose, find_ids
from oir_cli.console import progress
from oir_cli.errors import BadUsage
from oir_cli.kinds import KINDS, PARTICIPANT, PERSON, PLACE, Kind
from oir_cli.model import DISPUTES, FATES
from oir_cli.query import EVERYTHING
from oir_cli.views import STYLES

if TYPE_CHECKING:
    from oir_cli.answers import Answer
    from oir_cli.answers.listing import Listing
    from oir_cli.entities import Person
    from oir_cli.query import Query

Order = Literal["relevance", "date"]  # how search orders what it found


@command(
    "timeline",
    "Facts in date order, grouped by event.\n\nWith --brief, a line for each event, and for each fact that belongs to "
    "none.\n\nFor example: oir timeline --year 2016 --brief --major",
)
def timeline(
    session: Session,
    filters: Filters,
    output: Output,
    brief: Annotated[bool, typer.Option("--brief", help="One line for each event.")] = False,
) -> Reply:
    query = filters.query(session.store)
    if brief:
        from oir_cli.answers.brief import brief as tell_briefly

        return tell_briefly(session.store, query), output
    from oir_cli.answers.listing import timeline as list_facts

    return list_facts(session.store, query), output


@command(
    "on",
    "Facts about a day or a period.\n\n8 August, without a year, means that day in every year; without DATE, today's "
    "day.\n\nFor example: oir on 8–11 August 2014",
)
def on(
    session: Session,
    filters: Filters,
    output: Output,
    date: Annotated[
        list[str] | None, typer.Argument(metavar="[DATE]", show_default=False, autocompletion=completion.dates)
    ] = None,
) -> Reply:
    from oir_cli.answers.listing import facts_on
    from oir_cli.dates import read_days, today

    day = read_days(" ".join(date)) if date else today()
    query = filters.query(session.store, (day,))
    return facts_on(session.store, day, query), output


def _summary(kind: Kind, more: str = "") -> str:
    """The help of the command of a kind."""
    return (
        f"{kind.summary}\n\nWithout NAME: the list, with counts and first and last date{more}. With one or more: a "
        f"profile of each, with period, topics, key figures and facts.\n\nFor example: oir {kind.word} {kind.example}"
    )


def _argument(kind: Kind) -> Any:
    """The argument that names entities of a kind."""
    return typer.Argument(metavar="[NAME]...", show_default=False, autocompletion=completion.entity_ids(kind))


def _profile_all(session: Session, kind: Kind, names: list[str], query: "Query") -> "Answer":
    from oir_cli.answers.profile import Profiles, profile
    from oir_cli.names import find_entities

    store = session.store
    profiles = [profile(store, kind, entity, query) for entity in find_entities(kind, names, store)]
    return profiles[0] if len(profiles) == 1 else Profiles(profiles)


def _list_or_profile(session: Session, kind: Kind, names: list[str] | None, query: "Query") -> "Answer":
    """The profiles of the entities that are named, or the list of all."""
    if names:
        return _profile_all(session, kind, names, query)
    from oir_cli.answers.directory import directory

    return directory(session.store, kind, query)


def _add_command(kind: Kind) -> None:
    """Register the command that lists all entities of a kind, or profiles those that are named."""

    @command(kind.word, _summary(kind))
    def answer(
        session: Session,
        filters: Filters,
        output: Output,
        names: Annotated[list[str] | None, _argument(kind)] = None,
    ) -> Reply:
        return _list_or_profile(session, kind, names, filters.query(session.store)), output


def _add_person() -> None:
    """Register the command for people, whose list can be narrowed to a side and a fate."""

    @command(PERSON.word, _summary(PERSON, " of facts, role and fate"))
    def person(
        session: Session,
        filters: Filters,
        output: Output,
        names: Annotated[list[str] | None, _argument(PERSON)] = None,
        side: Annotated[
            list[str] | None,
            typer.Option(
                "--side",
                help="Only people of this participant: isil, us.",
                metavar="NAME",
                autocompletion=completion.entity_ids(PARTICIPANT),
            ),
        ] = None,
        fate: Annotated[
            list[str] | None,
            typer.Option("--fate", help=f"Only {', '.join(FATES)}.", metavar="WORD", autocompletion=completion.fates),
        ] = None,
    ) -> Reply:
        store = session.store
        query = filters.query(store)
        if names:
            if side or fate:
                raise BadUsage("--side and --fate choose from the list of all people; leave out the name")
            return _profile_all(session, PERSON, names, query), output
        from oir_cli.answers.directory import directory

        sides = find_ids(store, PARTICIPANT, side) if side else None
        fates = {choose("fate", each, FATES) for each in fate or ()}

        def is_chosen(each: "Person") -> bool:
            return (sides is None or each.participant in sides) and (not fates or each.fate_kind in fates)

        return directory(store, PERSON, query, is_chosen, by_fate=bool(fates)), output


def _add_place() -> None:
    """Register the command for places, which can also be drawn as a map."""

    @command(PLACE.word, _summary(PLACE, ", or with --map where the facts happened"))
    def place(
        session: Session,
        filters: Filters,
        output: Output,
        names: Annotated[list[str] | None, _argument(PLACE)] = None,
        on_map: Annotated[
            bool, typer.Option("--map", help="Draw where the facts happened; with NAME, those at this place.")
        ] = False,
    ) -> Reply:
        store = session.store
        query = filters.query(store)
        if on_map:
            from oir_cli.answers.located import map_places

            there = ((PLACE.key, find_ids(store, PLACE, names)),) if names else ()
            return map_places(store, query._replace(links=(*query.links, *there))), output.as_map()
        return _list_or_profile(session, PLACE, names, query), output


_OWN_COMMANDS = {PERSON: _add_person, PLACE: _add_place}  # kinds whose command has options of its own
for each in KINDS.values():
    if each in _OWN_COMMANDS:
        _OWN_COMMANDS[each]()
    else:
        _add_command(each)


@command(
    "search",
    "Facts that best answer a question or keywords.\n\nNames, dates and questions in plain words are understood. "
    "Shows the ten best unless you set --limit.\n\n"
    "For example: oir search how many sorties did danish f-16s fly",
)
def search(
    session: Session,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", show_default=False)],
    filters: Filters,
    output: Output,
    by: Annotated[Order, typer.Option("--by", help="The order of the facts found.")] = "relevance",
    explain: Annotated[
        bool, typer.Option("--explain", help="Explain on stderr how the words were understood.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Only facts that have every name, date and word of the question.")
    ] = False,
) -> Reply:
    from oir_cli.search import Request
    from oir_cli.search import search as find_facts

    query = filters.query(session.store)
    request = Request(" ".join(words), query, by_date=by == "date", explain=explain, strict=strict)
    return find_facts(session.store, request), output


@command("show", "A fact in full.\n\nWith its neighbours in time, and the facts that it differs from.")
def show(
    session: Session,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", show_default=False, autocompletion=completion.fact_ids)],
    output: Output,
) -> Reply:
    from oir_cli.answers.detail import details

    return details(session.store, ids), output


@command(
    "cite",
    "References to facts, for papers and reference managers.\n\nOf the facts with these ids, or of those that match. "
    "They name the article and its section, the version, the licence and the address. Without --style: text, or the "
    "style of the extension of --output (.bib, .ris, .txt).\n\n"
    "For example: oir cite 2016-05-03-keating-killed --style bibtex",
    TAKE_AWAY,
)
def cite(
    session: Session,
    filters: Filters,
    output: Output,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", show_default=False, autocompletion=completion.fact_ids),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option("--style", help=f"{', '.join(STYLES)}.", metavar="STYLE", autocompletion=completion.styles),
    ] = None,
) -> Reply:
    from oir_cli.answers.references import references

    query = filters.query(session.store)
    if bool(ids) is not query.asks_all:
        raise BadUsage("name facts by their ids, or choose them with filters, such as oir cite --year 2016")
    return references(session.store, ids or (), query), output.in_style(style)


@command(
    "figures",
    "Numbers, with bounds, who counted, and bars.\n\nWithout MEASURE: the list of what is counted. With one or more: "
    "the values in date order.\n\nFor example: oir figures troops-present --of united-states --chart",
    NUMBERS,
)
def figures(
    session: Session,
    filters: Filters,
    output: Output,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MEASURE]...", show_default=False, autocompletion=completion.measures),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            help="Only numbers of this entity or its parts.",
            metavar="NAME",
            autocompletion=completion.entity_ids(PARTICIPANT),
        ),
    ] = None,
    chart: Annotated[bool, typer.Option("--chart", help="Draw the values over time.")] = False,
) -> Reply:
    from oir_cli.answers.figures import figures as values_of
    from oir_cli.answers.figures import measures

    query = filters.query(session.store)
    if not names:
        if chart:
            raise BadUsage("--chart draws a measure; name one, such as troops-present")
        return measures(session.store, query, of), output
    return values_of(session.store, names, query, of), output.as_chart() if chart else output


@command("compare", "Participants side by side.\n\nFor example: oir compare canada denmark australia", NUMBERS)
def compare(
    session: Session,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", show_default=False, autocompletion=completion.entity_ids(PARTICIPANT)),
    ],
    filters: Filters,
    output: Output,
) -> Reply:
    from oir_cli.answers.compare import compare as compare_sides

    return compare_sides(session.store, names, filters.query(session.store)), output


@command(
    "stats",
    "Numbers of facts by year, topic, place and more, as bars.\n\nFor example: oir stats --by month --year 2014",
    NUMBERS,
)
def stats(
    session: Session,
    filters: Filters,
    output: Output,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="Count by this; repeatable.", metavar="KEY", autocompletion=completion.groupings),
    ] = None,
) -> Reply:
    from oir_cli.answers.stats import GROUPINGS
    from oir_cli.answers.stats import stats as count_facts

    groupings = [choose("grouping", key, GROUPINGS) for key in by or ()]
    return count_facts(session.store, filters.query(session.store), groupings), output


@command(
    "disputes",
    "Claims in dispute, side by side.\n\nClaims that are denied or doubted, and facts that contradict each other.\n\n"
    "For example: oir disputes --topic isil-leaders",
)
def disputes(
    session: Session,
    filters: Filters,
    output: Output,
    brief: Annotated[bool, typer.Option("--brief", help="Only the titles of both sides.")] = False,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help=f"Only {', '.join(DISPUTES)}.",
            metavar="KIND",
            autocompletion=completion.dispute_kinds,
        ),
    ] = None,
) -> Reply:
    from oir_cli.answers.disputes import disputes as find_disputes

    kinds = {choose("kind", each, DISPUTES) for each in kind or ()}
    return find_disputes(session.store, filters.query(session.store), kinds, in_brief=brief), output


@command(
    "export",
    "Facts to stdout or a file.\n\nIn the format of the file's extension; else json.\n\n"
    "For example: oir export -o facts.csv, or the whole store as a database: oir export -o oir.sqlite",
    TAKE_AWAY,
)
def export(session: Session, filters: Filters, output: Output) -> Reply:
    report = progress.start("export")
    query = filters.query(session.store)
    answer: Listing
    if output.is_page() and query == EVERYTHING:
        from oir_cli.answers.whole import whole_store

        answer = whole_store(session.store, "Facts", report=report)
    else:
        from oir_cli.answers.listing import listing

        answer = listing(session.store, query, "Facts", report=report)
    report(f"writing {len(answer.facts):,} facts", 0, 0)
    return answer, output.or_else("json")


@command("check", "Validate a store: one line per problem, file:id: message.", STORE)
def check(
    session: Session,
    output: Output,
    path: Annotated[str | None, typer.Argument(metavar="[PATH]", help="A store's folder.", show_default=False)] = None,
    fix: Annotated[bool, typer.Option("--fix", help="First restore the order and format of the files.")] = False,
    index: Annotated[
        bool, typer.Option("--index", help="Also prepare the store for fast searches: write its index into its folder.")
    ] = False,
) -> Reply:
    from oir_cli.answers.faults import Faults
    from oir_cli.check import canonical, faults
    from oir_cli.store import Store, locate

    store = Store(locate(path)) if path else session.store
    report = progress.start("check")
    if fix:
        canonical.fix(store)
    found = faults(store, report)
    if not index or found:
        return Faults(found), output
    from oir_cli.search.build import prepare_index

    report("index", 0, 1)
    return Faults(found, (f"search index written to {prepare_index(store)}",)), output


@command(
    "schema",
    "The JSON Schema of a fact, or of a command's JSON answer.\n\nWithout NAME: the names; with --json all "
    "schemas in one. With NAME: the schema; as a table, its keys.\n\nFor example: oir schema fact",
    STORE,
)
def schema(
    session: Session,
    output: Output,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", show_default=False, autocompletion=completion.schemas)
    ] = None,
) -> Reply:
    from oir_cli.answers.schemas import schemas

    return schemas(name), output.or_else("json") if name else output


@command(
    "about",
    "The article, the licence and the store.\n\nAlso counts, versions and the SHA-256 of the store's files.",
    STORE,
)
def about(session: Session, output: Output) -> Reply:
    from oir_cli.answers.about import about as describe_store

    return describe_store(session.store), output
