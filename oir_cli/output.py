"""Hands an answer to a view, and what it makes to stdout, a file or a pager; remarks go to stderr."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from oir_cli import progress
from oir_cli.answers import Answer
from oir_cli.errors import BadUsage, CannotWrite, brief
from oir_cli.files import replacing
from oir_cli.terminal import is_terminal
from oir_cli.text import clean, escape_json
from oir_cli.views import ENDINGS, FORMATS, LINES, STYLES, TABLE, Format, function

EMPTY = 1
BOM = "\ufeff"
# Formats whose first letter may be a byte order mark: spreadsheets look for one.
MARKED = ("csv", "tsv")


class Wanted(NamedTuple):
    """How the answer is wanted: in which format (None: what suits the stream), with which fields, written where.

    `style` instead of a format is one of views.STYLES, for references.
    """

    format: str | None = None
    fields: tuple[str, ...] = ()
    path: Path | None = None
    force: bool = False
    bom: bool = False
    fail_empty: bool = False
    pager: bool = True
    style: str | None = None


def chosen(answer: Answer, wanted: Wanted) -> Format:
    """The format asked for, else the one that the file's ending says, else what suits the stream.

    Raises BadUsage where there is none, where it makes no sense for the answer, or where an option does not go with it.
    """
    name = wanted.style or wanted.format or _ending(wanted.path)
    if wanted.bom and name not in MARKED:
        raise BadUsage(f"--bom goes with {' and '.join(MARKED)} only")
    if wanted.style is not None:
        return STYLES[wanted.style][0]
    if name is None:
        return FORMATS[TABLE] if wanted.path is None and is_terminal(sys.stdout) else LINES
    sensible = ", ".join(each for each, view in FORMATS.items() if view.suits(answer))
    if name in STYLES and name != "text":  # who asks for text may mean a table
        raise BadUsage(f"{name} is a style of references: oir cite --style {name}")
    if name not in FORMATS:
        raise BadUsage(f'unknown format "{name}"; choose one of {sensible}')
    view = FORMATS[name]
    if not view.suits(answer):
        raise BadUsage(f"{name} makes no sense for this answer; choose one of {sensible}")
    if wanted.fields and not view.picks:
        raise BadUsage(f"--fields does not go with {name}, which has fields of its own")
    if view.binary and wanted.path is None:
        raise BadUsage(f"{name} cannot be written to stdout; name a file with --output")
    return view


def deliver(answer: Answer, wanted: Wanted, *, when_empty: str = "nothing found") -> int:
    """Show the answer as wanted; the exit code. If it has no row, remark `when_empty`, unless that is no news ("").

    Raises BadUsage for an unknown format or field, or CannotWrite.
    """
    view = chosen(answer, wanted)
    unknown = [field for field in wanted.fields if field not in answer.fields]
    if unknown:
        raise BadUsage(f'unknown field "{unknown[0]}"; the fields are {", ".join(answer.fields)}')
    render, fields = function(view.render), view.fields(answer, wanted.fields)
    if wanted.path is None and view is FORMATS[TABLE]:
        _show(answer, fields, render, pager=wanted.pager)
    else:
        content = (BOM if wanted.bom else "") + render(answer, fields) if not view.binary else render(answer, fields)
        if wanted.path is not None:
            _write_file(wanted.path, content, force=wanted.force)
        elif write(content, "never" if wanted.bom else view.plainly):
            remark(f"stdout is {sys.stdout.encoding}, so some letters are written plainer; --output keeps them")
    _remark_on(answer, view)
    empty = not answer.rows()
    if empty and when_empty:
        remark(when_empty)
    return EMPTY if wanted.fail_empty and empty and when_empty else 0


def _show(answer: Answer, fields: Any, render: Callable[..., str], *, pager: bool) -> None:
    """Draw a table on stdout, or in a pager where it is taller than the terminal."""
    from oir_cli import terminal
    from oir_cli.views import Page

    columns, lines = terminal.size()
    text = render(answer, fields, Page(columns, terminal.coloured(sys.stdout)))
    progress.end()
    tall = is_terminal(sys.stdout) and text.count("\n") >= lines
    if not (tall and pager and terminal.page(_encoded(text, sys.stdout.encoding, "")[0])):
        write(text)


def _remark_on(answer: Answer, view: Format) -> None:
    """Say what the output does not hold."""
    left_out = getattr(answer, "left_out", 0)
    if left_out:
        remark(f"{left_out} more left out; --limit sets how many are shown")
    if view.remark and (said := function(view.remark)(answer)):
        remark(said)


def _ending(path: Path | None) -> str | None:
    """The format that the ending of the file's name says; None for stdout, and for a pipe or device by its name.

    Raises BadUsage where it says none: a file of another format than its name promises would help nobody.
    """
    if path is None or is_stream(path):
        return None
    ending = path.suffix[1:].lower()
    name = ENDINGS.get(ending, ending)
    if name not in FORMATS:
        endings = ", ".join(f".{each}" for each in (*(each for each in FORMATS if each != TABLE), *ENDINGS))
        raise BadUsage(f'no format is known by the ending of "{path.name}"; use --format, or one of {endings}')
    return name


# Files ---------------------------------------------------------------------------------------------------------------


def is_stream(path: Path) -> bool:
    """Whether `path` is a pipe or a device, which has nothing to overwrite and cannot be put in place by a rename."""
    try:
        return path.exists() and not path.is_file() and not path.is_dir()
    except OSError:
        return False


def _write_file(path: Path, content: str | bytes, *, force: bool) -> None:
    """Write the file whole or not at all. Raises CannotWrite."""
    data = content.encode() if isinstance(content, str) else content
    try:
        if is_stream(path):
            with suppress(BrokenPipeError):  # its reader has seen enough
                path.write_bytes(data)
            return
        home = path.resolve()  # a link stays one, and what it leads to is written
        if home.is_symlink():  # before Python 3.13 `resolve` raises RuntimeError itself
            raise RuntimeError("its links lead in a circle")
        if home.is_dir():
            raise CannotWrite(f"{path} is a folder")
        if home.exists() and not force:
            raise CannotWrite(f"{path} exists; --force overwrites it")
        with replacing(home) as neighbour:
            neighbour.write_bytes(data)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotWrite(f"cannot write {path} ({reason})") from None


# Streams -------------------------------------------------------------------------------------------------------------


def remark(text: str) -> None:
    """Say something about the answer on stderr."""
    progress.end()
    with suppress(OSError, ValueError, AttributeError):  # stderr closed or full: there is no other place to say it
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        print(f"oir: {_encoded(brief(clean(text)), encoding, '')[0].decode(encoding)}", file=sys.stderr)


def write(text: str, plainly: str = "") -> bool:
    """Write `text` to stdout, as bytes, the same on every system; whether letters were replaced by plainer ones.

    `plainly` is that of a Format. A closed pipe ends quietly; raises CannotWrite for any other failure.
    """
    progress.end()
    try:
        stdout = sys.stdout
        encoding = getattr(stdout, "encoding", None) or "utf-8"
        data, replaced = _encoded(text, encoding, plainly)
        binary = getattr(stdout, "buffer", None)
        if binary is None:  # a stream of text alone, which somebody put in the place of stdout
            stdout.write(data.decode(encoding))
        else:
            stdout.flush()
            binary.write(data)
        stdout.flush()
        return replaced
    except BrokenPipeError:
        # Python would complain when it flushes stdout at exit: give it a stdout that takes everything.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    except (OSError, ValueError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        abandon_stdout()
        raise CannotWrite(f"cannot write to stdout ({reason})") from None


def abandon_stdout() -> None:
    """Let stdout take everything and keep nothing: Python flushes it at exit, and would fail once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None


def _encoded(text: str, encoding: str, plainly: str) -> tuple[bytes, bool]:
    """`text` as bytes of `encoding`, and whether letters that it does not have were replaced by plainer ones."""
    if plainly == "never" or codecs.lookup(encoding).name == "utf-8":
        return text.encode("utf-8", "backslashreplace"), False
    if plainly == "json":
        return escape_json(text, all_letters=True).encode(encoding), False
    if plainly == "xml":
        return text.encode("ascii", "xmlcharrefreplace").decode().encode(encoding), False
    try:
        return text.encode(encoding), False
    except UnicodeEncodeError:
        return "".join(_plainer(char, encoding) for char in text).encode(encoding), True


_PLAINER = {"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "≥": ">=", "≤": "<=", "·": "-",
            "ı": "i", "ø": "o", "─": "-", "━": "=", "█": "#", "│": "|", "≠": "!=", "→": ">", "»": ">>", "↑": "^",
            "↓": "v", "░": ":", "▏": "-", "▎": "-", "▍": "-", "▌": "#", "▋": "#", "▊": "#", "▉": "#", "●": "*",
            "○": "o", "┤": "+", "└": "+", "┬": "+", "┴": "+"}  # fmt: skip


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
