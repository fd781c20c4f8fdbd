"""What a terminal gets: tables of its width, colours if it wants them, a pager where the answer is taller."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BUNDLED, SMALL

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

ESCAPE = "\x1b["
OURS = ("COLUMNS", "LINES", "TERM", "PAGER", "LESS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR")


def on_terminal(*argv: str, columns: int = 80, lines: int = 24, **environment: str) -> str:
    """What the program shows on a terminal of this size."""
    return _run(argv, columns, lines, environment)[0]


def beside_terminal(*argv: str, columns: int = 80, **environment: str) -> str:
    """What the program sends into a pipe, started on a terminal of this size."""
    return _run(argv, columns, 24, environment, stdout=subprocess.PIPE)[1]


def _run(
    argv: tuple[str, ...], columns: int, lines: int, environment: dict[str, str], stdout: int | None = None
) -> tuple[str, str]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    inherited = {key: value for key, value in os.environ.items() if key not in OURS}
    running = subprocess.Popen(
        [sys.executable, "-m", "oir_cli", "--store", str(SMALL), *argv],
        stdin=theirs,
        stdout=stdout or theirs,
        stderr=theirs,
        env=inherited | {"TERM": "xterm", "PAGER": "cat"} | environment,
        start_new_session=True,
    )
    os.close(theirs)
    with running:
        piped = running.stdout.read() if running.stdout else b""
        shown = b"".join(iter(lambda: _some(ours), b""))
    os.close(ours)
    assert running.returncode == 0
    return shown.decode().replace("\r\n", "\n"), piped.decode()


def _some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody writes any more
        return b""


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("columns", [20, 30, 56, 80, 120, 300])
def test_a_terminal_gets_a_table_of_its_width(columns: int) -> None:
    shown = on_terminal("timeline", columns=columns)
    assert max(map(len, plain(shown).splitlines())) <= columns
    assert "Ruritania" in plain(shown)
    # Wherever COLUMNS is set, it is believed, on a terminal that cannot do much as well.
    told = on_terminal("timeline", COLUMNS=str(columns), TERM="dumb")
    assert told == re.sub(r" +$", "", plain(shown), flags=re.MULTILINE)


def test_a_pipe_gets_lines_and_a_table_in_a_pipe_fits_the_terminal_beside_it() -> None:
    lines = beside_terminal("timeline", columns=30)
    assert {line.count("\t") for line in lines.splitlines()} == {18}
    table = beside_terminal("timeline", "-f", "table", columns=30)
    assert max(map(len, table.splitlines())) <= 30
    assert ESCAPE not in table


@pytest.mark.parametrize(
    ("environment", "on_it", "beside"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "", "CLICOLOR_FORCE": ""}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True, True),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colours_are_for_who_wants_them(environment: dict[str, Any], on_it: bool, beside: bool) -> None:
    shown = on_terminal("timeline", "--year", "2016", **environment)
    assert (ESCAPE in shown) is on_it
    piped = beside_terminal("timeline", "--year", "2016", "-f", "table", **environment)
    assert (ESCAPE in piped) is beside
    assert plain(piped).split() == plain(shown).split()


@pytest.mark.parametrize("name", ["json", "csv", "md", "svg"])
def test_only_tables_have_colours(name: str) -> None:
    assert ESCAPE not in on_terminal("timeline", "--year", "2016", "-f", name, FORCE_COLOR="1")


PAGER = "sed s/^/paged:/"


@pytest.mark.parametrize(
    ("argv", "options", "paged"),
    [
        (["timeline"], {}, True),
        (["timeline"], {"lines": 200}, False),
        (["--no-pager", "timeline"], {}, False),
        (["timeline", "--json"], {}, False),
        (["timeline"], {"TERM": "dumb"}, False),
        (["timeline"], {"PAGER": "cat"}, False),
        (["timeline"], {"PAGER": ""}, False),
        (["timeline"], {"PAGER": "no-such-pager"}, False),
        (["timeline"], {"PAGER": "sed 's/^/paged:/"}, False),
    ],
)
def test_a_pager_only_for_a_table_taller_than_the_terminal(
    argv: list[str], options: dict[str, Any], paged: bool
) -> None:
    wanted: dict[str, Any] = {"lines": 12, "PAGER": PAGER} | options
    shown = on_terminal(*argv, **wanted)
    assert ("paged:" in shown) is paged
    assert "Ruritania" in shown


@pytest.mark.parametrize("content", [b"\x00", b"#!/no/such/interpreter\n"])
def test_a_pager_that_does_not_run_is_none(tmp_path: Path, content: bytes) -> None:
    pager = tmp_path / "pager"
    pager.write_bytes(content)
    pager.chmod(0o755)
    assert on_terminal("timeline", lines=12, PAGER=str(pager)) == on_terminal("--no-pager", "timeline", lines=12)


def test_a_pager_that_is_left_early_is_no_error() -> None:
    shown = on_terminal("--store", str(BUNDLED), "timeline", lines=12, PAGER="head -n 1")
    assert len(shown.splitlines()) == 1


def test_less_shows_colours_and_leaves_what_it_shows() -> None:
    shown = on_terminal("timeline", lines=12, PAGER="sh -c 'cat >/dev/null; echo $LESS'")
    assert shown == "FRX\n"
    shown = on_terminal("timeline", lines=12, PAGER="sh -c 'cat >/dev/null; echo $LESS'", LESS="-i")
    assert shown == "-i\n"


@pytest.mark.parametrize(
    ("name", "really", "coloured"),
    [("less", "less", True), ("less", "busybox", False), ("more", "more", False), ("bat", "bat", True)],
)
def test_escape_codes_are_sent_only_to_a_pager_that_shows_colours(
    tmp_path: Path, name: str, really: str, coloured: bool
) -> None:
    pager = tmp_path / really
    pager.write_text('#!/bin/sh\necho "options: $*"; sed "s/^/paged:/"\n', encoding="utf-8")
    pager.chmod(0o755)
    if name != really:
        (tmp_path / name).symlink_to(pager)
    shown = on_terminal("timeline", lines=12, PAGER=str(tmp_path / name), LESS="-i")
    assert "paged:" in shown
    assert (ESCAPE in shown) is coloured
    assert ("options: -R" in shown) is (really == "less")
