"""Where it happened: positions of places, and the map in the terminal, as SVG and in a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oir_cli.geography import Box, Position, direction, distance
from tests.conftest import BUNDLED, Runner

WIDE = ("country", "continent", "region", "sea")
MARKS = "●•○◇+"

Places = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def places() -> Places:
    return {place["id"]: place for place in json.loads((BUNDLED / "places.json").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def facts() -> list[dict[str, Any]]:
    return [
        fact
        for path in sorted((BUNDLED / "facts").glob("*.json"))
        for fact in json.loads(path.read_text(encoding="utf-8"))
    ]


def on_map(fact: dict[str, Any], places: Places) -> bool:
    """Whether a place of the fact, or one that contains it, has a position."""
    for each in fact["places"]:
        current = each
        while current:
            if places[current]["lat"] is not None:
                return True
            current = places[current]["within"]
    return False


# Positions -----------------------------------------------------------------------------------------------------------


def test_most_places_have_a_position_and_most_facts_are_on_the_map(places: Places, facts: list[dict[str, Any]]) -> None:
    assert sum(place["lat"] is not None for place in places.values()) >= 62
    definite = [fact for fact in facts if any(places[each]["kind"] not in WIDE for each in fact["places"])]
    assert sum(on_map(fact, places) for fact in definite) / len(definite) >= 0.85
    assert all(place["lat"] is None for place in places.values() if place["kind"] in WIDE)


def test_each_country_has_bounds_that_hold_its_places(places: Places) -> None:
    outlines = json.loads((BUNDLED / "outlines.json").read_text(encoding="utf-8"))
    bounds = {each["name"] for each in outlines if each["kind"] == "bounds"}
    assert {place["country"] for place in places.values() if place["country"]} <= bounds
    assert all("Natural Earth" in each["source"] for each in outlines)
    assert (BUNDLED / "outlines.json").stat().st_size < 8_000


@pytest.mark.parametrize(
    ("place", "other", "km", "way"),
    [
        ("tel-skuf", "mosul", (28, 30), "north"),  # the article: 28–30 km north of Mosul
        ("badoosh", "mosul", (5, 30), "northwest"),  # north-west of Mosul
        ("gogjali", "mosul", (5, 15), "east"),  # at the edge of Mosul
        ("haditha-dam", "barwana", (5, 20), "north"),  # retaken one after the other
        ("baghdad-international-airport", "baghdad", (5, 25), "west"),
    ],
)
def test_positions_fit_what_the_article_says(
    places: Places, place: str, other: str, km: tuple[int, int], way: str
) -> None:
    start, end = (Position(places[each]["lon"], places[each]["lat"]) for each in (other, place))
    assert km[0] <= distance(start, end) <= km[1]
    assert way in direction(start, end)


@pytest.mark.parametrize("place", ["kushaf", "al-dolab", "amariya-al-falluja", "wana", "zumar"])
def test_a_note_says_where_article_and_map_disagree(oir: Runner, places: Places, place: str) -> None:
    assert "On the map" in places[place]["note"]
    assert "On the map" in oir("place", place, "-f", "table").out


def test_a_profile_says_how_sure_the_position_is(oir: Runner) -> None:
    told = " ".join(oir("place", "firebase bell", "-f", "table").out.split())
    assert "35.7762, 43.5797: near it, within about 25 km (GeoNames 93818" in told
    assert "The position is that of Makhmur" in told
    [mosul] = [each for each in oir("place", "--json").json if each["id"] == "mosul"]
    assert (mosul["lat"], mosul["lon"], mosul["precision"]) == (36.335, 43.1189, 1)
    assert mosul["position_source"].startswith("GeoNames 99072")


# The terminal --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_spot_is_on_the_map_or_named_below_it(oir: Runner, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run = oir("place", "--map")
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    sheet = lines[1 : next(number for number, line in enumerate(lines) if line.startswith("├"))]
    assert len(sheet) <= 36
    assert max(map(len, sheet)) <= min(width, 78)
    assert max(map(len, lines)) <= width
    told = " ".join(run.out.split())
    for place in oir("place", "--json").json:
        if place["lat"] is not None:
            assert re.search(rf"{re.escape(place['name'])}(?: \d|,|$)", told), place["name"]
    assert "Mosul 90" in "\n".join(sheet)
    assert "Al Udeid Air Base 3 (southeast)" in told
    assert "~ Euphrates, Tigris" in told


def test_only_the_rivers_on_the_sheet_are_named(oir: Runner) -> None:
    told = oir("place", "--map", "--month", "2014-08").out  # only the north of Iraq
    assert "~ Tigris" in told
    assert "Euphrates" not in told


def test_the_numbers_below_the_map_add_up(oir: Runner, places: Places, facts: list[dict[str, Any]]) -> None:
    told = " ".join(oir("place", "--map").out.split())
    placed = sum(on_map(fact, places) for fact in facts)
    without = sum(not fact["places"] for fact in facts)
    assert f"On the map: {placed} of {len(facts)} facts" in told
    assert f"At no single point: {len(facts) - placed - without} facts (Iraq as a whole " in told
    assert f"Without a place: {without} facts" in told


def test_the_map_of_the_small_store(small: Runner) -> None:
    told = small("place", "--map").out.splitlines()
    assert told[0] == "Where 8 facts happened"
    assert any(re.search(r"• Fallûja 1", line) for line in told)
    assert told[-3:] == [
        "On the map: 1 of 8 facts",
        "At no single point: 6 facts (Iraq as a whole 3, Mosul 3)",
        "Without a place: 1 fact",
    ]


def test_borders_and_rivers_are_drawn_where_they_are(small: Runner) -> None:
    lines = small("place", "--map", "--year", "2016").out.splitlines()[1:]
    sheet = lines[: next(number for number, line in enumerate(lines) if line.startswith("├"))]
    dotted = [number for number, line in enumerate(sheet) if re.fullmatch(r" +[.~]{20,}", line)]
    top, bottom = dotted  # the border is a box from 39 to 48 degrees east and from 30 to 37 degrees north
    left = sheet[top].index(".")
    right = len(sheet[top]) - 1
    for line in sheet[top + 1 : bottom]:
        assert (line[left], len(line) - 1, line[-1]) == (".", right, ".")
    river = [line.index("~") for line in sheet[top + 1 : bottom]]  # from 43 to 44 degrees, and then to 47
    across = (right - left) / 9
    assert river == sorted(river)
    assert abs(river[0] - left - 4 * across) <= 2
    assert abs(river[-1] - left - 8 * across) <= 3


def boxes_of(root: ElementTree.Element) -> tuple[list[Any], list[Any]]:
    """The boxes of labels and of marks in a drawn map: left, top, right, bottom; a letter is about 6 units wide."""
    ns = "{http://www.w3.org/2000/svg}"
    labels, marks = [], []
    for mark in root.iter(f"{ns}g"):
        if mark.attrib.get("class", "").startswith("mark"):
            circle = mark.find(f"{ns}circle")
            assert circle is not None
            x, y, r = (float(circle.attrib[key]) for key in ("cx", "cy", "r"))
            marks.append((x - r, y - r, x + r, y + r))
            for text in mark.findall(f"{ns}text"):
                if "key" not in text.attrib.get("class", ""):
                    left, line = float(text.attrib["x"]), float(text.attrib["y"])
                    labels.append((left, line - 9, left + 6 * len(text.text or ""), line + 1))
    return labels, marks


@pytest.mark.parametrize("line", ["", "--topic airstrikes", "--month 2014-08", "--year 2016"])
def test_a_label_covers_neither_another_nor_a_mark_and_is_near_its_own(oir: Runner, line: str) -> None:
    root = ElementTree.fromstring(oir("place", "--map", *line.split(), "-f", "svg").out)  # noqa: S314 - our own
    labels, marks = boxes_of(root)
    assert len(labels) > 3

    def overlap(one: Any, other: Any) -> bool:
        return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])

    for number, label in enumerate(labels):
        assert not any(overlap(label, other) for other in labels[:number])
        assert 0 <= label[0] < label[2] <= 640
        wider = (label[0] - 12, label[1] - 12, label[2] + 12, label[3] + 12)
        assert any(overlap(wider, mark) for mark in marks)
        inner = (label[0] + 3, label[1] + 3, label[2] - 3, label[3] - 3)
        assert not any(overlap(inner, mark) for mark in marks)


def test_a_map_takes_all_filters_and_shows_only_the_part_that_matters(oir: Runner) -> None:
    mosul = oir("place", "--map", "--event", "mosul battle").out
    assert "Mosul 41" in mosul
    assert "+ Tal Afar" in mosul  # a town without facts, to find one's way
    area = re.search(r"(\S+)–(\S+)° N, (\S+)–(\S+)° E", mosul)
    assert area
    south, north, west, east = map(float, area.groups())
    assert north - south < 3
    assert Box(west, south, east, north).holds(Position(43.1, 36.3))
    bases = oir("place", "--map", "--topic", "air bases", "--year", "2014").out
    assert "Incirlik Air Base" not in mosul
    assert "Incirlik Air Base" in bases
    named = oir("place", "baghdad", "--map").out
    assert "Baghdad International Airport 7" in named
    none = oir("place", "--map", "--year", "1999")
    assert (none.code, none.err) == (0, "oir: nothing found\n")
    few = oir("place", "--map", "--limit", "2")
    assert "Mosul 90" in few.out
    assert "Tikrit 19" not in few.out
    assert "left out; --limit" in few.err


@pytest.mark.parametrize("format", ["json", "geojson", "csv"])
def test_a_map_is_only_drawn(oir: Runner, format: str) -> None:
    run = oir("place", "--map", "-f", format)
    assert run.code == 2
    assert run.err == f"oir: --map draws table, html, svg, not {format}; leave it out for the data\n"


def test_a_map_in_ascii(oir: Runner) -> None:
    run = oir("place", "--map", "--ascii")
    assert run.out.isascii()
    assert [len(line) for line in run.out.splitlines()[:36]] == [
        len(line) for line in oir("place", "--map").out.splitlines()[:36]
    ]
    assert oir("timeline", "--year", "2016", "-f", "table", "--ascii").out.isascii()
    refused = oir("timeline", "--ascii", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert "--ascii can be used only with table; choose" in refused.err


def test_a_hostile_name_is_inert_on_the_map(oir: Runner, copied: Path) -> None:
    path = copied / "places.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records[0]["name"] = "\x1b[31mEvil</text><script>alert(1)</script>"
    records[0]["note"] = "<img src=x onerror=alert(1)>"
    path.write_text(json.dumps(records), encoding="utf-8")
    assert "\x1b" not in oir("--store", str(copied), "place", "--map").out
    svg = oir("--store", str(copied), "place", "--map", "-f", "svg").out
    ElementTree.fromstring(svg)  # noqa: S314 - our own
    page = oir("--store", str(copied), "place", "--map", "-f", "html").out
    for text in (svg, page):
        assert "<script>alert" not in text
        assert "<img src" not in text
        assert "\x1b" not in text


def test_wide_letters_do_not_shift_the_map(oir: Runner, copied: Path) -> None:
    path = copied / "places.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records[0]["name"] = "費盧傑"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    told = oir("--store", str(copied), "place", "--map").out
    assert "1 費盧傑 1" in told
    assert "• 費" not in told


# Pictures and pages --------------------------------------------------------------------------------------------------


def test_the_map_as_svg(oir: Runner) -> None:
    root = ElementTree.fromstring(oir("place", "--map", "-f", "svg").out)  # noqa: S314 - our own
    assert float(root.attrib["width"]) > 600
    assert float(root.attrib["height"]) > 600
    ns = "{http://www.w3.org/2000/svg}"
    texts = [element.text or "" for element in root.iter(f"{ns}text")]
    assert {"Mosul 90", "Baghdad 40", "200 km", "Tigris", "Euphrates"} <= set(texts)
    told = " ".join(texts)
    assert "On the map: 341 of 868 facts" in told
    assert "Natural Earth" in told
    assert "CC BY-SA 4.0" in told
    grades = {element.attrib["class"] for element in root.iter(f"{ns}g") if "mark" in element.attrib.get("class", "")}
    assert grades == {"mark exact", "mark near", "mark area"}
    assert "full dot: the place itself" in told
    assert "broken ring: the middle of an area" in told


def test_marks_are_true_to_scale(oir: Runner) -> None:
    """As the crow flies, Mosul to Erbil is as far on the map as its scale says."""
    root = ElementTree.fromstring(oir("place", "--map", "--month", "2014-08", "-f", "svg").out)  # noqa: S314 - our own
    ns = "{http://www.w3.org/2000/svg}"
    at = {}
    for mark in root.iter(f"{ns}g"):
        if mark.attrib.get("class", "").startswith("mark"):
            title, circle = mark.find(f"{ns}title"), mark.find(f"{ns}circle")
            assert title is not None
            assert circle is not None
            at[(title.text or "").split(":")[0]] = (float(circle.attrib["cx"]), float(circle.attrib["cy"]))
    [bar] = [each.attrib["d"] for each in root.iter(f"{ns}path") if each.attrib.get("class") == "scale"]
    length = re.search(r"h([\d.]+)", bar)
    assert length
    unit = 50 / float(length[1])  # km
    (x, y), (other_x, other_y) = at["Mosul"], at["Erbil"]
    drawn = ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 * unit
    real = distance(Position(43.1189, 36.335), Position(44.0094, 36.1912))
    assert drawn == pytest.approx(real, rel=0.03)


def test_the_map_in_a_page(oir: Runner) -> None:
    page = oir("place", "--map", "--month", "2014-08", "-f", "html").out
    targets = set(re.findall(r'<a href="#(place-[^"]+)">', page))
    assert {"place-mosul", "place-erbil", "place-mount-sinjar"} <= targets
    assert targets <= set(re.findall(r'<li id="(place-[^"]+)">', page))
    entry = re.search(r'<li id="place-qaraqosh">.*?</li>', page, re.DOTALL)
    assert entry
    facts = re.findall(r'<a href="#([^"]+)">', entry[0])
    assert len(facts) == 2
    assert all(f'<a id="{fact}">' in page for fact in facts)  # without script
    assert "Position, the place itself: GeoNames 92430" in entry[0]
    assert "the middle of an area" in page


# GeoJSON -------------------------------------------------------------------------------------------------------------


def test_geojson_opens_in_geopandas(oir: Runner, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed")
    path = tmp_path / "facts.geojson"
    oir("timeline", "--month", "2014-08", "-o", str(path))
    frame = geopandas.read_file(path)
    assert set(frame.geometry.dropna().geom_type) == {"Point"}
    assert {"id", "title", "place", "place_name", "precision", "position_source"} <= set(frame.columns)
    assert frame[frame["place"] == "mosul"].geometry.iloc[0].y == pytest.approx(36.335)


# Distances -----------------------------------------------------------------------------------------------------------

positions = st.builds(Position, st.floats(-180, 180), st.floats(-89, 89))


@given(positions, positions)
def test_distances_are_those_of_a_globe(one: Position, other: Position) -> None:
    assert distance(one, one) == 0
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 <= distance(one, other) <= 20_016


@pytest.mark.parametrize(
    ("end", "way"),
    [((0, 1), "north"), ((1, 1), "northeast"), ((1, 0), "east"), ((0, -1), "south"), ((-1, 0), "west")],
)
def test_directions(end: tuple[int, int], way: str) -> None:
    assert direction(Position(0, 0), Position(*end)) == way
