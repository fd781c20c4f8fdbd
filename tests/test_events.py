"""Events and the brief timeline: exact answers on the small store."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.conftest import Runner
from tests.making import fact, only_facts, write

FIRST, LOSES, THIRTY = (
    "2014-08-08-first-strikes",
    "2014-08-09-strawland-militia-loses-45",
    "2014-08-09-thirty-fighters-killed",
)
BRIEF = [
    ("fact", "2011-12-ruritanian-troops-leave", 1),
    ("event", "falluja-strikes", 1),
    ("event", "august-campaign", 3),
    ("fact", "2014-ruritania-sends-advisers", 1),
    ("event", "doe-attack", 1),
    ("fact", "2016-05-late-raid", 1),
    ("fact", "undated-new-strawland-base", 1),
]


def event(id: str, date: str | None = None, **more: object) -> dict[str, object]:
    record: dict[str, object] = {
        "id": id,
        "name": f"Name of {id}",
        "aliases": [],
        "description": f"This is {id}.",
        "parent": None,
    }
    return record | {"date": date, "major": False} | more


def lines(run: object) -> list[tuple[str, str, int]]:
    return [(row["kind"], row["id"], row["facts"]) for row in run.json]  # type: ignore[attr-defined]


def test_brief_has_a_line_for_each_event_and_for_each_fact_without_one(small: Runner) -> None:
    assert lines(small("timeline", "--brief", "--json")) == BRIEF
    assert lines(small("timeline", "--brief", "--major", "--json")) == [BRIEF[1], BRIEF[4]]
    assert lines(small("timeline", "--brief", "--reverse", "--json")) == [*BRIEF[-2::-1], BRIEF[-1]]
    assert lines(small("timeline", "--brief", "--country", "strawland", "--json")) == [("event", "august-campaign", 1)]
    limited = small("timeline", "--brief", "--limit", "2", "--json")
    assert lines(limited) == BRIEF[:2]
    assert limited.err == "oir: 5 more left out; --limit sets how many are shown\n"


def test_brief_as_a_table_names_a_month_once_and_states_both_numbers(
    small: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = small("timeline", "--brief", "--year", "2014", "--year", "2016", "-f", "table").out.splitlines()
    assert [line.rstrip() for line in shown] == [
        "2014",
        "Aug  8      Ruritania strikes near Falluja                    1",
        "            The campaign of August                            3",
        "2014        > Ruritania to send some 100 advisers",
        "",
        "2016",
        "May  3      Jane Doe is wounded                               1",
        "     late   Ruritanian soldiers raid a hideout near Mosul",
        "3 events and 2 single facts from 6 facts",
        "leave out --brief to see the full texts   > planned or announced",
    ]
    major = small("timeline", "--brief", "--major", "-f", "table").out
    assert major.endswith("2 of 3 events; leave out --major to see all\n")


def test_what_began_before_the_time_asked_for_comes_last(small: Runner) -> None:
    shown = small("timeline", "--brief", "--month", "2014-08", "-f", "table").out
    assert shown.index("The campaign of August") < shown.index("Under way during August 2014") < shown.index("advisers")
    assert "Under way on 8 August 2014" in small("timeline", "--brief", "--on", "2014-08-08", "-f", "table").out
    some_days = small("timeline", "--brief", "--since", "2014-08-08", "--until", "2014-08-09", "-f", "table").out
    assert "Under way during 8–9 August 2014" in some_days
    since = small("timeline", "--since", "2014-08-09", "-f", "table").out
    assert since.index("2016-05-03-doe-wounded") < since.index("Already under way") < since.index("sends-advisers")
    assert small("timeline", "--since", "2014-08-09", "--json").ids[-3] == "2014-ruritania-sends-advisers"


def test_an_event_outside_the_time_asked_for_leaves_its_facts_alone(oir: Runner, copied: Path) -> None:
    write(copied, "events", [event("start", "2014-08-08")])
    state = fact("2014-state", "2014-08-08/..", topics=["strikes"], events=["start"])
    only_facts(copied, [state, fact("2014-begins", "2014-08-08", topics=["strikes"], events=["start"])])
    run = oir("--store", str(copied), "timeline", "--brief", "--year", "2016", "--json")
    assert lines(run) == [("fact", "2014-state", 1)]


def test_an_event_has_the_status_that_all_its_facts_share(oir: Runner, copied: Path) -> None:
    write(copied, "events", [event("planned", "2014-08"), event("mixed", "2014-09")])
    facts = [
        fact("2014-1", "2014-08", topics=["strikes"], status="planned", events=["planned"]),
        fact("2014-2", "2014-09", topics=["strikes"], status="planned", events=["mixed"]),
        fact("2014-3", "2014-09", topics=["strikes"], events=["mixed"]),
    ]
    only_facts(copied, facts)
    run = oir("--store", str(copied), "timeline", "--brief", "--json")
    assert [(row["id"], row["status"]) for row in run.json] == [("planned", "planned"), ("mixed", "stated")]


def test_brief_in_other_formats(small: Runner) -> None:
    rows = list(csv.DictReader(io.StringIO(small("timeline", "--brief", "-f", "csv").out)))
    assert [(row["kind"], row["id"], int(row["facts"])) for row in rows] == BRIEF
    calendar = small("timeline", "--brief", "-f", "ics")
    entries = Calendar.from_ical(calendar.out).walk("vevent")
    assert [str(entry["summary"]) for entry in entries] == ["Ruritania strikes near Falluja", "Jane Doe is wounded"]
    assert str(entries[0]["description"]).startswith("Ruritania's first two strikes.")
    assert calendar.err == "oir: left out 5 entries that have no exact day\n"
    markdown = small("timeline", "--brief", "--major", "-f", "md").out.splitlines()
    assert markdown[4:7] == ["## 2014", "", "- 8 August 2014 · **Ruritania strikes near Falluja**"]


def test_filters_by_event_and_by_major(small: Runner) -> None:
    assert small("timeline", "--event", "august-campaign", "--json").ids == [FIRST, LOSES, THIRTY]
    assert small("timeline", "--event", "summer campaign", "--status", "disputed", "--json").ids == [LOSES]
    assert small("timeline", "--event", "Battle of Falluja", "--json").ids == [FIRST]
    assert small("timeline", "--major", "--json").ids == [FIRST, "2016-05-03-doe-wounded"]
    assert small("country", "strawland", "--major", "--json").json["facts"] == []
    assert small("timeline", "--event", "nonsuch").code == 3
    assert next(row["value"] for row in small("stats", "--by", "event", "--json").json) == "august-campaign"


def test_events_are_listed_in_date_order_and_told_with_their_parts(
    small: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = small("event", "--json").json
    assert [(row["id"], row["facts"], row["major"]) for row in listed] == [
        ("falluja-strikes", 1, True),
        ("august-campaign", 3, False),
        ("doe-attack", 1, True),
    ]
    assert [row["id"] for row in small("event", "--major", "--json").json] == ["falluja-strikes", "doe-attack"]
    told = small("event", "august-campaign", "--json").json
    assert (told["vocabulary"], told["parts"], told["count"]) == ("events", ["falluja-strikes"], 3)
    assert [each["id"] for each in told["facts"]] == [FIRST, LOSES, THIRTY]
    for width in ("40", "80", "120"):
        monkeypatch.setenv("COLUMNS", width)
        shown = " ".join(small("event", "falluja-strikes", "-f", "table").out.split())
        for said in ("Ruritania's first two strikes.", "when 8 August 2014", "part of The campaign of August", FIRST):
            assert said in shown


def test_a_timeline_is_grouped_by_month_and_event(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = small("timeline", "--month", "2014-08", "-f", "table").out
    order = ["August 2014", FIRST, "The campaign of August  august-campaign", LOSES, THIRTY, "Under way", "advisers"]
    assert [shown.index(each) for each in order] == sorted(shown.index(each) for each in order)
    # One fact tells an event by itself.
    assert "Ruritania strikes near Falluja" not in shown


def test_on_a_day_the_exact_facts_come_first_under_their_heading(oir: Runner, small: Runner, copied: Path) -> None:
    shown = small("on", "2014-08-08", "-f", "table").out.splitlines()
    assert shown[0] == "On 8 August 2014"
    between = shown.index("Dated to a longer time that includes 8 August 2014")
    assert any(FIRST in line for line in shown[:between])
    assert any("2014-ruritania-sends-advisers" in line for line in shown[between:])
    assert small("on", "2014-08-12", "-f", "table").out.startswith("No fact is dated to 12 August 2014 itself\n")
    write(copied, "events", [event("big", "2014-08-08", major=True), event("small", "2014-08-08")])
    facts = [fact(f"2014-{number}", "2014-08-08", topics=["strikes"]) for number in range(3)]
    facts[1]["events"], facts[2]["events"] = ["small"], ["big"]
    only_facts(copied, facts)
    assert oir("--store", str(copied), "on", "8 August 2014", "--json").ids == ["2014-2", "2014-0", "2014-1"]


def test_facts_of_one_date_keep_the_order_of_telling(oir: Runner, copied: Path) -> None:
    told = ["2014-z-bombs", "2014-a-bulldozers", "2014-m-reaction"]
    days = [fact(each, "2014-05-03", topics=["strikes"]) for each in told]
    month = fact("2014-b-month", "2014-05", topics=["strikes"])
    early = fact("2014-c-early", "2014-05", date_text="early May 2014", topics=["strikes"])
    only_facts(copied, [month, *days, early])
    assert oir("check", str(copied), "--fix").out.count("canonical") == 0
    store = ("--store", str(copied), "timeline", "--json")
    assert oir(*store).ids == ["2014-c-early", *told, "2014-b-month"]
    assert oir(*store, "--reverse").ids == ["2014-b-month", *told[::-1], "2014-c-early"]


def test_first_words_that_are_no_command_lead_to_one(oir: Runner) -> None:
    for words, command in (
        (["denmark"], "oir country denmark"),
        (["mosul"], "oir place mosul"),
        (["new", "zealand"], "oir country new-zealand"),
        (["2016"], "oir timeline --year 2016"),
        (["3", "May", "2016"], 'oir on "3 May 2016"'),
        (["soleimani"], "oir person qasem-soleimani"),
        (["embassy", "attack"], "oir event embassy-attack"),
        (["help"], "oir --help"),
        (["what", "happened", "in", "mosul"], "oir search what happened in mosul"),
    ):
        run = oir(*words)
        assert (run.code, run.out) == (2, "")
        assert f"try: {command}" in run.err


def test_an_unknown_name_always_has_a_next_step(oir: Runner) -> None:
    for argv, step in (
        (["figures", "deathz"], "oir figures lists them"),
        (["topic", "zzz"], "oir topic lists them"),
        (["country", "russia"], "oir country lists them"),
        (["timeline", "--event", "zzz"], "oir event lists them"),
        (["schema", "zzz"], "oir schema lists them"),
    ):
        run = oir(*argv)
        assert (run.code, run.out) == (3, "")
        assert step in run.err


def test_a_story_is_told_in_its_order_where_smaller_events_overlap(oir: Runner) -> None:
    ids = oir("event", "tikrit-battle", "--json", "--fields", "id").json["facts"]
    shown = oir("event", "tikrit-battle", "-f", "table").out
    places = [re.search(rf"{fact['id']}(?![\w-])", " ".join(shown.split())) for fact in ids]
    starts = [found.start() for found in places if found]
    assert len(starts) > 10
    assert starts == sorted(starts)
