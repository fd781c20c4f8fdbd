from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oir_cli.dates import (
    MONTHS,
    Span,
    YearlyDay,
    asked,
    find_dates,
    parse_stored,
    read_days,
    read_period,
    story_position,
    words,
    written,
)
from oir_cli.dates.phrases import LIMITS, MODIFIERS
from oir_cli.errors import AmbiguousDate, BadDate
from oir_cli.store import Store, locate
from tests.conftest import Runner

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def days(text: str) -> str:
    """The days of a date, in ISO: "2014-08-08", "2014-08-08/2014-08-11"; "~" is about, ".." an open end."""
    span = read_period(text)
    first = ".." if span.first == date.min else str(span.first)
    last = ".." if span.open else str(span.last)
    return (first if first == last else f"{first}/{last}") + "~" * span.about


# Forms of dates by kind, and the days that each denotes.
FORMS = {
    "ISO": {
        "2016": "2016-01-01/2016-12-31", "2016-05": "2016-05-01/2016-05-31", "2016-05-03": "2016-05-03",
        "20160503": "2016-05-03", "2016-05-03/2016-06": "2016-05-03/2016-06-30", "2016-05-03/..": "2016-05-03/..",
        "2014-07-13~": "2014-07-13~", "2014-06-15~/2014-06-26~": "2014-06-15/2014-06-26~",
        "2014-W32": "2014-08-04/2014-08-10", "2014W32": "2014-08-04/2014-08-10", "2014-W32-5": "2014-08-08",
        "2020-W53": "2020-12-28/2021-01-03", "week 32 of 2014": "2014-08-04/2014-08-10",
    },
    "numbers with one reading": {
        "2016/05/03": "2016-05-03", "2016-5-3": "2016-05-03", "2016.05.03": "2016-05-03", "8.8.2014": "2014-08-08",
        "25.12.2014": "2014-12-25", "12/25/2014": "2014-12-25", "8/2014": "2014-08-01/2014-08-31",
        "2014/08": "2014-08-01/2014-08-31", "2014-8": "2014-08-01/2014-08-31", "2014/15": "2014-01-01/2015-12-31",
        "2014–15": "2014-01-01/2015-12-31",
    },
    "a month in words": {
        "May 2016": "2016-05-01/2016-05-31", "2016 May": "2016-05-01/2016-05-31", "May-2016": "2016-05-01/2016-05-31",
        "Sept. 2016": "2016-09-01/2016-09-30", "MAY 2016": "2016-05-01/2016-05-31", "3 May 2016": "2016-05-03",
        "3may2016": "2016-05-03", "3-May-2016": "2016-05-03", "3/May/2016": "2016-05-03", "May 3, 2016": "2016-05-03",
        "May 3rd, 2016": "2016-05-03", "the 3rd of May 2016": "2016-05-03", "29 Feb 2016": "2016-02-29",
        "3\xa0May\u202f2016": "2016-05-03", "3 May 0031": "0031-05-03", "  May\t2016 ": "2016-05-01/2016-05-31",
    },
    "weekdays and times": {
        "Tuesday 3 May 2016": "2016-05-03", "Tue, 3 May 2016": "2016-05-03", "Tuesday, May 3rd, 2016": "2016-05-03",
        "Tuesday 2016-05-03": "2016-05-03", "2016-05-03T10:00": "2016-05-03", "2016-05-03 10:00:59+03:00": "2016-05-03",
        "20160503T103000Z": "2016-05-03", "3 May 2016 10:00": "2016-05-03", "3 May 2016 at 10:30 am": "2016-05-03",
        "10 pm on 3 May 2016": "2016-05-03", "evening of 3 May 2016": "2016-05-03",
        "early morning of 14 December 2014": "2014-12-14",
    },
    "periods": {
        "3 to 5 May 2016": "2016-05-03/2016-05-05", "8–11 August 2014": "2014-08-08/2014-08-11",
        "8-11 August 2014": "2014-08-08/2014-08-11", "8 — 11 August 2014": "2014-08-08/2014-08-11",
        "13/14 August 2014": "2014-08-13/2014-08-14", "April–May 2015": "2015-04-01/2015-05-31",
        "29 June – 2 July 2014": "2014-06-29/2014-07-02", "3 May to 10 May 2016": "2016-05-03/2016-05-10",
        "May 3-5, 2016": "2016-05-03/2016-05-05", "May 3 – June 2, 2016": "2016-05-03/2016-06-02",
        "Aug 2014 - Oct 2014": "2014-08-01/2014-10-31", "2014 – 2021": "2014-01-01/2021-12-31",
        "2014-2016": "2014-01-01/2016-12-31", "2014/2016": "2014-01-01/2016-12-31",
        "2014..2016": "2014-01-01/2016-12-31", "2014 through 2016": "2014-01-01/2016-12-31",
        "2014-08-08 to 2014-08-11": "2014-08-08/2014-08-11", "2014-08 – 2014-10": "2014-08-01/2014-10-31",
        "2014 – 25 June 2016": "2014-01-01/2016-06-25", "15 June 2014 – July 2014": "2014-06-15/2014-07-31",
        "8 Aug 2014 – 18 Oct 2016": "2014-08-08/2016-10-18", "from 3 to 5 May 2016": "2016-05-03/2016-05-05",
        "May 2016 until 3 June 2016": "2016-05-01/2016-06-03", "between May and June 2016": "2016-05-01/2016-06-30",
        "between 2014 and 2016": "2014-01-01/2016-12-31", "winter 2015 – 2018": "2015-12-01/2018-12-31",
        "since June 2014 until May 2015": "2014-06-01/2015-05-31",
        "from February to the end of March 2017": "2017-02-01/2017-03-31",
        "after 3 October 2014, at least until 2 November 2014": "2014-10-04/2014-11-02",
        "5 and 15 September and 3 December 2014": "2014-09-05/2014-12-03",
        "early to mid January 2015": "2015-01-01/2015-01-20", "spring to autumn 2016": "2016-03-01/2016-11-30",
    },
    "parts": {
        "early May 2016": "2016-05-01/2016-05-10", "mid-May 2016": "2016-05-11/2016-05-20",
        "mid May 2016": "2016-05-11/2016-05-20", "late May 2016": "2016-05-21/2016-05-31",
        "late February 2015": "2015-02-21/2015-02-28", "beginning of March 2015": "2015-03-01/2015-03-10",
        "end of March 2015": "2015-03-21/2015-03-31", "early 2015": "2015-01-01/2015-04-30",
        "early in 2015": "2015-01-01/2015-04-30", "mid-2015": "2015-05-01/2015-08-31",
        "late 2015": "2015-09-01/2015-12-31", "first half of 2015": "2015-01-01/2015-06-30",
        "second half of May 2016": "2016-05-16/2016-05-31", "first week of May 2016": "2016-05-01/2016-05-07",
        "last two weeks of March 2017": "2017-03-18/2017-03-31", "last day of February 2016": "2016-02-29",
        "first 3 months of 2015": "2015-01-01/2015-03-31", "early summer 2016": "2016-06-01/2016-06-30",
    },
    "quarters, seasons and other years": {
        "Q1 2015": "2015-01-01/2015-03-31", "2015 Q2": "2015-04-01/2015-06-30", "2015-Q3": "2015-07-01/2015-09-30",
        "fourth quarter of 2015": "2015-10-01/2015-12-31", "2nd quarter of 2015": "2015-04-01/2015-06-30",
        "spring 2016": "2016-03-01/2016-05-31", "the summer of 2016": "2016-06-01/2016-08-31",
        "autumn 2016": "2016-09-01/2016-11-30", "fall of 2016": "2016-09-01/2016-11-30",
        "winter 2015": "2015-12-01/2016-02-29", "winter 2015-16": "2015-12-01/2016-02-29",
        "winter 2015/2016": "2015-12-01/2016-02-29", "winter of 2015 – 2016": "2015-12-01/2016-02-29",
        "winter 2009–10": "2009-12-01/2010-02-28", "2016 summer": "2016-06-01/2016-08-31",
        "US fiscal year 2021": "2020-10-01/2021-09-30",
    },
    "limits": {
        "before 11 August 2014": "../2014-08-10", "before August 2014": "../2014-07-31",
        "after 11 August 2014": "2014-08-12/..", "after August 2014": "2014-09-01/..",
        "since June 2014": "2014-06-01/..",
        "from 10 August 2014": "2014-08-10/..", "until mid-October 2014": "../2014-10-20",
        "by 2007": "../2007-12-31", "by the end of September 2014": "../2014-09-30", "up to May 2014": "../2014-05-31",
        "on or before 12 April 2015": "../2015-04-12", "on or after 12 April 2015": "2015-04-12/..",
        "before the end of 2014": "../2014-12-31", "after the beginning of May 2014": "2014-05-01/..",
        "after the end of 2017": "2018-01-01/..", "since about 15 June 2014": "2014-06-15/..~",
        "before winter 2015": "../2015-11-30",
    },
    "so many days before and after": {
        "two weeks before 19 March 2016": "2016-03-05", "a week before 27 January 2021": "2021-01-20",
        "two or three days before 19 March 2016": "2016-03-16/2016-03-17", "3 days after 29 May 2016": "2016-06-01",
        "one month after 31 January 2015": "2015-02-28", "the week before 8 May 2016": "2016-05-01/2016-05-07",
        "the two years after 4 February 2015": "2015-02-05/2017-02-04",
        "in the days after 5 August 2014": "2014-08-06/..", "in the weeks before late February 2016": "../2016-02-20",
    },
    "events named by their date": {
        "after the battle of 8 September 2014": "2014-09-08/..", "before the raid of 22 October 2015": "../2015-10-22",
        "after the 2003 invasion": "2003-01-01/..", "after ISIL's approach of 12 October 2014": "2014-10-12/..",
        "by the end of the battle on 17 April 2015": "../2015-04-17",
    },
    "what adds nothing, or only that it is about": {
        "in 2015": "2015-01-01/2015-12-31", "on 3 May 2016": "2016-05-03", "as of April 2020": "2020-04-01/2020-04-30",
        "throughout the year 2015": "2015-01-01/2015-12-31", "the night of 13–14 August 2014": "2014-08-13/2014-08-14",
        "probably between 15 and 26 June 2014": "2014-06-15/2014-06-26", "about 13 July 2014": "2014-07-13~",
        "c. 2014": "2014-01-01/2014-12-31~", "about 15–26 June 2014": "2014-06-15/2014-06-26~",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "iso"), [form for forms in FORMS.values() for form in forms.items()], ids=lambda text: ascii(text)
)
def test_a_form_of_a_date_is_read_as_its_days(text: str, iso: str) -> None:
    assert days(text) == iso
    if "~" not in text and text not in ("2016 May", "8/2014"):
        assert days(text.upper()) == iso, "in capitals"


