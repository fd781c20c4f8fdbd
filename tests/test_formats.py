"""Each format, read back by a reader that is not ours: every fact of the store that ships is in it, as it was."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from geojson_pydantic import Feature, FeatureCollection, Point
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from oir_cli import __version__
from oir_cli.entities import VOCABULARIES
from oir_cli.kinds import kind_of
from oir_cli.model import FACT_FIELDS, ID_LISTS
from oir_cli.text import clean
from oir_cli.views import FORMATS, NAMES
from tests import making
from tests.conftest import SMALL, Runner
from tests.walk import COMMANDS, arguments

Fact = dict[str, Any]


@pytest.fixture
def facts(oir: Runner) -> list[Fact]:
    everything: list[Fact] = oir("export", "--json").json
    assert len(everything) > 800
    return everything


def as_cell(value: Any) -> str:
    if isinstance(value, list):
        plain = all(isinstance(item, str) for item in value)
        return ";".join(value) if plain else json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


# Lines ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "dialect"), [("csv", "excel"), ("tsv", "excel-tab")])
def test_csv_and_tsv(oir: Runner, facts: list[Fact], name: str, dialect: str) -> None:
    rows = list(csv.DictReader(io.StringIO(oir("export", "-f", name).out, newline=""), dialect=dialect))
    assert rows == [{key: as_cell(value) for key, value in fact.items()} for fact in facts]


def test_jsonl(oir: Runner, facts: list[Fact]) -> None:
    assert [json.loads(line) for line in oir("export", "-f", "jsonl").out.splitlines()] == facts


def test_a_byte_order_mark_only_where_it_is_asked_for(small: Runner, tmp_path: Path) -> None:
    plain = small("export", "-f", "csv").out
    assert small("export", "-f", "csv", "--bom").out == "\ufeff" + plain
    path = tmp_path / "facts.csv"
    assert small("export", "-o", str(path), "--bom").code == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + plain.encode()
    for argv in (["export", "--json"], ["export"], ["cite", "2014-08-08", "--style", "ris"]):
        refused = small(*argv, "--bom")
        assert (refused.code, refused.out) == (2, "")
        assert "--bom can be used only with csv, tsv" in refused.err


def test_a_negative_number_is_no_formula(oir: Runner) -> None:
    oir_places = {row["id"]: row for row in csv.DictReader(io.StringIO(oir("place", "-f", "csv").out, newline=""))}
    for place in oir("place", "--json").json:
        assert oir_places[place["id"]]["lon"] == as_cell(place["lon"])


def test_a_longitude_in_the_west_stays_a_number(oir: Runner, copied: Path) -> None:
    path = copied / "places.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"lon": 4', '"lon": -4'), encoding="utf-8")
    lines = oir("--store", str(copied), "place", "-f", "csv", "--fields", "lon").out.split()
    assert any(line.startswith("-4") for line in lines)


# Markdown ------------------------------------------------------------------------------------------------------------


LINES = re.compile("[ \n]+")


def tokens_of(text: str) -> list[Any]:
    """What a CommonMark parser with GitHub's tables and strike-through finds; the last line names the licence."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    assert "CC BY-SA 4.0; oir" in words_of(tokens[-2])
    return tokens


def words_of(token: Any) -> str:
    """The text that a renderer shows of a token."""
    return "".join(
        "\n" if child.type in ("softbreak", "html_inline") else child.content for child in token.children or ()
    )


def listed(tokens: list[Any]) -> list[str]:
    """The entries of all lists."""
    return [words_of(tokens[place + 2]) for place, token in enumerate(tokens) if token.type == "list_item_open"]


def markdown_rows(text: str) -> list[list[str]]:
    """The cells of the one table that the document has."""
    rows: list[list[str]] = []
    tokens = tokens_of(text)
    assert [token.type for token in tokens].count("table_open") == 1
    for token in tokens[[token.type for token in tokens].index("table_open") : -3]:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            assert all(
                child.type in ("text", "text_special") or child.content == "<br>" for child in token.children or ()
            ), token.content
            rows[-1].append(words_of(token))
    return rows


