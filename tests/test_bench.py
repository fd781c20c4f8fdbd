"""The benchmark runs; what it finds depends on the machine, and is for people to read."""

from __future__ import annotations

import subprocess
import sys

from tests.bench.programs import BARE, COMPLETED, HELLO, TABLE
from tests.conftest import ROOT


def test_it_prints_a_line_a_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--rounds", "1", "--sizes", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = run.stdout.splitlines()
    for name in (BARE, HELLO, TABLE, COMPLETED, "oir timeline", "oir country", "oir search", "oir --help", "filter"):
        assert any(line.startswith(name) for line in lines), name
    assert run.stderr == ""