@pytest.mark.parametrize("phrase", [*LIMITS, *MODIFIERS])
def test_every_phrase_of_the_tables_can_be_written(phrase: str) -> None:
    filled = {"JOIN": "–", "UNITS": "days", "COUNT": "two", "UNIT": "weeks", "ONE": "week"}
    said = " ".join(filled.get(word, word) for word in phrase.split())
    said = said.replace("WEEKDAY", "Sunday").replace("TIME", "10:00")
    joined = [f"1 {said} 3 May 2016", f"{said} 1 and 3 May 2016"]
    read = []
    for text in (f"{said} 2016", f"{said} May 2016", f"{said} 1 May 2016", *joined):
        with suppress(BadDate):
            read.append(read_period(text))
    assert read


# --- what is printed is read back


def test_every_date_that_is_printed_is_read_back() -> None:
    """Stored dates and what is written for them denote the same days again."""
    dates = {fact.date for fact in Store(locate()).facts() if fact.date}
    assert len(dates) > 200
    for stored in dates:
        assert read_period(stored) == parse_stored(stored)
        assert read_period(written(stored)) == parse_stored(stored), written(stored)


# These name no year.
UNREADABLE = {
    "the days before the order to kill him",
    "early in the intervention",
    "late March, year not given",
    "late October, year not given",
    "throughout the conflict",
}


