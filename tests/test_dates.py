from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oir_cli.dates import MONTHS, Span, YearlyDay, parse_stored, read_days, read_period, written
from oir_cli.errors import BadDate
from tests.conftest import Runner

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@given(DAYS, st.sampled_from(["{d} {m} {y}", "{d} {a} {y}", "{m} {d}, {y}", "{m} {d} {y}", "the {d}th of {m} {y}"]))
def test_a_day_in_words_is_the_day_in_iso(day: date, form: str) -> None:
    month = MONTHS[day.month - 1]
    words = form.format(d=day.day, m=month, a=month[:3], y=f"{day.year:04}")
    assert read_period(words) == read_period(day.isoformat()) == Span(day, day)


@given(DAYS, st.sampled_from(["{m} {y}", "{a} {y}", "{a}. {y}", "{y} {m}"]))
def test_a_month_in_words_has_no_day_of_today(day: date, form: str) -> None:
    month = MONTHS[day.month - 1]
    words = form.format(m=month, a=month[:3], y=f"{day.year:04}")
    assert read_period(words) == read_period(f"{day:%Y-%m}") == Span(day.replace(day=1), last_of_month(day))


@given(st.dates(date(2004, 1, 1), date(2004, 12, 31)))
def test_a_day_without_a_year_is_that_day_of_every_year(day: date) -> None:
    month = MONTHS[day.month - 1]
    assert read_days(f"{day.day} {month}") == read_days(f"{month} {day.day}") == YearlyDay(day.month, day.day)
    with pytest.raises(BadDate, match="no year"):
        read_period(f"{day.day} {month}")


@given(DAYS, DAYS, st.sampled_from(["/", "..", " to ", " – "]))
def test_two_dates_are_a_period_in_their_order(one: date, other: date, between: str) -> None:
    text = f"{one}{between}{other}"
    if one <= other:
        assert read_period(text) == Span(one, other)
    else:
        with pytest.raises(BadDate, match="ends before"):
            read_period(text)


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%d/%m/%y", "%Y %m"]))
def test_numbers_whose_order_is_not_certain_are_refused_with_the_form_to_use(day: date, form: str) -> None:
    with pytest.raises(BadDate, match="use 2016, 2016-05, 2016-05-03 or"):
        read_period(day.strftime(form))


@pytest.mark.parametrize(
    "text",
    ["", " ", "44", "07/08/2014", "8/2014", "20160503", "2016-5-3", "2016-13", "2016-02-30", "0000",
     "31 February 2016",
     "29 February 2015",
     "May", "3 May 16", "May 16", "3 4 May 2016", "mid-May 2016", "summer 2016", "Friday 3 May 2016",

     "yesterday", "3 May 2016 10:00", "Mayday 2016", "2016-05-03T10:00", "2016/2015", "٢٠١٦", "3 May\n2016x",
     "1e5", "-2016", "99999", "x" * 100_000, "3 Ma 2016", "\x00", "2016 to", "to 2016", "May 2016 May 2017"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    if text == "May 16":  # a day of May, and no year
        assert read_days(text) == YearlyDay(5, 16)
    with pytest.raises(BadDate):
        read_period(text)


USE = "use 2016, 2016-05, 2016-05-03 or 2016-05-01/2016-05-10"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("44", f"numbers alone are read only as ISO 8601 has them; {USE}"),
        ("07/08/2014", f"numbers alone are read only as ISO 8601 has them; {USE}"),
        ("2016-13", "there is no month 13"),
        ("2016-02-30", "February 2016 has no day 30"),
        ("0000", "there is no year 0"),
        ("2015-06/2015-05-31", "the period ends before it begins"),
        ("2016-02-30/2017", "February 2016 has no day 30"),
        ("3 May to 10 May 2016", f"each end of a period needs its year; {USE}"),
        ("1 May 2016 to 8 June", f"each end of a period needs its year; {USE}"),
        ("May", f"it says no year; {USE}"),
        ("3 May 16", f"a year has four digits; {USE}"),
        ("3 333 May", f"a year has four digits; {USE}"),
        ("3 4 5 May", f"a year has four digits; {USE}"),
        ("31 February 2016", f"there is no such day; {USE}"),
        ("29 February 2015", f"there is no such day; {USE}"),
        ("May 2016 May", USE),
        ("summer 2016", USE),
        ("", USE),
    ],
)
def test_a_refusal_says_why_and_what_to_use(small: Runner, text: str, reason: str) -> None:
    run = small("timeline", "--on", text)
    assert (run.code, run.out) == (2, "")
    assert run.err == f'oir: cannot read "{text}" as a date: {reason}\n'


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0001", Span(date(1, 1, 1), date(1, 12, 31))),
        ("29 February", YearlyDay(2, 29)),
        ("31 december", YearlyDay(12, 31)),
        ("29 Feb 2016", Span(date(2016, 2, 29), date(2016, 2, 29))),
        ("Sept. 2016", Span(date(2016, 9, 1), date(2016, 9, 30))),
        ("  May 2016 until 3 June 2016 ", Span(date(2016, 5, 1), date(2016, 6, 3))),
    ],
)
def test_dates_at_the_edge_are_read(text: str, read: Span | YearlyDay) -> None:
    assert read_days(text) == read


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(BadDate):
        read_days(text)


STORED = st.builds(lambda day, form: day.strftime(form), DAYS, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))


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
def test_what_is_no_stored_date_is_refused(text: str) -> None:
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
