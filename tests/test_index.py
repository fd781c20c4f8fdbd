"""The prepared index answers as one that is built for the search, and only for the store that it was made from."""

from __future__ import annotations

import ast
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from oir_cli import search
from oir_cli.search import build, index, layout
from oir_cli.search.build import write_index
from oir_cli.search.index import open_prepared
from oir_cli.store import Store
from tests.conftest import ROOT, SMALL, Runner

QUESTIONS = [
    "ruritanian raid",
    "how many fighters died",
    "first strikes",
    "ruritannia 2011",
    "8 august",
    "100 advisers",
]
PACKAGE = ROOT / "oir_cli"
SOURCES = [path.relative_to(PACKAGE).as_posix() for path in layout.sources()]


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the prepared index, which is one of the small store here, made by copies of the modules."""
    package = tmp_path / "a place" / "öir"
    for source in SOURCES:
        (package / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / source, package / source)
    path = package / "search" / "index.sqlite"
    monkeypatch.setattr(layout, "__file__", str(package / "search" / "layout.py"))
    monkeypatch.setattr(index, "PREPARED", path)
    write_index(Store(SMALL), path)
    return path


def is_used(store: Path) -> bool:
    """Whether a search of this store asks the prepared index."""
    opened = open_prepared(Store(store))
    if opened is None:
        return False
    with opened:
        return True


@pytest.mark.usefixtures("prepared")
def test_the_prepared_index_answers_as_one_that_is_built(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_used(SMALL)
    answers = [small("search", text, "--json", "--explain") for text in QUESTIONS]
    monkeypatch.setattr(search, "open_prepared", lambda _: None)
    assert [small("search", text, "--json", "--explain") for text in QUESTIONS] == answers
    assert all(run.ids for run in answers)


@pytest.mark.usefixtures("prepared")
def test_a_changed_store_is_not_answered_from_it(oir: Runner, copied: Path) -> None:
    assert is_used(copied)  # the same files in another folder
    year = copied / "facts" / "2016.json"
    year.write_text(year.read_text(encoding="utf-8").replace("raided", "visited"), encoding="utf-8")
    assert not is_used(copied)
    assert "visited" in oir("--store", str(copied), "search", "raid mosul", "--json").json[0]["text"]


@pytest.mark.parametrize("source", SOURCES)
def test_no_other_modules_made_it(prepared: Path, source: str) -> None:
    module = prepared.parents[1] / source
    module.write_text(f"{module.read_text(encoding='utf-8')}# changed", encoding="utf-8")
    assert not is_used(SMALL)


@pytest.mark.parametrize("source", SOURCES)
def test_without_sources_there_is_no_prepared_index(small: Runner, prepared: Path, source: str) -> None:
    (prepared.parents[1] / source).unlink()
    assert not is_used(SMALL)
    run = small("search", "raid", "--json")
    assert (run.code, run.ids[0], run.err) == (0, "2016-05-late-raid", "")


def imports_of(path: Path) -> Iterator[Path]:
    """The modules of the program that a module names in its imports, also inside functions, but for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        each
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for each in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("oir_cli") and node not in for_types:
            names = (str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names))
            for name in names:
                home = ROOT.joinpath(*name.split("."))
                yield from (each for each in (home.with_suffix(".py"), home / "__init__.py") if each.is_file())


def test_the_digest_covers_every_module_that_makes_an_index() -> None:
    reached: set[Path] = set()
    rest = [PACKAGE / "search" / "build.py"]
    while rest:
        path = rest.pop()
        if path not in reached:
            reached.add(path)
            rest += imports_of(path)
    modules = {path.relative_to(PACKAGE).as_posix() for path in reached} - {"__init__.py"}  # which has the version
    assert {"store.py", "names.py", "reading.py", "search/question.py"} <= modules
    assert modules <= set(SOURCES)


def test_the_modules_of_the_search_import_each_other_in_one_direction() -> None:
    package = set((PACKAGE / "search").glob("*.py"))
    TopologicalSorter({path: package.intersection(imports_of(path)) - {path} for path in package}).prepare()


@pytest.mark.parametrize("cut", [0, 10, 100, 4096, -4096, -1])
def test_a_damaged_index_is_not_asked(small: Runner, prepared: Path, cut: int) -> None:
    prepared.write_bytes(prepared.read_bytes()[:cut])
    assert small("search", "ruritanian raid", "--json").ids[0] == "2016-05-late-raid"


def test_an_index_damaged_anywhere_is_not_believed(small: Runner, prepared: Path) -> None:
    whole, page = prepared.read_bytes(), 4096
    answer = small("search", "ruritanian raid", "--json")
    for start in range(0, len(whole), page):
        prepared.write_bytes(whole[:start] + b"\xff" * page + whole[start + page :])
        assert small("search", "ruritanian raid", "--json") == answer, start


def test_another_database_in_its_place_is_not_asked(small: Runner, prepared: Path) -> None:
    prepared.unlink()
    with closing(sqlite3.connect(prepared)) as connection:
        connection.execute("CREATE TABLE made (origin TEXT)")
    assert small("search", "ruritanian raid", "--json").ids[0] == "2016-05-late-raid"


def test_a_sqlite_that_cannot_search_is_reported(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "SCHEMA", "CREATE VIRTUAL TABLE words USING fts_of_tomorrow(word)")
    run = small("search", "raid")
    assert (run.code, run.out) == (4, "")
    assert run.err == f"oir: {SMALL}: cannot be searched here (no such module: fts_of_tomorrow)\n"


def test_a_file_that_cannot_be_read_is_not_reported_as_an_output(
    small: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Store) -> None:
        raise FileNotFoundError(2, "No such file or directory", "names.py")

    monkeypatch.setattr(search, "open_prepared", fail)
    run = small("search", "raid")
    assert (run.code, run.out, run.err) == (4, "", "oir: names.py: cannot be read (No such file or directory)\n")


def test_another_store_can_be_prepared(oir: Runner, copied: Path) -> None:
    path = copied / layout.IN_STORE
    before = oir("--store", str(copied), "search", "ruritanian raid", "--json", "--explain")
    assert not is_used(copied)
    run = oir("check", str(copied), "--index")
    assert (run.code, run.err) == (0, f"oir: no problems found\noir: search index written to {path}\n")
    assert is_used(copied)
    assert oir("--store", str(copied), "search", "ruritanian raid", "--json", "--explain") == before
    year = copied / "facts" / "2016.json"
    year.write_text(year.read_text(encoding="utf-8").replace("raided", "visited"), encoding="utf-8")
    assert not is_used(copied)  # until it is prepared again
    assert oir("check", str(copied), "--index").code == 0
    assert is_used(copied)


def test_a_broken_store_is_not_prepared(oir: Runner, copied: Path) -> None:
    (copied / "topics.json").write_text("[]\n", encoding="utf-8")
    assert oir("check", str(copied), "--index").code == 1
    assert not (copied / layout.IN_STORE).exists()


@pytest.mark.parametrize("content", [b"", b"my notes", None])
def test_preparing_overwrites_no_file_of_the_user(oir: Runner, copied: Path, content: bytes | None) -> None:
    path = copied / layout.IN_STORE
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    run = oir("check", str(copied), "--index")
    assert (run.code, run.out) == (4, "")
    assert run.err == f"oir: {path}: is not a search index, and is not replaced by one\n"
    assert content is None or path.read_bytes() == content
