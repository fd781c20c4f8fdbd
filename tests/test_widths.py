"""Tables at every usual width: no id and no number is broken inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from oir_cli.model import ID_LISTS
from oir_cli.store import Store
from tests.conftest import BUNDLED, Runner

LINES = [
    "timeline --year 2016", "timeline --brief", "on 2014-08-08", "country", "country canada", "participant", "person",
    "place", "topic", "event", "event soleimani-strike", "search mosul strike", "show 2016-05-03-keating-killed",
    "figures", "figures soldiers-killed troops-present support-cost rounds", "compare us uk germany",
    "disputes --limit 20", "stats", "about",
]  # fmt: skip
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
NUMBER = re.compile(r"(?<![\w,])\d{1,3}(?:,\d{1,3})*,?(?=\s|$)")


@pytest.fixture(scope="module")
def slugs() -> set[str]:
    store = Store(BUNDLED)
    return {fact.id for fact in store.facts()} | {
        each for key in (*ID_LISTS, "measures") for each in store.entities(key)
    }


def broken_words(shown: str, slugs: set[str]) -> Iterator[str]:
    """Beginnings of ids that go on in the next line without a hyphen between, and numbers that end in a comma."""
    lines = shown.split("\n")
    for line, after in pairwise(lines):
        for found in WORD.finditer(line):
            rest = re.match(r"[a-z0-9-]+", after[found.start() :])
            if found[0] not in slugs and rest and any(each.startswith(found[0] + rest[0]) for each in slugs):
                yield found[0] + rest[0]
        for found in NUMBER.finditer(line):
            if found[0].endswith(",") and re.match(r"\d{3}\b", after[found.start() :]):
                yield found[0]


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("line", LINES)
def test_no_id_and_no_number_is_broken(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, slugs: set[str], line: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = oir(*line.split(), "-f", "table").out
    assert shown
    assert list(broken_words(shown, slugs)) == []


def test_a_broken_word_would_be_noticed() -> None:
    assert list(broken_words("x  us-ar  170,\n   my-ran  000\nx", {"us-army"})) == []
    assert list(broken_words("us-ar\nmy", {"us-army"})) == ["us-army"]
    assert list(broken_words("us-\narmy", {"us-army"})) == []
    assert list(broken_words("170,\n000", set())) == ["170,"]
