"""Long work says on stderr how far it has come: after a second, on a terminal, and nowhere else."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from oir_cli.console import progress
from tests.conftest import ROOT, SMALL, Runner

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")

# The program on a disk that takes its time: as many seconds for each file as the first argument says. A shell that runs
# the tests in the background has them ignore interrupts, and what they start as well.
SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
seconds = float(sys.argv.pop(1))
def read(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".json"):
        time.sleep(seconds)
sys.addaudithook(read)
from oir_cli.__main__ import main
sys.exit(main())
"""
ERASED = "\r\x1b[K"
EXPORT = ("export", "--json")  # reads four yearly files
CHECK = ("check",)  # reads eleven files, each twice


class Shown(NamedTuple):
    code: int
    out: str
    err: str
    after: float  # seconds until something was shown on stderr


def slow(seconds: float, *argv: str, interrupt: bool = False, out: int | None = None, **environment: str) -> Shown:
    """Run the program on slow files, its stderr a terminal, its stdout a pipe or the stream `out`."""
    ours, theirs = pty.openpty()
    inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "TERM")}
    begun = time.monotonic()
    running = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(seconds), "--no-pager", "--store", str(SMALL), *argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if out is None else theirs,
        stderr=theirs,
        cwd=ROOT,
        env=inherited | {"TERM": "xterm", "COLUMNS": "80"} | environment,
    )
    os.close(theirs)
    shown, after = b"", 0.0
    with running:
        while some := _read(ours):
            after = after or time.monotonic() - begun
            shown += some
            if interrupt:
                running.send_signal(signal.SIGINT)
                interrupt = False
        piped = running.stdout.read() if running.stdout else b""
    os.close(ours)
    return Shown(running.returncode, piped.decode(), shown.decode().replace("\r\n", "\n"), after)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody writes any more
        return b""


@pytest.mark.parametrize(
    ("seconds", "argv", "said"),
    [
        (0.4, EXPORT, r"oir: export: reading file [234] of 4, \d s"),
        (0.1, CHECK, r"oir: check: file [1-4] of 4, \d s"),
        (0.1, (*CHECK, "--json"), r"oir: check: file [1-4] of 4, \d s"),
    ],
)
@pytest.mark.slow
def test_long_work_says_how_far_it_is_and_leaves_nothing_behind(
    seconds: float, argv: tuple[str, ...], said: str
) -> None:
    quick, long = slow(0, *argv), slow(seconds, *argv)
    assert (quick.code, quick.err) == (0, "" if argv == EXPORT else "oir: no problems found\n")
    assert (long.code, long.out) == (0, quick.out)
    assert long.after > 1
    assert re.search(said, long.err)
    assert long.err.endswith(ERASED + quick.err)
    long = long._replace(err=long.err.removesuffix(quick.err))
    # Drawn over each time, never a line below the other.
    assert "\n" not in long.err
    assert all(line.startswith("oir: ") for line in long.err.removesuffix(ERASED).replace("\x1b[K", "").split("\r")[1:])


@pytest.mark.slow
def test_the_line_is_gone_before_the_answer_or_a_remark_comes() -> None:
    shown = slow(0.4, *EXPORT, "--limit", "1", out=1)
    before, erased, answer = shown.err.rpartition(ERASED)
    assert erased
    assert "reading file" in before
    assert answer.startswith("[\n")
    assert answer.endswith("oir: 7 more left out; --limit sets how many are shown\n")
    assert "\r" not in answer
    empty = slow(0.4, *EXPORT, "--status", "planned", "--country", "strawland", "--person", "doe", out=1)
    assert empty.err.rpartition(ERASED)[2] == "[]\noir: nothing found\n"


@pytest.mark.slow
def test_a_failure_and_an_interrupt_take_the_line_away(tmp_path: Path) -> None:
    (tmp_path / "out.json").touch()
    refused = slow(0.4, "export", "-o", str(tmp_path / "out.json"))
    assert refused.code == 2
    assert refused.err.rpartition(ERASED)[2].startswith("oir: ")
    stopped = slow(9, *EXPORT, interrupt=True)
    assert (stopped.code, stopped.out) == (130, "")
    assert stopped.err.endswith(ERASED)


def test_what_is_told(small: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each yearly file and each fact, counted from one; nothing of it depends on how long the work takes."""
    told: list[tuple[str, int, int]] = []

    def start(doing: str) -> progress.Report:
        return lambda what, number, of: told.append((f"{doing}: {what}", number, of))

    monkeypatch.setattr(progress, "start", start)
    small("check")
    assert told == [("check: file", n, 4) for n in (1, 2, 3, 4)] + [("check: fact", n, 8) for n in range(1, 9)]
    told.clear()
    small("export", "-o", str(tmp_path / "out.json"))
    assert told == [("export: reading file", n, 4) for n in (1, 2, 3, 4)] + [("export: writing 8 facts", 0, 0)]


@pytest.mark.parametrize("columns", ["20", "31"])
def test_the_line_fits_the_terminal(columns: str) -> None:
    err = slow(0.4, *EXPORT, COLUMNS=columns).err
    lines = err.replace("\x1b[K", "").split("\r")
    assert max(map(len, lines)) == int(columns) - 1


def test_no_line_on_a_terminal_that_cannot_draw_over_it() -> None:
    shown = slow(0.4, *EXPORT, TERM="dumb")
    assert (shown.code, shown.err) == (0, "")


def test_no_line_where_stderr_is_no_terminal() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SLOW, "0.4", "--store", str(SMALL), *EXPORT], capture_output=True, cwd=ROOT, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")
