"""People: side, role and fate, and the lists of them."""

from __future__ import annotations

import pytest

from tests.conftest import Runner


def test_the_list_has_role_side_and_fate_with_its_date(small: Runner) -> None:
    [doe] = small("person", "--json").json
    assert (doe["role"], doe["participant"]) == ("soldier", "ruritania")
    assert (doe["fate"], doe["fate_kind"]) == ("wounded on 3 May 2016", "wounded")
    assert (doe["fate_fact"], doe["fate_date"]) == ("2016-05-03-doe-wounded", "2016-05-03")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--side", "ruritania"), 1),
        (("--side", "strawland"), 0),
        (("--side", "strawland", "--side", "Ruritanian"), 1),
        (("--fate", "wounded"), 1),
        (("--fate", "killed"), 0),
        (("--fate", "killed", "--fate", "wounded"), 1),
        (("--side", "strawland", "--fate", "wounded"), 0),
    ],
)
def test_the_list_can_be_narrowed(small: Runner, options: tuple[str, ...], found: int) -> None:
    assert len(small("person", *options, "--json").json) == found


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("doe", "--side", "ruritania"), 2, "leave out the name"),
        (("doe", "--fate", "wounded"), 2, "leave out the name"),
        (("--fate", "dead"), 2, 'unknown fate "dead"; choose one of killed, executed, reported killed, captured'),
        (("--side", "ruritanai"), 3, "did you mean ruritania?"),
    ],
)
def test_a_wrong_side_or_fate_is_refused(small: Runner, argv: tuple[str, ...], code: int, said: str) -> None:
    run = small("person", *argv)
    assert (run.code, run.out) == (code, "")
    assert said in run.err


def test_isils_leaders_and_what_became_of_each(oir: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    people = {person["id"]: person for person in oir("person", "--side", "isil", "--json").json}
    assert len(people) >= 25
    assert people["abu-wahib"]["fate_kind"] == "killed"
    assert people["abu-wahib"]["fate_date"] == "2016-05-06"
    assert people["ayad-al-jumaili"]["fate_kind"] == "reported killed"
    assert people["sleiman-daoud-al-afari"]["fate_kind"] == "captured"
    assert people["raphael-hostey"]["fate_kind"] == "targeted"
    assert people["abu-bakr-al-baghdadi"]["fate_date"] is None
    for width, lines in ((80, 100), (100, 80)):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = oir("person", "--side", "isil", "-f", "table").out
        assert len(shown.splitlines()) <= lines
        assert "killed in a US airstrike" in shown


def test_americans_killed_when_and_where(oir: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = oir("person", "--side", "us", "--fate", "killed", "--json").json
    assert [person["name"].split()[-1] for person in killed] == [
        "Wheeler", "Cardin", "IV", "Finan", "Lee", "Missildine",
    ]  # fmt: skip
    dates = [person["fate_date"] for person in killed]
    assert dates == sorted(dates)
    assert oir("person", "--side", "us", "--fate", "killed", "--reverse", "--json").json == killed[::-1]
    monkeypatch.setenv("COLUMNS", "200")
    shown = " ".join(oir("person", "--side", "us", "--fate", "killed", "-f", "table").out.split())
    assert "killed by small-arms fire near Tel Skuf, 3 May 2016" in shown


def test_a_narrow_screen_shows_role_and_fate_as_well(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = small("person", "-f", "table").out.splitlines()
    assert lines[:2] == ["Jane Doe", "soldier; wounded on 3 May 2016"]
