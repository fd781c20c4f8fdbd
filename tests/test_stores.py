"""Stores that are missing or damaged: exit 4 with file and reason, never "no facts", never a traceback."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oir_cli.entities import VOCABULARIES
from oir_cli.errors import StoreError
from oir_cli.store import SINGLES, Store
from oir_cli.text import clean
from tests.conftest import BUNDLED, SMALL, Run, Runner

FILES = [path.relative_to(SMALL).as_posix() for path in sorted(SMALL.rglob("*.json"))]
THIRTY = "2014-08-09-thirty-fighters-killed"
# Questions that between them read every file.
QUESTIONS = [
    ("compare", "ruritania", "--json"), ("disputes", "--json"),
    ("timeline", "--json"), ("export", "-f", "geojson"), ("country", "ruritania", "-f", "table"),
    ("country", "-f", "md"), ("person", "--json"), ("place", "mosul", "-f", "html"), ("topic", "strikes", "-f", "csv"),
    ("search", "how many jets"),
    ("show", THIRTY, "-f", "table"), ("cite", THIRTY), ("about", "--fields", "facts"), ("timeline", "-f", "ics"),
]  # fmt: skip


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
        (b'[{"id": NaN}]', "NaN is not a number"),
    ],
)
def test_a_damaged_yearly_file(oir: Runner, copied: Path, content: bytes, reason: str) -> None:
    (copied / "facts" / "2014.json").write_bytes(content)
    for command in (["timeline"], ["country", "ruritania"], ["show", "2014"], ["search", "x"], ["about"], ["export"]):
        run = oir("--store", str(copied), *command)
        assert (run.code, run.out) == (4, "")
        assert "2014.json" in run.err
        assert reason in run.err
    checked = oir("--store", str(copied), "check")
    assert checked.code == 1
    assert "facts/2014.json" in checked.out


@pytest.mark.parametrize(
    ("key", "value"),
    [("participants", "ruritania"), ("participants", None), ("date", 2014), ("date", "2014-13"), ("text", None),
     ("figures", [1]), ("sources", {}), ("people", [1]), ("colour", "red")],
)  # fmt: skip
def test_a_record_of_another_shape_names_file_and_id(oir: Runner, copied: Path, key: str, value: object) -> None:
    shelf = copied / "facts" / "2014.json"
    facts = json.loads(shelf.read_text(encoding="utf-8"))
    facts[0][key] = value
    shelf.write_text(json.dumps(facts), encoding="utf-8")
    run = oir("--store", str(copied), "timeline", "--country", "ruritania", "--since", "2011", "--json")
    assert (run.code, run.out) == (4, "")
    assert "2014.json:2014-08-08-first-strikes" in run.err


def test_a_missing_and_a_strange_file(oir: Runner, copied: Path) -> None:
    (copied / "people.json").unlink()
    run = oir("--store", str(copied), "person")
    assert (run.code, run.out) == (4, "")
    assert "people.json: cannot be read (No such file or directory)" in run.err


@pytest.mark.parametrize("name", ["2014.json.bak", "2014", "14.json", "notes.txt", "٢٠١٦.json"])
def test_a_strange_file_among_the_yearly_files(oir: Runner, copied: Path, name: str) -> None:
    (copied / "facts" / name).write_text("")
    run = oir("--store", str(copied), "timeline")
    assert (run.code, run.out) == (4, "")
    assert run.err == f"oir: {copied}/facts/{name}: is not a yearly file of facts\n"
    # The others are still checked: nothing that only they speak of is said to be spoken of nowhere.
    assert oir("check", str(copied)).out == f"facts/{name}: is not a yearly file of facts\n"


def test_no_yearly_file_at_all(oir: Runner, copied: Path) -> None:
    for path in (copied / "facts").iterdir():
        path.unlink()
    run = oir("--store", str(copied), "timeline")
    assert (run.code, run.out, run.err) == (4, "", f"oir: {copied}/facts: has no yearly file of facts\n")
    assert "facts: has no yearly file of facts" in oir("check", str(copied)).out.splitlines()
    told = oir("check", str(copied), "--json").json
    assert {"file": "facts", "id": "", "wrong": "has no yearly file of facts"} in told


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
@pytest.mark.parametrize("file", ["facts/2014.json", "people.json", "facts", "."])
def test_what_may_not_be_read(oir: Runner, file: str) -> None:
    with tempfile.TemporaryDirectory() as home:  # pytest's own folders are closed to others
        Path(home).chmod(0o755)
        store = Path(shutil.copytree(SMALL, Path(home) / "store"))
        questions = [("timeline",), ("person",), ("about",), ("check",)]
        for question in questions:
            assert oir("--store", str(store), *question).code == 0
        mode = (store / file).stat().st_mode
        (store / file).chmod(0)
        root = os.geteuid() == 0
        try:
            if root:  # who may read everything
                os.seteuid(65534)
            told = {question: oir("--store", str(store), *question) for question in questions}
        finally:
            if root:
                os.seteuid(0)
            (store / file).chmod(mode)
    denied = f"oir: {store / file}: cannot be read (Permission denied)\n"
    assert (told["about",].code, told["about",].out, told["about",].err) == (4, "", denied)
    assert denied in (told["timeline",].err, told["person",].err)
    if file == ".":
        assert told["check",].err == denied
    else:
        assert (told["check",].code, told["check",].err) == (1, "")
        assert f"{file}: cannot be read (Permission denied)" in told["check",].out.splitlines()


# Every damage to every file: the answer that the whole store gives, or exit 4 with file and reason ------------------


def is_told(run: Run, whole: Run, file: str) -> None:
    """The file was not needed, and the answer is that of the whole store; or the damage is told in one sentence."""
    if run.code == 0:
        assert (run.out, run.err) == (whole.out, whole.err)
        return
    assert (run.code, run.out) == (4, "")
    assert Path(file).name in run.err
    assert (run.err.startswith("oir: "), run.err.count("\n")) == (True, 1)


def damage(path: Path, kind: str) -> None:
    whole = path.read_bytes()
    contents = {
        "empty": b"", "blank": b" \n", "null": b"null", "number": b"3", "text": b'"x"', "object": b'{"a": 1}',
        "of nulls": b"[null]", "of lists": b"[[[]]]", "of objects": b"[{}]", "UTF-16": whole.decode().encode("utf-16"),
        "latin": whole.replace(b"{", b'{"\xe9": 1, ', 1).replace(b"[", b'["\xe9", ', 1), "BOM": b"\xef\xbb\xbf" + whole,
        "nested": b"[" * 100_000, "closed twice": whole + b"]", "two": whole + whole, "zeros": b"\0" * len(whole),
        "long number": b"[" + b"9" * 5000 + b"]", "half a character": b'[{"id": "\\ud800"}]', "infinite": b"[Infinity]",
    }  # fmt: skip
    path.unlink()
    if kind in contents:
        path.write_bytes(contents[kind])
    elif kind == "folder":
        path.mkdir()
    elif kind == "link that leads nowhere":
        path.symlink_to("nonsuch")
    elif kind == "link in a circle":
        path.symlink_to(path)
    else:
        assert kind == "missing"


DAMAGES = [
    "empty", "blank", "null", "number", "text", "object", "of nulls", "of lists", "of objects", "UTF-16", "latin",
    "BOM", "nested", "closed twice", "two", "zeros", "long number", "half a character", "infinite", "missing", "folder",
    "link that leads nowhere", "link in a circle",
]  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_damage_to_every_file(oir: Runner, small: Runner, tmp_path: Path, kind: str) -> None:
    wholes = {question: small(*question) for question in QUESTIONS}
    for file in (each for each in FILES if "/" not in each or "2014" in each):
        store = tmp_path / file.replace("/", "-")
        shutil.copytree(SMALL, store)
        damage(store / file, kind)
        runs = {question: oir("--store", str(store), *question) for question in QUESTIONS}
        for question, run in runs.items():
            if "facts/" in file and kind == "missing":
                continue  # that year may have no file
            is_told(run, wholes[question], file)
            if "facts/" in file:
                assert run.code == 4, (file, question)
        if not ("facts/" in file and kind == "missing"):
            assert {run.code for run in runs.values()} >= {4}, file
            checked = oir("check", str(store))
            assert checked.code == 1
            assert any(line.startswith(file) for line in checked.out.splitlines()), file


# Cut, as by a download that broke off -------------------------------------------------------------------------------

# A question that reads the file, and before it nothing that could be at fault. What is not named here is for searches.
READ_BY = {"aspects.json": ("compare", "ruritania"), "outlines.json": ("place", "--map"),
    "differences.json": ("disputes",),
    "participants.json": ("participant",), "people.json": ("person",), "places.json": ("place",),
    "topics.json": ("topic",), "measures.json": ("figures",), "article.json": ("cite", THIRTY),
    **{file: ("timeline", "--json") for file in FILES if "/" in file},
}  # fmt: skip


MOST_CUTS = 400  # of one file: a shorter one is cut at every byte


def cuts(path: Path, most: int | None = None) -> Iterator[int]:
    """Cut the file to every length below its own, or to `most` of them, and yield the length.

    The end of the last line alone can be missing: what is before it is whole.
    """
    whole = path.read_bytes()
    assert whole.endswith((b"]\n", b"}\n"))
    for length in range(0, len(whole) - 1, max(1, len(whole) // most) if most else 1):
        path.write_bytes(whole[:length])
        yield length


@pytest.mark.parametrize("file", FILES)
@pytest.mark.slow
def test_a_file_cut_at_any_byte(oir: Runner, small: Runner, copied: Path, file: str) -> None:
    path, question = copied / file, READ_BY.get(file, ("search", "jets"))
    whole, answer = path.read_bytes(), small(*question)
    for length in cuts(path, MOST_CUTS):
        run = oir("--store", str(copied), *question)
        assert (run.code, run.out) == (4, ""), length
        assert run.err.startswith((f"oir: {path}: is not JSON (", f"oir: {path}: is not UTF-8 (byte ")), length
        assert run.err.count("\n") == 1, length
    for kept in (whole.rstrip(), whole):
        path.write_bytes(kept)
        assert oir("--store", str(copied), *question) == answer


@pytest.mark.parametrize("file", [each for each in FILES if "2014" in each or "/" not in each])
def test_check_and_every_other_question_of_a_file_cut_at_many_bytes(
    oir: Runner, small: Runner, copied: Path, file: str
) -> None:
    answers = {question: small(*question) for question in QUESTIONS}
    questions = itertools.cycle(QUESTIONS)
    for _ in cuts(copied / file, most=40):
        question = next(questions)
        run = oir("--store", str(copied), *question)
        is_told(run, answers[question], file)
        assert run.code == 4 or "/" not in file
        checked = oir("check", str(copied))
        assert checked.code == 1
        assert f"\n{file}: is not " in f"\n{checked.out}"


@pytest.mark.parametrize("year", Store(BUNDLED).years)
def test_a_bundled_file_cut_at_many_bytes(tmp_path: Path, year: str) -> None:
    """By the reader alone, and a long one at some bytes: each cut costs as much as reading what is left."""
    (tmp_path / "facts").mkdir()
    path = Path(shutil.copy(Store(BUNDLED).facts_path(year), tmp_path / "facts"))
    for length in cuts(path, most=None if path.stat().st_size < 11_000 else 200):
        with pytest.raises(StoreError, match=rf"^{re.escape(str(path))}: is not (JSON \(line|UTF-8 \(byte) ") as told:
            Store(tmp_path).facts()
        assert told.value.exit_code == 4, length


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a JSON value; of a list its first two items."""
    yield path
    within = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, each in within:
        yield from places(each, (*path, key))


