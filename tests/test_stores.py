"""Stores that are missing or damaged: exit 4 with file and reason, never "no facts", never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import SMALL, Runner


def test_a_store_is_found_by_option_then_environment_then_in_the_package(
    oir: Runner, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert oir("about", "--json").json["title"] == "Operation Inherent Resolve in Iraq"
    monkeypatch.setenv("OIR_STORE", str(SMALL))
    assert oir("about", "--json").json["title"] == "A Small War"
    assert oir("--store", str(copied), "about", "--json").json["store"] == str(copied)


@pytest.mark.parametrize("name", ["/no/such/folder", "x" * 5000, "a\x00b", "."])
def test_no_store_there(oir: Runner, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = oir("--store", name, "timeline")
    assert (run.code, run.out) == (4, "")
    assert "not a fact store" in run.err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not JSON"),
        (b"null", "is not a list of records"),
        (b"3", "is not a list of records"),
        (b"{}", "is not a list of records"),
        (b"[1]", "record 1 is not an object"),
        (b"[{}]", "is not of the agreed shape"),
        (b"\xff\xfe", "is not UTF-8 (byte 0)"),
        (b"\xef\xbb\xbf[]", "is not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'[{"id": NaN}]', "NaN is no number"),
    ],
)
def test_a_damaged_shelf(oir: Runner, copied: Path, content: bytes, reason: str) -> None:
    (copied / "facts" / "2014.json").write_bytes(content)
    for command in (["timeline"], ["country", "ruritania"], ["show", "2014"], ["search", "x"], ["about"], ["export"]):
        run = oir("--store", str(copied), *command)
        assert (run.code, run.out) == (4, "")
        assert "2014.json" in run.err
        assert reason in run.err
    checked = oir("--store", str(copied), "check")
    assert checked.code == 1
    assert "facts/2014.json" in checked.out


@pytest.mark.parametrize("file", ["facts/2014.json", "participants.json"])
def test_a_file_cut_anywhere_is_never_fewer_facts(oir: Runner, copied: Path, file: str) -> None:
    whole = (copied / file).read_bytes()
    for length in range(0, len(whole) - 1, 7):
        (copied / file).write_bytes(whole[:length])
        run = oir("--store", str(copied), "country", "ruritania", "--json")
        assert (run.code, run.out) == (4, ""), length


@pytest.mark.parametrize(
    ("key", "value"),
    [("participants", "ruritania"), ("participants", None), ("date", 2014), ("date", "2014-13"), ("text", None),
     ("figures", [1]), ("sources", {}), ("people", [1]), ("colour", "red")],
)  # fmt: skip
def test_a_record_of_another_shape_names_file_and_id(oir: Runner, copied: Path, key: str, value: object) -> None:
    import json

    shelf = copied / "facts" / "2014.json"
    facts = json.loads(shelf.read_text(encoding="utf-8"))
    facts[1][key] = value
    shelf.write_text(json.dumps(facts), encoding="utf-8")
    run = oir("--store", str(copied), "timeline", "--country", "ruritania", "--since", "2011", "--json")
    assert (run.code, run.out) == (4, "")
    assert "2014.json:2014-08-08-first-strikes" in run.err


def test_a_missing_and_a_strange_file(oir: Runner, copied: Path) -> None:
    (copied / "people.json").unlink()
    run = oir("--store", str(copied), "person")
    assert (run.code, run.out) == (4, "")
    assert "people.json: cannot be read (No such file or directory)" in run.err
    (copied / "facts" / "2014.json.bak").write_text("")
    assert "is no shelf of facts" in oir("--store", str(copied), "timeline").err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(oir: Runner, copied: Path) -> None:
    (copied / "facts" / "2014.json").chmod(0)
    assert "Permission denied" in oir("--store", str(copied), "timeline").err
