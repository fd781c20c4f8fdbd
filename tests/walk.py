"""Every command of the program with arguments to try it with, for the tests that walk over all of them.

A command that is not in ARGUMENTS fails those tests: give it a line here, and a line in oir_cli/schema.py.
"""

from __future__ import annotations

from typing import Any

import pytest
import typer.main

from oir_cli import cli
from oir_cli.cli.app import COMMANDS as REGISTERED

# On the small store: the bare command where it can be bare, then each shape that its answer can have, also empty.
ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "timeline": (
        (),
        ("--year", "2014", "--reverse"),
        ("--limit", "2"),
        ("--year", "1999"),
    ),
    "on": (("3 May",), ("2014-08-08",), ("1 January",)),
    "country": ((), ("ruritania",), ("ruritania", "strawland"), ("ruritania", "--year", "1999"), ("--year", "1999")),
    "participant": ((), ("isil",), ("raf", "isil")),
    "person": ((), ("jane-doe",), ("doe", "jane-doe")),
    "place": ((), ("falluja",), ("falluja", "mosul")),
    "topic": ((), ("strikes",), ("strikes", "losses")),
    "event": ((), ("august-campaign",), ("doe-attack", "falluja-strikes"), ("--year", "1999")),
    "search": (("advisers",), ("nonsuch",)),
    "show": (("2014-08-09-strawland-militia-loses-45",), ("undated-new-strawland-base", "2016-05-03-doe-wounded")),
    "cite": (
        ("2014-08-09-strawland-militia-loses-45",),
        ("undated-new-strawland-base", "2016-05-03-doe-wounded"),
        ("--year", "2016"),
    ),
    "figures": (
        (),
        ("--of", "ruritania"),
        ("strikes",),
        ("fighters-killed", "strikes"),
        ("strikes", "--limit", "1"),
    ),
    "compare": (("ruritania",), ("ruritania", "strawland"), ("ruritania", "new-strawland", "--limit", "1")),
    "stats": ((), ("--by", "month"), ("--by", "country", "--by", "status", "--limit", "1")),
    "disputes": ((), ("--limit", "1")),
    "export": ((), ("--country", "strawland")),
    "check": ((),),
    "schema": ((), ("fact",), ("timeline",), ("country",)),
    "about": ((),),
}
COMMANDS = list(REGISTERED)


def arguments(command: str) -> tuple[tuple[str, ...], ...]:
    """The arguments to try `command` with; fails the test where nobody has said them."""
    if command not in ARGUMENTS:
        pytest.fail(f"oir {command} is walked by no test: give its arguments in tests/walk.py")
    return ARGUMENTS[command]


def runs() -> list[tuple[str, tuple[str, ...]]]:
    """Each command with each of its arguments."""
    return [(command, each) for command in COMMANDS for each in ARGUMENTS.get(command, ())]


def parameters(command: str) -> list[Any]:
    """The command's parameters as Typer builds them."""
    group: Any = typer.main.get_command(cli.app)
    found: list[Any] = group.get_command(None, command).params
    return found


def options(command: str) -> set[str]:
    return {name for each in parameters(command) for name in each.opts if name.startswith("-")}


def takes_names(command: str) -> bool:
    """Whether the command's argument is a name or an id of something."""
    return any(
        each.param_type_name == "argument" and (each.metavar or "").strip("[].") in ("NAME", "ID")
        for each in parameters(command)
    )