def test_every_date_text_is_read_as_days_that_meet_those_of_its_date() -> None:
    facts = [fact for fact in Store(locate()).facts() if fact.date_text]
    assert len(facts) > 90
    for fact in facts:
        text = str(fact.date_text)
        if text in UNREADABLE:
            with pytest.raises(BadDate):
                read_period(text)
        elif fact.span:
            span, read = fact.span.widest(), read_period(text)
            # "after December 2011" begins where the stored date, about that month, ends.
            assert read.overlaps(Span(span.first, span.last + timedelta(not span.open))), text
        else:
            read_period(text)


POINTS = st.builds(lambda day, form: day.isoformat()[:form], DAYS, st.sampled_from([4, 7, 10]))


@given(POINTS, POINTS, st.sampled_from(["", "~"]), st.sampled_from(["", "A/..", "A/B"]))
def test_any_stored_date_is_read_back_from_its_words(one: str, other: str, about: str, form: str) -> None:
    one, other = sorted((one, other))
    stored = f"{one}{about}" + {"": "", "A/..": "/..", "A/B": f"/{other}{about}"}[form]
    with suppress(ValueError):  # 2014-05/2014 ends before it begins
        span = parse_stored(stored)
        assert read_period(stored) == read_period(written(stored)) == span


def test_a_printed_date_finds_its_fact(oir: Runner) -> None:
    for text, number in (("late August 2014", 1), ("since December 2021", 1), ("before 11 August 2014", 1)):
        facts = [fact for fact in oir("timeline", "--on", text, "--json").json if fact["date_text"] == text]
        assert len(facts) >= number, text


