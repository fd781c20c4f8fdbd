"""Which facts the filters leave, in which order: exact answers on the small store."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from oir_cli.dates import asked
from tests.conftest import Runner

EVERYTHING = [
    "2011-12-ruritanian-troops-leave",
    "2014-08-08-first-strikes",
    "2014-08-09-strawland-militia-loses-45",
    "2014-08-09-thirty-fighters-killed",
    "2014-ruritania-sends-advisers",
    "2016-05-03-doe-wounded",
    "2016-05-late-raid",
    "undated-new-strawland-base",
]
TROOPS_LEAVE, FIRST_STRIKES, LOSES_45, THIRTY, ADVISERS, WOUNDED, RAID, UNDATED = EVERYTHING


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", EVERYTHING),
        ("--reverse", [RAID, WOUNDED, ADVISERS, THIRTY, LOSES_45, FIRST_STRIKES, TROOPS_LEAVE, UNDATED]),
        ("--year 2014", [FIRST_STRIKES, LOSES_45, THIRTY, ADVISERS]),
        ("--year 2014 --year 2011", [TROOPS_LEAVE, FIRST_STRIKES, LOSES_45, THIRTY, ADVISERS]),
        ("--year 2015", []),
        ("--month 2014-08", [FIRST_STRIKES, LOSES_45, THIRTY, ADVISERS]),
        ("--month 2014-08 --within", [FIRST_STRIKES, LOSES_45, THIRTY]),
        ("--on 2014-08-10", [LOSES_45, ADVISERS]),
        ("--on 2014-08-09 --within", []),
        ("--on 2014-08-08 --within", [FIRST_STRIKES]),
        ("--since 2014-08-09 --until 2016-05-02", [LOSES_45, THIRTY, ADVISERS, RAID]),
        ("--since 2014-08-09 --until 2016-05-02 --within", [LOSES_45]),
        ("--since 2016", [WOUNDED, RAID]),
        ("--until 2013", [TROOPS_LEAVE]),
        ("--country ruritania", [TROOPS_LEAVE, FIRST_STRIKES, ADVISERS, WOUNDED, RAID]),
        ("--country ruritania --country strawland --year 2014", [FIRST_STRIKES, LOSES_45, ADVISERS]),
        ("--country ruritania --participant isil", [FIRST_STRIKES]),
        ("--participant raf", [FIRST_STRIKES]),
        ("--person doe", [WOUNDED, RAID]),
        ("--place iraq --year 2014", [FIRST_STRIKES, LOSES_45, THIRTY, ADVISERS]),
        ("--place fallujah", [FIRST_STRIKES]),
        ("--topic strikes", [FIRST_STRIKES, LOSES_45, RAID]),
        ("--topic first-strikes", [FIRST_STRIKES]),
        ("--status planned", [ADVISERS]),
        ("--status planned --status disputed", [LOSES_45, ADVISERS]),
        ("--limit 2", EVERYTHING[:2]),
    ],
)
def test_filters(small: Runner, filters: str, expected: list[str]) -> None:
    run = small("timeline", "--json", *filters.split())
    assert (run.code, run.ids) == (0, expected)


def test_dates_are_taken_as_people_write_them(small: Runner) -> None:
    assert small("timeline", "--json", "--on", "8 August 2014").ids == [FIRST_STRIKES, ADVISERS]
    assert small("timeline", "--json", "--on", "3 May").ids == [WOUNDED, RAID]
    run = small("timeline", "--json", "--since", "2014-08", "--until", "15 October 2014")
    assert run.ids == [FIRST_STRIKES, LOSES_45, THIRTY, ADVISERS]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["timeline", "--year", "44"], 'cannot read "44" as a date'),
        (["timeline", "--on", "07/08/2014"], "7 August or 8 July 2014; write 2014-08-07 or 2014-07-08"),
        (["timeline", "--year", "2016-05"], "--year takes a year"),
        (["timeline", "--month", "2016"], "--month takes a month"),
        (["timeline", "--since", "8 August"], "no year"),
        (["timeline", "--since", "2016", "--until", "2014"], "--since 2016 is after --until 2014"),
        (["timeline", "--status", "true"], "choose one of stated, attributed, disputed, planned"),
        (["timeline", "--format", "xml"], "choose one of table, json"),
        (["timeline", "--fields", "id,colour"], 'unknown field "colour"; the fields are id, title, date'),
        (["timeline", "--json", "--format", "csv"], "two formats"),
        (["timeline", "--limit", "0"], "--limit"),
        (["timeline", "--yaer", "2016"], "--yaer"),
        (["timelnie"], "timeline"),
        (["on", "yesterday"], "cannot read"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_use(small: Runner, argv: list[str], said: str) -> None:
    run = small(*argv)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_nothing_found_is_an_answer(small: Runner) -> None:
    run = small("timeline", "--year", "2015", "--json")
    assert (run.code, run.json) == (0, [])
    assert run.err == "oir: nothing found\n"
    assert small("timeline", "--year", "2015", "--json", "--fail-empty").code == 1
    assert small("timeline", "--year", "2014", "--json", "--fail-empty").code == 0


@pytest.mark.parametrize("command", ["country", "place", "topic", "figures"])
def test_a_list_of_names_reversed_begins_with_the_last(small: Runner, command: str) -> None:
    names = small(command, "--json").json
    assert len(names) > 1
    assert small(command, "--json", "--reverse").json == names[::-1]
    assert small(command, "--json", "--reverse", "--limit", "1").json == names[-1:]


def test_a_limit_that_bit_is_said(small: Runner) -> None:
    assert small("timeline", "--limit", "3", "--json").err == "oir: 5 more left out; --limit sets how many are shown\n"
    assert small("timeline", "--limit", "8", "--json").err == ""


def test_a_limit_that_bit_several_profiles_is_said(small: Runner) -> None:
    run = small("country", "ruritania", "strawland", "--limit", "1", "--json")
    counts = [profile["count"] for profile in run.json]
    assert [len(profile["facts"]) for profile in run.json] == [1, 1]
    assert run.err.startswith(f"oir: {sum(counts) - 2} more left out")


def test_a_profile_says_how_many_topics_it_does_not_name(oir: Runner) -> None:
    canada = oir("country", "canada", "--json").json
    more = len(canada["topics"]) - 8
    assert more > 0
    assert f"\nand {more} more\n" in oir("country", "canada", "-f", "table").out


def test_on_means_a_day_of_every_year_and_puts_the_exact_first(small: Runner) -> None:
    assert small("on", "3", "May", "--json").ids == [WOUNDED, RAID]
    assert small("on", "2014-08-08", "--json").ids == [FIRST_STRIKES, ADVISERS]


def test_on_without_a_date_means_today(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    class Third(date):
        @classmethod
        def today(cls) -> Third:
            return cls(2024, 5, 3)

    monkeypatch.setattr(asked, "date", Third)
    assert small("on", "--json").ids == [WOUNDED, RAID]


@pytest.mark.parametrize("filters", ["--year 2014", "--on 2014-08-08 --within", "--since 2014 --until 2016"])
def test_a_time_is_asked_of_dated_facts_alone(oir: Runner, copied: Path, filters: str) -> None:
    """A fact without a date does not match, whichever file it is in, and the file of undated facts is not read."""
    shelf = copied / "facts" / "2014.json"
    records = json.loads(shelf.read_text(encoding="utf-8"))
    records[3]["date"] = None
    shelf.write_text(json.dumps(records), encoding="utf-8")
    (copied / "facts" / "undated.json").write_text("[", encoding="utf-8")
    run = oir("--store", str(copied), "timeline", "--json", *filters.split())
    assert (run.code, ADVISERS in run.ids, FIRST_STRIKES in run.ids) == (0, False, True)


def test_show_gives_neighbours_and_what_differs(small: Runner) -> None:
    [fact] = small("show", LOSES_45, "--json").json
    assert (fact["before"], fact["after"]) == (FIRST_STRIKES, THIRTY)
    assert [other["id"] for other in fact["differs"]] == [THIRTY]
    [undated] = small("show", "undated", "--json").json
    assert (undated["id"], undated["before"], undated["after"]) == (UNDATED, None, None)
    table = small("show", LOSES_45, "-f", "table").out
    for said in ("said by", "Strawland", "doubts", "Elsewhere the article says 30.", "Lead, paragraph 1", "Mosul"):
        assert said in table


def test_show_says_first_when_where_and_who_and_tells_the_story_around(oir: Runner) -> None:
    lines = oir("show", "2016-05-03-keating-killed", "-f", "table").out.splitlines()
    starts = [line.split("  ")[0] for line in lines]
    order = [starts.index(word) for word in ("date", "where", "who", "people", "status")]
    text = next(number for number, line in enumerate(lines) if line.startswith("US Navy SEAL"))
    assert order == sorted(order)
    assert max(order) < text < starts.index("event") < starts.index("before") < starts.index("after")
    story = [fact["id"] for fact in oir("event", "tel skuf", "--json").json["facts"]]
    [shown] = oir("show", story[1], "--json").json
    assert (shown["before"], shown["after"]) == (story[0], story[2])


def test_show_of_an_unknown_id_names_the_nearest(small: Runner) -> None:
    run = small("show", "2014-08-08-first-strike5")
    assert (run.code, run.out) == (3, "")
    assert f"did you mean {FIRST_STRIKES}" in run.err
    assert small("show", "2014-08-09", "--json").code == 3  # two facts begin so


def test_search_finds_words_whatever_their_form(small: Runner) -> None:
    assert small("search", "adviser", "--json").ids == [ADVISERS]
    assert small("search", "nonsuch", "--json").ids == []


def test_export_gives_the_whole_store_as_json(small: Runner) -> None:
    assert small("export").ids == EVERYTHING
    assert small("export", "--country", "strawland").ids == [LOSES_45]


def test_about_counts_the_store(small: Runner) -> None:
    about = small("about", "--json").json
    assert (about["facts"], about["dated"], about["figures"], about["participants"]) == (8, 7, 4, 5)
    assert (about["first"], about["last"], about["paragraphs"]) == ("2011-12", "2016-05", 3)
    assert about["licence"] == "CC BY-SA 4.0"
    assert len(about["sha256"]) == 64


def test_the_old_name_of_within_works_and_is_not_shown(small: Runner) -> None:
    asked = ("timeline", "--month", "2014-08", "--json")
    assert small(*asked, "--certain").ids == small(*asked, "--within").ids != small(*asked).ids
    shown = small("timeline", "--help").out
    assert "--within" in shown
    assert "--certain" not in shown
