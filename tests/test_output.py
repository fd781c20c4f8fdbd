"""What reaches stdout and stderr: formats, streams, files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oir_cli.model import FACT_KEYS
from tests.conftest import SMALL, Runner

HOSTILE = "A \x1b[31mred\x07 ‮evil‬ [sic] [/x] :iraq: =1+1\ttab\x9b end."


@pytest.fixture
def hostile(copied: Path) -> str:
    shelf = copied / "facts" / "2016.json"
    facts = json.loads(shelf.read_text(encoding="utf-8"))
    facts[1]["text"] = HOSTILE
    facts[0]["text"] = "=1+1 is no formula."
    shelf.write_text(json.dumps(facts), encoding="utf-8")
    return str(copied)


def test_json_has_the_pinned_keys_in_their_order(small: Runner) -> None:
    for fact in small("timeline", "--json").json:
        assert tuple(fact) == FACT_KEYS
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
            assert list(row) == list(FACT_KEYS)
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


def test_nothing_of_a_store_acts_on_a_terminal_or_a_spreadsheet(oir: Runner, hostile: str) -> None:
    for name in ("table", "json", "jsonl", "csv", "tsv"):
        out = oir("--store", hostile, "timeline", "--format", name).out
        assert not any(sign in out.replace("\r\n", "\n") for sign in "\x1b\x07\x9b‮‬\r"), name
        assert "[sic]" in out
        assert ":iraq:" in out
        assert "[/x]" in out
    assert oir("--store", hostile, "timeline", "--year", "2016", "--json").json[1]["text"] == HOSTILE
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
    assert before.startswith(b"id,date,")
    refused = small("timeline", "--year", "2014", "--output", str(path))
    assert (refused.code, path.read_bytes()) == (2, before)
    assert "exists; --force overwrites it" in refused.err
    assert small("timeline", "--year", "2014", "--output", str(path), "--force").code == 0
    assert path.read_bytes() != before
    assert [entry.name for entry in tmp_path.iterdir()] == ["facts.csv"]
    assert small("timeline", "--output", str(tmp_path / "no" / "such.json")).code == 2


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


def test_version_and_help_read_no_store(oir: Runner) -> None:
    run = oir("--store", "/nowhere", "--version")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("oir ")
    helped = oir("--store", "/nowhere", "timeline", "--help")
    assert helped.code == 0
    for option in ("--year", "--certain", "--fields", "--json"):
        assert option in helped.out
    assert "Exit codes" in oir("--help").out
