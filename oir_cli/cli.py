"""The commands: each reads its arguments, asks one question, and hands the answer over. Help lives here."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer
from typer.core import TyperGroup

from oir_cli import __version__, completion, progress
from oir_cli.answers import Answer
from oir_cli.errors import BadUsage
from oir_cli.options import Filters, Output, with_bundles
from oir_cli.output import chosen, deliver, remark
from oir_cli.views import STYLES

if TYPE_CHECKING:  # help needs no store
    from oir_cli.store import Store

HELP = """Look up facts about Operation Inherent Resolve in Iraq, 2014 to 2021.

Every fact says where it comes from and how sure it is. Names are taken as people type them (uk, Britain, daesh,
falluja); dates too (2016, 2016-05, 3 May 2016).

\b
  oir timeline --year 2016
  oir country canada
  oir on "8 August 2014"
  oir search sinjar airdrop --json
"""
EXIT_CODES = """\b
Exit codes: 0 answered; 1 nothing found and --fail-empty, or check found
faults; 2 wrong usage or an unreadable date; 3 unknown name or id; 4 store
missing or broken; 130 interrupted."""

COMMANDS: dict[str, tuple[Callable[..., None], str]] = {}  # function and help by name, in the order of --help


class Commands(TyperGroup):
    """The commands, each built when it is asked for: building all of them would cost every run of one."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            function, told = COMMANDS[cmd_name]
            single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
            single.command(cmd_name, help=told)(with_bundles(function))
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS:  # a slip: the nearest of all names is wanted
            for name in COMMANDS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)


