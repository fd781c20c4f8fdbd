"""The search box: what it understands, what it puts first, and what it says about it."""

from __future__ import annotations

import pickle
import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oir_cli.names import plain
from oir_cli.query import Query
from oir_cli.search import DEFAULT_LIMIT, Request, search
from oir_cli.search.build import build_index
from oir_cli.search.question import STOPWORDS, understand
from oir_cli.search.ranking import rank
from oir_cli.search.spelling import tidy
from oir_cli.store import Store
from tests.conftest import BUNDLED, SMALL, Runner
from tests.evaluation.queries import without

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
    found = search(SMALL_STORE, Request(text, Query(), explain=True))
    assert len(found.facts) == min(len(found.ranked.hits), DEFAULT_LIMIT)
    assert found.preface()


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
        ("ruritannia 2011", "2011-12-ruritanian-troops-leave"),  # a typo
        ("100 advisers", "2014-ruritania-sends-advisers"),
        ("homecoming", "2011-12-ruritanian-troops-leave"),  # a keyword of that fact
        ("who stormed a refuge", "2016-05-late-raid"),  # a question that it answers
        ("strawland's base", "undated-new-strawland-base"),
    ],
)
def test_words_names_dates_numbers_and_typos(small: Runner, text: str, first: str) -> None:
    assert small("search", text, "--json").ids[0] == first


def test_stderr_says_how_names_dates_and_typos_were_understood(small: Runner) -> None:
    run = small("search", "ruritannian strikes august 2014", "--json")
    assert 'oir: understood "ruritannian" as "ruritanian", ' in run.err
    assert '"ruritanian" as the participant ruritania, ' in run.err
    assert run.err.splitlines()[0].endswith('"august 2014" as a date')
    assert small("search", "raid", "--json").err == ""
    explained = small("search", "raid in mosul", "--explain", "--json")
    assert "oir: words raid, mosul\n" in explained.err
    assert re.search(r"oir: \d+\.\d\d 2016-05-late-raid: .*raid \d", explained.err)
    assert explained.ids == small("search", "raid in mosul", "--json").ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zeppelin raid on a hideout by ruritanian soldiers", 'oir: no fact mentions "zeppelin"\n'),
        ("who raided mosul with zeppelins and dirigibles", 'this: no fact mentions "zeppelins" or "dirigibles"; '),
        ("raid on 07/08/2014", 'oir: "07/08/2014" could be 7 August or 8 July 2014; write 2014-08-07 or 2014-07-08\n'),
        ("raid 3.5.16", 'oir: cannot read "3.5.16" as a date: '),
        ("raid 2016-13-45", 'oir: cannot read "2016-13-45" as a date: there is no month 13\n'),
        ("raid 31 february 2016", 'oir: cannot read "31 february 2016" as a date: there is no such day\n'),
    ],
)
def test_stderr_says_what_was_not_understood(small: Runner, text: str, said: str) -> None:
    run = small("search", text, "--json")
    assert run.ids[0] == "2016-05-late-raid"
    assert said in run.err
    assert said in small("search", text, "--explain", "--json").err


def test_a_typo_is_corrected_with_accents_and_a_period_is_a_date(small: Runner) -> None:
    run = small("search", "Ruritànnian raid", "--json")
    assert run.ids[0] == "2016-05-late-raid"
    assert '"ruritannian" as "ruritanian"' in run.err
    assert "mentions" not in run.err
    assert '"2016-05/2016-06" as a date' in small("search", "raid 2016-05/2016-06", "--json").err


