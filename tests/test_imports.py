"""What each command imports: nothing that its answer does not need, so that nobody waits for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oir_cli.search.build import write_index
from oir_cli.store import Store
from tests.conftest import ROOT, SMALL
from tests.walk import COMMANDS, arguments

# Modules that take a while to import, or that stand for work that is not always needed; none that Typer itself imports.
WATCHED = {
    "dateutil", "hashlib", "icalendar", "oir_cli.check", "oir_cli.entities", "oir_cli.search.build",
    "oir_cli.names", "oir_cli.console.deliver", "oir_cli.schema", "oir_cli.search", "oir_cli.store", "markdown_it",
    "pydantic", "pygments", "rich", "sqlite3", "tinydb", "unicodedata", "xlsxwriter", "jinja2",
}  # fmt: skip
REPORT = """\
import sys
from oir_cli.__main__ import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(name for name, module in sys.modules.items() if module is not None))
sys.exit(code)
"""
ALWAYS = {"oir_cli.console.deliver"}
FACTS = ALWAYS | {"oir_cli.store", "tinydb"}
ENTITIES = FACTS | {"oir_cli.entities"}
SCHEMAS = ALWAYS | {"oir_cli.schema", "oir_cli.entities", "oir_cli.names", "unicodedata"}
NAMES = ENTITIES | {"oir_cli.names", "unicodedata"}

# What each command may import with --json, for the first of its arguments in tests/walk.py.
WITH_JSON = {
    "timeline": FACTS,
    "on": FACTS | {"dateutil"},  # its argument is a date in words
    "country": NAMES,
    "participant": NAMES,
    "person": NAMES,
    "place": NAMES,
    "topic": NAMES,
    "event": NAMES,
    "search": NAMES | {"oir_cli.search", "oir_cli.search.build", "sqlite3", "hashlib"},
    "show": ENTITIES,
    "cite": ENTITIES,
    "export": FACTS,
    "figures": NAMES,
    "compare": NAMES,
    "stats": NAMES,
    "disputes": NAMES,
    "check": NAMES | {"oir_cli.check"},
    "schema": SCHEMAS,
    "about": ENTITIES | {"hashlib"},
}


def imported(*argv: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> set[str]:
    """The watched modules that a run imports."""
    start = [sys.executable, "-c", REPORT]
    run = subprocess.run([*start, *argv], capture_output=True, text=True, env=env, cwd=cwd, check=False)
    assert run.returncode in (0, 1), run.stderr  # 1: check finds faults
    return WATCHED & set(run.stderr.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_json_imports_only_what_the_answer_needs(command: str) -> None:
    found = imported("--store", str(SMALL), command, *arguments(command)[0], "--json")
    assert found <= WITH_JSON.get(command, ALWAYS)


def test_a_search_of_the_bundled_store_builds_no_index(tmp_path: Path) -> None:
    # A copy of the package, with the small store for its bundled one: `python -c` imports from its folder.
    shutil.copytree(ROOT / "oir_cli", tmp_path / "oir_cli", ignore=shutil.ignore_patterns("*.sqlite", "__pycache__"))
    shutil.copytree(SMALL, tmp_path / "data")
    write_index(Store(tmp_path / "data"), tmp_path / "oir_cli" / "search" / "index.sqlite")
    needed = {"oir_cli.store", "oir_cli.search", "oir_cli.names", "unicodedata", "sqlite3", "hashlib"}
    assert imported("search", "mosul", "raid", "--json", cwd=tmp_path) == ALWAYS | needed


def test_iso_dates_need_no_dateutil_and_a_name_no_search() -> None:
    asked = ("--since", "2014-08-08", "--month", "2016-05", "--country", "ruritania")
    assert imported("--store", str(SMALL), "timeline", *asked, "--json") <= NAMES


def test_a_date_in_words_is_what_dateutil_is_for() -> None:
    assert "dateutil" in imported("--store", str(SMALL), "timeline", "--on", "3 May 2016", "--json")


@pytest.mark.parametrize("style", ["csv", "jsonl", "tsv", "md", "geojson"])
def test_no_format_but_those_that_are_drawn_needs_rich(style: str) -> None:
    # A Markdown document is made of the content of pages, which knows all kinds of answers.
    assert imported("--store", str(SMALL), "timeline", "--format", style) <= (NAMES if style == "md" else ENTITIES)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_needs_rich_and_neither_sqlite3_nor_icalendar(command: str) -> None:
    found = imported("--store", str(SMALL), command, *arguments(command)[0], "--format", "table")
    assert "rich" in found
    # What Rich itself imports is not ours to say.
    assert found & {"dateutil", "icalendar", "markdown_it", "pygments", "sqlite3"} <= WITH_JSON.get(command, ALWAYS)


@pytest.mark.parametrize("argv", [("--help",), ("--version",), *((command, "--help") for command in COMMANDS)])
def test_help_needs_no_store(argv: tuple[str, ...]) -> None:
    assert imported(*argv) <= ALWAYS


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("oir ti", set()),
        ("oir timeline --fo", set()),
        ("oir timeline --format js", set()),
        ("oir timeline --fields da", SCHEMAS),
        ("oir timeline --year 20", {"oir_cli.store"}),
        ("oir country ru", {"oir_cli.store", "oir_cli.entities"}),
        ("oir show 2014", {"oir_cli.store"}),
    ],
)
def test_completion_reads_no_facts_and_draws_nothing(words: str, needed: set[str]) -> None:
    env = {
        "_OIR_COMPLETE": "complete_bash",
        "COMP_WORDS": words.replace(" ", "\n"),
        "COMP_CWORD": str(words.count(" ")),
        "OIR_STORE": str(SMALL),
    }
    assert imported(env=env) <= ALWAYS | needed