# --- properties


@given(DAYS, st.sampled_from(["{d} {m} {y}", "{d} {a} {y}", "{m} {d}, {y}", "{m} {d} {y}", "the {d}th of {m} {y}"]))
def test_a_day_in_words_is_the_day_in_iso(day: date, form: str) -> None:
    month = MONTHS[day.month - 1]
    text = form.format(d=day.day, m=month, a=month[:3], y=f"{day.year:04}")
    assert read_period(text) == read_period(day.isoformat()) == Span(day, day)


@given(DAYS, st.sampled_from(["{m} {y}", "{a} {y}", "{a}. {y}", "{y} {m}"]))
def test_a_month_in_words_has_no_day_of_today(day: date, form: str) -> None:
    month = MONTHS[day.month - 1]
    text = form.format(m=month, a=month[:3], y=f"{day.year:04}")
    assert read_period(text) == read_period(day.isoformat()[:7])
    assert read_period(text).first == day.replace(day=1)


@given(st.dates(date(2004, 1, 1), date(2004, 12, 31)))
def test_a_day_without_a_year_is_that_day_of_every_year(day: date) -> None:
    month = MONTHS[day.month - 1]
    assert read_days(f"{day.day} {month}") == read_days(f"{month} {day.day}") == YearlyDay(day.month, day.day)
    with pytest.raises(BadDate, match="no year"):
        read_period(f"{day.day} {month}")


@given(DAYS, DAYS, st.sampled_from(["/", "..", " to ", " – ", "–", " - ", " until ", " through "]))
def test_two_dates_are_a_period_in_their_order(one: date, other: date, between: str) -> None:
    text = f"{one}{between}{other}"
    if one <= other:
        assert read_period(text) == Span(one, other)
    else:
        with pytest.raises(BadDate, match="ends before"):
            read_period(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["{} {m} {y}", "{m} {y}", "{y}"]))
