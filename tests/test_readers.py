"""Files that other programs open as they are: each is read by the program itself, where that is installed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Runner


def test_pandas_reads_the_days_of_all_dated_facts(oir: Runner, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    facts = oir("export", "--json").json
    oir("export", "-o", str(tmp_path / "facts.csv"))
    frame = pandas.read_csv(tmp_path / "facts.csv", parse_dates=["first_day", "last_day"])
    assert len(frame) == len(facts)
    assert int(frame["first_day"].notna().sum()) == sum(fact["date"] is not None for fact in facts)
    assert str(frame["first_day"].dtype).startswith("datetime64")
    oir("export", "-o", str(tmp_path / "facts.jsonl"))
    lines = pandas.read_json(tmp_path / "facts.jsonl", lines=True)
    assert list(lines["id"]) == [fact["id"] for fact in facts]


def test_duckdb_reads_lines_and_tables(oir: Runner, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    oir("export", "-o", str(tmp_path / "facts.jsonl"))
    oir("export", "-o", str(tmp_path / "facts.csv"))
    wanted = len(oir("export", "--json").json)
    for reader in (f"read_json_auto('{tmp_path}/facts.jsonl')", f"read_csv('{tmp_path}/facts.csv')"):
        [(count, kind)] = duckdb.sql(f"SELECT count(*), any_value(typeof(first_day)) FROM {reader}").fetchall()  # noqa: S608
        assert (count, kind) == (wanted, "DATE")


def test_csvkit_knows_the_types_of_the_columns(oir: Runner, tmp_path: Path) -> None:
    csvstat = shutil.which("csvstat", path=str(Path(sys.executable).parent))
    if csvstat is None:
        pytest.skip("csvkit is not installed")
    oir("figures", "troops-present", "-o", str(tmp_path / "figures.csv"))
    run = subprocess.run([csvstat, "--type", str(tmp_path / "figures.csv")], capture_output=True, text=True, check=True)
    kinds = dict(line.strip().split(". ", 1)[1].rsplit(": ", 1) for line in run.stdout.splitlines())
    assert kinds["value"] == "Number"
    assert kinds["first_day"] == "Date"


def test_datasette_finds_the_full_text_index(oir: Runner, tmp_path: Path) -> None:
    pytest.importorskip("datasette", reason="datasette is not installed")
    path = tmp_path / "oir.db"
    oir("export", "-o", str(path))
    run = subprocess.run(
        [sys.executable, "-m", "datasette", str(path), "--get", "/oir/facts.json?_search=keating&_shape=array"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = json.loads(run.stdout)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT rowid FROM facts_fts('keating')").fetchall()
    assert len(rows) == len(found) > 1
    assert any("Keating" in row["title"] for row in rows)


def test_sqlite_itself_reads_the_view_of_the_timeline(oir: Runner, tmp_path: Path) -> None:
    path = tmp_path / "oir.db"
    oir("export", "-o", str(path))
    with closing(sqlite3.connect(path)) as connection:
        names = [column[1] for column in connection.execute("PRAGMA table_info(timeline)")]
        assert {"date", "date_text", "title", "text", "note"} <= set(names)


def test_pandas_reads_the_dates_of_a_workbook(oir: Runner, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    facts = oir("export", "--json").json
    oir("export", "-o", str(tmp_path / "facts.xlsx"))
    frame = pandas.read_excel(tmp_path / "facts.xlsx")
    assert list(frame["id"]) == [fact["id"] for fact in facts]
    assert str(frame["first_day"].dtype).startswith("datetime64")
    assert int(frame["last_day"].notna().sum()) == sum(fact["last_day"] is not None for fact in facts)


def test_geopandas_reads_the_points_of_places(oir: Runner, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed")
    oir("place", "-o", str(tmp_path / "places.geojson"))
    frame = geopandas.read_file(tmp_path / "places.geojson").set_index("id")
    places = {place["id"]: place for place in oir("place", "--json").json}
    assert set(frame.index) == set(places)
    assert frame.crs.to_epsg() == 4326
    for name, point in frame.geometry.items():
        found = (None, None) if point is None or point.is_empty else (point.y, point.x)
        assert found == (places[name]["lat"], places[name]["lon"])
