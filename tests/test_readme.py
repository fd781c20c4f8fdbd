"""What the README shows is run."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from oir_cli.cli.app import COMMANDS, HEADINGS
from oir_cli.model import FACT_FIELDS
from oir_cli.views import NAMES
from tests.conftest import ROOT, Runner
from tests.pictures import README as PATH
from tests.pictures import texts, with_texts

README = PATH.read_text(encoding="utf-8")
# Of a pipeline its beginning; tests/test_scripts.py runs pipelines whole, and those that write a file only there.
EXAMPLES = re.findall(r"^\$ oir ((?:(?!--output).)*?)(?: (?:\||>) .*)?$", README, re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 9


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_finds_something(oir: Runner, example: str) -> None:
    run = oir(*shlex.split(example))
    assert run.code == 0
    assert run.out
    assert "nothing found" not in run.err


def test_the_program_alone_shows_what_to_ask(oir: Runner) -> None:
    run = oir()
    lines = run.out.splitlines()
    assert (run.code, run.err) == (0, "")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    commands = re.findall(r" (oir [a-z].*)$", run.out, re.MULTILINE)
    assert len(commands) >= 8
    for line in commands[:6]:
        answer = oir(*shlex.split(line)[1:])
        assert answer.code == 0
        assert answer.out


def test_help_lists_every_command_under_a_heading_with_its_whole_summary(oir: Runner) -> None:
    shown = oir("--help").out
    places = [shown.index(f"{heading}:") for heading in HEADINGS]
    assert places == sorted(places)
    for name, registered in COMMANDS.items():
        summary = registered.help.partition("\n")[0]
        assert re.search(rf"^  {name} +{re.escape(summary)}$", shown, re.MULTILINE), name


def test_the_files_it_writes_answer_the_questions_it_asks(
    oir: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [block] = re.findall(r"<!-- files -->\n```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines():
        program, *argv = shlex.split(line)
        if program == "oir":
            assert oir(*argv).code == 0
            assert Path(argv[-1]).stat().st_size > 1000
        else:
            assert program == "sqlite3"
            with closing(sqlite3.connect(argv[0])) as connection:
                assert len(connection.execute(argv[1]).fetchall()) > 1, line


def test_every_format_and_variable_is_described() -> None:
    for name in NAMES:
        assert re.search(rf"^\|.*`{name}`.*\|", README, re.MULTILINE), name
    for variable in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "PAGER", "COLUMNS"):
        assert f"`{variable}" in README


def test_its_output_is_what_a_terminal_shows(oir: Runner) -> None:
    assert texts(README)
    assert with_texts(README, lambda argv: oir(*argv).out) == README, "python -m tests.pictures draws it again"


def test_it_begins_with_a_result() -> None:
    """A reader sees what the program does within the first screen, and how to install it right after."""
    lines = README.splitlines()
    assert lines.index("```console") < 10
    assert lines.index("## Install") < 40


def test_every_command_key_and_exit_code_is_described(oir: Runner) -> None:
    for command in COMMANDS:
        assert re.search(rf"`(?:oir )?{command}\b", README), command
    for key in FACT_FIELDS:
        assert f"`{key}`" in README
    for code in ("0", "1", "2", "3", "4", "130"):
        assert f"\n| {code} |" in README
        assert re.search(rf"\b{code} ", oir("--help").out)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    [command] = re.findall(r"<!-- tests -->\n```sh\n\.venv/bin/(.*)\n```", README)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(command)
