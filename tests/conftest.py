"""What the tests share: running the program as its users do, and the two stores it is tried on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oir_cli.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "stores" / "small"
BUNDLED = ROOT / "data"


@dataclass(frozen=True)
class Run:
    """What one run of the program did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def ids(self) -> list[str]:
        return [fact["id"] for fact in self.json]


Runner = Callable[..., Run]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OIR_STORE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def oir(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Run `oir` with the bundled store."""

    def run(*argv: str) -> Run:
        capsys.readouterr()
        code = main(argv)
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run


@pytest.fixture
def small(oir: Runner) -> Runner:
    """Run `oir` with the small store."""
    return lambda *argv: oir("--store", str(SMALL), *argv)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the small store, to damage."""
    return Path(shutil.copytree(SMALL, tmp_path / "store"))