def test_limits_begin_and_end_next_to_the_date(day: date, form: str) -> None:
    text = form.format(day.day, m=MONTHS[day.month - 1], y=day.year)
    span = read_period(text)
    assert read_period(f"before {text}").last == span.first - timedelta(1)
    assert read_period(f"after {text}").first == span.last + timedelta(1)
    assert read_period(f"since {text}").first == span.first
    assert read_period(f"until {text}").last == read_period(f"by {text}").last == span.last


@given(st.integers(1, 9998), st.sampled_from(MONTHS))
def test_early_mid_and_late_are_all_of_a_month_or_a_year(year: int, month: str) -> None:
    for text in (f"{month} {year:04}", f"{year:04}"):
        early, mid, late = (read_period(f"{part} {text}") for part in ("early", "mid", "late"))
        assert (early.first, late.last) == read_period(text)[:2]
        assert early.last + timedelta(1) == mid.first
        assert mid.last + timedelta(1) == late.first


VOCABULARY = [
    *" ".join((*LIMITS, *MODIFIERS)).split(), *MONTHS, "the", "of", "in", "year", "2014", "2016", "8", "31", "two",
    "days", "week", "months", "Friday", "10:00", "-", "–", "/", "..", ",", "07/08/2014", "2014-08", "battle", "today",
    "0000", "9999", "0001", "99", "20140808", "2014/15", "W32", "2014-W32", "s", "٣", "~",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(VOCABULARY), max_size=9).map(" ".join)))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(BadDate):
        read_days(text)
    for mention in find_dates(text):
        assert 0 <= mention.start < mention.end <= len(text)


# --- refusals

USE = "use 2016, 2016-05, 2016-05-03, or words: 3 May 2016, May to July 2016"


@pytest.mark.parametrize(
    ("text", "readings", "ways"),
    [
        ("07/08/2014", "7 August or 8 July 2014", "2014-08-07 or 2014-07-08"),
        ("7.8.2014", "7 August or 8 July 2014", "2014-08-07 or 2014-07-08"),
        ("3-5-2016", "3 May or 5 March 2016", "2016-05-03 or 2016-03-05"),
        ("2009/10", "October 2009 or 2009 to 2010", "2009-10 or 2009/2010"),
    ],
)
def test_what_has_two_readings_is_refused_and_both_are_named(
    small: Runner, text: str, readings: str, ways: str
) -> None:
    for option in ("--on", "--year", "--month", "--since", "--until"):
        run = small("timeline", option, text)
        assert (run.code, run.out) == (2, "")
        assert run.err == f'oir: "{text}" could be {readings}; write {ways}\n'
    for within in (f"after {text}", f"{text} to 2016", f"2008 – {text}"):
        with pytest.raises(AmbiguousDate, match=readings):
            read_days(within)
    assert small("on", text).code == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("44", f"a year has four digits; {USE}"),
        ("201605", f"a year has four digits; {USE}"),
        ("3.5.16", "a year has four digits"),
        ("3 May 16", f"a year has four digits; {USE}"),
        ("3 333 May", f"a year has four digits; {USE}"),
        ("2016-13", "there is no month 13"),
        ("20161305", "there is no month 13"),
        ("2016-02-30", "February 2016 has no day 30"),
        ("0000", "there is no year 0"),
        ("31 February 2016", "there is no such day"),
        ("29 February 2015", "February 2015 has no day 29"),
        ("2014-W53", "2014 has no week 53"),
        ("Friday 3 May 2016", "2016-05-03 was a Tuesday"),
        ("2015-06/2015-05-31", "the period ends before it begins"),
        ("December – January 2015", "the period ends before it begins"),
        ("2016-02-30/2017", "February 2016 has no day 30"),
        ("1 May 2016 to 8 June", f"each end of a period needs its year; {USE}"),
        ("May", f"it has no year; {USE}"),
        ("before 8 August", f"it has no year; {USE}"),
        ("2014 and 2016", f"it is more than one date; {USE}"),
        ("after 9999", "it is outside the calendar"),
        ("before 0001", "it is outside the calendar"),
        ("May 2016 May", USE),
        ("", USE),
    ],
)
def test_a_refusal_says_why_and_what_to_use(small: Runner, text: str, reason: str) -> None:
    run = small("timeline", "--on", text)
    assert (run.code, run.out) == (2, "")
    assert run.err == f'oir: cannot read "{text}" as a date: {reason}\n'