# Plain help and plain errors: Rich would cost every run of --help its import, and bring nothing that they need.
app = typer.Typer(
    name="oir",
    cls=Commands,
    help=HELP,
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

# What the parser raises where arguments are wrong. Typer has no public name for it, only for its child.
WrongUsage = cast(type[Exception], typer.BadParameter.__base__)


def wrong(error: Any) -> str:
    """What is wrong with the arguments in one sentence, and where their help is; "" where there are none at all."""
    if error.ctx is None:
        return str(error.format_message())
    if error.message == error.ctx.get_help():
        return ""
    said = _hinted(error) or str(error.format_message()).rstrip(".")
    return f"{said[:1].lower()}{said[1:]}{' See' if said.endswith('?') else '; see'} {error.ctx.command_path} --help"


def _hinted(error: Any) -> str:
    """What is wrong where the parser's own words would leave a newcomer alone; "" elsewhere."""
    taken = {name for each in error.ctx.command.params for name in each.opts}
    option = getattr(error, "option_name", "")
    if option in ("--store", "--no-pager", "--version") and option not in taken:
        return f"{option} goes before the name of the command"
    if error.message.startswith("No such command") and not error.message.endswith("?"):
        return f"{error.message.rstrip('.')}: oir search looks words up"
    if error.message.startswith("Got unexpected extra argument") and "--year" in taken:
        wanted = "--by topic" if error.ctx.info_name == "stats" else "--year 2016 or --country canada"
        return f"{error.message}: what is wanted is said by options, {wanted}"
    return ""


class Session:
    """What the options before the command say, and the store, found when a command first asks for it."""

    def __init__(self, path: str | None, *, pager: bool) -> None:
        self.path = path
        self.pager = pager

    @cached_property
    def store(self) -> "Store":
        from oir_cli.store import Store, locate

        return Store(locate(self.path))

    def show(self, answer: Answer, output: Output) -> None:
        """Deliver the answer as the output options want it, and end with its exit code."""
        wanted = output.wanted(pager=self.pager)
        if beside := chosen(answer, wanted).beside:
            from oir_cli.answers.accompanied import accompanied

            answer = accompanied(self.store, answer, beside)
        raise typer.Exit(deliver(answer, wanted))


class Grouping(StrEnum):
    """What stats counts facts by. Typer takes no list of a Literal's values."""

    YEAR = "year"
    MONTH = "month"
    TOPIC = "topic"
    COUNTRY = "country"
    PARTICIPANT = "participant"
    PERSON = "person"
    PLACE = "place"
    STATUS = "status"


Order = Literal["relevance", "date"]  # how search orders what it found


def command(name: str, help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command whose first parameter is the Session and whose others are arguments and bundles of options."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        COMMANDS[name] = function, help
        return function

    return register


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"oir {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    store: Annotated[
        str | None, typer.Option("--store", metavar="PATH", help="Read this store. [env: OIR_STORE]")
    ] = None,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Never page a long answer.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = Session(store, pager=not no_pager)


@command("timeline", "Facts in date order.\n\nFor example: oir timeline --year 2016 --country canada")
def timeline(context: typer.Context, filters: Filters, output: Output) -> None:
    from oir_cli.answers.listing import listing

    session: Session = context.obj
    session.show(listing(session.store, filters.query(session.store), "Timeline"), output)


@command(
    "on", "What happened on a day.\n\n8 August, without a year, means that day in every year; no DATE means today's."
)
def on(
    context: typer.Context,
    filters: Filters,
    output: Output,
    date: Annotated[list[str] | None, typer.Argument(metavar="[DATE]", show_default=False)] = None,
) -> None:
    from oir_cli.answers.listing import listing
    from oir_cli.dates import read_days, today

    session: Session = context.obj
    day = read_days(" ".join(date)) if date else today()
    query = filters.query(session.store, (day,))
    session.show(listing(session.store, query, f"On {' '.join(date or ['this day'])}", exact_first=True), output)


def _entity_command(name: str, key: str, title: str, what: str, example: str, *, states: bool = False) -> None:
    """Register the command that lists the vocabulary `key`, or profiles the entities that are named."""

    @command(
        name,
        f"{what}\n\nWithout NAME: the list, with counts and first and last date. With one or more: what it is, its "
        f"period, topics and key figures, then its facts.\n\nFor example: oir {name} {example}",
    )
    def show(
        context: typer.Context,
        filters: Filters,
        output: Output,
        names: Annotated[
            list[str] | None,
            typer.Argument(metavar="[NAME]...", show_default=False, autocompletion=completion.named),
        ] = None,
    ) -> None:
        from oir_cli.answers.profile import Profiles, directory, profile

        session: Session = context.obj
        store = session.store
        query = filters.query(store)
        if not names:
            session.show(directory(store, key, query, title, states=states), output)
        profiles = [profile(store, key, entity, query) for entity in store.resolve_all(key, names or [], states=states)]
        session.show(profiles[0] if len(profiles) == 1 else Profiles(profiles), output)


_entity_command(
    "country", "participants", "Countries", "States that took part or are spoken of.", "canada", states=True
)
_entity_command(
    "participant", "participants", "Participants", "States, forces, armed groups, organisations.", "peshmerga"
)
_entity_command("person", "people", "People", "People.", "obama")
_entity_command("place", "places", "Places", "Places, with what lies within them.", "mosul")
_entity_command("topic", "topics", "Topics", "Topics, with those below them.", "airstrikes")


@command(
    "search",
    "Facts that answer the words, the best first: names, dates and a question in plain words are understood. "
    "The ten best are shown, unless --limit says otherwise.\n\n"
    "For example: oir search how many sorties did danish f-16s fly",
)
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", show_default=False)],
    filters: Filters,
    output: Output,
    by: Annotated[Order, typer.Option("--by", help="The order of the facts found.")] = "relevance",
    explain: Annotated[bool, typer.Option("--explain", help="Say on stderr how the words were understood.")] = False,
) -> None:
    from oir_cli.search import search as ranked

    session: Session = context.obj
    found = ranked(session.store, " ".join(words), filters.query(session.store), by_date=by == "date")
    for line in found.explained() if explain else found.understood():
        remark(line)
    session.show(found, output)


@command("show", "Everything about a fact: its neighbours in time, and what it does not agree with.")
def show(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", show_default=False, autocompletion=completion.fact_ids)],
    output: Output,
) -> None:
    from oir_cli.answers.detail import details

    session: Session = context.obj
    session.show(details(session.store, ids), output)


@command(
    "cite",
    "References to facts, for papers and reference managers.\n\n"
    "They name the article and its section, the version, the licence and the address. Without --style or --format: "
    "text. The ending of --output (.bib, .ris, .txt) means a style as well.\n\n"
    "For example: oir cite 2016-05-03-keating-killed --style bibtex",
)
def cite(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", show_default=False, autocompletion=completion.fact_ids)],
    output: Output,
    style: Annotated[
        str | None,
        typer.Option("--style", help=f"{', '.join(STYLES)}.", metavar="STYLE", autocompletion=completion.styles),
    ] = None,
) -> None:
    from oir_cli.answers.references import references

    session: Session = context.obj
    wanted = output.wanted_in(style, pager=session.pager)
    raise typer.Exit(deliver(references(session.store, ids), wanted))