def test_words_of_the_question_stand_out_in_a_table(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = small("search", "bombing mosul", "-f", "table").out
    assert "\x1b[1mraided\x1b[0m" in shown
    assert "\x1b[1mMosul\x1b[0m" in shown


def test_what_is_understood_or_finds_nothing_is_not_complained_of(small: Runner) -> None:
    err = small("search", "raid 2016-05-03", "--json").err
    assert err.splitlines()[0] == 'oir: understood "2016-05-03" as a date'
    assert "raid" not in err
    assert small("search", "zeppelin", "--json").err == "oir: nothing found\n"
    assert "mentions" not in small("search", "raid 1999", "--json").err


def test_a_word_or_phrase_finds_the_facts_that_say_it_first() -> None:
    """As a search within a page would: whatever index words, synonyms and questions find comes after."""
    store = Store(BUNDLED)
    texts = {fact.id: plain(fact.text) for fact in store.facts()}
    held = Counter(word for text in texts.values() for word in set(text.split()) if word.isalpha() and len(word) > 4)
    rare = sorted(word for word, facts in held.items() if facts < 4 and word not in STOPWORDS)
    cut = (text.split()[4:7] for text in list(texts.values())[::25])
    # "F-16" and "10,000" are single words of the index.
    phrases = [" ".join(words) for words in cut if all(word.isalpha() and len(word) > 1 for word in words)]
    assert len(rare[::25]) > 50
    with build_index(store) as index, closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE facts USING fts5(id, text, tokenize='porter unicode61')")
        connection.executemany("INSERT INTO facts VALUES (?, ?)", texts.items())
        for asked in rare[::25] + phrases:
            saying = connection.execute("SELECT id FROM facts WHERE facts MATCH ?", (f'text : "{asked}"',)).fetchall()
            found = [hit.id for hit in rank(index, understand(asked, index)).hits]
            assert set(found[: len(saying)]) == {each for (each,) in saying}, asked


def test_only_dates_can_be_reversed(small: Runner) -> None:
    run = small("search", "raid", "--reverse")
    assert (run.code, run.err) == (2, "oir: --reverse reverses the order of dates; use it with --by date\n")
    ids = small("search", "strikes fighters troops", "--by", "date", "--json").ids
    assert len(ids) > 3
    turned = small("search", "strikes fighters troops", "--by", "date", "--reverse", "--json").ids
    assert [each for each in turned if not each.startswith("undated")] == [
        each for each in reversed(ids) if not each.startswith("undated")
    ]


@pytest.mark.parametrize(
    ("weight", "text", "first", "first_without"),
    [
        ("SYNONYM", "august raid", "2014-08-08-first-strikes", "2016-05-late-raid"),
        ("RARE", "raid losses", "2014-08-09-strawland-militia-loses-45", "2016-05-late-raid"),
        ("KNOWN", "iraq losses", "2014-08-09-thirty-fighters-killed", "undated-new-strawland-base"),
        ("NAMED", "mosul jets", "2016-05-late-raid", "2014-08-08-first-strikes"),
        ("DATED", "strikes 2014-08-09", "2014-08-09-strawland-militia-loses-45", "2014-08-08-first-strikes"),
        ("HOPED", "who ruritania", "2016-05-03-doe-wounded", "2014-08-08-first-strikes"),
        ("COUNTED", "how many fighters wounded", "2014-08-09-thirty-fighters-killed", "2016-05-03-doe-wounded"),
        ("ALIKE", "when soldiers bombing jets", "2014-08-08-first-strikes", "2016-05-late-raid"),
    ],
)
def test_each_weight_decides_what_comes_first(
    small: Runner, weight: str, text: str, first: str, first_without: str
) -> None:
    assert small("search", text, "--json").ids[0] == first
    with without(weight):
        assert small("search", text, "--json").ids[0] == first_without


@pytest.mark.parametrize(
    ("better", "worse", "text"),
    [
        ("2016-05-late-raid", "2014-08-08-first-strikes", "ruritania raid"),  # the word itself, not a synonym
        ("2016-05-late-raid", "2014-08-08-first-strikes", "iraq raid"),  # in the text, not only among its names
        ("2014-08-08-first-strikes", "2014-ruritania-sends-advisers", "2014-08-08"),  # the day, not the year
    ],
)
def test_what_fits_better_comes_first(small: Runner, better: str, worse: str, text: str) -> None:
    ids = small("search", text, "--json").ids
    assert ids.index(better) < ids.index(worse)


def test_a_day_of_every_year_finds_facts_of_its_month_and_none_of_its_year(small: Runner) -> None:
    lines = small("search", "15 may", "fighters", "raid", "advisers", "--explain", "--json").err.splitlines()
    raised = [line.split()[2].rstrip(":") for line in lines if "(date)" in line]
    assert raised == ["2016-05-late-raid"]


@pytest.mark.parametrize(
    ("text", "key", "entity"),
    [
        ("wounded, water, oil or budget after the soleimani strike", "events", "soleimani-strike"),
        ("first election reply from families in Denmark", "participants", "denmark"),
        ("did norway send jets, and were children killed", "participants", "norway"),
        ("any news about tikrit lately", "places", "tikrit"),
    ],
)
def test_facts_with_the_name_stand_before_all_others(oir: Runner, text: str, key: str, entity: str) -> None:
    def have_it(facts: list[dict[str, Any]]) -> bool:
        return all(entity in fact[key] or entity in fact["text"].casefold() for fact in facts)

    assert have_it(oir("search", text, "--json", "--limit", "3").json)
    with without("COMMON"):
        assert not have_it(oir("search", text, "--json", "--limit", "3").json)


def test_facts_that_meet_all_conditions_come_first(oir: Runner) -> None:
    facts = oir("search", "canadian airstrikes november 2014", "--json").json
    both = ["canada" in fact["participants"] and (fact["date"] or "").startswith("2014-11") for fact in facts]
    assert both[0]
    assert both == sorted(both, reverse=True)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("don’t won't isn't who're they'd", "do  is who they"),
        ("“U.S.” F\u201116\u00a0jets", '"U.S." F-16 jets'),
        ("$424m and 22mn, 1.5bn", "$424 million and 22 million, 1.5 billion"),
        ("5k rounds", "5000 rounds"),
        ("fourteen thousand six hundred and sixteen", "14616"),
        ("forty-two, a hundred, 2 hundred and fifty", "42, 100, 250"),
        ("22000000 rounds", "22 million rounds"),
        ("14,616 airstrikes", "14616 airstrikes"),
        ("three men, one or two, hundreds", "three men, one or two, hundreds"),
        ("twenty sixteen, 14 and two", "twenty sixteen, 14 and two"),
        ("7.62mm C-130J 2016-10-12 10 m", "7.62mm C-130J 2016-10-12 10 m"),
    ],
)
def test_ways_of_typing_are_made_one(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who said he doesn’t want ground troops", "ground"),
        ("albania twenty-two million rounds", "22 million"),
        ("cost $424m", "$424 million"),
        ("fourteen thousand six hundred sixteen airstrikes", "14,616"),
        ("bataille de Mossoul en Irak", "Mosul"),
        ("Daech attaque", "ISIL"),
        ("Dänemark F-16", "Denmark"),
        ("États-Unis ambassade embassy", "embassy"),
        ("zoleimani", "Soleimani"),
        ("primeminister trudo", "Trudeau"),
        ("keeting killed", "Keating"),
        ("l'Australie BPC", "Australia"),
    ],
)
def test_words_are_understood_as_people_write_them(oir: Runner, text: str, said: str) -> None:
    assert said in oir("search", text, "--json").json[0]["text"]