@pytest.mark.parametrize(
    "text",
    [" ", "yesterday", "Mayday 2016", "3 Ma 2016", "Augu 2016", "٢٠١٦", "2016x", "3 May\n2016x", "1e5", "-2016",
     "99999", "x" * 100_000, "2016 " * 50, "\x00", "2016 to", "to 2016", "2014/2015/2016", "between 2016", "2016 05",
     "May 2016 May 2017", "12 in May 2016", "3 4 May 2016", "summer", "summer of May 2016", "early 3 May 2016",
     "early 8 August", "early 2014/15",
     "early last two weeks of March 2017", "May–2016",
     "the battle of 8 September 2014", "after the war", "after the battle of", "after the 3 battles of 2014",
     "by ISIL's", "Friday", "Friday May 2016", "10:00 May 2016", "2016-05-03T25:00", "before", "first days of May 2016",
     "first 40 days of May 2016", "99999999 years before 2016", "since until 2016", "2014 by 2016", "../2014"],
    ids=lambda text: ascii(text[:20]),
)  # fmt: skip
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        read_days(text)


# --- today


def test_today_is_a_day_of_every_year_or_the_end_of_a_period(monkeypatch: pytest.MonkeyPatch) -> None:
    class Third(date):
        @classmethod
        def today(cls) -> Third:
            return cls(2016, 5, 3)

    monkeypatch.setattr(asked, "date", Third)
    monkeypatch.setattr(words, "date", Third)
    assert read_days(" Today ") == YearlyDay(5, 3)
    assert read_period("today") == Span(date(2016, 5, 3), date(2016, 5, 3))
    assert read_period("since 2014 until today") == Span(date(2014, 1, 1), date(2016, 5, 3))


# --- options


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("--year 2014-2016", "--year 2014/2016"),
        ("--month summer_2014", "--month 2014-06/2014-08"),
        ("--since mid-August_2014", "--since 2014-08-11"),
        ("--until before_3_May_2016", "--until 2016-05-02"),
        ("--since after_2015 --until 9999", "--since 2016"),
        ("--on 8–11_August_2014", "--on 2014-08-08/2014-08-11"),
    ],
)
def test_every_option_reads_the_same_dates(small: Runner, one: str, other: str) -> None:
    asked, expected = (
        small("timeline", *(word.replace("_", " ") for word in options.split()), "--json") for options in (one, other)
    )
    assert expected.ids
    assert asked.ids == expected.ids


def test_on_reads_a_period(small: Runner) -> None:
    assert small("on", "8–11", "August", "2014", "--json").ids == small("on", "2014-08-08/2014-08-11", "--json").ids


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--year", "winter 2015"), "--year takes a year"),
        (("--month", "2016"), "--month takes a month"),
        (("--month", "3 May 2016"), "--month takes a month"),
        (("--since", "before 2014"), "it has no first day"),
        (("--until", "since 2014"), "it has no last day"),
        (("--since", "8 August"), "it has no year"),
    ],
)
def test_an_option_refuses_a_date_of_another_kind(small: Runner, argv: tuple[str, str], said: str) -> None:
    run = small("timeline", *argv)
    assert run.code == 2
    assert said in run.err


