"""Measures and their values: which are found, in which order, and how they are drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oir_cli.answers.figures import Counted, Figures
from oir_cli.entities import Measure
from oir_cli.model import BOUNDS, Fact, Figure
from oir_cli.views import Context
from oir_cli.views.table import render, render_chart
from oir_cli.views.table.bars import figure_bar, scale
from oir_cli.views.table.canvas import calendar_steps, round_steps
from tests.conftest import Run, Runner
from tests.making import fact, figure, only_facts

# Every level of United States troops in Iraq that the article gives, read from it by hand: the month in which the time
# begins that the article says, the number, and how it is bounded.
US_TROOPS = [
    ("2007", 170_000, "exact"),
    ("2014-06", 180, "exact"),
    ("2014-06", 480, "exact"),
    ("2014-09", 1_213, "exact"),
    ("2014-11", 3_000, "about"),
    ("2014-11", 3_100, "about"),
    ("2014-12", 3_100, "exact"),
    ("2015-01", 4_400, "exact"),
    ("2015-02", 4_500, "exact"),
    ("2015-02", 4_500, "about"),
    ("2015-06", 4_850, "at-least"),
    ("2016-03", 3_700, "about"),
    ("2016-04", 4_100, "about"),
    ("2016-05", 5_500, "more-than"),
    ("2016-07", 4_650, "about"),
    ("2016-10", 5_200, "more-than"),
    ("2017-04", 5_200, "about"),
    ("2018-07", 5_000, "exact"),
    ("2020-01", 5_200, "about"),
    ("2021-12", 2_500, "exact"),
    ("2021-12", 2_500, "about"),
]


def test_the_us_series_holds_every_level_that_the_article_gives(oir: Runner) -> None:
    rows = oir("figures", "troops-present", "--of", "united-states", "--json").json
    assert [(row["date"][:7], row["value"], row["bound"]) for row in rows] == US_TROOPS
    [announced] = [row for row in rows if row["value"] == 1_213]
    assert (announced["date"], announced["status"], announced["unit"]) == ("2014-09-03", "planned", "people")
    assert {row["of"] for row in rows} == {"united-states"}


@pytest.mark.parametrize(
    ("measure", "of", "expected"),
    [
        ("sorties", "denmark", {"value": 547, "bound": "exact", "of": "denmark"}),
        ("airstrikes", "coalition", {"value": 14_616, "bound": "exact", "of": "coalition"}),
        ("personnel-trained", "iraqi-security-forces", {"value": 189_000, "bound": "exact"}),
        ("rounds", "albania", {"value": 22_000_000, "bound": "exact", "of": "albania"}),
        ("soldiers-killed-total", "peshmerga", {"value": 999, "bound": "at-least", "of": "peshmerga"}),
        ("soldiers-wounded-total", "peshmerga", {"value": 4_596, "bound": "exact", "of": "peshmerga"}),
        ("civilians-killed-by-coalition-iraq-syria", None, {"value": None, "low": 1_687, "high": 2_534}),
        ("bombing-cost-iraq-syria", "us", {"value": 424_000_000, "unit": "US dollars", "of": "united-states"}),
        ("troops-authorised-iraq-syria", "us", {"value": 5_262, "date": "2016-09-28"}),
        ("troops-present", "coalition", {"value": 4_600, "status": "planned", "of": "coalition"}),
        ("troops-present-syria", "us", {"value": 500, "bound": "about"}),
    ],
)
def test_what_the_article_counts_is_under_its_measure(
    oir: Runner, measure: str, of: str | None, expected: dict[str, Any]
) -> None:
    rows = oir("figures", measure, *(("--of", of) if of else ()), "--json").json
    found = [row for row in rows if expected.items() <= row.items()]
    assert len(found) == 1, rows
    assert found[0]["measure"] == measure


def test_who_counted_and_the_fact_are_in_the_row(oir: Runner) -> None:
    [row] = oir("figures", "civilians-killed-by-coalition-iraq-syria", "--json").json
    assert row["attributed_to"] == ["Airwars"]
    [shown] = oir("show", row["fact"], "--json").json
    assert row["text"] == shown["text"]
    assert (row["date"], row["status"], row["differs_from"]) == tuple(
        shown[key] for key in ("date", "status", "differs_from")
    )


def test_what_is_not_comparable_never_shares_a_measure(oir: Runner) -> None:
    troops = {row["value"] for row in oir("figures", "troops-present", "--of", "us", "--json").json}
    assert not troops & {5_262, 500, 820, 1_000}  # Iraq and Syria together, Syria alone, Baghdad alone, temporary ones
    strikes = {row["value"] for row in oir("figures", "airstrikes", "--json").json}
    assert not strikes & {240, 24}  # Iraq and Syria together


def test_every_figure_is_found_under_its_measure_once(oir: Runner) -> None:
    facts = oir("export").json
    measures = oir("figures", "--json").json
    assert sum(row["values"] for row in measures) == sum(len(fact["figures"]) for fact in facts)
    for row in measures:
        assert len(oir("figures", row["id"], "--json").json) == row["values"]


MEASURES = """\
troops-present	Troops present	people	1	2014	2014		How many troops present.	troops
strikes	Strikes	strikes	1	2014-08-08	2014-08-08		How many strikes.	strikes
fighters-killed	Fighters killed	people	2	2014-08-09	2014-08-11		How many fighters killed.	losses
"""


def test_without_a_measure_the_measures_are_listed(small: Runner) -> None:
    assert small("figures").out == MEASURES
    assert small("figures", "--of", "ruritania").out == "".join(MEASURES.splitlines(keepends=True)[:2])
    assert small("figures", "--place", "mosul").out == MEASURES.splitlines(keepends=True)[2]
    limited = small("figures", "--limit", "1")
    assert limited.out == MEASURES.splitlines(keepends=True)[0]
    assert limited.err == "oir: 2 more left out; --limit sets how many are shown\n"


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_measures_stand_under_their_topics(oir: Runner, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = oir("figures", "-f", "table").out.splitlines()
    assert max(map(len, lines)) <= width
    rows = oir("figures", "--json").json
    topics = {topic["id"]: topic["name"] for topic in oir("topic", "--json").json}
    at = {line: number for number, line in enumerate(lines)}
    headings = sorted(at[topics[row["topic"]]] for row in rows if row["topic"])
    for row in rows:
        place = [line.split(" ")[0] for line in lines].index(row["id"])  # no id is broken
        assert max(number for number in headings if number < place) == at[topics[row["topic"]]], row["id"]


def values(run: Run) -> list[float]:
    return [row["value"] for row in run.json]


def test_values_come_in_date_order_measure_by_measure(small: Runner) -> None:
    assert values(small("figures", "fighters-killed", "strikes", "--json")) == [45, 30, 2]
    assert values(small("figures", "fighters killed", "--json", "--reverse")) == [30, 45]
    assert values(small("figures", "fighters-killed", "--json", "--limit", "1")) == [45]
    assert values(small("figures", "fighters-killed", "--json", "--status", "disputed")) == [45]
    nothing = small("figures", "strikes", "--of", "strawland", "--json")
    assert (nothing.json, nothing.err) == ([], "oir: nothing found\n")


def test_of_means_the_entity_and_its_parts_and_the_row_says_which(oir: Runner, copied: Path) -> None:
    counted = [
        fact("undated-a", figures=[figure("strikes", 3, of="ruritania"), figure("strikes", 5, of="strawland")]),
        fact("undated-b", figures=[figure("strikes", 4, of="ruritanian-air-force"), figure("strikes", 6, of="mosul")]),
    ]
    only_facts(copied, counted)
    rows = oir("--store", str(copied), "figures", "strikes", "--of", "Ruritania", "--json").json
    assert [(row["value"], row["of"]) for row in rows] == [(3, "ruritania"), (4, "ruritanian-air-force")]
    assert values(oir("--store", str(copied), "figures", "strikes", "--of", "iraq", "--json")) == [6]
    table = oir("--store", str(copied), "figures", "strikes", "--of", "ruritania", "-f", "table").out
    assert "Ruritanian Air Force" in table


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["figures", "strike5"], 3, "no measure called"),
        (["figures", "killed"], 3, "did you mean fighters-killed?"),
        (["figures", "strikes", "--of", "ruritana"], 3, "did you mean ruritania"),
        (["figures", "--chart"], 2, "--chart draws a measure"),
        (["figures", "strikes", "--fields", "colour"], 2, "the fields are measure, value, low"),
    ],
)
def test_a_slip_is_said_and_nothing_is_shown(small: Runner, argv: list[str], code: int, said: str) -> None:
    run = small(*argv)
    assert (run.code, run.out) == (code, "")
    assert said in run.err


def test_a_chart_is_a_picture_even_in_a_pipe_and_never_data(small: Runner, tmp_path: Path) -> None:
    chart = small("figures", "strikes", "--chart").out
    assert "┤" in chart
    assert small("figures", "strikes", "-f", "chart").out == small("figures", "strikes", "--chart", "-f", "table").out
    for name in ("html", "svg"):
        drawn = small("figures", "strikes", "--chart", "-f", name).out
        assert '<path class="grid"' in drawn
        small("figures", "strikes", "--chart", "-o", str(tmp_path / f"chart.{name}"))
        assert (tmp_path / f"chart.{name}").read_text("utf-8") == drawn
    for argv in (["-f", "json"], ["--json"], ["-o", str(tmp_path / "chart.csv")]):
        refused = small("figures", "strikes", "--chart", *argv)
        assert (refused.code, refused.out) == (2, "")
        assert "--chart draws table, html, svg, not " in refused.err


# Bars ----------------------------------------------------------------------------------------------------------------


def bar(value: float | None = None, low: float | None = None, high: float | None = None, bound: str = "exact") -> str:
    return figure_bar(Figure("m", value, low, high, bound, None, None), 100, 11).plain


def test_bars_say_what_is_open() -> None:
    assert bar(100) == "█" * 10
    assert bar(50) == bar(50, bound="about") == "█" * 5
    assert bar(52.5) == "█" * 5 + "▎"
    assert bar(0.001) == "▏"
    assert bar(0) == ""
    assert bar(50, bound="at-least") == bar(50, bound="more-than") == "█" * 5 + "→"
    assert bar(50, bound="at-most") == "░" * 5
    assert bar(low=30, high=60) == "███░░░"
    assert bar(2000) == "█" * 10 + "»"


def test_the_scale_leaves_out_only_what_would_leave_nothing_of_the_rest() -> None:
    assert scale([170_000, 5_500, 4_500, 2_500, 1_213]) == 5_500
    assert scale([30_000, 5_500, 4_500, 2_500, 1_213]) == 30_000
    assert scale([189_000, 6_500]) == 189_000
    assert scale([0, 0]) == scale([]) == 0


def line_with(run: Run, text: str) -> str:
    [line] = [line for line in run.out.splitlines() if text in line]
    return line


def test_a_table_shows_bounds_bars_and_who_counted(oir: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    run = oir("figures", "troops-present", "--of", "us", "-f", "table")
    assert "Troops present in Iraq: United States\n" in run.out
    assert "█→" in line_with(run, ">5,500")
    assert "█▎→" in line_with(run, "≥4,850")
    assert "»" in line_with(run, "170,000")
    assert "planned" in line_with(run, " 1,213 ")
    assert "The New York Times" in run.out
    assert "21 values   do not add them up   → or more   » longer than the scale" in run.out


def test_ranges_and_doubts_are_in_the_table(oir: Runner, copied: Path) -> None:
    doubted = {"status": "disputed", "attributed_to": ["Strawland"], "disputed_by": ["Ruritania"]}
    only_facts(
        copied,
        [
            fact("2014-a", "2014", figures=[figure("strikes", low=10, high=20)], **doubted),
            fact("2015-b", "2015", figures=[figure("strikes", 20, bound="at-most")], status="planned"),
        ],
    )
    run = oir("--store", str(copied), "figures", "strikes", "-f", "table")
    assert re.search("10–20  █+.?░+ ", run.out)
    assert "disputed; said by" in run.out
    assert "doubts: Ruritania" in " ".join(run.out.split())
    assert "≤20  ░░░░" in run.out
    assert "░ up to" in run.out


# Charts --------------------------------------------------------------------------------------------------------------


def test_charts_of_several_measures_stand_below_each_other(small: Runner) -> None:
    one, other = (small("figures", name, "--chart").out for name in ("strikes", "fighters-killed"))
    assert small("figures", "strikes", "fighters-killed", "--chart").out == f"{one}\n{other}"
    none = small("figures", "strikes", "--chart", "--year", "1999")
    assert (none.code, none.out) == (0, "Strikes\nHow many strikes.\n")
    assert none.err == "oir: nothing found\n"
    listed = small("figures", "strikes", "fighters-killed", "--year", "1999", "-f", "table").out
    assert listed.split("\n\n")[0] == none.out.rstrip("\n")
    assert "Fighters killed\n" in listed


def chart(oir: Runner, store: Path, facts: list[dict[str, Any]]) -> list[str]:
    only_facts(store, facts)
    run = oir("--store", str(store), "figures", "strikes", "--chart")
    assert (run.code, run.err) == (0, "")
    return run.out.splitlines()


def marks(lines: list[str], mark: str) -> list[tuple[int, int]]:
    """The line and column of each `mark` on the sheet of a chart."""
    sheet = [(number, line) for number, line in enumerate(lines) if "│" in line or "┤" in line]
    return [(number, column) for number, line in sheet for column, char in enumerate(line) if char == mark]


def test_a_chart_is_true_to_scale_in_both_directions(oir: Runner, copied: Path) -> None:
    lines = chart(
        oir,
        copied,
        [
            fact("2014-a", "2014-01-01", figures=[figure("strikes", 100)]),
            fact("2014-b", "2014-07-02", figures=[figure("strikes", 50)], status="planned"),
            fact("2015-c", "2015-01-01", figures=[figure("strikes", 0)]),
        ],
    )
    [(top, left), (bottom, right)] = marks(lines, "●")
    [(middle, half)] = marks(lines, "○")
    assert (top + bottom) / 2 == middle
    assert abs((left + right) / 2 - half) <= 1
    assert lines[top].startswith("100 ┤")
    assert lines[bottom].startswith("  0 ┤")
    assert lines[bottom + 1][left] == lines[bottom + 1][right] == "┬"
    assert [label.strip() for label in lines[bottom + 2].split("  ") if "Jan" in label] == ["Jan 2014", "Jan 2015"]
    assert lines[-1] == "3 values   ○ planned or announced"


def test_a_chart_draws_bounds_ranges_and_periods(oir: Runner, copied: Path) -> None:
    lines = chart(
        oir,
        copied,
        [
            fact("2014-a", "2014-01-01", figures=[figure("strikes", 60, bound="at-least")]),
            fact("2015-b", "2015-01-01", figures=[figure("strikes", low=20, high=100)]),
            fact("2016-c", "2016/2017", figures=[figure("strikes", 60, bound="at-most")]),
        ],
    )
    [(above, up)], [(line, column), (_, begin)] = marks(lines, "↑"), marks(lines, "●")
    assert (above, up) == (line - 1, column)
    assert marks(lines, "↓") == [(line + 1, begin)]
    assert "●──────────────────────" in lines[line]
    assert any("≤60" in line for line in lines)
    [(high, there)], [(low, same)] = marks(lines, "┬"), marks(lines, "┴")
    assert there == same
    assert lines[high].startswith("100 ┤")
    assert lines[low].startswith(" 20 ┤")
    assert all(lines[between][there] == "│" for between in range(high + 1, low))


def test_a_chart_tells_apart_whom_it_counts_and_lists_what_it_cannot_draw(oir: Runner, copied: Path) -> None:
    small_ones = [
        fact(f"2014-{n}", f"2014-0{n}-01", figures=[figure("strikes", n, of="ruritania")]) for n in range(1, 6)
    ]
    others = [
        fact("2014-x", "2014-03-10", figures=[figure("strikes", 4, of="strawland")], status="planned"),
        fact("2014-y", "2014-04-10", figures=[figure("strikes", 900, of="strawland")]),
        fact("undated-z", figures=[figure("strikes", 7)]),
    ]
    lines = chart(oir, copied, [*small_ones, *others])
    assert len(marks(lines, "A")) == 5
    assert len(marks(lines, "b")) == 1
    assert "A Ruritania   B Strawland" in lines
    assert "Beyond the scale: 900 Strawland, 10 April 2014" in lines
    assert "Undated: 7" in lines


AMOUNT = re.compile(r"[~≥≤<>]*(US\$|\$|€)?\d[\d,.]*(–\d[\d,.]*)?(, )?")


@pytest.mark.parametrize("width", range(60, 161, 10))
def test_each_value_of_a_chart_is_marked_as_what_it_is_or_explained(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    values: dict[str, list[dict[str, Any]]] = {}
    for row in oir("figures", *oir("figures", "--json", "--fields", "id").ids, "--json").json:
        values.setdefault(row["measure"], []).append(row)
    several = {measure: rows for measure, rows in values.items() if len(rows) > 1}
    charts = oir("figures", *several, "--chart").out.split("\n\n")
    assert len(charts) == len(several) > 30
    for (measure, rows), drawn in zip(several.items(), charts, strict=True):
        head, _, tail = drawn.partition("└")
        sheet = [
            re.split("[┤│]", line, maxsplit=1)[1] for line in head.splitlines() if re.match(r"\S* *[┤│]", line.lstrip())
        ]
        marks = AMOUNT.sub("", "\n".join(sheet))
        told = " ".join((tail or head).splitlines())
        lettered = bool(re.search(r"(?:^|\n)A \w", tail))
        alone = re.findall(r"[A-Za-z*]" if lettered else "[●○?┬]", marks)
        pluses = [int(number) for number in re.findall(r"◆ (\d+) values?: ", told)]
        assert marks.count("◆") == len(pluses), (measure, drawn)
        explained = "".join(re.findall(r"(?:◆ \d+ values?:|Beyond the scale:|Undated:).*", told))
        beyond = sum(
            part.count(";") + 1 for part in re.findall(r"(?:Beyond the scale|Undated):(.*?)(?=Undated:|$)", told)
        )
        assert len(alone) + sum(pluses) + beyond == len(rows), (measure, drawn)
        for status, sign in (("planned", "[a-z]" if lettered else "○"), ("disputed", r"\?")):
            wanted = sum(row["status"] == status for row in rows)
            assert len(re.findall(sign, marks)) + explained.count(f", {status}") == wanted, (measure, status, drawn)
        for sign, bounds, words in (("↑", ("at-least", "more-than"), "[≥>]"), ("↓", ("at-most",), "≤")):
            wanted = sum(row["bound"] in bounds for row in rows)
            assert marks.count(sign) + len(re.findall(words, explained)) == wanted, (measure, sign, drawn)
        ranges = sum(row["value"] is None for row in rows)
        assert marks.count("┴") + len(re.findall(r"[:;] (US\$)?[\d,]+–\d", explained)) == ranges, (measure, drawn)


@pytest.mark.parametrize("width", [*range(20, 60, 7), 79, 80, 120, 200])
def test_charts_and_tables_fit_any_width(oir: Runner, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in ("", "troops-present --of us", "airstrikes", "troops-deployed --chart"):
        run = oir("figures", *command.split(), "-f", "table")
        assert max(map(len, run.out.splitlines())) <= width, command


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_pictures_are_readable_on_a_stream_of_few_letters(encoding: str) -> None:
    for command in (
        "figures troops-present --of us --chart",
        "figures rounds",
        "disputes --year 2015",
        "compare us uk",
    ):
        out = subprocess.run(
            [sys.executable, "-m", "oir_cli", *command.split(), "-f", "table"],
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        ).stdout.decode(encoding)
        assert "\\" not in out
        assert not re.search(r"(^| )= ", out)  # ≠ must not lose its stroke
        if "disputes" in command:
            assert "!= " in out
        if "--chart" in command:
            assert re.search(r"#-{9,}o-+ 4,500, ~4,500", out)


@given(top=st.floats(1e-6, 1e15), steps=st.integers(2, 8))
def test_round_steps_reach_the_top_in_about_so_many_steps(top: float, steps: int) -> None:
    numbers = round_steps(top, steps)
    assert numbers[0] == 0
    assert numbers[-2] < top <= numbers[-1]
    assert len(numbers) <= steps + 2


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.dates(date(2000, 1, 1)), st.integers(30, 200))
def test_calendar_steps_lie_in_the_time_and_have_room(one: date, other: date, room: int) -> None:
    first, last = sorted((one, min(other, date(2030, 1, 1))))
    steps = calendar_steps(first, last, room)
    assert steps
    assert all(first <= day <= last for day, _ in steps)
    assert len(steps) == 1 or len(steps) * max(len(label) for _, label in steps[1:]) <= room + 20


DATES = st.one_of(
    st.none(),
    st.dates().map(str),
    st.dates().map(lambda day: f"{day.year:04}"),
    st.dates().map(lambda day: f"{day}/.."),
    st.tuples(st.dates(), st.dates()).map(lambda days: "/".join(map(str, sorted(days)))),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            DATES,
            st.floats(0, 1e12) | st.integers(0, 10**9),
            st.floats(0, 1e12) | st.none(),
            st.sampled_from(BOUNDS),
            st.sampled_from(["stated", "planned", "disputed"]),
            st.sampled_from(["what", "\x1b[31m", "[/x]", None]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_any_values_are_drawn(given: list[tuple[Any, ...]]) -> None:
    measure = Measure(id="m", name="Things", aliases=(), description="Things of any kind.", unit="things")
    counted = []
    for number, (day, low, high, bound, status, what) in enumerate(given):
        ends = (None, min(low, high), max(low, high)) if high is not None else (low, None, None)
        carrying = Fact.of_record(fact(f"undated-{number}", day, status=status))
        counted.append(Counted(Figure("m", ends[0], ends[1], ends[2], bound, None, what), measure, carrying, None))
    for drawing in (render, render_chart):
        text = str(drawing(Figures([measure], counted), (), Context()).content)
        assert "Things" in text
        assert "\x1b" not in text
        assert f"{len(given)} value" in text


# Charts as drawings --------------------------------------------------------------------------------------------------


def drawing(oir: Runner, *argv: str) -> ElementTree.Element:
    return ElementTree.fromstring(oir("figures", *argv, "--chart", "-f", "svg").out)  # noqa: S314 - written a moment ago


SVG = "{http://www.w3.org/2000/svg}"


def test_a_drawing_has_every_value_true_to_scale(oir: Runner) -> None:
    values = oir("figures", "troops-present", "--json").json
    svg = drawing(oir, "troops-present")
    assert float(svg.attrib["width"]) > 600
    assert float(svg.attrib["height"]) > 300
    titles = [each.text or "" for each in svg.iter(f"{SVG}title")]
    legend = " ".join(each.text or "" for each in svg.iter(f"{SVG}text"))
    for value in values:
        number = f"{value['value']:,.0f}"
        assert any(number in title for title in titles) or number in legend
    # Each number is as high up as it is large.
    marks = [group for group in svg.iter(f"{SVG}g") if group.attrib["class"].startswith("value")]
    heights = sorted(
        (float(re.sub("[^0-9]", "", (group.findtext(f"{SVG}title") or "").split(", ")[0])), float(circle.attrib["cy"]))
        for group in marks
        for circle in group.iter(f"{SVG}circle")
    )
    assert len(heights) > 15
    (least, foot), (most, top) = heights[0], heights[-1]
    step = (foot - top) / (most - least)
    assert step > 0
    assert all(abs(foot - (number - least) * step - down) < 0.2 for number, down in heights)
    assert "CC BY-SA 4.0" in legend


def test_a_drawing_marks_what_is_planned_or_disputed_and_what_is_more(oir: Runner) -> None:
    out = oir("figures", "troops-present", "--chart", "-f", "svg").out
    assert 'class="value planned"' in out
    assert "small letter: planned or announced" in out
    assert "arrow: or more" in out
    assert "Beyond the scale: 170,000" in out


@pytest.mark.parametrize(
    "measure", ["airstrikes", "soldiers-killed", "fighters-killed", "distance-km", "troops-deployed"]
)
def test_a_page_of_figures_has_its_chart_and_all_values(oir: Runner, measure: str) -> None:
    values = oir("figures", measure, "--json").json
    out = oir("figures", measure, "-f", "html").out
    assert out.count("<svg") == 1
    assert out.count("<tr>") == len(values) + 1
    drawn = oir("figures", measure, "--chart", "-f", "svg").out
    assert drawn.count('class="value ') <= len([value for value in values if value["date"]])


def test_a_list_of_values_names_what_is_counted_apart(oir: Runner) -> None:
    out = " ".join(oir("figures", "soldiers-killed", "-f", "table").out.split())
    assert "12 values do not add them up counted apart: soldiers-killed-total, soldiers-wounded-total" in out
    rows = {row["fact"]: row for row in oir("figures", "soldiers-killed", "--json").json}
    keating = rows["2016-05-03-keating-killed"]
    assert (keating["people"], keating["places"]) == (["charles-keating-iv"], ["tel-skuf"])