def with_value(content: Any, path: tuple[Any, ...], value: Any) -> str:
    changed = content = json.loads(json.dumps(content))
    for key in path[:-1]:
        changed = changed[key]
    changed[path[-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize("file", [f"{stem}.json" for stem in (*VOCABULARIES, *SINGLES)] + ["facts/2014.json"])
def test_a_value_of_another_type_anywhere(oir: Runner, copied: Path, tmp_path: Path, file: str) -> None:
    content = json.loads((copied / file).read_text(encoding="utf-8"))
    somewhere = {tuple(0 if isinstance(key, int) else key for key in path): path for path in places(content) if path}
    exported = ("export", "--force", "-o", str(tmp_path / "out.sqlite"))
    values: list[Any] = [None, [], 7, {}, "x", 1e999, [[]], 10**400, True]
    questions = itertools.cycle([*QUESTIONS, ("timeline", "--country", "ruritania", "-f", "table"), exported])
    for path, value in itertools.product(somewhere.values(), values):
        (copied / file).write_text(with_value(content, path, value), encoding="utf-8")
        question = next(questions)
        run = oir("--store", str(copied), *question)
        assert run.code in (0, 3, 4), (path, value, question)
        assert (run.code == 0) or not run.out
        assert oir("check", str(copied)).code in (0, 1)


# Damage that leaves every record of the agreed shape -----------------------------------------------------------------


def changed(path: Path, change: Any) -> None:
    records = json.loads(path.read_text(encoding="utf-8"))
    change(records)
    path.write_text(json.dumps(records), encoding="utf-8")


@pytest.mark.parametrize("key", VOCABULARIES)
def test_an_id_given_twice(oir: Runner, copied: Path, key: str) -> None:
    changed(copied / f"{key}.json", lambda records: records.append(records[0] | {"name": "Another"}))
    told = [run.err for run in (oir("--store", str(copied), *question) for question in QUESTIONS) if run.code == 4]
    assert told
    assert all(f"{key}.json" in err and "the id is given twice" in err for err in told)
    assert "the id is given 2 times" in oir("check", str(copied)).out


def test_a_fact_id_given_twice_is_never_one_fact(oir: Runner, copied: Path) -> None:
    before = oir("--store", str(copied), "timeline", "--json").ids
    changed(copied / "facts" / "2016.json", lambda records: records.append(records[0] | {"text": "Another."}))
    assert len(oir("--store", str(copied), "timeline", "--json").ids) == len(before) + 1
    run = oir("--store", str(copied), "show", before[-1])
    assert (run.code, run.out) == (4, "")
    assert "2016.json" in run.err
    assert "the id is given twice" in run.err


@pytest.mark.parametrize("key", ["participants", "people", "places", "topics", "differs_from"])
def test_a_reference_that_leads_nowhere_loses_no_fact(oir: Runner, small: Runner, copied: Path, key: str) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        for record in records:
            record[key] = [*record[key], "nonsuch"]
            for figure in record["figures"]:
                figure["of"], figure["measure"] = "nonsuch", "nonsuch"

    changed(copied / "facts" / "2014.json", change)
    for question in QUESTIONS:
        run, whole = oir("--store", str(copied), *question), small(*question)
        assert run.code == 0, run.err
        assert len(run.out) >= len(whole.out) // 2
    assert oir("--store", str(copied), "timeline", "--json").ids == small("timeline", "--json").ids
    assert oir("check", str(copied)).out.count("nonsuch") >= 3


@pytest.mark.parametrize(("file", "key"), [("participants", "parent"), ("places", "within"), ("topics", "parent")])
def test_what_is_part_of_itself_ends(oir: Runner, copied: Path, file: str, key: str) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        for record, above in itertools.pairwise([*records, records[0]]):
            record[key] = above["id"]

    changed(copied / f"{file}.json", change)
    for question in QUESTIONS:
        assert oir("--store", str(copied), *question).code == 0
    assert "is part of itself" in oir("check", str(copied)).out


def test_all_faults_are_told_at_once(oir: Runner, copied: Path) -> None:
    for file in FILES:
        (copied / file).write_bytes(b"[")
    run = oir("check", str(copied))
    assert run.code == 1
    assert [line.partition(":")[0] for line in run.out.splitlines()] == sorted(FILES)


# Changed while it is read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vanishes", [True, False])
@pytest.mark.parametrize("question", [*QUESTIONS, ("check",), ("check", "--fix"), ("about",)])
def test_a_store_that_changes_under_the_reader(
    oir: Runner, copied: Path, monkeypatch: pytest.MonkeyPatch, question: tuple[str, ...], vanishes: bool
) -> None:
    """After each number of readings that there can be, all files vanish or are cut."""
    left = [0]
    for name in ("read_text", "read_bytes"):
        whole = getattr(Path, name)

        def read(path: Path, *args: Any, whole: Any = whole, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                for file in FILES:
                    (copied / file).unlink(missing_ok=True)
                    if not vanishes:
                        (copied / file).write_bytes(b"[{")
            return whole(path, *args, **named)

        monkeypatch.setattr(Path, name, read)
    for left[0] in (0, 1, 2, 5, 9, 14):
        shutil.copytree(SMALL, copied, dirs_exist_ok=True)
        run = oir("--store", str(copied), *question)
        assert run.code in (0, 1, 4)
        assert all(clean(line) == line for line in run.err.splitlines())
        if run.code == 4:
            assert run.out == ""
