"""Real answers from the store that ships."""

from __future__ import annotations

import pytest

from oir_cli.dates import story_position
from tests.conftest import Runner


def test_2016_is_told_in_story_order(oir: Runner) -> None:
    facts = oir("timeline", "--year", "2016", "--json").json
    assert len(facts) >= 80
    places = [story_position(fact["date"], fact["date_text"]) for fact in facts]
    assert places == sorted(places)
    keating = [fact["id"] for fact in facts if fact["date"] == "2016-05-03"]
    told = ["three-truck-bombs-tel-skuf", "keating-in-quick-reaction-force", "keating-killed"]
    assert [each for each in keating if each.removeprefix("2016-05-03-") in told] == [
        f"2016-05-03-{each}" for each in told
    ]


def test_canada_sent_six_cf_18s_voted_on_7_october_and_struck_first_on_2_november(oir: Runner) -> None:
    canada = oir("country", "canada", "--json").json
    assert canada["entity"]["operation"] == "Operation Impact"
    assert any(
        (figure["measure"], figure["value"], figure["of"]) == ("combat-aircraft", 6, "canada")
        for figure in canada["figures"]
    )
    told = {fact["date"]: fact["text"] for fact in canada["facts"]}
    assert "Fallujah" in told["2014-11-02"]
    vote = [fact for fact in canada["facts"] if fact["date"] == "2014-10-07" and "vote" in fact["text"]]
    assert vote
    table = oir("country", "canada", "-f", "table").out
    for said in ("Operation Impact", "CF-18", "2 November", "7 October"):
        assert said in table


def test_3_may_2016_tells_of_keating_and_the_fight_at_tel_skuf(oir: Runner) -> None:
    facts = oir("timeline", "--on", "2016-05-03", "--within", "--json").json
    texts = " ".join(fact["text"] for fact in facts)
    assert "Charles Keating IV" in texts
    values = {(figure["measure"], figure["value"]) for fact in facts for figure in fact["figures"]}
    assert {("fighters-engaged", 125), ("airstrikes", 31), ("fighters-killed", 58)} <= values


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("country", "uk", "united-kingdom"),
        ("country", "Britain", "united-kingdom"),
        ("country", "united-kingdom", "united-kingdom"),
        ("country", "czechia", "czech-republic"),
        ("country", "Dutch", "netherlands"),
        ("participant", "isis", "isil"),
        ("participant", "daesh", "isil"),
        ("participant", "Pentagon", "us-department-of-defense"),
        ("place", "falluja", "fallujah"),
        ("place", "irbil", "erbil"),
        ("place", "qaim", "al-qaim"),
        ("person", "obama", "barack-obama"),
        ("person", "baghdadi", "abu-bakr-al-baghdadi"),
        ("person", "abu wahib", "abu-wahib"),
        ("person", "recep tayyip erdogan", "recep-tayyip-erdogan"),
        ("topic", "chemical-weapons", "chemical-weapons"),
    ],
)
def test_names_as_people_type_them(oir: Runner, kind: str, name: str, expected: str) -> None:
    assert oir(kind, name, "--json", "--limit", "1").json["entity"]["id"] == expected


def test_a_slip_of_a_country_name_exits_3_and_runs_nothing(oir: Runner) -> None:
    run = oir("country", "cannada")
    assert (run.code, run.out) == (3, "")
    assert "did you mean canada" in run.err


@pytest.mark.parametrize("command", ["country", "participant", "person", "place", "topic"])
def test_every_entity_has_a_profile_and_every_profile_facts(oir: Runner, command: str) -> None:
    rows = oir(command, "--json").json
    assert len(rows) >= 20
    for row in rows:
        profile = oir(command, row["id"], "--json").json
        assert profile["entity"]["id"] == row["id"]
        assert profile["count"] == row["facts"] > 0


def test_every_fact_is_shown_in_full(oir: Runner) -> None:
    facts = oir("export", "--json").json
    shown = oir("show", *(fact["id"] for fact in facts), "--json").json
    for fact, each in zip(facts, shown, strict=True):
        assert {key: each[key] for key in fact} == fact
        assert len(each["differs"]) == len(fact["differs_from"])


@pytest.mark.parametrize(
    ("argv", "most"),
    [
        (["--year", "2016", "--brief"], 85),
        (["--year", "2016", "--brief", "--major"], 30),
        (["--brief", "--major"], 110),
    ],
)
def test_a_brief_timeline_is_a_handout(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, argv: list[str], most: int
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = oir("timeline", *argv, "-f", "table").out.splitlines()
    assert 10 < len(shown) <= most
    assert max(map(len, shown)) <= 80


def test_events_are_many_and_few_of_them_major(oir: Runner) -> None:
    events = oir("event", "--json").json
    major = [event for event in events if event["major"]]
    assert 150 <= len(events) <= 220
    assert 45 <= len(major) <= 70
    years = {event["date"][:4] for event in major if event["date"]}
    assert {str(year) for year in range(2014, 2022)} <= years


def test_events_are_found_by_what_people_type(oir: Runner) -> None:
    for typed, event in (
        ("embassy attack", "embassy-attack"),
        ("siege of Sinjar", "mount-sinjar-siege"),
        ("battle of Tikrit", "tikrit-battle"),
        ("Soleimani strike", "soleimani-strike"),
    ):
        assert oir("event", *typed.split(), "--json").json["entity"]["id"] == event
        assert f'understood "{typed}" as the event {event}' in oir("search", *typed.split(), "--json").err


def test_titles_are_short_and_each_is_one_fact(oir: Runner) -> None:
    facts = oir("export").json
    titles = [fact["title"] for fact in facts]
    assert max(map(len, titles)) <= 60
    assert len({title.casefold() for title in titles}) == len(titles)
    compared = oir("compare", "us", "uk", "--json").json
    said = {said for cell in compared for said in cell["said"]}
    assert len(said.intersection(titles)) > 20
