"""What reaches stdout and stderr: formats, streams, files."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from oir_cli.model import FACT_FIELDS
from oir_cli.views import EXTENSIONS, NAMES
from tests.conftest import SMALL, Runner

HOSTILE = "A \x1b[31mred\x07 ‮evil‬ [sic] [/x] :iraq: =1+1\ttab\x9b end."


@pytest.fixture
def hostile(copied: Path) -> str:
    shelf = copied / "facts" / "2016.json"
    facts = json.loads(shelf.read_text(encoding="utf-8"))
    facts[0]["text"] = facts[0]["title"] = HOSTILE
    facts[1]["text"] = "=1+1 is no formula."
    shelf.write_text(json.dumps(facts), encoding="utf-8")
    return str(copied)


def test_json_has_the_pinned_keys_in_their_order(small: Runner) -> None:
    for fact in small("timeline", "--json").json:
        assert tuple(fact) == FACT_FIELDS
        for figure in fact["figures"]:
            assert list(figure) == ["measure", "value", "low", "high", "bound", "of", "what"]


def test_jsonl_is_one_fact_a_line_and_the_same_facts(small: Runner) -> None:
    lines = small("timeline", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == small("timeline", "--json").json


def test_csv_and_tsv_hold_every_field_of_every_fact(small: Runner) -> None:
    facts = small("timeline", "--json").json
    for name, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        run = small("timeline", "--format", name)
        rows = list(csv.DictReader(io.StringIO(run.out, newline=""), dialect=dialect))
        assert [row["id"] for row in rows] == [fact["id"] for fact in facts]
        for row, fact in zip(rows, facts, strict=True):
            assert list(row) == list(FACT_FIELDS)
            assert row["participants"].split(";") == fact["participants"]
            assert (row["note"] or None) == fact["note"]


def test_figures_survive_csv(small: Runner) -> None:
    rows = csv.DictReader(io.StringIO(small("timeline", "--format", "csv").out, newline=""))
    assert [json.loads(row["figures"]) if row["figures"] else [] for row in rows] == [
        fact["figures"] for fact in small("timeline", "--json").json
    ]


def test_fields_choose_columns_in_any_format(small: Runner) -> None:
    argv = ("timeline", "--limit", "1", "--fields", "date,id")
    assert small(*argv, "--json").json == [{"date": "2011-12", "id": "2011-12-ruritanian-troops-leave"}]
    assert small(*argv, "--format", "csv").out == "date,id\r\n2011-12,2011-12-ruritanian-troops-leave\r\n"
    assert small(*argv, "--format", "tsv").out == "date\tid\n2011-12\t2011-12-ruritanian-troops-leave\n"
    assert small(*argv).out == "2011-12\t2011-12-ruritanian-troops-leave\n"


def test_a_pipe_gets_whole_lines_whatever_the_width(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    narrow = small("timeline").out
    monkeypatch.setenv("COLUMNS", "300")
    assert small("timeline").out == narrow
    assert len(narrow.splitlines()) == 8


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_store_acts_on_a_terminal(oir: Runner, hostile: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / "out"
    assert oir("--store", hostile, "timeline", "--format", name, "--output", str(path)).code == 0
    written = path.read_bytes()
    if name == "xlsx":  # a zip file of XML
        with ZipFile(io.BytesIO(written)) as book:
            written = b"".join(map(book.read, book.namelist()))
    # A database has zeros, lengths and the like between its texts, and ics its own ends of lines and backslashes.
    out = written.decode("utf-8", "ignore" if name == "sqlite" else "strict").replace("\r\n", "\n")
    for sign in "\u202e\u202c" if name == "sqlite" else "\x1b\x07\x9b\u202e\u202c\r":
        assert sign not in out, name
    assert b"\x1b[31m" not in written
    plain = html.unescape(out).replace("\xa0", " ").replace("\n ", "").replace("\\[", "[").replace("\\]", "]")
    for said in ("[sic]", "[/x]", ":iraq:", "red", "evil"):
        assert said in plain, name


def test_json_keeps_what_others_write_out_and_csv_no_formula(oir: Runner, hostile: str) -> None:
    assert oir("--store", hostile, "timeline", "--year", "2016", "--json").json[0]["text"] == HOSTILE
    assert "'=1+1 is" in oir("--store", hostile, "timeline", "--format", "csv").out


@pytest.mark.parametrize("width", [*range(1, 60), 79, 80, 81, 120, 300])
def test_no_letter_is_lost_at_any_width(small: Runner, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = small("timeline", "-f", "table").out
    assert max(map(len, out.splitlines())) <= max(width, 20)
    letters = "".join(out.split())
    for fact in small("timeline", "--json").json:
        if width < 56:  # one below the other, so that the letters of a text stand in one run
            assert "".join(fact["text"].split()) in letters
            assert fact["id"] in letters
    for command in (["country", "ruritania"], ["show", "2014-08-09-thirty"], ["country"], ["about"]):
        assert small(*command, "-f", "table").out


def test_files_are_written_whole_and_never_overwritten(small: Runner, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    run = small("timeline", "--output", str(path))
    assert (run.code, run.out) == (0, "")
    before = path.read_bytes()
    assert before.startswith(b"id,title,date,")
    refused = small("timeline", "--year", "2014", "--output", str(path))
    assert (refused.code, path.read_bytes()) == (2, before)
    assert "exists; --force overwrites it" in refused.err
    assert small("timeline", "--year", "2014", "--output", str(path), "--force").code == 0
    assert path.read_bytes() != before
    assert [entry.name for entry in tmp_path.iterdir()] == ["facts.csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no/such.json", "no/such.json (No such file or directory)"),
        (f"{'x' * 5000}.json", "File name too long"),
        ("folder.json", "folder.json is a folder"),
        ("circle.json", "circle.json"),
    ],
)
def test_a_file_that_cannot_be_written(small: Runner, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "circle.json").symlink_to(tmp_path / "circle.json")
    before = sorted(tmp_path.iterdir())
    for force in ([], ["--force"]):
        run = small("timeline", *force, "--output", str(tmp_path / name))
        assert (run.code, run.out) == (2, "")
        assert said in run.err
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "circle.json").is_symlink()


def test_the_extension_of_a_file_is_its_format(small: Runner, tmp_path: Path) -> None:
    others = {extension: names[-1] for extension, names in EXTENSIONS.items() if extension != "bib"}
    for ending, name in {**{each: each for each in NAMES if each != "table"}, **others}.items():
        named, asked = tmp_path / f"Facts.{ending.upper()}", tmp_path / "asked"
        assert small("timeline", "--output", str(named)).code == 0
        assert small("timeline", "--output", str(asked), "--format", name, "--force").code == 0
        assert named.read_bytes() == asked.read_bytes()
    for strange in ("facts.doc", "facts", "facts.csv.gz", "facts."):
        run = small("export", "--output", str(tmp_path / strange))
        assert (run.code, run.out) == (2, "")
        assert f'cannot tell the format from the extension of "{strange}"; use --format, or one of .json, ' in run.err
        assert not (tmp_path / strange).exists()


def test_a_hyphen_is_stdout(small: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert small("export", "--output", "-").out == small("export").out
    assert small("timeline", "-o", "-").out == small("timeline").out
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_one_and_a_file_keeps_its_permissions(small: Runner, tmp_path: Path) -> None:
    file, link = tmp_path / "file.json", tmp_path / "link.json"
    file.write_text("")
    file.chmod(0o640)
    link.symlink_to(file)
    assert small("export", "--output", str(link)).code == 2
    assert small("export", "--output", str(link), "--force").code == 0
    assert link.is_symlink()
    assert (len(json.loads(file.read_text(encoding="utf-8"))), file.stat().st_mode & 0o777) == (8, 0o640)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_by_name_is_written_to_and_not_replaced(small: Runner, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        code = small("timeline", "--output", str(pipe)).code
        if code:
            reader.kill()
        read, _ = reader.communicate()
    assert code == 0
    assert read.decode() == small("timeline").out
    assert pipe.is_fifo()
    assert small("timeline", "--output", os.devnull).code == 0
    assert Path(os.devnull).is_char_device()


def program(*argv: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "oir_cli", "--store", str(SMALL), *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
    )


def test_a_closed_pipe_ends_quietly() -> None:
    running = program("timeline", "--json")
    assert running.stdout
    assert running.stderr
    running.stdout.close()
    assert running.wait() == 0
    assert running.stderr.read() == b""
    running.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "oir_cli", "--store", str(SMALL), "timeline"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert run.returncode == 2
    assert run.stderr == b"oir: cannot write to stdout (No space left on device)\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_stream_gets_a_readable_answer(encoding: str) -> None:
    out, err = program("timeline", "-f", "table", PYTHONIOENCODING=encoding).communicate()
    assert err == b""
    text = out.decode(encoding)
    assert "Falluja" in text or "Fallûja" in text
    assert "\\x" not in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["json", "jsonl", "geojson"])
def test_json_is_exact_on_any_stream(encoding: str, name: str) -> None:
    def facts(written: bytes, encoding: str) -> Any:
        return [json.loads(line) for line in written.decode(encoding).splitlines()] if name == "jsonl" else json.loads(
            written.decode(encoding)
        )  # fmt: skip

    exact, _ = program("timeline", "-f", name, PYTHONIOENCODING="utf-8").communicate()
    out, _ = program("timeline", "-f", name, PYTHONIOENCODING=encoding).communicate()
    assert "û".encode() in exact
    assert facts(out, encoding) == facts(exact, "utf-8")
    if encoding != "utf-16":
        assert out.isascii()  # and so it is UTF-8 as well, which JSON has to be


@pytest.mark.parametrize("name", ["html", "svg", "md"])
def test_markup_says_letters_that_a_stream_lacks_by_their_number(name: str) -> None:
    out, err = program("timeline", "-f", name, PYTHONIOENCODING="ascii").communicate()
    assert err == b""
    assert b"Fall&#251;ja" in out


def test_csv_says_that_a_stream_lacks_letters() -> None:
    out, err = program("timeline", "-f", "csv", PYTHONIOENCODING="ascii").communicate()
    assert b"Falluja" in out
    assert err == b"oir: stdout cannot show some characters (ascii), so they were simplified; use --output\n"
    out, err = program("timeline", "-f", "csv", "--bom", PYTHONIOENCODING="ascii").communicate()
    assert out.startswith(b"\xef\xbb\xbfid,")
    assert "Fallûja".encode() in out


def test_stdout_may_be_a_stream_of_text(small: Runner) -> None:
    stream = io.StringIO()
    with redirect_stdout(stream):
        small("timeline", "--json")
    assert len(json.loads(stream.getvalue())) == 8


def test_version_and_help_read_no_store(oir: Runner) -> None:
    run = oir("--store", "/nowhere", "--version")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("oir ")
    helped = oir("--store", "/nowhere", "timeline", "--help")
    assert helped.code == 0
    for option in ("--year", "--within", "--fields", "--json"):
        assert option in helped.out
    assert "Exit codes" in oir("--help").out


def test_a_mistyped_command_names_the_nearest_and_its_help(oir: Runner) -> None:
    run = oir("serch", "x")
    assert (run.code, run.out) == (2, "")
    assert run.err == 'oir: no such command "serch"; try: oir search; see oir --help\n'


def test_each_fact_has_its_first_and_last_day_for_machines(small: Runner) -> None:
    days = {fact["date"]: (fact["first_day"], fact["last_day"]) for fact in small("timeline", "--json").json}
    assert days[None] == (None, None)
    assert days["2014-08-08"] == ("2014-08-08", "2014-08-08")
    assert days["2011-12"] == ("2011-12-01", "2011-12-31")
    assert days["2014"] == ("2014-01-01", "2014-12-31")
    assert "2014-08-09,2014-08-11" in small("timeline", "-f", "csv", "--fields", "first_day,last_day").out


def test_an_open_end_has_no_last_day(oir: Runner) -> None:
    facts = oir("timeline", "--json").json
    open_ones = [fact for fact in facts if (fact["date"] or "").endswith("/..")]
    assert all(fact["first_day"] and fact["last_day"] is None for fact in open_ones)
    assert all(bool(fact["first_day"]) is bool(fact["date"]) for fact in facts)
    lines = oir("timeline", "--brief", "--json").json
    assert all(bool(line["first_day"]) is bool(line["date"]) for line in lines)
    figures = oir("figures", "troops-present", "--json").json
    assert all(bool(figure["first_day"]) is bool(figure["date"]) for figure in figures)