# --- in free text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what happened before June 2014 in Mosul", {"before June 2014": "../2014-05-31"}),
        ("troops in 2014 and 2016", {"2014": "2014-01-01/2014-12-31", "2016": "2016-01-01/2016-12-31"}),
        ("between 15 and 26 June 2014 45 died", {"between 15 and 26 June 2014": "2014-06-15/2014-06-26"}),
        ("raid 2016-05/2016-06", {"2016-05/2016-06": "2016-05-01/2016-06-30"}),
        ("from Mosul to late 2016", {"late 2016": "2016-09-01/2016-12-31"}),
        ("killed 12 in May 2016", {"May 2016": "2016-05-01/2016-05-31"}),
        ("547 may 2016, 1400 troops", {"may 2016": "2016-05-01/2016-05-31"}),
        ("the fall of Ramadi in May 2015", {"May 2015": "2015-05-01/2015-05-31"}),
        ("the fall of 2015", {"fall of 2015": "2015-09-01/2015-11-30"}),
        ("after 3 months in 2016", {"2016": "2016-01-01/2016-12-31"}),
        ("the 2003 invasion", {"2003": "2003-01-01/2003-12-31"}),
        ("F-16s over Mosul, winter 2015-16?", {"winter 2015-16": "2015-12-01/2016-02-29"}),
        ("it may march to Mosul, said 16 of 45 today", {}),
        ("", {}),
    ],
)
def test_dates_are_found_in_free_text(text: str, found: dict[str, str]) -> None:
    mentions = find_dates(text)
    assert [text[mention.start : mention.end] for mention in mentions] == list(found)
    assert [mention.date for mention in mentions] == [read_period(said) for said in found]
    assert [days(said) for said in found] == list(found.values())


def test_a_day_without_a_year_is_found_in_free_text() -> None:
    [mention] = find_dates("what happened in the evening of 8 August")
    assert mention.date == YearlyDay(8, 8)


@pytest.mark.parametrize(
    ("text", "said", "reason"),
    [
        ("raid on 07/08/2014", "07/08/2014", "7 August or 8 July 2014"),
        ("raid 31 february 2016", "31 february 2016", "no such day"),
        ("raid 2016-13-45", "2016-13-45", "no month 13"),
        ("raid 3.5.16", "3.5.16", "four digits"),
        ("on friday 3 may 2016", "friday 3 may 2016", "was a Tuesday"),
    ],
)
def test_what_looks_like_a_date_and_cannot_be_read_is_found_with_the_reason(text: str, said: str, reason: str) -> None:
    [mention] = find_dates(text)
    assert text[mention.start : mention.end] == said
    assert isinstance(mention.date, BadDate)
    assert reason in str(mention.date)


# --- stored dates

STORED = st.builds(
    lambda day, form: day.isoformat()[:form],
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from([4, 7, 10]),
)


@given(STORED, st.sampled_from(["", "~"]))
def test_a_stored_date_is_read_as_the_same_period_as_an_asked_one(text: str, about: str) -> None:
    asked = read_period(text)
    assert parse_stored(text + about) == Span(asked.first, asked.last, bool(about))
    assert parse_stored(f"{text}{about}/..") == Span(asked.first, date.max, bool(about))


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "/", "../2014", "2014/", "2014-1", "2014-13", "2014-02-30",
     "2014-08-08/2014-08-07", "2014?", "2014%",

     "201X", "2014-08-08T00:00", " 2014", "2014 ", "2014/2015/2016", "~2014", "14", "٢٠١٤"],
)  # fmt: skip
def test_what_is_not_a_stored_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|no month|no day|year 0"):
        parse_stored(text)


def test_a_period_may_begin_and_end_on_one_day() -> None:
    assert parse_stored("2014-08-08/2014-08-08") == Span(date(2014, 8, 8), date(2014, 8, 8))


