"""The index beside the modules answers as one made anew, and only for the very store that it was made from."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from oir_cli import index, indexing
from oir_cli.index import Index
from oir_cli.indexing import write
from oir_cli.store import Store
from tests.conftest import SMALL, Runner

QUESTIONS = [
    "ruritanian raid",
    "how many fighters died",
    "first strikes",
    "ruritannia 2011",
    "8 august",
    "100 advisers",
]


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the index beside the modules is looked for: here it is that of the small store."""
    path = tmp_path / "a place" / "índex.sqlite"
    path.parent.mkdir()
    write(Store(SMALL), path)
    for module in index.MADE_BY:
        copy = path.parent / f"{module}.py"
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(Path(index.__file__).parent / f"{module}.py", copy)
    monkeypatch.setattr(index, "BESIDE", path)
    return path


def used(store: Path) -> bool:
    """Whether a search of this store asks the index beside the modules."""
    asked = Index.of(Store(store))
    [(_, _, file)] = asked.connection.execute("PRAGMA database_list")
    return bool(file)


def test_the_index_beside_the_modules_answers_as_one_made_anew(
    small: Runner, beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert used(SMALL)
    prepared = [small("search", text, "--json", "--explain") for text in QUESTIONS]
    beside.unlink()
    assert not used(SMALL)
    assert [small("search", text, "--json", "--explain") for text in QUESTIONS] == prepared
    assert all(run.ids for run in prepared)


def test_a_changed_store_is_not_answered_from_it(oir: Runner, beside: Path, copied: Path) -> None:
    assert used(copied)  # the same files in another folder
    shelf = copied / "facts" / "2016.json"
    shelf.write_text(shelf.read_text(encoding="utf-8").replace("raided", "visited"), encoding="utf-8")
    assert not used(copied)
    assert "visited" in oir("--store", str(copied), "search", "raid mosul", "--json").json[0]["text"]


def test_other_modules_did_not_make_it(beside: Path) -> None:
    module = beside.with_name("understanding.py")
    module.write_text(f"{module.read_text(encoding='utf-8')}# changed", encoding="utf-8")
    assert not used(SMALL)


@pytest.mark.parametrize("cut", [0, 10, 100, 4096, -4096, -1])
def test_a_damaged_index_is_not_asked(small: Runner, beside: Path, cut: int) -> None:
    beside.write_bytes(beside.read_bytes()[:cut])
    assert small("search", "ruritanian raid", "--json").ids[0] == "2016-05-late-raid"


def test_an_index_damaged_anywhere_is_not_believed(small: Runner, beside: Path) -> None:
    whole, page = beside.read_bytes(), 4096
    answer = small("search", "ruritanian raid", "--json")
    for start in range(0, len(whole), page):
        beside.write_bytes(whole[:start] + b"\xff" * page + whole[start + page :])
        assert small("search", "ruritanian raid", "--json") == answer, start


def test_a_sqlite_that_cannot_search_is_told(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SCHEMA", indexing.SCHEMA.replace("fts5", "fts_of_tomorrow"))
    run = small("search", "raid")
    assert (run.code, run.out) == (4, "")
    assert run.err == f"oir: {SMALL}: cannot be searched here (no such module: fts_of_tomorrow)\n"


def test_another_database_in_its_place_is_not_asked(small: Runner, beside: Path) -> None:
    beside.unlink()
    with closing(sqlite3.connect(beside)) as connection:
        connection.execute("CREATE TABLE made (origin TEXT)")
    assert small("search", "ruritanian raid", "--json").ids[0] == "2016-05-late-raid"
