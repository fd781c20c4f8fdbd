"""Wrong usage as one sentence that says what to type instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import typer

from oir_cli.errors import BadUsage

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


def refuse_command(args: list[str], commands: Iterable[str]) -> BadUsage:
    """The error for a first word that is not a command."""
    from oir_cli.names import nearest_ids

    near = nearest_ids(args[0], commands, most=1)
    if near:
        return BadUsage(f'no such command "{args[0]}"; did you mean oir {near[0]}? See oir --help')
    return BadUsage(f'no such command "{args[0]}"; try: oir search {" ".join(args)}; see oir --help')


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
