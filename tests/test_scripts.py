"""The pipelines that the README shows, run whole by bash with the tools that they name."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PIPELINES = re.findall(r"^\$ (oir .* (?:\||>|&&) .*)$", README, re.MULTILINE)
# What every system that has bash has as well.
EVERYWHERE = {"oir", "xargs", "sort", "uniq", "head", "wc"}


def tools(pipeline: str) -> set[str]:
    """The programs that a pipeline runs: the first word of each of its parts."""
    words = shlex.shlex(pipeline, posix=True, punctuation_chars="|&>;")
    words.whitespace_split = True
    found, first = set(), True
    for word in words:
        if first:
            found.add(word)
        first = word in ("|", "&&", ";")
    return found


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with this environment's `oir` as the one that a shell finds."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "oir"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m oir_cli "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    work = tmp_path / "work"
    work.mkdir()
    return work


def test_pipelines_are_found() -> None:
    assert len(PIPELINES) >= 9
    assert set().union(*map(tools, PIPELINES)) >= {"oir", "jq", "sqlite3", "csvcut", "csvlook", "duckdb", "xargs"}


@pytest.mark.skipif(sys.platform == "win32", reason="programs are found otherwise there")
@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_pipeline_answers(on_path: Path, pipeline: str) -> None:
    missing = sorted(tool for tool in {"bash", *tools(pipeline)} - EVERYWHERE if not shutil.which(tool))
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", pipeline], cwd=on_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert all(line.startswith("oir: ") for line in run.stderr.splitlines()), run.stderr  # remarks of search
    written = "".join(path.read_text(encoding="utf-8") for path in on_path.iterdir())
    lines = (run.stdout or written).splitlines()
    assert lines
    assert not all(re.search(r"\bnull\b", line) for line in lines), "a key that the pipeline asks for is not there"
