"""Names as people type them, lists of names, and profiles."""

from __future__ import annotations

import pytest

from oir_cli.names import fold
from tests.conftest import Runner


@pytest.mark.parametrize("name", ["ruritania", "RURITANIA", "Ruritánia", "rur", "Ruritanian", "ruri", "The Ruritania"])
def test_a_name_is_taken_by_id_name_alias_case_accents_and_beginning(small: Runner, name: str) -> None:
    assert small("country", name, "--json").json["entity"]["id"] == "ruritania"


def test_an_alias_of_one_goes_before_the_beginning_of_another(small: Runner) -> None:
    assert small("participant", "strawland", "--json").json["entity"]["id"] == "strawland"
    assert small("place", "Falluja", "--json").json["entity"]["id"] == "falluja"
    assert small("participant", "RAF", "--json").json["entity"]["id"] == "ruritanian-air-force"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["country", "ruritanai"], 'no country called "ruritanai"; did you mean ruritania?'),
        (["country", "isil"], 'no country called "isil"; there is a participant isil'),
        (["topic", "mosul"], 'no topic called "mosul"; there is a place mosul'),
        (["timeline", "--country", "isil"], 'no country called "isil"'),
        (["timeline", "--place", "fallluja"], "did you mean falluja?"),
        (["participant", "ruritani"], "could be more than one participant: ruritania, ruritanian-air-force"),
        (["person", "xyz"], 'no person called "xyz"'),
        (["topic", ""], 'no topic called ""'),
        (["topic", "x" * 100_000], "(100000 characters)"),
    ],
)
def test_a_name_that_is_none_or_several_exits_3_and_runs_nothing(small: Runner, argv: list[str], said: str) -> None:
    run = small(*argv, "--json")
    assert (run.code, run.out) == (3, "")
    assert said in run.err
    assert run.err.count("\n") == 1


@pytest.mark.parametrize(
    ("argv", "nearest"),
    [
        (["figures", "deaths"], "fighters-killed"),
        (["figures", "money"], "support-cost"),
        (["topic", "planes"], None),  # an alias
        (["topic", "fatality"], "casualties"),
        (["country", "england"], None),
    ],
)
def test_a_name_near_in_meaning_is_known_or_suggested(oir: Runner, argv: list[str], nearest: str | None) -> None:
    run = oir(*argv, "--json", "--limit", "1")
    assert run.code == (3 if nearest else 0)
    assert f"did you mean {nearest}" in run.err if nearest else run.json


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("second battle of ramadi", 'no event called "second battle of ramadi"; did you mean tikrit-battle?'),
        ("battel of mosul", 'no event called "battel of mosul"; did you mean mosul-battle'),
        ("siege of kobani", 'no event called "siege of kobani"; '),
    ],
)
def test_several_words_of_which_some_are_no_name_are_refused_whole(oir: Runner, name: str, said: str) -> None:
    run = oir("event", *name.split(), "--json")
    assert (run.code, run.out) == (3, "")
    assert said in run.err


def test_several_words_are_one_name_or_several(small: Runner) -> None:
    assert small("country", "new", "strawland", "--json").json["entity"]["id"] == "new-strawland"
    both = small("country", "ruritania", "strawland", "--json").json
    assert [profile["entity"]["id"] for profile in both] == ["ruritania", "strawland"]


def test_a_list_counts_facts_with_those_of_the_parts(small: Runner) -> None:
    rows = small("country", "--json", "--fields", "id,facts,first,last").json
    assert rows == [
        {"id": "ruritania", "facts": 5, "first": "2011-12", "last": "2016-05"},
        {"id": "new-strawland", "facts": 1, "first": None, "last": None},
        {"id": "strawland", "facts": 1, "first": "2014-08-09", "last": "2014-08-11"},
    ]
    everyone = small("participant", "--json").json
    assert [row["id"] for row in everyone][:2] == ["ruritania", "isil"]
    assert small("place", "--json", "--year", "2014", "--fields", "id,facts").json == [
        {"id": "iraq", "facts": 4},
        {"id": "mosul", "facts": 2},
        {"id": "falluja", "facts": 1},
    ]


def test_a_profile_tells_what_when_which_topics_figures_and_facts(small: Runner) -> None:
    profile = small("country", "ruritania", "--json").json
    assert profile["entity"]["operation"] == "Operation Zenda"
    assert profile["parts"] == ["ruritanian-air-force"]
    assert (profile["first"], profile["last"], profile["count"]) == ("2011-12", "2016-05", 5)
    assert profile["topics"][0] == {"id": "troops", "name": "Troops", "facts": 2}
    assert [(figure["measure"], figure["value"], figure["fact"]) for figure in profile["figures"]] == [
        ("troops-present", 100, "2014-ruritania-sends-advisers"),
        ("strikes", 2, "2014-08-08-first-strikes"),
    ]
    assert len(profile["facts"]) == 5
    limited = small("country", "ruritania", "--json", "--limit", "1")
    assert (limited.json["count"], len(limited.json["facts"])) == (5, 1)
    assert "4 more left out" in limited.err


def test_a_profile_reads_as_a_table(small: Runner) -> None:
    out = small("country", "ruritania", "-f", "table").out
    for said in ("Ruritania\n", "Operation Zenda", "December 2011 to May 2016", "~100", "first two strikes", "5 facts"):
        assert said in out
    place = small("place", "falluja", "-f", "table").out
    assert "33.3500, 43.7800" in place
    assert "part of" in place


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.S.", "us"), ("al-Qa'im", "Al Qaim"), ("Recep Tayyip Erdoğan", "recep tayyip erdogan"), ("Işık", "isik"),
     ("The Guardian", "guardian"), ("Opération Chammal", "operation chammal"), ("Løkke", "lokke")],
)  # fmt: skip
def test_folding_forgives(one: str, other: str) -> None:
    assert fold(one) == fold(other)
