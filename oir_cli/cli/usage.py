"""Wrong usage as one sentence that says what to type instead."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any, cast

import typer

from oir_cli.errors import BadUsage, OirError
from oir_cli.kinds import KINDS

# The exception that the parser raises where arguments are wrong. Typer has a public name only for a subclass.
UsageError = cast(type[Exception], typer.BadParameter.__base__)


def usage_sentence(error: Any) -> str:
    """The problem with the arguments in one sentence, and where their help is; "" where there are no arguments."""
    if error.ctx is None:
        return str(error.format_message())
    if error.message == error.ctx.get_help():
        return ""
    option = getattr(error, "option_name", "")
    if option in _options(error.ctx.find_root()) - _options(error.ctx):
        value = "" if option != "--store" else " PATH"
        said = f"put {option} before the command: oir {option}{value} {error.ctx.info_name}"
    else:
        said = str(error.format_message()).rstrip(".").replace("'", '"')
    return f"{said[:1].lower()}{said[1:]}{' See' if said.endswith('?') else '; see'} {error.ctx.command_path} --help"


def refuse_command(context: Any, words: list[str], commands: Iterable[str]) -> BadUsage:
    """The error for a first word that is not a command: it gives the command that was probably meant."""
    from oir_cli.names import nearest_ids

    typed = " ".join(itertools.takewhile(lambda word: not word.startswith("-"), words)) or words[0]
    near = nearest_ids(words[0], commands, most=1)
    wanted = _command_for_name(context, typed) or _command_for_date(typed)
    if typed.casefold() == "help":
        wanted = "oir --help"
    elif wanted is None:
        wanted = f"oir {near[0]}" if near else f"oir search {typed}"
    return BadUsage(f'no such command "{words[0]}"; try: {wanted}{"" if typed == "help" else "; see oir --help"}')


def _command_for_name(context: Any, typed: str) -> str | None:
    """The command that tells of an entity with this name, if there is one."""
    from oir_cli.names import fold, spellings
    from oir_cli.store import Store, locate

    wanted = fold(typed)
    try:
        store = Store(locate(context.params.get("store")))
        for kind in KINDS.values():
            for entity in store.entities(kind.key).values():
                if kind.holds(entity) and wanted in spellings(entity):
                    return f"oir {kind.word} {entity.id}"
    except OirError:  # a store that cannot be read: the command has its own error
        pass
    return None


def _command_for_date(typed: str) -> str | None:
    """The command for the facts of a date, if it is one."""
    from oir_cli.dates import read_days

    try:
        read_days(typed)
    except OirError:
        return None
    if typed.isdigit():
        return f"oir timeline --year {typed}"
    quoted = f'"{typed}"' if " " in typed else typed
    return f"oir on {quoted}"


def refuse_argument(context: Any) -> BadUsage:
    """The error for arguments that a command does not take."""
    extra, name = " ".join(context.args), context.info_name
    hint = ""
    if name == "stats":
        hint = "; use options such as --by topic or --year 2016"
    elif "--year" in _options(context):
        hint = "; use options such as --year 2016 or --country canada"
    return BadUsage(f'{name} takes no argument "{extra}"{hint}; see oir {name} --help')


def _options(context: Any) -> set[str]:
    return {name for each in context.command.params for name in each.opts}