def test_markdown_is_a_document_with_headings_and_a_list(oir: Runner) -> None:
    facts = oir("timeline", "--year", "2016", "--json").json
    out = oir("timeline", "--year", "2016", "-f", "md").out
    tokens = tokens_of(out)
    headings = [
        (token.tag, tokens[place + 1].content) for place, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert headings[0] == ("h1", "Timeline: 2016")
    assert ("h2", "May 2016") in headings
    assert ("h3", "ISIL attacks the Peshmerga near Tel Skuf") in headings
    assert [name for tag, name in headings if tag == "h2"][-1] == "Under way during 2016"
    entries = listed(tokens)
    assert len(entries) == len(facts)
    ids = [entry.rpartition(" ")[2] for entry in entries]
    assert sorted(ids) == sorted(fact["id"] for fact in facts)
    by_id = {fact["id"]: fact for fact in facts}
    for entry, name in zip(entries, ids, strict=True):
        fact = by_id[name]
        for said in (fact["text"], fact["note"] or "", *fact["attributed_to"], *fact["disputed_by"]):
            assert LINES.sub(" ", said) in entry
        assert f", paragraph {fact['sources'][0]['paragraph']}" in entry
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    assert links.pop() == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert len(links) == sum(len(fact["sources"]) for fact in facts) + 1
    assert all(link.startswith("https://en.wikipedia.org/wiki/Operation_Inherent_Resolve_in_Iraq") for link in links)


def test_markdown_of_chosen_fields_is_a_table(oir: Runner, facts: list[Fact]) -> None:
    asked = sorted(FACT_FIELDS)
    heading, *rows = markdown_rows(oir("export", "-f", "md", "--fields", ",".join(asked)).out)
    assert heading == [name.replace("_", " ") for name in asked]
    assert rows == [[as_cell(fact[key]) for key in asked] for fact in facts]


def test_markdown_of_other_answers(oir: Runner, small: Runner) -> None:
    brief = oir("timeline", "--brief", "--year", "2016", "--major", "-f", "md").out
    assert "\n## 2016\n" in brief
    assert "\n- 3 May 2016 · **ISIL attacks the Peshmerga near Tel Skuf** (12 facts)\n" in brief
    disputes = oir("disputes", "-f", "md").out
    assert disputes.count("\n### ") == len(oir("disputes", "--json").json)
    assert "\n## Numbers that differ\n" in disputes
    canada = oir("country", "canada", "-f", "md").out
    assert canada.startswith("# Canada\n\n21 facts\n")
    assert "- **operation**: Operation Impact\n" in canada
    troops = markdown_rows(oir("figures", "troops-present", "-f", "md").out)
    assert len(troops) - 1 == len(oir("figures", "troops-present", "--json").json)
    about = {row[0]: row[1] for row in markdown_rows(small("about", "-f", "md").out)}
    assert about["url"] == small("about", "--json").json["url"]
    cited = ("cite", "undated-new-strawland-base", "2016-05-03-doe-wounded")
    tokens = tokens_of(small(*cited, "-f", "md").out)
    assert listed(tokens) == small(*cited).out.splitlines()
    for empty in (["timeline"], ["timeline", "--brief"], ["disputes"], ["stats"]):
        tokens_of(small(*empty, "--year", "1999", "-f", "md").out)


@pytest.mark.parametrize(
    "line",
    ["timeline --month 2016-05", "event", "event tel-skuf", "disputes", "compare us uk", "place", "on 2016-05-03",
     "search keating", "country canada", "show 2016-05-03-keating-killed", "timeline --brief --year 2016",
     "stats --by event", "figures troops-present"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["table", "md", "html", "svg"])
def test_ids_are_left_out_where_nobody_wants_them(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, facts: list[Fact], line: str, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    ids = [*(fact["id"] for fact in facts), *(each["id"] for each in oir("event", "--json").json)]
    long = [each for each in ids if each.count("-") > 3]
    out = oir(*line.split(), "--no-ids", "-f", name).out
    shown = re.sub(r"<script>.*?</script>|<style>.*?</style>|<[^>]*>", " ", out, flags=re.DOTALL)
    assert shown.strip()
    assert [each for each in long if each in shown] == []


def test_ids_can_be_left_out_only_of_what_is_read(oir: Runner) -> None:
    refused = oir("timeline", "--no-ids", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert "--no-ids can be used only with table, md, html, svg; choose" in refused.err
    for drawing in (["place", "--map"], ["figures", "troops-present", "--chart"]):
        for name in ("table", "html", "svg"):
            assert oir(*drawing, "-f", name, "--no-ids").code == 0


def test_markdown_of_a_list_is_one_table(small: Runner) -> None:
    for command in (["country"], ["place"], ["topic"], ["figures"], ["figures", "strikes"], ["stats"], ["schema"]):
        heading, *rows = markdown_rows(small(*command, "-f", "md").out)
        assert len(rows) == len(small(*command, "-f", "jsonl").out.splitlines()), command
        assert len(heading) < 12


def test_facts_without_an_event_have_a_heading_in_markdown(oir: Runner) -> None:
    out = oir("timeline", "--year", "2016", "-f", "md").out
    assert "\n### Single facts\n" in out
    # Two lists with nothing between them would be one, whose entries are paragraphs.
    paragraphs = [token for token in tokens_of(out) if token.type == "paragraph_open" and token.level > 0]
    assert all(token.hidden for token in paragraphs)


def test_an_address_in_markdown_is_left_whole(oir: Runner) -> None:
    assert "| https://en.wikipedia.org/wiki/Operation_Inherent_Resolve_in_Iraq |" in oir("about", "-f", "md").out


def test_numbers_stand_to_the_right_in_markdown(small: Runner) -> None:
    assert small("country", "-f", "md", "--fields", "name,facts").out.splitlines()[5] == "| --- | ---: |"


LETTERS = st.characters(exclude_categories=["Cs"])  # a store with half a character is refused


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=st.text(st.one_of(st.sampled_from("|\\`*_~[](){}<>&#!$:@-=+ \n\t'\"xé"), LETTERS), max_size=40))
def test_any_text_is_shown_in_markdown_as_it_is(copied: Path, oir: Runner, text: str) -> None:
    shelf = copied / "facts" / "2016.json"
    records = json.loads((SMALL / "facts" / "2016.json").read_text(encoding="utf-8"))
    records[0]["text"] = text
    shelf.write_text(json.dumps(records), encoding="utf-8")
    out = oir("--store", str(copied), "timeline", "--year", "2016", "-f", "md", "--fields", "id,text").out
    rows = markdown_rows(out)
    assert [row[0] for row in rows] == ["id", *(record["id"] for record in records)]
    assert rows[1][1] == clean(text).strip()


# Pictures ------------------------------------------------------------------------------------------------------------


def svg_lines(text: str) -> list[str]:
    """The lines that the picture shows, each word in the column where its letters stand."""
    svg = ElementTree.fromstring(text)  # noqa: S314 - written a moment ago
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    lines: dict[float, str] = {}
    for element in svg.iter("{http://www.w3.org/2000/svg}text"):
        y, column = float(element.attrib["y"]), round(float(element.attrib["x"]) / 12.2)
        lines[y] = lines.get(y, "").ljust(column) + (element.text or "").replace("\xa0", " ")
    return [lines[y].rstrip() for y in sorted(lines)]


def test_pictures_show_the_table(oir: Runner, facts: list[Fact], tmp_path: Path) -> None:
    text = oir("export", "-f", "svg").out
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")  # nothing is fetched
    *lines, source = filter(None, svg_lines(text))
    assert source == f"Operation Inherent Resolve in Iraq, Wikipedia, CC BY-SA 4.0; oir {__version__}"
    assert oir("export", "-o", str(tmp_path / "facts.txt")).code == 0
    table = (tmp_path / "facts.txt").read_text(encoding="utf-8").splitlines()
    assert lines == [line for line in table if line]
    told = " ".join(" ".join(line[20:] for line in lines).split())  # without the column of dates
    for fact in facts:
        assert fact["text"] in told
        assert fact["id"] in told
    for command in (
        ["country", "canada"],
        ["show", "2014-11-02-first-canadian-airstrike"],
        ["about"],
        ["place"],
        ["timeline", "--year", "1999"],
    ):
        assert svg_lines(oir(*command, "-f", "svg").out) is not None


def test_a_title_is_no_markup(oir: Runner) -> None:
    out = oir("search", "<script>{unique_id}", "sinjar", "-f", "svg").out
    assert "<script" not in out
    assert "<title>&lt;script&gt;{unique_id} sinjar</title>" in out


# Calendars -----------------------------------------------------------------------------------------------------------


def test_ics_holds_every_fact_that_has_a_day(oir: Runner, facts: list[Fact]) -> None:
    run = oir("export", "-f", "ics", "--long")
    events = {str(event["uid"]): event for event in Calendar.from_ical(run.out).walk("vevent")}
    dated = {f"{fact['id']}@oir": fact for fact in facts if re.fullmatch(r"(\d{4}-\d\d-\d\d~?/?)+", fact["date"] or "")}
    assert 400 < len(dated) < len(facts)
    assert list(events) == list(dated)
    assert run.err == f"oir: left out {len(facts) - len(dated)} entries that have no exact day\n"
    for uid, fact in dated.items():
        event = events[uid]
        first, _, last = fact["date"].replace("~", "").partition("/")
        assert event.decoded("dtstart") == event.decoded("dtstamp").date() == date.fromisoformat(first)
        assert event.decoded("dtend") == date.fromisoformat(last or first) + timedelta(days=1)
        assert str(event["summary"]) == fact["title"]
        described = str(event["description"])
        assert f"Status: {fact['status']}" in described
        for said in (*fact["attributed_to"], *fact["disputed_by"], fact["note"] or "", fact["sources"][0]["section"]):
            assert said in described
        categories: Any = event["categories"]
        assert categories.cats == fact["topics"]


def test_ics_leaves_out_long_periods_unless_they_are_wanted(oir: Runner) -> None:
    short, long = (
        oir("timeline", "--year", "2016", "-f", "ics"),
        oir("timeline", "--year", "2016", "-f", "ics", "--long"),
    )
    more = long.out.count("BEGIN:VEVENT") - short.out.count("BEGIN:VEVENT")
    assert more > 0
    assert f"left out {more} of more than 31 days; --long keeps" in short.err
    assert "--long" not in long.err
    refused = oir("timeline", "--long", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert "--long can be used only with ics" in refused.err


def test_ics_names_the_place_the_section_and_the_licence(oir: Runner) -> None:
    [calendar] = Calendar.from_ical(oir("timeline", "--place", "mosul", "-f", "ics").out, multiple=True)
    assert str(calendar["x-wr-calname"]) == "Operation Inherent Resolve in Iraq"
    assert "CC BY-SA 4.0" in str(calendar["x-wr-caldesc"])
    events = calendar.walk("vevent")
    assert all("Mosul" in str(event["location"]) for event in events if "location" in event)
    assert sum("geo" in event for event in events) > 20
    assert all(str(event["url"]).startswith("https://en.wikipedia.org/wiki/Operation_Inherent") for event in events)


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "md"])
def test_names_instead_of_ids(small: Runner, name: str) -> None:
    fields = ("--fields", "id,participants,places,differs_from")
    plain = small("timeline", "--year", "2016", "-f", name, *fields).out
    named = small("timeline", "--year", "2016", "-f", name, *fields, "--names").out
    assert "ruritania" in plain
    assert "Ruritania" in named
    assert "Mosul" in named
    assert "2016-05-late-raid" in named
    refused = small("timeline", "--names", "-f", "html")
    assert (refused.code, refused.out) == (2, "")
    assert "--names can be used only with json, jsonl, csv, tsv, md" in refused.err


def test_ics_is_written_as_the_standard_wants(oir: Runner) -> None:
    out = oir("export", "-f", "ics").out
    assert out.startswith("BEGIN:VCALENDAR\r\n")
    assert out.endswith("END:VCALENDAR\r\n")
    lines = out.split("\r\n")
    assert not any("\n" in line for line in lines)
    assert max(len(line.encode()) for line in lines) == 75
    assert out.count("DTSTART;VALUE=DATE:") == out.count("DTEND;VALUE=DATE:") == out.count("BEGIN:VEVENT")


def test_ics_of_days_months_and_spans(small: Runner) -> None:
    run = small("timeline", "-f", "ics")
    assert run.err == "oir: left out 4 entries that have no exact day\n"
    days = {
        str(event["uid"]): (event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat())
        for event in Calendar.from_ical(run.out).walk("vevent")
    }
    assert days == {
        "2014-08-08-first-strikes@oir": ("2014-08-08", "2014-08-09"),
        "2014-08-09-strawland-militia-loses-45@oir": ("2014-08-09", "2014-08-12"),
        "2014-08-09-thirty-fighters-killed@oir": ("2014-08-09", "2014-08-10"),
        "2016-05-03-doe-wounded@oir": ("2016-05-03", "2016-05-04"),
    }
    # Both profiles tell of the first strikes: they are one event.
    both = small("participant", "ruritania", "isil", "-f", "ics").out
    assert both.count("UID:2014-08-08-first-strikes@oir") == 1
    assert small("timeline", "--year", "1999", "-f", "ics").out.count("BEGIN:VEVENT") == 0


def test_ics_of_a_fact_without_topics_has_no_empty_categories(oir: Runner, copied: Path) -> None:
    making.only_facts(copied, [making.fact("2016-05-03-told", "2016-05-03")])
    out = oir("--store", str(copied), "timeline", "-f", "ics").out
    assert out.count("BEGIN:VEVENT") == 1
    assert "CATEGORIES" not in out


# Maps ----------------------------------------------------------------------------------------------------------------


def features_of(value: Any) -> Any:
    return FeatureCollection[Feature[Point, dict[str, Any]]](**value).features


def test_geojson_has_a_point_for_each_place_of_a_fact(oir: Runner, facts: list[Fact]) -> None:
    run = oir("export", "-f", "geojson")
    features = features_of(run.json)
    known = {place["id"]: place for place in oir("place", "--json").json if place["lat"] is not None}
    assert (known["mosul"]["lon"], known["mosul"]["lat"]) == pytest.approx((43.1, 36.3), abs=0.1)
    wanted = [
        (fact, place) for fact in facts for place in ([each for each in fact["places"] if each in known] or [None])
    ]
    without = 0
    for feature, (fact, place) in zip(features, wanted, strict=True):
        at = known.get(place or "", {})
        assert feature.id == (f"{fact['id']}@{place}" if place else fact["id"])
        assert feature.properties == fact | {
            "place": place,
            "place_name": at.get("name"),
            "precision": at.get("precision"),
            "position_source": at.get("position_source"),
        }
        if place:
            assert feature.geometry.coordinates[:2] == (at["lon"], at["lat"])  # longitude first
        else:
            assert feature.geometry is None
            without += 1
    assert 0 < without < len(facts)
    assert run.err == f"oir: {without} of {len(features)} features have no place of known position\n"
    assert run.json["features_are"] == "one for each place of known position that a record names"


def test_geojson_of_places_and_of_chosen_fields(oir: Runner) -> None:
    places = features_of(oir("place", "-f", "geojson").json)
    assert {place.id for place in places} == {place["id"] for place in oir("place", "--json").json}
    [mosul] = [place for place in places if place.id == "mosul"]
    assert mosul.geometry.type == "Point"
    facts = features_of(oir("place", "mosul", "-f", "geojson", "--fields", "text").json)
    where = ("place", "place_name", "precision", "position_source")
    assert {tuple(fact.properties) for fact in facts} == {("text", *where)}
    assert any(fact.geometry for fact in facts)
    none = oir("timeline", "--year", "1999", "-f", "geojson").json
    assert (none["type"], none["features"]) == ("FeatureCollection", [])
    assert (none["licence"], none["version"]) == ("CC BY-SA 4.0", f"oir {__version__}")


# Databases -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def database(oir: Runner, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "oir.sqlite"
    run = oir("export", "--format", "sqlite", "--output", str(path))
    assert (run.code, run.out, run.err) == (0, "", "")
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_sqlite_holds_every_fact_whole(database: sqlite3.Connection, facts: list[Fact]) -> None:
    assert [row["id"] for row in database.execute("SELECT id FROM facts ORDER BY number")] == [
        fact["id"] for fact in facts
    ]

    def listed(table: str, column: str, fact: str) -> list[str]:
        sql = f"SELECT {column} FROM {table} WHERE fact = ? ORDER BY number"  # noqa: S608
        return [row[column] for row in database.execute(sql, (fact,))]

    for fact in facts:
        name = fact["id"]
        row = dict(database.execute("SELECT * FROM facts WHERE id = ?", (name,)).fetchone())
        for key in ID_LISTS:
            row[key] = listed(f"fact_{key}", kind_of(key).word, name)
        for key, column in (("attributed_to", "name"), ("disputed_by", "name"), ("differs_from", "other")):
            row[key] = listed(f"fact_{key}", column, name)
        figures = database.execute("SELECT * FROM figures WHERE fact = ? ORDER BY number", (name,))
        row["figures"] = [{key: figure[key] for key in figure.keys() if key in FIGURE} for figure in figures]  # noqa: SIM118
        sources = database.execute("SELECT section, paragraph FROM sources WHERE fact = ? ORDER BY number", (name,))
        row["sources"] = [dict(source) for source in sources]
        assert {key: row[key] for key in FACT_FIELDS} == fact


FIGURE = ("measure", "value", "low", "high", "bound", "of", "what")


def test_sqlite_holds_every_entity_whole(database: sqlite3.Connection, oir: Runner) -> None:
    store = json.loads(oir("about", "--json").out)["store"]
    for key in VOCABULARIES:
        for entity in json.loads((Path(store) / f"{key}.json").read_text(encoding="utf-8")):
            row = dict(database.execute(f"SELECT * FROM {key} WHERE id = ?", (entity["id"],)).fetchone())  # noqa: S608
            aliases = database.execute("SELECT alias FROM aliases WHERE vocabulary = ? AND id = ?", (key, entity["id"]))
            whole = row | {"aliases": [alias["alias"] for alias in aliases]}
            assert {name: whole[name] for name in entity} == entity


def test_sqlite_is_sound_and_linked(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.execute("PRAGMA foreign_keys = ON")
    for table in ("fact_participants", "fact_people", "fact_places", "fact_topics", "figures", "sources", "aliases"):
        assert database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO fact_topics VALUES ('nonsuch', 'airstrikes', 1)")
    counted = database.execute('SELECT count(*) FROM figures WHERE "of" IS NOT NULL AND of_vocabulary IS NULL')
    assert counted.fetchone()[0] == 0


def test_sqlite_answers_questions(database: sqlite3.Connection, oir: Runner) -> None:
    sql = "SELECT facts.id FROM facts_fts JOIN facts ON number = facts_fts.rowid WHERE facts_fts MATCH ? ORDER BY rank"
    found = [row["id"] for row in database.execute(sql, ("yazidis",))]
    assert found
    assert all("azidi" in json.dumps(oir("show", name, "--json").json) for name in found)
    for command, view in (("participant", "participant_facts"), ("place", "place_facts"), ("topic", "topic_facts")):
        sql = f"SELECT {command}, count(*) AS facts FROM {view} GROUP BY 1"  # noqa: S608
        counts = {row[command]: row["facts"] for row in database.execute(sql)}
        assert counts == {row["id"]: row["facts"] for row in oir(command, "--json").json}
    sql = "SELECT id FROM facts WHERE first_day <= '2016-05-31' AND coalesce(last_day, '9999') >= '2016-05-01'"
    overlapping = {row["id"] for row in database.execute(sql)}
    assert overlapping == set(oir("timeline", "--month", "2016-05", "--json").ids)
    [[kinds]] = database.execute("SELECT count(DISTINCT last_day IS NULL) FROM facts WHERE date LIKE '%/..'")
    assert kinds == 1
    [[open_ended]] = database.execute("SELECT count(*) FROM facts WHERE date LIKE '%/..' AND last_day IS NULL")
    assert open_ended > 0
    [row] = database.execute("SELECT * FROM timeline WHERE id = '2014-11-02-first-canadian-airstrike'").fetchall()
    assert "Canada" in row["participants"]
    numbers = database.execute(
        "SELECT * FROM numbers WHERE measure = 'Number of combat aircraft' AND \"of\" = 'Canada'"
    )
    assert [row["value"] for row in numbers] == [6]


def test_sqlite_of_some_facts_and_the_same_bytes_each_time(small: Runner, tmp_path: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.sqlite"
    assert small("timeline", "--year", "2014", "-o", str(one)).err == ""
    run = small("timeline", "--limit", "3", "-o", str(one), "--force")
    assert "oir: left out 1 link to a fact outside this selection\n" in run.err
    small("timeline", "--limit", "3", "-o", str(other))
    assert one.read_bytes() == other.read_bytes()
    with closing(sqlite3.connect(one)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        ids = [row[0] for row in connection.execute("SELECT id FROM facts ORDER BY number")]
    assert ids == small("timeline", "--limit", "3", "--json").ids


def test_sqlite_is_never_written_to_stdout_nor_over_a_file(oir: Runner, tmp_path: Path) -> None:
    refused = oir("export", "--format", "sqlite")
    assert (refused.code, refused.out) == (2, "")
    assert "name a file with --output" in refused.err
    path = tmp_path / "oir.sqlite"
    path.write_bytes(b"mine")
    refused = oir("export", "-o", str(path))
    assert (refused.code, path.read_bytes()) == (2, b"mine")
    assert "--force overwrites it" in refused.err
    assert oir("export", "-o", str(path), "--force").code == 0
    assert path.read_bytes().startswith(b"SQLite format 3\0")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({"places": ["nonsuch"]}, "does not fit into a database"),
        ({"figures": [{**dict.fromkeys(FIGURE), "measure": "strikes", "value": [1]}]}, "is not of the agreed shape"),
    ],
)
def test_a_store_with_loose_ends_is_no_database(
    oir: Runner, copied: Path, tmp_path: Path, damage: Fact, said: str
) -> None:
    shelf = copied / "facts" / "2014.json"
    records = json.loads(shelf.read_text(encoding="utf-8"))
    records[1] |= damage
    shelf.write_text(json.dumps(records), encoding="utf-8")
    run = oir("--store", str(copied), "export", "-o", str(tmp_path / "out.sqlite"))
    assert (run.code, run.out) == (4, "")
    assert said in run.err
    assert not (tmp_path / "out.sqlite").exists()


# Workbooks -----------------------------------------------------------------------------------------------------------


def sheets_of(path: Path) -> tuple[list[tuple[Any, ...]], dict[str, Any]]:
    """The rows of the records, the heading first, and the pairs of the other sheet."""
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Records", "Source"]
    records = book["Records"]
    assert records.freeze_panes == "A2"
    assert not any(cell.data_type == "f" or cell.hyperlink for row in records for cell in row)
    return list(records.values), dict(book["Source"].values)


def test_a_workbook_has_every_record_with_dates_as_dates(oir: Runner, tmp_path: Path, facts: list[Fact]) -> None:
    path = tmp_path / "facts.xlsx"
    assert oir("export", "-o", str(path)).code == 0
    (heading, *rows), source = sheets_of(path)
    assert len(rows) == len(facts)
    for row, fact in zip(rows, facts, strict=True):
        held = dict(zip(heading, row, strict=True))
        assert (held["id"], held["title"], held["text"], held["date"]) == (
            fact["id"], fact["title"], fact["text"], fact["date"],
        )  # fmt: skip
        assert (held["participants"] or "") == ";".join(fact["participants"])
        first = held["first_day"]
        assert (first.date().isoformat() if first else None) == fact["first_day"]
    assert source["licence"] == "CC BY-SA 4.0"
    assert source["version"] == f"oir {__version__}"
    assert all(source.values())  # what is not known has no line
    again = tmp_path / "again.xlsx"
    oir("export", "-o", str(again))
    assert path.read_bytes() == again.read_bytes()


def test_a_workbook_computes_nothing_and_holds_hostile_text(oir: Runner, copied: Path, tmp_path: Path) -> None:
    path = copied / "facts" / "2016.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records[0]["text"] = "=1+1 \x1b[31m http://example.org"
    records[0]["note"] = "x" * 40_000
    records[0]["date"] = "1789-07-14"
    path.write_text(json.dumps(records), encoding="utf-8")
    out = tmp_path / "out.xlsx"
    run = oir("--store", str(copied), "export", "-o", str(out))
    assert (run.code, run.err) == (0, "oir: cut 1 text to the 32,767 characters that a cell can have\n")
    (heading, *rows), _ = sheets_of(out)
    [row] = [dict(zip(heading, row, strict=True)) for row in rows if row[0] == records[0]["id"]]
    assert row["text"] == "=1+1 \\x1b[31m http://example.org"
    assert row["note"] == "x" * 32_767
    assert row["first_day"] == "1789-07-14"  # Excel has no such day


def test_a_workbook_of_other_answers(oir: Runner, tmp_path: Path) -> None:
    for line in ("person --side isil", "figures troops-present", "stats --by year", "disputes --fields fact,title"):
        path = tmp_path / "out.xlsx"
        assert oir(*line.split(), "-o", str(path), "--force").code == 0
        (heading, *rows), _ = sheets_of(path)
        records = oir(*line.split(), "--json").json
        assert [*heading] == [*records[0]]
        assert len(rows) == len(records)
    assert oir("event", "--fields", "major", "-o", str(path), "--force").code == 0
    assert {repr(*row) for row in sheets_of(path)[0][1:]} == {"True", "False"}
    assert "cannot be written to stdout" in oir("timeline", "-f", "xlsx").err


def test_without_the_extra_a_workbook_is_refused_with_the_way_to_it(
    oir: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    run = oir("timeline", "-o", str(tmp_path / "out.xlsx"))
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "oir: xlsx needs the extra: pip install 'oir-cli[xlsx]'; Excel also opens csv that is written with --bom\n"
    )
    assert list(tmp_path.iterdir()) == []


# All of them ---------------------------------------------------------------------------------------------------------


def written(oir: Runner, tmp_path: Path, *argv: str) -> bytes:
    """What the program writes, on stdout or, where the format wants one, to a file."""
    path = tmp_path / "out"
    run = oir(*argv, *(["--output", str(path)] if {"sqlite", "xlsx"} & set(argv) else []))
    if run.code != 0:
        return f"{run.code} {run.err}".encode()
    content = path.read_bytes() if path.exists() else run.out.encode()
    path.unlink(missing_ok=True)
    return content


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_gets_the_same_whatever_the_terminal(
    small: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    argv = [command, *arguments(command)[0]]
    for asked in ([], *(["--format", name] for name in NAMES if name != "table"), ["--fields", "id"]):
        answers = []
        for width, environment in (("20", {"TERM": "dumb", "NO_COLOR": "1"}), ("300", {"FORCE_COLOR": "1"})):
            with monkeypatch.context() as changed:
                changed.setenv("COLUMNS", width)
                for name, value in environment.items():
                    changed.setenv(name, value)
                answers.append(written(small, tmp_path, *argv, *asked))
        assert answers[0] == answers[1], asked
        assert answers[0] or command == "check"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_format_is_written_or_refused_with_those_that_make_sense(small: Runner, tmp_path: Path, command: str) -> None:
    argv = [command, *arguments(command)[0]]
    for name in NAMES:
        path = tmp_path / f"out.{'txt' if name == 'table' else name}"
        run = small(*argv, "--output", str(path))
        if run.code == 0:
            assert (run.out, path.exists()) == ("", True)
        else:
            assert run.code == 2
            assert run.err.startswith(f"oir: this answer has no {name} form; choose one of table, json, ")
            assert not path.exists()
            assert name in ("ics", "geojson", "sqlite")
            assert f"{name}," not in run.err


@pytest.mark.parametrize(
    ("argv", "formats"),
    [
        (["timeline"], set(NAMES)),
        (["country", "ruritania"], set(NAMES)),
        (["country", "ruritania", "strawland"], set(NAMES)),
        (["show", "2014-08-08"], set(NAMES)),
        (["search", "strikes"], set(NAMES)),
        (["place"], set(NAMES) - {"ics", "sqlite"}),
        (["topic"], set(NAMES) - {"ics", "sqlite", "geojson"}),
        (["about"], set(NAMES) - {"ics", "sqlite", "geojson"}),
        (["check"], set(NAMES) - {"ics", "sqlite", "geojson"}),
    ],
)
def test_which_formats_make_sense(small: Runner, tmp_path: Path, argv: list[str], formats: set[str]) -> None:
    path = tmp_path / "out"
    made = {name for name in NAMES if small(*argv, "-f", name, "-o", str(path), "--force").code == 0}
    assert made == formats


def test_fields_choose_in_every_format_that_has_a_choice(small: Runner) -> None:
    for name in NAMES:
        run = small("timeline", "--fields", "status,date", "-f", name)
        if FORMATS[name].binary and FORMATS[name].picks:
            assert "cannot be written to stdout" in run.err
        elif FORMATS[name].picks:
            assert run.code == 0, name
            assert "disputed" in run.out
            assert "Strawland" not in run.out
        else:
            assert run.code == 2
            assert f"--fields cannot be used with {name}" in run.err


def test_fields_in_a_table_stand_side_by_side_or_one_below_the_other(
    small: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = ("timeline", "-f", "table", "--year", "2016", "--fields", "status,date,id")
    assert small(*argv).out.splitlines() == [
        "status      date        id",
        "attributed  2016-05-03  2016-05-03-doe-wounded",
        "stated      2016-05     2016-05-late-raid",
    ]
    monkeypatch.setenv("COLUMNS", "40")
    assert small(*argv).out.splitlines() == [
        "status  attributed",
        "date    2016-05-03",
        "id      2016-05-03-doe-wounded",
        "",
        "status  stated",
        "date    2016-05",
        "id      2016-05-late-raid",
    ]
