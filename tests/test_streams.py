"""Streams, terminals, homes and disks that are closed, full, missing or read-only: the answer or one sentence."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, SMALL, Runner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise there")
OIR = [sys.executable, "-m", "oir_cli", "--store", str(SMALL)]
COMMANDS = [
    "timeline",
    "timeline --json",
    "timeline -f table",
    "country ruritania -f svg",
    "about",
    "--help",
    "--version",
]


def shell(redirected: str, command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program with its streams as bash redirects them."""
    line = f'"$@" {command} {redirected}'
    return subprocess.run(
        ["bash", "-c", line, "bash", *OIR],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | environment,
        timeout=60,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_no_stdin_and_no_stderr_are_not_missed(command: str) -> None:
    whole = shell("", command)
    assert (whole.returncode, whole.stderr) == (0, b"")
    assert shell("<&- 2>&-", command).stdout == whole.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_stdout(command: str) -> None:
    run = shell(">&-", command)
    if command.startswith("--"):  # Typer prints what nobody can read to nobody
        assert (run.returncode, run.stderr) == (0, b"")
    else:
        assert (run.returncode, run.stderr) == (2, b"oir: cannot write to stdout (it is closed)\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_behind_stdout(command: str) -> None:
    run = shell(">/dev/full", command)
    assert (run.returncode, run.stderr) == (2, b"oir: cannot write to stdout (No space left on device)\n")
    assert shell(">/dev/full 2>&1", command).returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_that_nobody_reads(command: str) -> None:
    run = shell("| true; exit ${PIPESTATUS[0]}", command)
    assert run.returncode in (0, 1)
    assert run.stderr == b""


def test_an_error_with_nowhere_to_tell_it_keeps_its_exit_code() -> None:
    for redirected in ("2>&-", "2>/dev/full", ">&- 2>&-"):
        assert shell(redirected, "show nonsuch").returncode == 3
        assert shell(redirected, "timeline --nonsuch").returncode == 2


@pytest.mark.parametrize("home", [None, "", "/nonsuch", "/proc"])
def test_no_home_and_one_that_cannot_be_written(home: str | None) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("HOME", "XDG"))}
    for argv in (["timeline", "--json"], ["search", "advisers"], ["country", "-f", "table"]):
        run = subprocess.run(
            [*OIR, *argv],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env=environment | ({"HOME": home} if home is not None else {}),
        )
        assert (run.returncode, run.stderr) == (0, b"")


def test_completion_that_cannot_be_set_up_says_where(tmp_path: Path) -> None:
    home = tmp_path / "nonsuch" / "home"
    (tmp_path / "nonsuch").touch()
    run = subprocess.run(
        ["bash", "-c", '"$@"; exit $?', "bash", *OIR[:3], "--install-completion"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"HOME": str(home)},
    )
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.startswith(f"oir: cannot write to {home}".encode())
    assert run.stderr.endswith(b" (Not a directory)\n")


def test_a_folder_to_work_in_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = 'cd "$0" && rmdir "$0" && exec "$@"'
    program = [
        "-P",
        "-c",
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from oir_cli.__main__ import main; sys.exit(main())",
    ]
    run = subprocess.run(
        [
            "bash",
            "-c",
            line,
            str(gone),
            sys.executable,
            *program,
            str(ROOT),
            "--store",
            str(SMALL),
            "timeline",
            "--json",
        ],
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")


# Interrupted ---------------------------------------------------------------------------------------------------------


def test_ctrl_c_in_the_pager_is_the_pagers() -> None:
    """The pager decides when to leave; the program waits for it, and ends as if nothing had been."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    pager = (
        "import signal, sys, time; signal.signal(2, lambda *_: print('interrupted', flush=True)); "
        "print('paging', flush=True); time.sleep(1); sys.stdin.read(); print('left', flush=True)"
    )
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*OIR, "timeline"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
        env=os.environ | {"TERM": "xterm", "LINES": "5", "PAGER": f'{sys.executable} -c "{pager}"'},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while b"left" not in shown:
        shown += os.read(ours, 4096)
        if b"paging" in shown and b"interrupted" not in shown:
            os.killpg(running.pid, signal.SIGINT)
            time.sleep(0.1)
    assert running.wait(timeout=20) == 0, shown
    os.close(ours)
    assert b"Traceback" not in shown


def test_an_interrupt_ends_with_130_and_no_word() -> None:
    code = (
        "import os, signal, sys, time; from oir_cli.store import Store; from oir_cli.__main__ import main; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell's background ignores it
        "Store.facts = lambda *_: (os.kill(os.getpid(), signal.SIGINT), time.sleep(9)); sys.exit(main(sys.argv[1:]))"
    )
    run = subprocess.run([sys.executable, "-c", code, *OIR[3:], "timeline"], capture_output=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"")


# Files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["json", "sqlite", "svg"])
@pytest.mark.parametrize("before", [b"mine", None])
def test_a_disk_that_fills_up_leaves_nothing_half_written(
    small: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: bytes | None
) -> None:
    path = tmp_path / f"out.{name}"
    if before is not None:
        path.write_bytes(before)
    opened = Path.open

    def full(self: Path, mode: str = "r", *args: Any, **named: Any) -> Any:
        file = opened(self, mode, *args, **named)
        if "x" in mode or "w" in mode:
            whole = file.write

            class Full:
                def __enter__(self) -> Full:
                    return self

                def __exit__(self, *_: object) -> None:
                    file.close()

                def write(self, data: bytes) -> int:
                    whole(data[: len(data) // 2])
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            return Full()
        return file

    monkeypatch.setattr(Path, "open", full)
    run = small("export", "--force", "--output", str(path))
    monkeypatch.undo()
    assert (run.code, run.out) == (2, "")
    assert run.err == f"oir: cannot write {path} (No space left on device)\n"
    assert [each.name for each in tmp_path.iterdir()] == ([path.name] if before is not None else [])
    if before is not None:
        assert path.read_bytes() == before


def test_a_file_size_limit_leaves_nothing_half_written(tmp_path: Path) -> None:
    """As a full disk, but told by the system."""
    path = tmp_path / "out.json"
    line = 'ulimit -f 2; trap "" XFSZ; exec "$@"'
    run = subprocess.run(
        ["bash", "-c", line, "bash", *OIR, "export", "-o", str(path)], capture_output=True, check=False, cwd=ROOT
    )
    assert run.returncode == 2
    assert run.stderr.startswith(f"oir: cannot write {path} (".encode())
    assert list(tmp_path.iterdir()) == []
