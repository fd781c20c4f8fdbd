"""Participants side by side: what answers which question, and what stays blank."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from oir_cli.store import Store
from tests.conftest import BUNDLED, Runner
from tests.making import fact, figure, only_facts

ASKED = [
    "operation", "decided", "first strike", "aircraft", "strikes and sorties", "troops and trainers", "arms",
    "humanitarian aid", "losses", "change or end",
]  # fmt: skip


def cells(oir: Runner, *argv: str) -> dict[tuple[str, str], dict[str, Any]]:
    run = oir("compare", *argv, "--json")
    assert run.code == 0, run.err
    return {(row["question"], row["participant"]): row for row in run.json}


def test_a_cell_for_every_question_and_participant(oir: Runner) -> None:
    rows = oir("compare", "canada", "denmark", "australia", "--json").json
    assert [(row["question"], row["participant"]) for row in rows] == [
        (question, country) for question in ASKED for country in ("canada", "denmark", "australia")
    ]


def test_what_the_article_says_and_where_it_says_nothing(oir: Runner) -> None:
    found = cells(oir, "canada", "denmark", "australia")
    assert found["operation", "canada"]["said"] == ["Operation Impact"]
    assert found["operation", "australia"]["said"] == ["Operation Okra"]
    assert found["operation", "denmark"]["said"] == found["operation", "denmark"]["facts"] == []
    assert [item["date"] for item in found["first strike", "canada"]["items"]] == ["2014-11-02"]
    assert [item["date"] for item in found["first strike", "denmark"]["items"]] == ["2014-10-16"]
    assert found["first strike", "australia"]["items"] == []
    assert "2014-10-07" in [item["date"] for item in found["decided", "canada"]["items"]]
    assert "2014-10-02" in [item["date"] for item in found["decided", "denmark"]["items"]]
    planned = {item["said"]: item["status"] for item in found["aircraft", "canada"]["items"]}
    assert planned["Number of combat aircraft: 6 (CF-18)"] == "planned"
    assert any("547" in said for said in found["strikes and sorties", "denmark"]["said"])
    assert found["arms", "denmark"]["said"] == []
    assert "2015-09" in [item["date"] for item in found["change or end", "denmark"]["items"]]


def test_every_item_rests_on_facts_about_the_participant(oir: Runner) -> None:
    facts = {each["id"]: each for each in oir("export").json}
    store = Store(BUNDLED)
    for (_, participant), cell in cells(oir, "us", "uk", "belgium", "isil", "peshmerga").items():
        family = store.below("participants", participant)
        for item in cell["items"]:
            assert item["facts"]
            for each in item["facts"]:
                assert each in cell["facts"]
                counted = {figure["of"] for figure in facts[each]["figures"]}
                assert family & {*facts[each]["participants"], *counted}, each


def test_another_store_is_compared_by_its_own_aspects(small: Runner, oir: Runner, copied: Path) -> None:
    rows = small("compare", "ruritania", "strawland", "--json").json
    assert list(dict.fromkeys(row["question"] for row in rows)) == [
        "operation",
        "first strike",
        "strikes",
        "troops",
        "losses",
    ]
    said = {(row["question"], row["participant"]): row["said"] for row in rows}
    assert said["first strike", "ruritania"] == ["Ruritania strikes near Falluja for the first time"]
    assert said["strikes", "ruritania"][0] == "Strikes: 2"
    (copied / "aspects.json").write_text("[]")
    assert oir("--store", str(copied), "compare", "ruritania", "--json").json == []
    (copied / "aspects.json").unlink()
    missing = oir("--store", str(copied), "compare", "ruritania", "--json")
    assert (missing.code, missing.out) == (4, "")
    assert "aspects.json" in missing.err


@pytest.fixture
def made(copied: Path, oir: Runner) -> Runner:
    """Run `oir` with a store in which Ruritania decides, and Strawland is spoken of."""
    shutil.copy(BUNDLED / "aspects.json", copied)
    (copied / "topics.json").write_text(
        json.dumps(
            [
                {"id": each, "name": each, "aliases": [], "description": f"{each}.", "parent": None}
                for each in ("decisions", "background", "withdrawal")
            ]
        ),
        encoding="utf-8",
    )
    measures = json.loads((copied / "measures.json").read_text(encoding="utf-8"))
    measures.append({"id": "rounds", "name": "Rounds", "aliases": [], "description": "Rounds.", "unit": "rounds"})
    (copied / "measures.json").write_text(json.dumps(measures), encoding="utf-8")
    several = [
        fact(f"2015-0{n}-rounds", f"2015-0{n}", figures=[figure("rounds", n * 100, of="ruritania")], status=status)
        for n, status in enumerate(("stated", "stated", "stated", "stated", "planned"), 1)
    ]
    only_facts(
        copied,
        [
            fact("2003-old", "2003", participants=["ruritania"], topics=["decisions", "background"]),
            fact("2014-both-decide", "2014", participants=["ruritania", "isil"], topics=["decisions", "withdrawal"]),
            fact("2014-ruritania-decides", "2014", participants=["ruritania", "isil"], topics=["decisions"]),
            fact("2014-strawland-decides", "2014", participants=["strawland", "ruritania"], topics=["decisions"]),
            fact("2015-force-decides", "2015", participants=["ruritanian-air-force"], topics=["decisions"]),
            fact("2016-leaves", "2016", participants=["ruritania"], topics=["withdrawal"]),
            fact("2014-comes", "2014", participants=["ruritania"], topics=["withdrawal"]),
            fact("undated-stays", participants=["ruritania"], topics=["withdrawal"]),
            *(
                fact(each, "2014", figures=[figure("rounds", 2, of="strawland", what="old ones", bound="about")])
                for each in ("2014-two", "2014-two-again")
            ),
            *several,
        ],
    )
    return lambda *argv: oir("--store", str(copied), *argv)


def test_a_fact_answers_for_whom_it_names_first_before_it_answers_for_others(made: Runner) -> None:
    found = cells(made, "ruritania", "strawland", "isil")
    own = ["2014-ruritania-decides", "2014-both-decide", "2015-force-decides"]
    assert found["decided", "ruritania"]["facts"] == own  # of one date first what is on nothing else
    assert found["decided", "strawland"]["facts"] == ["2014-strawland-decides"]
    assert found["decided", "isil"]["facts"] == own[:2]
    assert [item["in_passing"] for item in found["decided", "isil"]["items"]] == [True, True]
    assert not any(item["in_passing"] for item in found["decided", "ruritania"]["items"])
    table = " ".join(made("compare", "strawland", "isil", "-f", "table").out.split())
    assert table.count("2014 (named) ") == 3  # two that both decided, and one of them as a change
    assert "(named) about others; only mentions it" in table
    assert "(named)" not in made("compare", "strawland", "-f", "table").out


def test_a_force_acts_where_its_state_is_named_first(oir: Runner) -> None:
    found = cells(oir, "us navy", "peshmerga")
    assert found["first strike", "us-navy"]["items"]
    assert not any(item["in_passing"] for item in found["first strike", "us-navy"]["items"])
    assert all(item["in_passing"] for item in found["decided", "peshmerga"]["items"])


def test_what_was_before_answers_only_where_nothing_else_does(made: Runner) -> None:
    found = cells(made, "ruritania", "strawland", "--until", "2013")
    assert found["decided", "ruritania"]["facts"] == ["2003-old"]


def test_figures_say_bound_kind_and_status_and_many_are_a_range(made: Runner) -> None:
    found = cells(made, "ruritania", "strawland")
    [twice] = found["arms", "strawland"]["items"]
    assert (twice["said"], twice["facts"]) == ("Rounds: ~2 (old ones)", ["2014-two", "2014-two-again"])
    item, planned = found["arms", "ruritania"]["items"]
    assert (item["said"], item["date"]) == ("Rounds: 100 to 400 (4 values)", "2015-01/2015-04")
    assert item["facts"] == ["2015-01-rounds", "2015-04-rounds"]
    assert (planned["said"], planned["status"]) == ("Rounds: 500", "planned")


def test_losses_are_events_and_only_those_of_the_participant(oir: Runner) -> None:
    found = cells(oir, "us", "germany", "isil", "uk")
    deaths, claimed, *_ = found["losses", "united-states"]["items"]
    assert deaths["said"] == "Military deaths in one event: 1 to 2 (8 events)"
    assert (claimed["said"], claimed["status"]) == ("Military deaths in one event: 3", "disputed")
    assert found["losses", "germany"]["items"] == []  # Germany flew wounded Peshmerga home
    assert not any("Marine" in said for said in found["losses", "isil"]["said"])
    assert found["losses", "united-kingdom"]["said"] == ["Military deaths in one event: 1"]


def test_losses_that_are_only_claimed_are_shown_however_short_the_cells_are(
    oir: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = oir("compare", "us", "uk", "germany", "-f", "table").out.split("\nlosses")[1].split("\n\n")[0].split("\n")
    said = " ".join(line[14:40].strip() for line in lines)
    assert "1 to 2 (8 events)" in said
    assert "· ? 4–31 Oct 2018 Military deaths in one event: 3" in said


@pytest.mark.parametrize("names", ["us uk", "canada denmark", "iraq isil", "us france", "isil peshmerga"])
def test_two_participants_are_compared_in_ninety_lines(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    out = oir("compare", *names.split(), "-f", "table").out
    assert len(out.splitlines()) <= 90
    cells, _, facts = out.partition("\n[1] ")
    order = [
        int(number) for group in re.findall(r"\[(\d+(?:, \d+)*)\]", "[1] " + facts) for number in group.split(", ")
    ]
    assert order == list(range(1, len(order) + 1))
    assert {int(each) for group in re.findall(r"\[([\d, ]+)\]", cells) for each in group.split(", ")} == set(order)


def test_a_limit_keeps_the_first_answers_or_the_last_ones_where_these_tell_most(made: Runner) -> None:
    run = made("compare", "ruritania", "--limit", "1", "--json")
    found = {row["question"]: row["facts"] for row in run.json}
    assert found["decided"] == ["2014-ruritania-decides"]
    assert found["change or end"] == ["2016-leaves"]
    assert run.err == "oir: 6 more left out; --limit sets how many are shown\n"


def test_which_answers_are_kept_does_not_hang_on_the_order_of_facts(made: Runner) -> None:
    asked = ("compare", "ruritania", "strawland", "--limit", "1", "--json")
    assert made(*asked, "--reverse").json == made(*asked).json


def test_nothing_found_is_nothing_and_names_are_resolved_like_others(made: Runner) -> None:
    run = made("compare", "ruritania", "strawland", "--year", "1990", "--json")
    assert (run.json, run.err) == ([], "oir: nothing found\n")
    assert made("compare", "ruritania", "strawland", "--year", "1990", "-f", "table").out == ""
    assert {row["participant"] for row in made("compare", "new", "strawland", "RUR", "--json").json} == {
        "new-strawland",
        "ruritania",
    }
    slip = made("compare", "ruritania", "strawlnd")
    assert (slip.code, slip.out) == (3, "")
    assert "did you mean strawland" in slip.err


@pytest.mark.parametrize("width", [20, 30, 50, 60, 80, 100, 120, 200])
def test_a_table_fits_any_width_and_says_what_it_rests_on(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run = oir("compare", "canada", "denmark", "australia", "-f", "table")
    assert max(map(len, run.out.splitlines())) <= width
    for said in ("Canada", "CF-18", "Operation", "[1]"):
        assert said in run.out
    assert "the article does not say" in " ".join(run.out.split())
    if width >= 80:
        assert re.search(r"\[1\] 20\d\d-\S*canad|\[1\] undated-canad", run.out)
