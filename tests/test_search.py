"""The search box: what it understands, and how often the answer comes first.

The evaluation holds questions and keywords as people would type them, each with the facts that answer. A third of them
is kept aside as unseen: nothing was tuned to it.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oir_cli.index import Index
from oir_cli.model import Fact
from oir_cli.names import plain
from oir_cli.query import Query
from oir_cli.search import Ranking, search
from oir_cli.store import Store
from oir_cli.understanding import STOPWORDS
from tests.conftest import BUNDLED, ROOT, SMALL, Runner

QUERIES = [
    json.loads(line)
    for line in (ROOT / "tests" / "evaluation" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
]
# Per cent of answers that come first, and among the first five: what the unseen part is to reach, and what it has
# reached, below which it must not fall.
GOALS = {"keywords": (80, 95), "question": (90, 98)}
FLOORS = {"keywords": (85, 98), "question": (88, 98)}


@dataclass
class Score:
    """How a search did over some queries, in per cent, and the mean reciprocal rank."""

    first: float
    five: float
    mrr: float

    def __str__(self) -> str:
        return f"{self.first:5.1f} {self.five:6.1f} {self.mrr:6.3f}"


def score(queries: Iterable[dict[str, Any]], ranked: Callable[[str], list[str]]) -> Score:
    ranks = []
    for query in queries:
        found = ranked(query["query"])
        places = [found.index(answer) + 1 for answer in query["answers"] if answer in found]
        ranks.append(min(places, default=0))
    share = 100 / len(ranks)
    return Score(
        share * sum(rank == 1 for rank in ranks),
        share * sum(0 < rank <= 5 for rank in ranks),
        sum(1 / rank for rank in ranks if rank) / len(ranks),
    )


def plain_fts(connection: sqlite3.Connection, facts: list[Fact]) -> Callable[[str], list[str]]:
    """SQLite's full-text search over the facts' texts, nothing added."""
    connection.execute("CREATE VIRTUAL TABLE facts USING fts5(text, tokenize='porter unicode61')")
    connection.executemany("INSERT INTO facts VALUES (?)", ((fact.text,) for fact in facts))

    def ranked(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        rows = connection.execute("SELECT rowid FROM facts WHERE facts MATCH ? ORDER BY rank", (asked,))
        return [facts[row - 1].id for (row,) in rows]

    return ranked


def test_the_answer_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(BUNDLED)
    facts = store.facts()
    ranking = Ranking(Index.new(store))
    assert len(QUERIES) >= 250
    lines = ["", f"{'search':<12}{'queries':<22}{'first':>5} {'five':>6} {'MRR':>6}"]
    scores = {}
    with closing(sqlite3.connect(":memory:")) as connection:
        searches = {
            "oir": lambda text: [each.id for each in ranking.answer(text)[1]],
            "plain FTS5": plain_fts(connection, facts),
        }
        for (name, ranked), kind in itertools.product(searches.items(), GOALS):
            for part, unseen in (("seen", False), ("unseen", True)):
                queries = [query for query in QUERIES if query["kind"] == kind and query["unseen"] == unseen]
                scores[name, kind, part] = score(queries, ranked)
                lines.append(f"{name:<12}{f'{len(queries)} {kind} {part}':<22}{scores[name, kind, part]}")
    lines += [f"{'goal':<12}{f'{kind} unseen':<22}{first:5.1f} {five:6.1f}" for kind, (first, five) in GOALS.items()]
    with capsys.disabled():
        print("\n".join(lines))
    for kind, (first, five) in FLOORS.items():
        assert scores["oir", kind, "unseen"].first >= first, kind
        assert scores["oir", kind, "unseen"].five >= five, kind


def test_every_answer_of_the_evaluation_exists() -> None:
    ids = {fact.id for fact in Store(BUNDLED).facts()}
    for query in QUERIES:
        assert query["answers"]
        assert ids.issuperset(query["answers"]), query["query"]


SMALL_STORE = Store(SMALL)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
@example("U.S.")
@example("al-Abadi")
@example("don't")
@example("AND")
@example("OR NOT NEAR(")
@example('"')
@example("*")
@example("")
@example("the who")
@example("text:strikes")
@example("2014-13-45")
@example("\x00\ud800")
@example("strike " * 3000)
def test_no_text_raises(text: str) -> None:
    found = search(SMALL_STORE, text, Query())
    assert len(found.facts) + found.left_out == len(found.scored)
    assert list(found.explained())


@pytest.mark.parametrize("text", ["U.S.", "al-Abadi", "don't", "AND", "(", "", "x" * 20_000, "--", "'"])
def test_the_command_takes_anything(oir: Runner, text: str) -> None:
    run = oir("search", "--json", "--", text)
    assert run.code == 0
    assert isinstance(run.json, list)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ruritanian raid", "2016-05-late-raid"),
        ("bombing near fallujah", "2014-08-08-first-strikes"),  # a synonym, and an alias
        ("first strikes", "2014-08-08-first-strikes"),
        ("how many fighters died", "2014-08-09-thirty-fighters-killed"),
        ("who was wounded in may 2016", "2016-05-03-doe-wounded"),
        ("ruritannia 2011", "2011-12-ruritanian-troops-leave"),  # a slip
        ("100 advisers", "2014-ruritania-sends-advisers"),
        ("homecoming", "2011-12-ruritanian-troops-leave"),  # a keyword of that fact
        ("who stormed a refuge", "2016-05-late-raid"),  # a question that it answers
        ("strawland's base", "undated-new-strawland-base"),
    ],
)
def test_words_names_dates_numbers_and_slips(small: Runner, text: str, first: str) -> None:
    assert small("search", text, "--json").ids[0] == first


def test_stderr_says_how_names_dates_and_slips_were_understood(small: Runner) -> None:
    run = small("search", "ruritannian strikes august 2014", "--json")
    assert "ruritannian read as ruritanian" in run.err
    assert "ruritanian as participants ruritania" in run.err
    assert "august 2014 as a date" in run.err
    assert small("search", "raid", "--json").err == ""
    explained = small("search", "raid in mosul", "--explain", "--json")
    assert "oir: words raid, mosul\n" in explained.err
    assert re.search(r"oir: \d+\.\d\d 2016-05-late-raid: .*raid \d", explained.err)
    assert explained.ids == small("search", "raid in mosul", "--json").ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zeppelin raid", "oir: no fact knows zeppelin\n"),
        ("who raided mosul with zeppelins and dirigibles", "no fact knows zeppelins, dirigibles\n"),
        ("raid on 07/08/2014", 'oir: not read as a date: "07/08/2014"; write 2016-05-03, or 3 May 2016\n'),
        ("raid 3.5.16", 'not read as a date: "3.5.16"'),
        ("raid 2016-13-45", 'not read as a date: "2016-13-45"'),
        ("raid 31 february 2016", 'not read as a date: "31 february 2016"'),
    ],
)
def test_stderr_says_what_was_not_understood(small: Runner, text: str, said: str) -> None:
    run = small("search", text, "--json")
    assert run.ids[0] == "2016-05-late-raid"
    assert said in run.err
    assert said in small("search", text, "--explain", "--json").err


def test_a_slip_is_mended_with_accents_and_a_period_is_a_date(small: Runner) -> None:
    run = small("search", "Ruritànnian raid", "--json")
    assert run.ids[0] == "2016-05-late-raid"
    assert "ruritannian read as ruritanian" in run.err
    assert "knows" not in run.err
    assert "2016-05/2016-06 as a date" in small("search", "raid 2016-05/2016-06", "--json").err


def test_words_of_the_question_stand_out_in_a_table(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = small("search", "bombing mosul", "-f", "table").out
    assert "\x1b[1mraided\x1b[0m" in shown
    assert "\x1b[1mMosul\x1b[0m" in shown


def test_what_is_understood_or_finds_nothing_is_not_complained_of(small: Runner) -> None:
    assert "not read" not in small("search", "raid 2016-05-03", "--json").err
    assert small("search", "zeppelin", "--json").err == "oir: nothing found\n"
    assert "knows" not in small("search", "raid 1999", "--json").err


def test_a_word_or_phrase_finds_the_facts_that_say_it_first() -> None:
    """As find-in-page would: whatever else index words, synonyms and questions bring comes after."""
    store = Store(BUNDLED)
    ranking = Ranking(Index.of(store))
    texts = {fact.id: f" {plain(fact.text)} " for fact in store.facts()}
    held = Counter(word for text in texts.values() for word in set(text.split()) if word.isalpha() and len(word) > 4)
    rare = sorted(word for word, facts in held.items() if facts < 4 and word not in STOPWORDS)
    phrases = [" ".join(text.split()[4:7]) for text in list(texts.values())[::25]]
    assert len(rare[::25]) > 50
    for asked in rare[::25] + phrases:
        first = texts[ranking.answer(asked)[1][0].id]
        # A stem is enough: "hitting" finds "hit" as well.
        assert all(f" {word[:3]}" in first for word in asked.split()), asked


def test_only_dates_can_be_reversed(small: Runner) -> None:
    run = small("search", "raid", "--reverse")
    assert (run.code, run.err) == (2, "oir: --reverse turns the order of dates round; it goes with --by date\n")
    ids = small("search", "strikes fighters troops", "--by", "date", "--json").ids
    assert len(ids) > 3
    turned = small("search", "strikes fighters troops", "--by", "date", "--reverse", "--json").ids
    assert [each for each in turned if not each.startswith("undated")] == [
        each for each in reversed(ids) if not each.startswith("undated")
    ]


@pytest.mark.parametrize(
    "asked", ["how many strikes in {}", "number of strikes {}", "{} strike count", "strikes {} total"]
)
def test_a_figure_for_what_is_counted_comes_well_before_other_figures(asked: str) -> None:
    scored = {each.id: each.score for each in search(SMALL_STORE, asked.format("august 2014"), Query()).scored}
    others = {each.id: each.score for each in search(SMALL_STORE, "strikes august 2014", Query()).scored}
    counted, other = "2014-08-08-first-strikes", "2014-08-09-strawland-militia-loses-45"  # fighters, by strikes
    assert scored[counted] / scored[other] > 1.15 * others[counted] / others[other]


def test_what_only_says_which_event_is_meant_counts_less() -> None:
    def lead(question: str) -> float:
        scored = {each.id: each.score for each in search(SMALL_STORE, question, Query()).scored}
        return scored["2016-05-03-doe-wounded"] / scored["2016-05-late-raid"]

    assert lead("who was wounded when soldiers raided mosul") > 1.3 * lead("who was wounded, soldiers raided mosul")
    assert lead("wounded while soldiers raided mosul") == lead("wounded soldiers raided mosul")  # no question


def test_codes_that_are_words_are_names_only_in_capitals(oir: Runner) -> None:
    assert "united-arab-emirates" not in oir("search", "where are the bases", "--json").err
    assert "ARE as places united-arab-emirates" in oir("search", "bases of ARE", "--json").err


def test_a_year_may_be_halved(small: Runner) -> None:
    run = small("search", "strikes in mid-2016", "--json")
    assert "2016 as a date" in run.err
    assert run.ids[0].startswith("2016")


def test_names_and_dates_raise_and_do_not_leave_out(small: Runner) -> None:
    assert "2016-05-late-raid" in small("search", "raid strawland 1914", "--json").ids


def test_filters_limit_and_order(small: Runner) -> None:
    by_date = small("search", "strikes fighters troops", "--by", "date", "--json").ids
    everything = small("timeline", "--json").ids
    assert len(by_date) > 3
    assert by_date == [fact for fact in everything if fact in by_date]
    of_2016 = {"2016-05-late-raid", "2016-05-03-doe-wounded"}
    assert set(small("search", "ruritania", "--year", "2016", "--json").ids) == of_2016
    limited = small("search", "ruritania", "--limit", "1", "--json")
    assert len(limited.ids) == 1
    assert "more left out" in limited.err


def test_ten_are_shown_where_nothing_else_is_asked(oir: Runner) -> None:
    run = oir("search", "airstrike", "--json")
    assert len(run.ids) == 10
    assert "more left out" in run.err
    assert len(oir("search", "airstrike", "--json", "--limit", "30").ids) == 30


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first canadian airstrike", "2 November 2014"),
        ("how many sorties did danish f-16s fly", "547 sorties"),
        ("who led isis in mosul", "governor of Mosul"),
        ("when was the operation named", "Inherent Resolve"),
        ("baghdady wounded", "Baghdadi"),
        ("chemical wepons", "chemical weapons"),
    ],
)
def test_answers_on_the_first_line(oir: Runner, text: str, said: str) -> None:
    assert said in oir("search", *text.split(), "--json").json[0]["text"]


def test_matched_words_are_found_in_the_text() -> None:
    found = search(SMALL_STORE, "bombing mosul", Query())
    [raid] = [fact for fact in found.facts if fact.id == "2016-05-late-raid"]
    assert [raid.text[start:end] for start, end in found.marks[raid.id]] == ["raided", "Mosul"]
