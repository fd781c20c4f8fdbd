"""Nothing goes over the network, and nothing of a store is run: no socket is opened, and no program started."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SMALL
from tests.walk import runs

# Python itself tells an audit hook what it is about to do, whoever asks for it.
WATCHED = """
import json, sys
FORBIDDEN = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.Popen", "os.system", "os.exec",
             "os.posix_spawn", "os.fork", "pty.spawn", "webbrowser.open", "pickle.find_class")
seen = []
def hook(event, arguments):
    if event.startswith(FORBIDDEN):
        seen.append(event)
    if event == "exec" and arguments[0].co_filename.startswith(sys.argv[2]):
        seen.append(event)
sys.addaudithook(hook)
from oir_cli.__main__ import main
codes = []
sys.stdout = open("/dev/null" if sys.platform != "win32" else "nul", "w", encoding="utf-8")
sys.stderr = sys.stdout
for argv in json.loads(sys.argv[1]):
    seen.clear()
    code = main(["--store", sys.argv[2], *argv])
    codes.append([argv, code, list(seen)])
print(json.dumps(codes), file=sys.__stdout__)
"""


def watched(store: Path, argvs: list[list[str]]) -> list[tuple[list[str], int, list[str]]]:
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps(argvs), str(store)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: list[tuple[list[str], int, list[str]]] = json.loads(run.stdout)
    return found


def test_no_command_opens_a_socket_or_starts_a_program(tmp_path: Path) -> None:
    formats = ("table", "json", "jsonl", "csv", "tsv", "md", "html", "svg", "ics", "geojson")
    argvs = [[command, *argv] for command, argv in runs()]
    argvs += [["timeline", "-f", name] for name in formats]
    argvs += [["export", "-o", str(tmp_path / f"out.{ending}")] for ending in ("sqlite", "xlsx", "html", "ics", "json")]
    argvs += [["search", "what happend in http://example.com on 3 May"], ["--version"], ["--help"], ["nonsuch"]]
    for argv, code, seen in watched(SMALL, argvs):
        assert seen == [], argv
        assert code in (0, 2), argv


def test_the_watch_would_see_it() -> None:
    """The test above fails where a command opens a socket."""
    spy = WATCHED.replace("codes = []", "codes = []\nmain = lambda argv: __import__('socket').socket().close() or 0", 1)
    run = subprocess.run(
        [sys.executable, "-c", spy, '[["about"]]', str(SMALL)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert "socket.__new__" in json.loads(run.stdout)[0][2]


@pytest.mark.parametrize("name", ["sitecustomize.py", "oir_cli.py", "json.py", "conftest.py", "facts/__init__.py"])
def test_code_that_lies_in_a_store_is_not_run(copied: Path, name: str) -> None:
    mark = copied.parent / "run"
    (copied / name).write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")
    for argv, _, seen in watched(copied, [["timeline"], ["check"], ["about"], ["export", "-f", "html"]]):
        assert seen == [], argv
    assert not mark.exists()
