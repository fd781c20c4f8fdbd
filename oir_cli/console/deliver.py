"""Delivers an answer: picks the format, writes it once, and sends it to stdout, a file or a pager, with remarks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from oir_cli.answers import Answer, Row
from oir_cli.console import progress, terminal
from oir_cli.console.streams import encode, remark, write
from oir_cli.errors import BadUsage, CannotWrite, ExitCode
from oir_cli.files import replacing
from oir_cli.model import ID_LISTS
from oir_cli.views import CHART, DRAWINGS, EXTENSIONS, FORMATS, LINES, MAP, NAMES, STYLES, TABLE, Context, Format

BOM = "\ufeff"
# The formats that an option goes with, by the option. Spreadsheets look for a byte order mark.
ONLY_WITH = {
    "bom": ("csv", "tsv"),
    "names": ("json", "jsonl", "csv", "tsv", "md", "xlsx"),
    "long": ("ics",),
    "ascii": (TABLE, CHART, MAP),
    "no-ids": (TABLE, "md", "html", "svg", *DRAWINGS),
}


class OutputRequest(NamedTuple):
    """How the answer is to be written: in which format (None: what suits the stream), with which fields, and where."""

    format: str | None = None
    fields: tuple[str, ...] = ()
    path: Path | None = None
    force: bool = False
    bom: bool = False
    names: bool = False
    long: bool = False
    ascii: bool = False
    no_ids: bool = False
    fail_empty: bool = False
    pager: bool = True


class Source(Protocol):
    """The vocabularies, the article and the lines of the map of a store, read when a format needs them."""

    def entities(self, key: str) -> dict[str, Any]:
        """The entities of the vocabulary `key`, by id."""

    def names(self, key: str) -> dict[str, str]:
        """The names of the vocabulary `key`, by id."""

    @property
    def article(self) -> Any:
        """The article."""

    @property
    def outlines(self) -> Any:
        """The lines of the map."""


def deliver(answer: Answer, request: OutputRequest, source: Source) -> ExitCode:
    """Write the answer as requested, with its remarks; return the exit code.

    `source` offers a format what it needs besides the answer. Raises BadUsage for an unknown format or field, or
    CannotWrite.
    """
    view = pick_format(answer, request)
    unknown = [field for field in request.fields if field not in answer.fields]
    if unknown:
        raise BadUsage(f'unknown field "{unknown[0]}"; the fields are {", ".join(answer.fields)}')
    _remark_all(answer.preface())
    if request.names:
        _put_names(answer.rows(), source)
    fitted = view.fitted and request.path is None
    context = _context(view, answer, source, fitted=fitted)._replace(long=request.long, ids=not request.no_ids)
    written = view.write(answer, view.fields(answer, request.fields), context)
    content = written.content
    if isinstance(content, str) and request.bom:
        content = BOM + content
    if isinstance(content, str) and request.ascii:
        content = encode(content, "ascii")[0].decode()
    if request.path is not None:
        _write_file(request.path, content, force=request.force)
    elif fitted:
        _show(str(content), pager=request.pager)
    elif write(str(content), "utf-8" if request.bom else view.fallback):
        remark(f"stdout cannot show some characters ({sys.stdout.encoding}), so they were simplified; use --output")
    _remark_all([*answer.remarks(), written.remark, "nothing found" if answer.is_empty else ""])
    if answer.is_failure:
        return ExitCode.PROBLEMS
    return ExitCode.EMPTY if answer.is_empty and request.fail_empty else ExitCode.ANSWERED


def _put_names(rows: list[Row], source: Source) -> None:
    """Put the names of participants, people, places, topics and events in the place of their ids."""
    for key in ID_LISTS:
        names = source.names(key) if any(isinstance(row.get(key), list) for row in rows) else {}
        for row in rows:
            if isinstance(row.get(key), list):
                row[key] = [names.get(each, each) for each in row[key]]


def _remark_all(lines: Iterable[str]) -> None:
    for line in filter(None, lines):
        remark(line)


def pick_format(answer: Answer, request: OutputRequest) -> Format:
    """The format asked for, else that of the file's extension, else what suits the stream.

    Raises BadUsage if the format is unknown, does not suit the answer, or does not allow one of the options.
    """
    name = request.format if request.format is not None else file_extension(request.path)
    if name is not None:
        name = _format_called(name, answer)
        if name is None:
            raise BadUsage(_unknown_format(answer, request))
    if name is None and request.path is None and terminal.is_terminal(sys.stdout):
        name = TABLE
    for option, names in ONLY_WITH.items():
        if getattr(request, option.replace("-", "_")) and name not in names:
            listed = ", ".join(each for each in names if each in NAMES)
            raise BadUsage(f"--{option} can be used only with {listed}; choose one with --format")
    if name is None:
        return LINES
    view = FORMATS[name]
    if not view.suits(answer):
        hint = f"oir cite writes references, of ids or with the same filters: oir cite --year 2016 --style {name}"
        raise BadUsage(f"this answer has no {name} form; {hint if name in STYLES else _choices(answer)}")
    if request.fields and not view.picks:
        raise BadUsage(f"--fields cannot be used with {name}, because its fields are fixed")
    if view.binary and request.path is None:
        raise BadUsage(f"{name} cannot be written to stdout; name a file with --output")
    return view


def file_extension(path: Path | None) -> str | None:
    """The extension of the file's name; None for stdout, and for a pipe or device."""
    return None if path is None or is_stream(path) else path.suffix[1:].lower()


def _format_called(name: str, answer: Answer) -> str | None:
    """The format with this name, or with this extension; of several formats the first that suits the answer."""
    names = [each for each in EXTENSIONS.get(name, (name,)) if each in FORMATS]
    return next((each for each in names if FORMATS[each].suits(answer)), names[0] if names else None)


def _unknown_format(answer: Answer, request: OutputRequest) -> str:
    if request.format is not None:
        return f'unknown format "{request.format}"; {_choices(answer)}'
    extensions = ", ".join(f".{each}" for each in (*(each for each in _suitable(answer) if each != TABLE), *EXTENSIONS))
    name = request.path.name if request.path else ""
    return f'cannot tell the format from the extension of "{name}"; use --format, or one of {extensions}'


def _choices(answer: Answer) -> str:
    return f"choose one of {', '.join(_suitable(answer))}"


def _suitable(answer: Answer) -> list[str]:
    return [name for name, view in FORMATS.items() if view.suits(answer)]


def _context(view: Format, answer: Answer, source: Source, *, fitted: bool) -> Context:
    context = Context(
        names={key: source.names(key) for key in (answer.named if view.drawn else ())},
        entities={key: source.entities(key) for key in view.reads if key not in ("article", "outlines")},
        article=source.article if "article" in view.reads else None,
        outlines=source.outlines if "outlines" in view.reads else (),
    )
    if fitted:
        context = context._replace(
            width=terminal.size().columns,
            coloured=terminal.coloured(sys.stdout),
            on_terminal=terminal.is_terminal(sys.stdout),
        )
    return context


def _show(text: str, *, pager: bool) -> None:
    """Print a table on stdout, or in a pager where it is taller than the terminal."""
    progress.end()
    tall = terminal.is_terminal(sys.stdout) and text.count("\n") >= terminal.size().lines
    if not (tall and pager and terminal.page(encode(text, sys.stdout.encoding)[0])):
        write(text)


def is_stream(path: Path) -> bool:
    """Whether `path` is a pipe or a device, which cannot be overwritten or replaced."""
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
        home = path.resolve()  # a symbolic link is kept, and its target is written
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