@command(
    "figures",
    "Numbers with their bounds, who counted, and bars.\n\nWithout MEASURE: what is counted. With one or more: the "
    "values in date order.\n\nFor example: oir figures troops-present --of united-states --chart",
)
def figures(
    context: typer.Context,
    filters: Filters,
    output: Output,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MEASURE]...", show_default=False, autocompletion=completion.named),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            help="Only what counts this entity or its parts.",
            metavar="NAME",
            autocompletion=completion.participants,
        ),
    ] = None,
    chart: Annotated[bool, typer.Option("--chart", help="A picture over time.")] = False,
) -> None:
    from oir_cli.answers.figures import figures as values
    from oir_cli.answers.figures import measures

    session: Session = context.obj
    query = filters.query(session.store)
    if chart:
        if not names:
            raise BadUsage("--chart draws a measure; name one, such as troops-present")
        output = output.or_table()
    if not names:
        session.show(measures(session.store, query, of), output)
    session.show(values(session.store, names or [], query, of, chart=chart), output)


@command("compare", "Participants side by side.\n\nFor example: oir compare canada denmark australia")
def compare(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", show_default=False, autocompletion=completion.named)],
    filters: Filters,
    output: Output,
) -> None:
    from oir_cli.answers.compare import compare as compared

    session: Session = context.obj
    session.show(compared(session.store, names, filters.query(session.store)), output)


@command(
    "stats",
    "How many facts by year, topic, participant, place and status, as bars.\n\n"
    "For example: oir stats --by month --year 2014",
)
def stats(
    context: typer.Context,
    filters: Filters,
    output: Output,
    by: Annotated[list[Grouping] | None, typer.Option("--by", help="What to count by; may be given again.")] = None,
) -> None:
    from oir_cli.answers.stats import stats as counted

    session: Session = context.obj
    session.show(counted(session.store, filters.query(session.store), by or ()), output)


@command(
    "disputes",
    "What is denied or doubted, and where the article does not agree with itself, side by side.\n\n"
    "For example: oir disputes --topic isil-leaders",
)
def disputes(context: typer.Context, filters: Filters, output: Output) -> None:
    from oir_cli.answers.disputes import disputes as found

    session: Session = context.obj
    session.show(found(session.store, filters.query(session.store)), output)


@command(
    "export",
    "Facts to stdout or a file, in the format of its ending; json where none is given.\n\n"
    "For example: oir export -o facts.csv, or the whole store as a database: oir export -o oir.sqlite",
)
def export(context: typer.Context, filters: Filters, output: Output) -> None:
    from oir_cli.answers.listing import listing

    session: Session = context.obj
    with progress.shown("export") as tell:
        answer = listing(session.store, filters.query(session.store), "Export", report=tell)
        tell(f"writing {len(answer.facts):,} facts")
        session.show(answer, output.or_json())


@command("check", "Check a store against its rules. Prints one line for each problem: file:id: what is wrong.")
def check(
    context: typer.Context,
    output: Output,
    path: Annotated[str | None, typer.Argument(metavar="[PATH]", help="A store's folder.", show_default=False)] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="First restore the canonical order and format of the files.")
    ] = False,
) -> None:
    from oir_cli.answers.faults import Faults
    from oir_cli.check import canonical, faults
    from oir_cli.store import Store, locate

    session: Session = context.obj
    store = Store(locate(path)) if path else session.store
    with progress.shown("check") as tell:
        if fix:
            canonical.fix(store)
        found = Faults(faults(store, tell))
    # A store without faults is no news.
    code = deliver(found, output.wanted(pager=session.pager), when_empty="")
    raise typer.Exit(max(code, int(bool(found.faults))))


@command(
    "schema",
    "The JSON Schema of a fact, or of a command's JSON answer.\n\nWithout NAME: the names; with --json all "
    "schemas in one. With one: the schema; as a table, its keys.\n\nFor example: oir schema fact",
)
def schema(
    context: typer.Context,
    output: Output,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", show_default=False, autocompletion=completion.schemas)
    ] = None,
) -> None:
    from oir_cli.answers.schemas import schemas

    session: Session = context.obj
    session.show(schemas(name), output.or_json() if name else output)


@command("about", "The article, its licence, what the store holds, versions, and the store's SHA-256.")
def about(context: typer.Context, output: Output) -> None:
    from oir_cli.answers.about import about as counted

    session: Session = context.obj
    session.show(counted(session.store), output)
