"""Hands an answer to a view, and its text to stdout, a file or a pager; remarks go to stderr.

The only module that asks whether stdout is a terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from oir_cli import views
from oir_cli.answers import Answer
from oir_cli.errors import BadUsage, CannotWrite
from oir_cli.views.text import clean

EMPTY = 1


class Wanted(NamedTuple):
    """How the answer is wanted: in which format (None: what suits the stream), with which fields, written where.

    `style` instead of a format is one of views.STYLES, for references.
    """

    format: str | None = None
    fields: tuple[str, ...] = ()
    path: Path | None = None
    force: bool = False
    fail_empty: bool = False
    pager: bool = True
    style: str | None = None


def deliver(answer: Answer, wanted: Wanted, *, when_empty: str = "nothing found") -> int:
    """Show the answer as wanted, and remark `when_empty` if it has no row; the exit code.

    Raises BadUsage for an unknown format or field, or CannotWrite.
    """
    fields = _fields(answer, wanted.fields)
    name = wanted.format or _suited(wanted.path)
    if name not in (None, *views.NAMES):
        raise BadUsage(f'unknown format "{name}"; choose one of {", ".join(views.NAMES)}')
    if wanted.style is not None:
        text, tall = views.styler(wanted.style)(answer), False
    elif name == views.TABLE:
        from oir_cli.views import table

        text, tall = table.render(answer, sys.stdout if wanted.path is None else None)
    else:
        text, tall = views.renderer(name)(answer, fields), False
    if wanted.path is not None:
        _write_file(wanted.path, text, force=wanted.force)
    elif not (tall and wanted.pager and _page(text)):
        write(text)
    left_out = getattr(answer, "left_out", 0)
    if left_out:
        remark(f"{left_out} more left out; --limit sets how many are shown")
    if answer.rows() or not when_empty:
        return 0
    remark(when_empty)
    return EMPTY if wanted.fail_empty else 0


def remark(text: str) -> None:
    """Say something about the answer on stderr."""
    with suppress(OSError, ValueError, AttributeError):  # stderr closed or full: there is no other place to say it
        print(f"oir: {_encodable(clean(text), sys.stderr)}", file=sys.stderr)


def write(text: str) -> None:
    """Write `text` to stdout. A closed pipe ends the program quietly; raises CannotWrite for any other failure."""
    try:
        stdout = sys.stdout
        stdout.write(_encodable(text, stdout))
        stdout.flush()
    except BrokenPipeError:
        # Python would complain when it flushes stdout at exit: give it a stdout that takes everything.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        _abandon_stdout()
        raise CannotWrite(f"cannot write to stdout ({reason})") from None


def _abandon_stdout() -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None


def _fields(answer: Answer, asked: Sequence[str]) -> Sequence[str]:
    unknown = [field for field in asked if field not in answer.fields]
    if unknown:
        raise BadUsage(f'unknown field "{unknown[0]}"; the fields are {", ".join(answer.fields)}')
    return asked or answer.fields


def _suited(path: Path | None) -> str | None:
    """The format for a file by its ending, else table for a terminal and bare lines for a pipe."""
    if path is not None:
        return path.suffix[1:].lower() if path.suffix[1:].lower() in views.FORMATS else "json"
    return views.TABLE if sys.stdout is not None and sys.stdout.isatty() else None


def _write_file(path: Path, text: str, *, force: bool) -> None:
    """Write a neighbour and rename it, so that the file is either whole or not there."""
    if path.exists() and not force:
        raise CannotWrite(f"{path} exists; --force overwrites it")
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with neighbour.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        neighbour.replace(path)
    except OSError as error:
        neighbour.unlink(missing_ok=True)
        raise CannotWrite(f"cannot write {path} ({error.strerror})") from None


def _page(text: str) -> bool:
    """Show `text` in the user's pager; False where there is none."""
    import shlex
    import shutil
    from subprocess import PIPE, Popen

    command = shlex.split(os.environ.get("PAGER", "less"))
    if not command or command == ["cat"] or not shutil.which(command[0]):
        return False
    # -F leaves at once if it fits, -R shows colours, -X keeps the text on the screen afterwards.
    pager = Popen(command, stdin=PIPE, env={"LESS": "FRX", **os.environ})  # noqa: S603 - the user's own command
    while True:
        try:
            with suppress(BrokenPipeError):  # left before the end
                pager.communicate(text.encode("utf-8", "replace"))
            return True
        except KeyboardInterrupt:  # Ctrl-C is the pager's, which decides when to leave
            continue


def _encodable(text: str, stream: Any) -> str:
    """`text` with what the stream's encoding cannot say in plainer letters, or else written out."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
        return text
    except (UnicodeEncodeError, LookupError):
        return "".join(_plainer(char, encoding) for char in text)


_PLAINER = {"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "≥": ">=", "≤": "<=", "·": "-",
            "ı": "i", "ø": "o", "─": "-", "━": "=", "█": "#", "│": "|"}  # fmt: skip


def _plainer(char: str, encoding: str) -> str:
    import unicodedata

    for candidate in (
        char,
        _PLAINER.get(char, ""),
        unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode(),
    ):
        try:
            if candidate.encode(encoding):
                return candidate
        except UnicodeEncodeError:
            continue
    return char.encode(encoding, "backslashreplace").decode(encoding)