def test_is_in_capitals_among_capitals_is_a_verb(oir: Runner) -> None:
    assert "isil" not in oir("search", "WHERE IS THE US EMBASSY", "--json").err
    assert '"IS" as the participant isil' in oir("search", "where is IS now", "--json").err


@pytest.mark.parametrize("word", ["lipped", "mocks", "unexploded", "zeppelin", "versus"])
def test_a_plain_word_is_not_replaced_by_one_that_only_sounds_or_ends_the_same(oir: Runner, word: str) -> None:
    assert f'"{word}" as' not in oir("search", word, "mosul", "--json").err


@pytest.mark.parametrize("typo", ["hideont", "hidout", "soldirs"])
def test_a_typo_is_corrected(small: Runner, typo: str) -> None:
    run = small("search", typo, "--json")
    assert run.err.startswith(f'oir: understood "{typo}" as "')
    assert run.ids[0] == "2016-05-late-raid"


@pytest.mark.parametrize("word", ["raiders", "solider", "augur", "february"])
def test_a_word_that_is_only_somewhat_like_another_stays(small: Runner, word: str) -> None:
    assert f'no fact mentions "{word}"' in small("search", f"hideout {word}", "--json").err


def test_codes_that_are_words_are_names_only_in_capitals(oir: Runner) -> None:
    assert "united-arab-emirates" not in oir("search", "where are the bases", "--json").err
    assert '"ARE" as the place united-arab-emirates' in oir("search", "bases of ARE", "--json").err


