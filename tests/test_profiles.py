"""Profiles: the figures of an entity, and with whom and where it is spoken of most often."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Runner


def ids(ranked: list[dict[str, object]]) -> list[object]:
    return [each["id"] for each in ranked]


def test_neighbours_leave_out_the_entity_itself_and_what_it_belongs_to(small: Runner) -> None:
    profile = small("country", "ruritania", "--json").json
    assert profile["participants"] == [{"id": "isil", "name": "ISIL", "facts": 1}]
    assert profile["people"] == [{"id": "jane-doe", "name": "Jane Doe", "facts": 2}]
    assert profile["places"][0] == {"id": "iraq", "name": "Iraq", "facts": 2}
    place = small("place", "mosul", "--json").json
    assert "iraq" not in ids(place["places"])
    assert ids(place["participants"]) == ["isil", "strawland", "ruritania"]


def test_what_the_article_does_not_describe_leaves_no_empty_line(oir: Runner, copied: Path) -> None:
    path = copied / "people.json"
    [record] = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([record | {"description": ""}]), encoding="utf-8")
    lines = oir("--store", str(copied), "person", "doe", "-f", "table").out.splitlines()
    assert lines[0] == record["name"]
    assert lines[1].startswith("role ")


@pytest.mark.parametrize(("kind", "name"), [("country", "canada"), ("place", "mosul"), ("topic", "airdrops")])
def test_neighbours_are_counted_over_all_facts_of_the_profile(oir: Runner, kind: str, name: str) -> None:
    profile = oir(kind, name, "--json").json
    counted = Counter(each for fact in profile["facts"] for each in fact["people"] if each != name)
    assert {each["id"]: each["facts"] for each in profile["people"]} == counted
    numbers = [each["facts"] for each in profile["participants"]]
    assert numbers == sorted(numbers, reverse=True)


def test_a_participant_has_the_figures_that_count_it_and_others_those_of_their_facts(small: Runner) -> None:
    assert [each["value"] for each in small("country", "ruritania", "--json").json["figures"]] == [100, 2]
    assert small("country", "strawland", "--json").json["figures"] == []
    assert [each["value"] for each in small("place", "mosul", "--json").json["figures"]] == [45, 30]
    assert [each["value"] for each in small("topic", "losses", "--json").json["figures"]] == [45, 30]
    [figure] = small("country", "ruritania", "--json", "--topic", "strikes").json["figures"]
    assert (figure["fact"], figure["unit"], figure["status"]) == ("2014-08-08-first-strikes", "strikes", "stated")


def test_figures_have_bars_where_there_are_several(oir: Runner) -> None:
    out = oir("country", "us", "-f", "table").out
    key = out[out.index("Key figures") : out.index("Facts\n")]
    [troops] = [line for line in key.splitlines() if line.startswith("Troops present in Iraq")]
    assert "»" in troops
    assert ">5,500  █████████→" in key
    assert "more figures: oir figures --of united-states" in key
    with_people = oir("country", "denmark", "-f", "table").out
    for said in ("Topics", "Where", "With", "People", "Helle Thorning-Schmidt"):
        assert said in with_people


@pytest.mark.parametrize("width", [20, 40, 56, 80, 100, 160])
def test_profiles_fit_any_width(oir: Runner, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in ("country us", "place mosul", "person obama", "topic arms", "participant isil"):
        out = oir(*command.split(), "-f", "table", "--limit", "3").out
        assert max(map(len, out.splitlines())) <= width


def test_a_profile_on_a_terminal_stops_at_twenty_facts_and_says_where_the_rest_is(
    oir: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = oir("country", "us", "--json").json["facts"]
    piped = "".join(oir("country", "us", "-f", "table").out.split())
    assert all(fact["id"] in piped for fact in facts)
    monkeypatch.setattr("oir_cli.console.terminal.is_terminal", lambda _: True)
    out = oir("--no-pager", "country", "us").out
    said = f"and {len(facts) - 20} more facts: oir timeline --country united-states, with --brief or --major"
    assert said in " ".join(out.split())
    assert "20 facts" in out
    assert facts[30]["id"] not in "".join(out.split())
    assert "30 facts" in oir("--no-pager", "country", "us", "--limit", "30").out
    assert "more facts" not in oir("--no-pager", "country", "canada", "--limit", "100").out


def test_key_figures_count_something_at_the_place_or_of_the_person(oir: Runner) -> None:
    obama = oir("person", "obama", "-f", "table").out
    assert "Key figures" not in obama  # facts that mention him carry numbers of troops
    assert oir("person", "obama", "--json").json["figures"]
    mosul = oir("place", "mosul", "-f", "table").out
    figures = mosul.partition("Key figures")[2].partition("Facts")[0]
    assert "Civilian deaths from" in figures
    assert ">5,200" not in figures  # US personnel in all of Iraq
    assert "Fighters in one action" not in figures  # set out for Baghdad, or stormed Tel Skuf
    assert "Fighters in one action" in oir("place", "tel skuf", "-f", "table").out  # near Mosul
    assert re.search(r"ISIL deaths in one event.* 55 ", figures)  # at Mosul, in Iraq
    assert "miles" not in figures  # from Mosul to Qayyarah
    assert "50 miles" in oir("place", "qayyarah", "-f", "table").out
