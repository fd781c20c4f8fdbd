"""What is denied or doubted, and what does not agree."""

from __future__ import annotations

import re

import pytest

from oir_cli.model import DISPUTES
from tests.conftest import Runner

LOSES_45, THIRTY = "2014-08-09-strawland-militia-loses-45", "2014-08-09-thirty-fighters-killed"


def test_a_claim_that_is_denied_and_a_pair_that_differs(small: Runner) -> None:
    denied, pair = small("disputes", "--json").json
    assert (denied["kind"], denied["fact"], denied["against"]) == ("disputed", LOSES_45, None)
    assert (denied["attributed_to"], denied["disputed_by"]) == (["Strawland"], ["Ruritania"])
    assert (pair["kind"], pair["fact"], pair["against"]) == ("differs", LOSES_45, THIRTY)
    assert (pair["note"], pair["against_note"]) == ("Elsewhere the article says 30.", "Elsewhere the article says 45.")
    assert pair["against_text"].startswith("About 9 August 2014")


def test_filters_ask_for_either_side_and_limits_are_said(small: Runner) -> None:
    [pair] = small("disputes", "--status", "stated", "--json").json
    assert (pair["fact"], pair["against"]) == (THIRTY, LOSES_45)
    assert small("disputes", "--year", "2016", "--json").json == []
    limited = small("disputes", "--limit", "1", "--json")
    assert len(limited.json) == 1
    assert limited.err == "oir: 1 more left out; --limit sets how many are shown\n"


def test_every_doubt_and_every_difference_is_told_once(oir: Runner) -> None:
    facts = oir("export").json
    rows = oir("disputes", "--json").json
    disputed = [row["fact"] for row in rows if row["kind"] == "disputed"]
    assert sorted(disputed) == sorted(fact["id"] for fact in facts if fact["status"] == "disputed")
    pairs = [frozenset((row["fact"], row["against"])) for row in rows if row["kind"] == "differs"]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == {frozenset((fact["id"], other)) for fact in facts for other in fact["differs_from"]}
    for row in rows:
        assert row["disputed_by"] if row["kind"] == "disputed" else row["note"]


@pytest.mark.parametrize("width", [30, 40, 80, 120])
def test_the_two_sides_stand_beside_each_other_where_there_is_room(
    small: Runner, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = small("disputes", "-f", "table").out
    lines = out.splitlines()
    assert max(map(len, lines)) <= width
    [claim] = [number for number, line in enumerate(lines) if "? Strawland claims" in line]
    assert "9–11 August" in out
    [denial] = [number for number, line in enumerate(lines) if "doubts and denials" in line]
    assert (claim == denial) == (width >= 56)
    for said in ("Ruritania", "says 30.", "says 45.", "1 denial 1 numbers", "Numbers that differ"):
        assert said in " ".join(out.split())


def test_nothing_in_dispute_is_an_answer(small: Runner) -> None:
    run = small("disputes", "--year", "2016", "-f", "table")
    assert (run.code, run.out, run.err) == (0, "", "oir: nothing found\n")


def test_brief_shows_the_titles_of_both_sides(oir: Runner, small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = small("disputes", "--brief", "-f", "table").out.splitlines()
    assert [re.split("  +", line.strip()) for line in lines] == [
        ["1 denial", "1 numbers"],
        [""],
        ["Claims that are denied or doubted"],
        ["Strawland claims 45 fighters killed", "?", "Ruritania"],
        [""],
        ["Numbers that differ"],
        ["Strawland claims 45 fighters killed", "≠", "At least 30 fighters killed near Mosul"],
    ]
    assert small("disputes", "--brief", "--json").json == small("disputes", "--json").json
    whole, brief = (oir("disputes", *more, "-f", "table").out.count("\n") for more in ((), ("--brief",)))
    assert brief * 5 < whole


def test_each_kind_has_a_heading_and_its_gravest_come_first(oir: Runner) -> None:
    rows = oir("disputes", "--json").json
    first, *_, last = oir("disputes", "--brief", "-f", "table").out.split("\n\n")
    counts = {kind: sum(row["about"] == kind for row in rows) for kind in DISPUTES}
    assert first.split("   ") == [f"{count} {kind}" for kind, count in counts.items()]
    assert last.startswith("Of another time or scope, so that both may be true\n")
    told = oir("disputes", "--kind", "numbers", "--brief", "-f", "table").out
    grave = told.index("Mosul council head: one airstrike")
    assert grave < told.index("Four US fighters bomb ISIL")  # of 2014, but not grave


def test_a_kind_can_be_chosen(oir: Runner) -> None:
    rows = oir("disputes", "--json").json
    chosen = oir("disputes", "--kind", "denial", "--kind", "scope", "--json").json
    assert chosen == [row for row in rows if row["about"] in ("denial", "scope")]
    assert {row["kind"] for row in chosen if row["about"] == "denial"} == {"disputed"}
    wrong = oir("disputes", "--kind", "lies")
    assert wrong.code == 2
    assert "denial, statements, numbers, dates, names, scope" in wrong.err