@pytest.mark.parametrize(
    "date", ["mid-2016", "early May 2016", "1–10 May 2016", "since March 2016", "May to July 2016"]
)
def test_dates_are_read_as_everywhere_else(small: Runner, date: str) -> None:
    run = small("search", f"who was wounded, {date}", "--json")
    assert run.err == f'oir: understood "{date}" as a date\n'
    assert run.ids[0] == "2016-05-03-doe-wounded"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wounded in falluja", 'no fact has "wounded" with "falluja"; the facts below have "falluja"\n'),
        ("falluja 2011", 'no fact has "falluja" together with "2011"; the facts below have "2011"\n'),
    ],
)
def test_where_nothing_answers_it_says_so(small: Runner, text: str, said: str) -> None:
    run = small("search", text, "--json")
    assert said in run.err, run.err
    assert run.json or "nothing found" in run.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how many pilots did norway lose in mosul", 'no fact has "mosul" together with "norway"; the facts below'),
        ("did poland send f-16s", 'no fact mentions "poland"; the facts below have "send" and "f16"\n'),
        ("when was mosul dam built", 'no fact has "built" with "mosul dam"; the facts below have "mosul dam"\n'),
        ("french airstrikes in october 2014", 'no fact has "october 2014" together with "french airstrikes"'),
        ("cholera outbreak in iraq", 'no fact mentions "cholera" or "outbreak"; the facts below have "iraq"\n'),
    ],
)
def test_real_questions_that_nothing_answers(oir: Runner, text: str, said: str) -> None:
    assert f"the article may not answer this: {said}" in oir("search", text, "--json").err
    strict = oir("search", text, "--json", "--strict", "--fail-empty")
    assert (strict.code, strict.json) == (1, [])
    assert "the article may not answer this" in strict.err
    assert "below" not in strict.err


@pytest.mark.parametrize(
    "text", ["ghastly embassy attack", "how many sorties did danish f-16s fly", "who killed charles keating", "tikrit"]
)
def test_no_alarm_where_a_fact_answers(oir: Runner, text: str) -> None:
    assert "may not answer" not in oir("search", text, "--json").err


def test_strict_keeps_only_facts_with_everything_asked_for(oir: Runner) -> None:
    run = oir("search", "canadian airstrikes november 2014", "--json", "--strict")
    assert run.json
    for fact in run.json:
        assert "canada" in fact["participants"]
        assert fact["date"].startswith("2014-11")
    assert len(oir("search", "canadian airstrikes november 2014", "--json").json) > len(run.json)


def test_it_counts_the_facts_that_have_all_that_was_recognised(oir: Runner) -> None:
    denmark = len(oir("country", "denmark", "--json").json["facts"])
    err = oir("search", "denmark", "--json", "--limit", "3").err
    assert f'oir: 3 of {denmark} facts with "denmark" shown; --limit sets how many\n' in err
    both = oir("search", "denmark", "--json", "--on", "2014-09").ids
    err = oir("search", "denmark september 2014", "--json").err
    assert (
        f'oir: {len(both)} of these facts have "denmark" and "september 2014"; the others have only some of it\n' in err
    )


def test_the_table_and_the_explanation_say_what_a_fact_lacks(small: Runner) -> None:
    shown = " ".join(small("search", "raid wounded", "-f", "table").out.split())
    assert "2016-05-late-raid without wounded" in shown
    assert "2016-05-03-doe-wounded without raid" in shown
    explained = small("search", "raid wounded", "--explain", "--json").err
    assert re.search(r"2016-05-03-doe-wounded: .*; lacks raid\n", explained)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how many sorties did danish f-16s fly", "547"),
        ("how much did the bombing cost", "$424 million"),
        ("when did the us combat mission end", "9 December 2021"),
        ("where was baghdadi wounded by an airstrike", "al-Baaj District"),
        ("who led isis in mosul", "Hassan Saeed Al-Jabouri"),
    ],
)
def test_the_answer_stands_out_in_the_first_fact(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, text: str, answer: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = oir("search", text, "-f", "table").out
    assert f"\x1b[1;7m{answer}\x1b[0m" in shown
    assert shown.index("\x1b[1;7m") < 800


def test_names_and_dates_leave_no_fact_out(small: Runner) -> None:
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
    assert limited.err.endswith('oir: 1 of 5 facts with "ruritania" shown; --limit sets how many\n')


def test_ten_are_shown_where_nothing_else_is_asked(oir: Runner) -> None:
    run = oir("search", "airstrike", "--json")
    assert len(run.ids) == 10
    assert 'facts with "airstrike" shown; --limit sets how many' in run.err
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
    found = search(SMALL_STORE, Request("bombing mosul", Query()))
    [raid] = [fact for fact in found.facts if fact.id == "2016-05-late-raid"]
    assert [raid.text[start:end] for start, end in found.marks[raid.id].found] == ["raided", "Mosul"]


def test_what_a_search_returns_is_a_plain_value() -> None:
    found = search(SMALL_STORE, Request("how many fighters died in mosul", Query(), explain=True))
    copy = pickle.loads(pickle.dumps(found))  # noqa: S301 - made here; an open index could not be copied
    assert (copy.rows(), copy.marks, copy.preface()) == (found.rows(), found.marks, found.preface())
    assert found.marks
