"""A file of records, read some at a time, is read as Python's own JSON reader reads it whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oir_cli import reading
from oir_cli.errors import StoreError
from tests.conftest import Runner
from tests.walk import COMMANDS, arguments

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.lists(st.dictionaries(st.text(max_size=3), VALUES, max_size=3), max_size=7)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "records.json"


def records(path: Path, at_once: int) -> list[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BATCH", at_once)
        batches = list(reading.read_records(path))
    assert [first for first, _ in batches] == [1 + at_once * number for number in range(len(batches))]
    assert all(len(batch) == at_once for _, batch in batches[:-1])
    return [record for _, batch in batches for record in batch]


@given(RECORDS, st.integers(1, 4), st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_records_are_those_of_the_file(
    file: Path, whole: list[Any], at_once: int, indent: int | str | None, ascii_only: bool
) -> None:
    file.write_text(json.dumps(whole, indent=indent, ensure_ascii=ascii_only), encoding="utf-8")
    assert records(file, at_once) == whole == reading.read_json(file)


@given(RECORDS, st.data())
@example([{"a": 1}], None)
def test_what_is_no_json_is_refused_whole_and_in_part(file: Path, whole: list[Any], data: Any) -> None:
    text = json.dumps(whole)
    at = data.draw(st.integers(0, len(text))) if data else len(text) - 1
    put = data.draw(st.sampled_from(["", ",", "]", "[", "{}", " ", "1", '"'])) if data else ","
    file.write_text(text[:at] + put + text[at:], encoding="utf-8")
    try:
        content = reading.read_json(file)
    except StoreError as error:
        with pytest.raises(StoreError) as refused:
            records(file, 2)
        assert refused.value.reason in (error.reason, "record 1 is not an object", *_not_records(len(whole) + 2))
    else:
        if isinstance(content, list) and all(isinstance(each, dict) for each in content):
            assert records(file, 2) == content
        else:
            with pytest.raises(StoreError, match="is not a"):
                records(file, 2)


def _not_records(most: int) -> list[str]:
    return [f"record {number} is not an object" for number in range(most)]


@pytest.mark.parametrize("command", COMMANDS)
def test_answers_do_not_depend_on_how_many_are_read_at_a_time(
    small: Runner, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    argv = (command, *arguments(command)[0], "--json")
    whole = small(*argv)
    monkeypatch.setattr(reading, "BATCH", 1)
    assert small(*argv) == whole
