"""Counts of facts: they agree with what the filters find."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Runner

BY_MONTH = """\
month	2011-12	December 2011	1
month	2014	2014, no month said	1
month	2014-08	August 2014	3
month	2016-05	May 2016	2
month	undated	undated	1
"""


def test_months_come_in_order_and_undated_facts_last(small: Runner) -> None:
    assert small("stats", "--by", "month").out == BY_MONTH
    assert small("stats", "--by", "month", "--year", "2014").out == "".join(BY_MONTH.splitlines(keepends=True)[1:3])


def test_reversed_the_latest_comes_first(small: Runner) -> None:
    assert small("stats", "--by", "month", "--reverse").out.splitlines() == BY_MONTH.splitlines()[::-1]


def counts(runner: Runner, *argv: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in runner("stats", *argv, "--json").json:
        found.setdefault(row["by"], {})[row["value"]] = row["facts"]
    return found


def test_by_default_by_year_topic_participant_place_and_status(small: Runner) -> None:
    found = counts(small)
    assert list(found) == ["year", "topic", "participant", "place", "status"]
    assert found["year"] == {"2011": 1, "2014": 4, "2016": 2, "undated": 1}
    assert found["status"] == {"stated": 5, "attributed": 1, "disputed": 1, "planned": 1}
    assert found["topic"] == {"strikes": 3, "losses": 3, "troops": 3, "first-strikes": 1}
    assert found["participant"]["ruritania"] == 5  # a force counts for its state


def test_countries_are_states_only_and_limits_hold_for_each_key(small: Runner) -> None:
    assert counts(small, "--by", "country") == {"country": {"ruritania": 5, "new-strawland": 1, "strawland": 1}}
    run = small("stats", "--by", "country", "--by", "status", "--limit", "1")
    assert run.out == "country\truritania\tRuritania\t5\nstatus\tstated\tstated\t5\n"
    assert run.err == "oir: 5 more left out; --limit sets how many are shown\n"


@pytest.mark.parametrize("key", ["topic", "participant", "person", "place", "country"])
def test_counts_are_those_of_the_lists_of_entities(oir: Runner, key: str) -> None:
    assert counts(oir, "--by", key)[key] == {row["id"]: row["facts"] for row in oir(key, "--json").json}


def test_years_and_statuses_add_up_to_all_facts(oir: Runner) -> None:
    found = counts(oir, "--by", "year", "--by", "month", "--by", "status")
    assert {sum(each.values()) for each in found.values()} == {oir("about", "--json").json["facts"]}


def test_an_unknown_key_is_refused_with_those_there_are(small: Runner) -> None:
    run = small("stats", "--by", "colour")
    assert (run.code, run.out) == (2, "")
    assert "choose one of year, month, country" in run.err


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_bars_are_as_long_as_the_counts(small: Runner, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = small("stats", "--by", "year", "-f", "table").out.splitlines()
    assert lines[0] == "By year"
    assert max(map(len, lines)) <= width
    [longest] = [line for line in lines if line.startswith("2014")]
    [half] = [line for line in lines if line.startswith("2016")]
    assert abs(longest.count("█") / 2 - half.count("█")) <= 1
    assert lines[-1] == "8 facts"


def test_a_long_list_among_several_is_cut_and_says_so(oir: Runner) -> None:
    out = oir("stats", "-f", "table").out
    assert "more, with --by participant" in out
    assert "more, with" not in oir("stats", "--by", "participant", "-f", "table").out


def test_months_without_facts_are_said(oir: Runner) -> None:
    lines = [re.split(r"  +", line.strip()) for line in oir("stats", "--by", "month", "-f", "table").out.splitlines()]
    at = {line[0]: place for place, line in enumerate(lines)}
    assert lines[at["June 2014"] - 1][:2] == ["29 months without", "0"]  # from January 2012 to May 2014
    years = oir("stats", "--by", "year", "-f", "table").out
    assert re.search(r"2004 .*\n2 years without +0\n2007 ", years)
    backwards = oir("stats", "--by", "month", "--reverse", "-f", "table").out
    assert backwards.count(" without") == sum(line[0].endswith(" without") for line in lines)
    assert all(row["facts"] > 0 for row in oir("stats", "--by", "month", "--json").json)
