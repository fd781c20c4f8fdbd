"""Completion after TAB, where Typer does not know the values: names, ids, fields. Values are ids and need no quotes.

Typer makes the shells' scripts (`--show-completion`, `--install-completion`) and finds the option or argument that is
being typed. A store that is missing or broken offers nothing: a prompt is the wrong place for an error.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from oir_cli.errors import OirError
from oir_cli.kinds import KINDS, MEASURE, Kind
from oir_cli.model import DISPUTES, FATES, STATUSES
from oir_cli.views import NAMES, STYLES

if TYPE_CHECKING:  # most of what is completed is in no store
    from oir_cli.store import Store

# Set by the shells' scripts; its name follows from the program's.
ENVIRONMENT = "_OIR_COMPLETE"

Values = Callable[[typer.Context, str], Iterable[str]]
# None where no shell asks: Typer inspects each completer, for each option of each command, on every run.
Completer = Callable[[typer.Context, str], list[str]] | None


def asked() -> bool:
    """Whether a shell runs the program to complete a command line."""
    return ENVIRONMENT in os.environ


def prepare() -> None:
    """Make ready for Typer to answer the shell."""
    # Typer takes a markup out of help texts with Rich, which is slow to import, and would take our "[env: …]" with it.
    sys.modules["rich"] = None  # type: ignore[assignment]  # as importlib documents it: not to be found
    if "COMP_WORDS" in os.environ:
        _join_equals(os.environ["COMP_WORDS"].split("\n"), os.environ.get("COMP_CWORD", ""))


def _join_equals(words: list[str], at: str) -> None:
    """Hand Typer "--country" and "ca" where bash has three words for "--country=ca"."""
    current = int(at) if at.isdigit() else 0
    for place in range(min(current, len(words) - 1), 1, -1):
        if words[place] == "=" and words[place - 1].startswith("--"):
            if place == current:
                words[place] = ""
            else:
                del words[place]
                current -= 1
    os.environ |= {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(current)}


class Replacement(str):
    """A value that replaces what is typed, as `united-kingdom` replaces `UK`; Typer drops any that begin otherwise."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True


def _quietly(values: Values, *, files: bool = False) -> Completer:
    """A completer of `values`, of which Typer takes those that begin with what is typed.

    Where nothing does, the shell would offer its own files: then what is typed is offered, unless `files` are wanted.
    """

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        try:
            offered = list(values(context, incomplete))
        except OirError:
            return []
        if files or not incomplete or any(value.startswith(incomplete) for value in offered):
            return offered
        return [incomplete]

    return complete if asked() else None


def _store(context: typer.Context) -> Store:
    from oir_cli.store import Store, locate

    return Store(locate(context.find_root().params.get("store")))


def entity_ids(kind: Kind) -> Completer:
    """Completes the ids of a kind, also from the beginning of a name or an alias, in capitals or not."""

    def offer(context: typer.Context, incomplete: str) -> Iterable[str]:
        entities = [each for each in _store(context).entities(kind.key).values() if kind.holds(each)]
        if ids := [each.id for each in entities if each.id.startswith(incomplete)]:
            return ids
        from oir_cli.names import fold, spellings

        wanted = fold(incomplete)
        named = (each.id for each in entities if any(name.startswith(wanted) for name in spellings(each)))
        return map(Replacement, named if wanted else ())

    return _quietly(offer)


def _years(context: typer.Context, _: str) -> Iterable[str]:
    return _store(context).fact_years()


def _dates(context: typer.Context, incomplete: str) -> Iterable[str]:
    """Years, after a year its months, and after a month its days: those in which facts begin."""
    if not (depth := min(incomplete.count("-"), 2)):
        return _years(context, incomplete)
    beginning = re.compile(rf"\d{{4}}(-\d\d){{{depth}}}\b", re.ASCII)
    found = (beginning.match(each) for each in _store(context).fact_ids(incomplete))
    return dict.fromkeys(each.group() for each in found if each)


def _fields(context: typer.Context, incomplete: str) -> Iterable[str]:
    """The fields of the command's answer that are not chosen yet, after the commas of those that are."""
    from oir_cli.schema import record_keys

    command = context.command.name or ""
    # While an option lacks its value, the arguments before it are still unsorted.
    arguments = [each.name or "" for each in context.command.params if each.param_type_name == "argument"]
    named = bool(context.args) or any(context.params.get(name) for name in arguments)
    chosen, comma, _ = incomplete.rpartition(",")
    for key in record_keys(command, named=named):
        if key not in chosen.split(","):
            yield f"{chosen}{comma}{key}"


def _schemas(context: typer.Context, _: str) -> Iterable[str]:
    from oir_cli.schema import names

    return names()


# Nothing, so that the shell offers its own files; Typer would offer what is typed.
files = _quietly(lambda context, _: (), files=True)
dates = _quietly(_dates)
measures = entity_ids(MEASURE)
fact_ids = _quietly(lambda context, incomplete: _store(context).fact_ids(incomplete))
years = _quietly(_years)
fields = _quietly(_fields)
schemas = _quietly(_schemas)
fates = _quietly(lambda context, _: FATES)
dispute_kinds = _quietly(lambda context, _: DISPUTES)
statuses = _quietly(lambda context, _: STATUSES)
formats = _quietly(lambda context, _: NAMES)
styles = _quietly(lambda context, _: STYLES)
groupings = _quietly(lambda context, _: ("year", "month", *KINDS, "status"))