@given(DAYS, DAYS, DAYS, DAYS)
def test_spans_overlap_when_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = max(one.first, other.first) <= min(one.last, other.last)
    assert one.overlaps(other) == other.overlaps(one) == shared
    assert one.within(other) == (one.first >= other.first and one.last <= other.last)
    assert not one.within(other) or one.overlaps(other)


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2014", "2014"),
        ("2014-08", "August 2014"),
        ("2014-08-08", "8 August 2014"),
        ("2014-07-13~", "about 13 July 2014"),
        ("2014-08-09/2014-08-11", "9–11 August 2014"),
        ("2014-06-29/2014-07-02", "29 June – 2 July 2014"),
        ("2014-12-31/2015-01-01", "31 December 2014 – 1 January 2015"),
        ("2014-06/2014-08", "June–August 2014"),
        ("2014/2017", "2014 – 2017"),
        ("2014-06-15/..", "since 15 June 2014"),
        ("2014-06-15~/2014-06-26~", "about 15–26 June 2014"),
        ("2014-06-15/2014-07", "15 June 2014 – July 2014"),
        ("2014-06-15~/..", "since about 15 June 2014"),
        ("2014-08-08/2014-08-08", "8 August 2014"),
        ("2014-08/2014-08~", "about August 2014"),
    ],
)
def test_stored_dates_are_written_as_a_reader_would(stored: str, said: str) -> None:
    parse_stored(stored)
    assert written(stored) == said


def test_an_approximate_day_can_mean_any_day_of_its_month() -> None:
    assert parse_stored("2014-07-13~").widest() == Span(date(2014, 7, 1), date(2014, 7, 31))
    assert parse_stored("2014-07~").widest() == Span(date(2014, 1, 1), date(2014, 12, 31))
    assert parse_stored("2014-07-13").widest() == Span(date(2014, 7, 13), date(2014, 7, 13))


def test_a_yearly_day_falls_in_days_and_months_but_not_in_years() -> None:
    day = YearlyDay(8, 8)
    assert day.falls_in(parse_stored("2014-08-08"))
    assert day.falls_in(parse_stored("2014-08"))
    assert not day.falls_in(parse_stored("2014-08-09"))
    assert not day.falls_in(parse_stored("2014"))
    assert not day.falls_in(parse_stored("2014-06-15/.."))
    assert day.falls_in(parse_stored("2014-07-20/2014-08-19"))  # as long as the longest month
    assert not day.falls_in(parse_stored("2014-07-20/2014-08-20"))
    assert YearlyDay(1, 1).falls_in(parse_stored("2014-12-31/2015-01-02"))
    assert not YearlyDay(2, 29).falls_in(parse_stored("2015-02"))
    assert YearlyDay(2, 29).falls_in(parse_stored("2016-02"))


# --- the order of a story


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ([("2014-08-31", None), ("2014-08", None), ("2014-09-01", None)], "a month stands after its days"),
        ([("2014-12-31", None), ("2014-12", None), ("2014", None), ("2015-01-01", None)], "a year after its months"),
        ([("2014-08-02", None), ("2014-08", "mid-August 2014"), ("2014-08-16", None)], "mid counts as day 15"),
        ([("2014-07-31", None), ("2014-08", "early August 2014"), ("2014-08-02", None)], "early counts as day 1"),
        ([("2014-08-27", None), ("2014-08", "by late August 2014"), ("2014-08-29", None)], "late counts as day 28"),
        ([("2014-08-28~", None), ("2014-08", "by the end of the battle on 17 August 2014")], "no part of the month"),
        ([("2014-08-01/2014-08-31", None), ("2014-08-02", "early morning of 2 August 2014")], "the first day counts"),
        ([("2014-06-30", None), ("2014-06/2014-10", "until early October 2014"), ("2014-07-01", None)], "not the last"),
        ([("2021", None), (None, "late 2014")], "undated facts are last"),
    ],
)
def test_facts_stand_in_the_order_of_the_story(dates: list[tuple[str | None, str | None]], why: str) -> None:
    places = [story_position(*each) for each in dates]
    assert places == sorted(places), why
    assert len(set(places)) == len(places), why


def test_equal_days_have_equal_places_in_the_story() -> None:
    assert story_position("2014-08", "early August 2014") == story_position("2014-08-01", None)
    assert story_position("2014-08", "mid-August 2014") == story_position("2014-08-15~/..", None)
    assert story_position(None, None) == story_position(None, "after the 2003 invasion")
