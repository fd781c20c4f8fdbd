"""The program's frame: the lazy group of commands, the session they share, and the end that all of them have."""

import inspect
from collections.abc import Callable, Sequence
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.cli.options import Output, spread_bundles
from oir_cli.cli.usage import refuse_argument, refuse_command
from oir_cli.console import progress
from oir_cli.console.deliver import deliver
from oir_cli.errors import StoreError

if TYPE_CHECKING:  # help needs no store
    from oir_cli.store import Store

# What `oir` alone prints.
WELCOME = """\
Facts about Operation Inherent Resolve in Iraq, 2014 to 2021, each with its
source.

  What mattered in the whole war?      oir timeline --brief --major
  What happened in 2016?               oir timeline --year 2016 --brief
  What did one country do?             oir country canada
  How did one event go?                oir event soleimani strike
  What became of ISIL's leaders?       oir person --side isil
  Any other question:                  oir search how much did the bombing cost

Type names as you know them (uk, daesh, falluja), and dates too (3 May 2016).
An answer in a file, by its extension: oir country canada -o canada.csv

All commands: oir --help. The options of one: oir timeline --help
"""
HELP = """Look up facts about Operation Inherent Resolve in Iraq, 2014 to 2021.

Every fact states its source and how certain it is. Type names as you know them (uk, Britain, daesh, falluja), and dates
too (2016, 2016-05, 3 May 2016).
"""
EXIT_CODES = """\b
Exit codes: 0 answered; 1 nothing found and --fail-empty, or check found
problems; 2 wrong usage or an unreadable date; 3 unknown name or id; 4 store
missing or broken; 130 interrupted."""

# A command asks one question: its answer, and the options that say how to write it.
Reply = tuple[Answer, Output]
Command = Callable[..., Reply]

# The headings of commands in --help, in this order.
HEADINGS = LOOK_UP, NUMBERS, TAKE_AWAY, STORE = "Look up", "Numbers", "Take away", "The store"


class Registered(NamedTuple):
    """A command: its function, its help, and the heading that it is under in the help of the program."""

    function: Command
    help: str
    heading: str


COMMANDS: dict[str, Registered] = {}  # by name, in the order of --help


class Session:
    """The options before the command, and the store, found when a command first asks for it."""

    def __init__(self, path: str | None, *, pager: bool) -> None:
        self.path = path
        self.pager = pager

    @cached_property
    def store(self) -> "Store":
        from oir_cli.store import Store, locate

        return Store(locate(self.path))

    def entities(self, key: str) -> dict[str, Any]:
        """The vocabulary `key` of the store."""
        return self.store.entities(key)

    def names(self, key: str) -> dict[str, str]:
        """The names in the vocabulary `key` of the store."""
        return self.store.names(key)

    @property
    def article(self) -> Any:
        """The article of the store."""
        return self.store.article

    @property
    def outlines(self) -> Any:
        """The lines of the map of the store."""
        return self.store.outlines


class CommandGroup(TyperGroup):
    """The commands, each built when it is asked for: building all of them would slow down every run of one."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            function, text, _ = COMMANDS[cmd_name]
            single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
            single.command(cmd_name, help=text, context_settings={"allow_extra_args": True})(_callback(function))
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise refuse_command(ctx, args, COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        longest = max(map(len, COMMANDS))
        for heading in HEADINGS:
            rows = [
                (name.ljust(longest), each.help.partition("\n")[0])
                for name, each in COMMANDS.items()
                if each.heading == heading
            ]
            with formatter.section(heading):
                formatter.write_dl(rows)


def command(name: str, help: str, heading: str = LOOK_UP) -> Callable[[Command], Command]:
    """Register a command: a function of the Session, arguments and bundles of options that returns a Reply."""

    def register(function: Command) -> Command:
        COMMANDS[name] = Registered(function, help, heading)
        return function

    return register


def _callback(function: Command) -> Callable[..., None]:
    """`function` as Typer calls it: with the single options, and ending with the answer delivered and an exit code."""
    spread = spread_bundles(function)
    parameters: Sequence[inspect.Parameter] = list(inspect.signature(spread).parameters.values())

    @wraps(spread)
    def run(context: typer.Context, **values: Any) -> None:
        if context.args:
            raise refuse_argument(context)
        session: Session = context.obj
        try:
            answer, output = spread(session, **values)
            raise typer.Exit(deliver(answer, output.request(pager=session.pager), session))
        except OSError as error:  # outputs and stores report their own; main takes one for a failure to print
            raise StoreError(error.filename or "oir", f"cannot be read ({error.strerror or error})") from error
        finally:
            progress.end()

    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    run.__signature__ = inspect.Signature([context, *parameters[1:]])  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in (context, *parameters[1:])}
    return run


# Plain help and plain errors: Rich would cost every run of --help its import, and add nothing.
app = typer.Typer(
    name="oir",
    cls=CommandGroup,
    help=HELP,
    epilog=EXIT_CODES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"oir {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    store: Annotated[
        str | None, typer.Option("--store", metavar="PATH", help="Read this store. [env: OIR_STORE]")
    ] = None,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Never page a long answer.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = Session(store, pager=not no_pager)
    if context.invoked_subcommand is None:
        typer.echo(WELCOME, nl=False)
