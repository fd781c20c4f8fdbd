"""The rules of a store: the real one keeps them all, and each is tried on a record that breaks it."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oir_cli.check.canonical import formatted
from tests.conftest import BUNDLED, ROOT, SMALL, Runner

Record = dict[str, Any]


def test_the_bundled_store_keeps_every_rule(oir: Runner) -> None:
    run = oir("check")
    assert (run.code, run.out, run.err) == (0, "", "oir: no problems found\n")


def test_the_small_store_keeps_every_rule(oir: Runner) -> None:
    run = oir("check", str(SMALL))
    assert (run.code, run.out, run.err) == (0, "", "oir: no problems found\n")


def put(**values: Any) -> Callable[[Record], None]:
    return lambda record: record.update(values)


def drop(key: str) -> Callable[[Record], None]:
    return lambda record: record.pop(key)


def figure(**values: Any) -> Callable[[Record], None]:
    return lambda record: record["figures"][0].update(values)


def source(section: str, paragraph: Any) -> Callable[[Record], None]:
    return put(sources=[{"section": section, "paragraph": paragraph}])


PARTY = "kind party is not one of state, force, armed group, organisation, community"
NO_SENTENCE = "the text is not a sentence from a capital letter or number to a full stop"
TWO = "2014-08-09-thirty-fighters-killed"
LONGEST = "Two strikes" + " and" * 97  # and a full stop make 400 characters

# The file, the record's number in it, the damage, and what check says of the record. Fact 1 of 2014 is first-strikes,
# fact 2 the disputed one.
RULES: list[tuple[str, int, Callable[[Record], None], str]] = [
    ("facts/2014", 0, put(title=""), "title is empty"),
    ("facts/2014", 0, put(title="x" * 61), "the title is longer than 60 characters"),
    ("facts/2014", 0, put(title="Two strikes."), "the title ends with a full stop"),
    (
        "facts/2014",
        0,
        put(title="STRAWLAND claims 45 fighters killed"),
        'the title "STRAWLAND claims 45 fighters killed" is given twice',
    ),
    ("facts/2014", 0, put(events=["nonsuch"]), "events names nonsuch, which does not exist"),
    ("facts/2014", 0, put(events=["doe-attack"]), "its date is outside that of the event doe-attack"),
    (
        "facts/2014",
        0,
        put(events=["falluja-strikes", "august-campaign"]),
        "lists the event august-campaign besides falluja-strikes, which is part of it",
    ),
    ("events", 0, put(name="x" * 61), "the name is longer than 60 characters"),
    ("events", 0, put(name="A strike."), "the name ends with a full stop"),
    ("events", 0, put(date="2014-13"), "there is no month 13"),
    ("events", 0, put(major="yes"), "major is not true or false"),
    ("events", 0, put(date="2014-09-01"), "its date is not within that of august-campaign, which it is part of"),
    ("events", 0, put(parent="falluja-strikes"), "is part of itself"),
    ("events", 0, put(parent="nonsuch"), "is part of nonsuch, which does not exist"),
    ("events", 0, put(date=None), "is major and has no date"),
    ("events", 2, put(aliases=["Battle of Falluja"]), '"battle of falluja" names doe-attack and falluja-strikes'),
    ("events", 2, put(id="unused"), "no fact mentions it"),
    ("aspects", 0, put(topics=["nonsuch"]), "topics names nonsuch, which does not exist"),
    ("aspects", 0, put(latest=1), "latest is not true or false"),
    ("facts/2014", 0, drop("note"), "lacks note"),
    ("facts/2014", 0, put(colour="red"), "has unknown colour"),
    ("facts/2014", 0, put(text=None), "text is not a string"),
    ("facts/2014", 0, put(places="falluja"), "places is not a list"),
    ("facts/2014", 0, put(id="2014-08-09-thirty-fighters-killed"), "the id is given 2 times"),
    ("facts/2014", 0, put(id="2014-First"), "the id is not a slug (lower-case letters, digits, single hyphens)"),
    ("facts/2014", 0, put(id="first-strikes"), "the id does not begin with the year of its date, or with undated"),
    ("facts/2014", 0, put(date="2014-08-32"), "August 2014 has no day 32"),
    (
        "facts/2014",
        0,
        put(date="8 August 2014"),
        "the date 8 August 2014 is not of the form YYYY, YYYY-MM or YYYY-MM-DD, or two of them with /",
    ),
    ("facts/2014", 0, put(date="2015-08-08"), "belongs in 2015.json by its date"),
    ("facts/2014", 0, put(date=None), "belongs in undated.json by its date"),
    ("facts/2014", 0, put(text=""), "text is empty"),
    ("facts/2014", 0, put(text="Two  blanks."), "text has spaces at its ends or doubled"),
    ("facts/2014", 0, put(text="Two \u202estrikes."), "text holds control characters"),
    ("facts/2014", 0, put(text="no sentence"), NO_SENTENCE),
    ("facts/2014", 0, put(text="Two " + "very " * 100 + "long."), "the text is longer than 400 characters"),
    ("facts/2014", 0, put(note=" "), "note is empty"),
    ("facts/2014", 0, put(topics=[]), "has no topic"),
    ("facts/2014", 0, put(topics=["nonsuch"]), "topics names nonsuch, which does not exist"),
    ("facts/2014", 0, put(places=["falluja", "falluja"]), "places names one twice"),
    ("facts/2014", 0, put(people=["john-doe"]), "people names john-doe, which does not exist"),
    ("facts/2014", 0, figure(measure="nonsuch"), "the figure nonsuch does not exist"),
    ("facts/2014", 0, figure(value=None), "the figure strikes has neither or both of a value and a range"),
    ("facts/2014", 0, figure(low=1, high=3), "the figure strikes has neither or both of a value and a range"),
    ("facts/2014", 0, figure(value=None, low=3, high=2), "the figure strikes has a range that ends before it begins"),
    ("facts/2014", 0, figure(value="2"), "value is not a number or null"),
    ("facts/2014", 0, figure(value=True), "value is not a number or null"),
    ("facts/2014", 0, figure(value=-2), "the figure strikes is out of range for strikes"),
    ("facts/2014", 0, figure(value=2.5), "the figure strikes counts strikes in fractions"),
    (
        "facts/2014",
        0,
        figure(bound="roughly"),
        "the bound roughly is not one of exact, about, at-least, at-most, more-than, nearly",
    ),
    ("facts/2014", 0, figure(of="nobody"), "the figure strikes counts nobody, which does not exist"),
    ("facts/2014", 0, figure(what=""), "what is empty"),
    ("facts/2014", 0, put(figures=[]), "the text counts 2, and no figure does"),
    (
        "facts/2014",
        0,
        put(text="Ruritania struck on 8 August 2014 in strikes."),
        "a figure says 2, and the text does not",
    ),
    (
        "facts/2014",
        0,
        put(text="Ruritania dropped two bombs."),
        "the figure strikes is in strikes, which the text does not say",
    ),
    ("facts/2014", 0, put(status="true"), "status true is not one of stated, attributed, disputed, planned"),
    ("facts/2014", 0, put(status="attributed"), "is attributed, and attributed_to names nobody"),
    (
        "facts/2014",
        0,
        put(status="disputed", attributed_to=["A"]),
        "is disputed without disputed_by, or the other way round",
    ),
    ("facts/2014", 0, put(disputed_by=["A"]), "is disputed without disputed_by, or the other way round"),
    (
        "facts/2014",
        0,
        put(attributed_to=["A; B"]),
        "attributed_to has a semicolon, which separates the names in a table",
    ),
    ("facts/2014", 1, put(note=None), "differs from another fact, and no note says how"),
    (
        "facts/2014",
        1,
        put(differs_from=["2014-08-08-first-strikes"]),
        "differs from 2014-08-08-first-strikes, which does not differ from it",
    ),
    ("facts/2014", 1, put(differs_from=["nonsuch"]), "differs from nonsuch, which does not exist"),
    ("facts/2014", 1, put(differs_from=["2014-08-09-strawland-militia-loses-45"]), "differs from itself"),
    ("facts/2014", 1, put(differs_from=["2014-08-09-thirty-fighters-killed"] * 2), "differs_from names one twice"),
    ("facts/2014", 0, put(sources=[]), "has no source"),
    ("facts/2014", 0, put(sources=[{"section": "Lead", "paragraph": 1}] * 2), "names a source twice"),
    ("facts/2014", 0, source("Nowhere", 1), "names the section Nowhere, which the article does not have"),
    ("facts/2014", 0, source("Lead", 3), "names paragraph 3 of Lead, which has 2"),
    ("facts/2014", 0, source("Lead", "1"), "paragraph is not a whole number"),
    ("participants", 0, drop("kind"), "lacks kind"),
    ("participants", 0, put(id="Isil"), "the id is not a slug (lower-case letters, digits, single hyphens)"),
    ("participants", 0, put(kind="party"), PARTY),
    ("participants", 0, put(iso2="IS"), "only a state has ISO codes"),
    ("participants", 0, put(description=""), "description is empty"),
    ("participants", 0, put(aliases=["Daesh", "Daesh"]), "an alias is given twice"),
    ("participants", 2, put(aliases=["ÍSIL"]), '"isil" names isil and ruritania'),
    ("participants", 0, put(id="ruritania"), "the id is given 2 times"),
    ("participants", 0, put(name=""), "name is empty"),
    ("participants", 0, put(aliases=[""]), "alias is empty"),
    ("participants", 2, put(aliases=["Ruritania"]), "an alias is given twice"),
    ("participants", 2, put(iso3=None), "a state has ISO codes of two and of three capital letters"),
    ("places", 0, put(lat=-91.0), "lat or lon is off the globe"),
    ("places", 0, put(lon=181.0), "lat or lon is off the globe"),
    ("facts/2014", 0, drop("id"), "lacks id"),
    ("facts/undated", 0, put(id="2014-new-base"), "the id does not begin with the year of its date, or with undated"),
    ("facts/2014", 0, put(text="two strikes were made."), NO_SENTENCE),
    ("facts/2014", 0, put(text="Two strikes were made"), NO_SENTENCE),
    ("facts/2014", 0, put(text="?Two strikes were made."), NO_SENTENCE),
    ("facts/2014", 0, put(text=f"{LONGEST} and."), "the text is longer than 400 characters"),
    ("facts/2014", 0, figure(value=None, low=2, high=2), "the figure strikes has a range that ends before it begins"),
    ("facts/2014", 0, put(status="disputed", disputed_by=["A"]), "is disputed, and attributed_to names nobody"),
    ("facts/2014", 0, put(attributed_to=[""]), "attributed_to is empty"),
    ("participants", 0, put(parent="nobody"), "is part of nobody, which does not exist"),
    ("participants", 0, put(parent="isil"), "is part of itself"),
    ("participants", 2, put(iso2=None), "a state has ISO codes of two and of three capital letters"),
    ("people", 0, put(participant="nobody"), "belongs to participant nobody, which does not exist"),
    ("people", 0, put(fate=None), "has only some of fate, fate_kind and fate_fact"),
    (
        "people",
        0,
        put(fate_kind="lost"),
        "fate_kind lost is not one of killed, executed, reported killed, captured, wounded, targeted",
    ),
    ("people", 0, put(fate_fact="nothing"), "fate_fact nothing does not exist"),
    (
        "people",
        0,
        put(fate_fact="2014-08-08-first-strikes"),
        "fate_fact 2014-08-08-first-strikes does not mention the person",
    ),
    ("places", 0, put(lat=None), "has only some of lat, lon, precision and position_source"),
    ("places", 0, put(precision=None), "has only some of lat, lon, precision and position_source"),
    ("places", 0, put(position_source=None), "has only some of lat, lon, precision and position_source"),
    ("places", 0, put(position_source=""), "position_source is empty"),
    ("places", 0, put(precision=6), "precision 6 is not one of 1, 2, 3, 4, 5"),
    ("places", 0, put(precision=1.5), "precision is not a whole number or null"),
    ("places", 0, put(precision=True), "precision is not a whole number or null"),
    ("places", 0, put(lat=91.0), "lat or lon is off the globe"),
    ("places", 0, put(lon=51.5), "its position is outside of IQ"),
    ("places", 2, put(note=None), "has no position, and no note that gives the reason"),
    ("places", 2, put(note=""), "note is empty"),
    (
        "places",
        2,
        put(lat=33.35, lon=43.78, precision=1, position_source="Invented."),
        "has the point of falluja, and neither is within the other or only near it",
    ),
    (
        "places",
        2,
        put(lat=34.35, lon=43.78, precision=1, position_source="Invented.", within="falluja"),
        "lies 111 km from falluja, which contains it",
    ),
    ("differences", 0, put(about="taste"), "about taste is not one of statements, numbers, dates, names, scope"),
    ("differences", 0, put(grave=1), "grave is not true or false"),
    ("differences", 0, put(between=[TWO, TWO]), "is not between two facts"),
    ("differences", 0, put(between=[TWO, "nonsuch"]), "these two do not list each other in differs_from"),
    ("outlines", 1, put(kind="road"), "kind road is not one of border, river, bounds"),
    ("outlines", 1, put(points="43.00 37.00"), "has fewer than two points"),
    ("outlines", 1, put(points="43.00 37.00, x"), '"x" is not a longitude and a latitude'),
    ("outlines", 1, put(points="43.00 37.00, 44.00 91.00"), "the point 44.00 91.00 is off the globe"),
    ("outlines", 1, put(points=3), "points is not a string"),
    ("outlines", 1, put(name="Iraq"), "the id is given 2 times"),
    ("places", 0, put(country="Iraq"), "the country is not an ISO code of two capital letters"),
    ("places", 0, put(kind=""), "has no kind"),
    ("places", 0, put(id="basra"), "no fact mentions it"),
    ("topics", 2, put(parent="troops-of-old"), "is part of troops-of-old, which does not exist"),
    ("measures", 0, put(unit=""), "has no unit"),
    ("measures", 0, put(id="unused"), "no fact mentions it"),
]


def changed(store: Path, file: str, number: int, change: Callable[[Record], None]) -> Record:
    """Change one record of a store, and leave its file in the canonical format; the changed record."""
    path = store / f"{file}.json"
    records: list[Record] = json.loads(path.read_text(encoding="utf-8"))
    change(records[number])
    path.write_text(formatted(records), encoding="utf-8")
    return records[number]


@pytest.mark.parametrize(("file", "number", "damage", "said"), RULES, ids=[rule[3] for rule in RULES])
def test_each_rule(
    oir: Runner, copied: Path, file: str, number: int, damage: Callable[[Record], None], said: str
) -> None:
    record = changed(copied, file, number, damage)
    name = record.get("id", label(record) or f"record {number + 1}")
    run = oir("check", str(copied))
    assert (run.code, run.err) == (1, "")
    assert f"{file}.json:{name}: {said}" in run.out.splitlines()
    told = oir("check", str(copied), "--json").json
    assert {"file": f"{file}.json", "id": name, "wrong": said} in told
    assert all(isinstance(value, str) for fault in told for value in fault.values())


def label(record: Record) -> str:
    """The name of a record without an id."""
    return record.get("name") or " ".join(sorted(record.get("between", ())))


# At the edge of a rule, and still allowed.
ALLOWED: list[tuple[str, int, Callable[[Record], None]]] = [
    *(
        ("facts/2014", 0, put(text=text))
        for text in (
            f"{LONGEST}.", "2 strikes were made.", "€2 went into strikes.", "$2 went into strikes.",
            "“Two strikes” were made.", '"Two strikes" were made.', "(Two) strikes were made.",
            'It said "two strikes."', "It said “two strikes.”", "Ruritania made two STRIKES.",
        )
    ),
    ("facts/2014", 0, lambda fact: fact.update(text="It made 0 strikes.", figures=[fact["figures"][0] | {"value": 0}])),
    ("facts/2014", 0, figure(value=None, low=2)),
    ("facts/2014", 0, figure(value=None, high=2)),
    ("places", 0, put(lat=90.0, lon=180.0, country="AQ")),  # a country without bounds
    ("places", 0, put(lat=-90.0, lon=-180.0, country=None)),
    ("places", 0, put(lat=29.96, lon=38.96)),  # bounds are rounded
    ("places", 0, put(lat=None, lon=None, precision=None, position_source=None, note="It is not on the map.")),
    ("places", 1, put(note=None)),  # a country needs no reason
    ("places", 2, put(lat=33.35, lon=43.78, precision=2, position_source="Invented.", note=None)),  # near Fallûja
    ("places", 2, put(lat=33.35, lon=43.78, precision=1, position_source="Invented.", note=None, within="falluja")),
    ("places", 2, put(lat=33.7, lon=43.78, precision=1, position_source="Invented.", note=None, within="falluja")),
]  # fmt: skip


@pytest.mark.parametrize(("file", "number", "change"), ALLOWED)
def test_what_a_rule_just_allows(
    oir: Runner, copied: Path, file: str, number: int, change: Callable[[Record], None]
) -> None:
    changed(copied, file, number, change)
    run = oir("check", str(copied))
    assert (run.code, run.out, run.err) == (0, "", "oir: no problems found\n")


@pytest.mark.parametrize(("value", "wrong"), [(100, ""), (100.5, "is out of range for percent")])
def test_a_share_is_no_more_than_the_whole(oir: Runner, copied: Path, value: float, wrong: str) -> None:
    changed(copied, "measures", 1, put(unit="percent"))
    changed(copied, "facts/2014", 0, figure(value=value))
    changed(copied, "facts/2014", 0, put(text=f"Ruritania lost {value} percent."))
    out = oir("check", str(copied)).out
    assert ("the figure strikes is out of range for percent" in out) is bool(wrong)
    assert "in fractions" not in out


def test_a_circle_of_several_is_told_of_each_and_of_what_hangs_on_it(oir: Runner, copied: Path) -> None:
    names = [record["id"] for record in json.loads((copied / "participants.json").read_text(encoding="utf-8"))]
    for number, above in enumerate((1, 2, 0, 0)):
        changed(copied, "participants", number, put(parent=names[above]))
    out = oir("check", str(copied)).out.splitlines()
    assert [line for line in out if "itself" in line] == [
        f"participants.json:{name}: is part of itself" for name in names[:4]
    ]


def test_the_article_and_the_synonyms_have_rules_too(oir: Runner, copied: Path) -> None:
    (copied / "article.json").write_text("{}", encoding="utf-8")
    (copied / "synonyms.json").write_text("3", encoding="utf-8")
    out = oir("check", str(copied)).out
    assert "article.json: lacks" in out
    assert "synonyms.json: is not a list of groups" in out


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"nonsuch": "exit"}, "keywords.json:nonsuch: there is no such fact"),
        ({"2016-05-03-doe-wounded": "Exit"}, "is not a line of different lower-case words"),
        ({"2016-05-03-doe-wounded": "f-16"}, "is not a line of different lower-case words"),
        ({"2016-05-03-doe-wounded": ""}, "is not a line of different lower-case words"),
        ({"2016-05-03-doe-wounded": "exit exit"}, "is not a line of different lower-case words"),
        ({"2016-05-03-doe-wounded": "exit wounded"}, "repeats wounded from the text"),
        ({"2016-05-03-doe-wounded": ["exit"]}, "is not an object with words for each id"),
    ],
)
def test_keywords_have_rules_too(oir: Runner, copied: Path, keywords: Record, said: str) -> None:
    (copied / "keywords.json").write_text(formatted(keywords), encoding="utf-8")
    run = oir("check", str(copied))
    assert run.code == 1
    assert said in run.out


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ({"nonsuch": ["Who left?"]}, "questions.json:nonsuch: there is no such fact"),
        ({"2016-05-03-doe-wounded": []}, "is not a list of questions"),
        ({"2016-05-03-doe-wounded": ["Who was hurt"]}, "is not a list of questions"),
        ({"2016-05-03-doe-wounded": [" Who was hurt?"]}, "is not a list of questions"),
        ({"2016-05-03-doe-wounded": ["?"]}, "is not a list of questions"),
        (
            {"2016-05-03-doe-wounded": ["Who left?", "who  LEFT?"]},
            "asks the same as 2016-05-03-doe-wounded: who  LEFT?",
        ),
        (
            {"2016-05-03-doe-wounded": ["Who?"], "2016-05-late-raid": ["Who?"]},
            "late-raid: asks the same as 2016-05-03-doe-wounded: Who?",
        ),
        ({"2016-05-03-doe-wounded": "Who left?"}, "is not an object with a list of questions for each id"),
        ({"2016-05-03-doe-wounded": [3]}, "is not an object with a list of questions for each id"),
        ([], "is not an object with a list of questions for each id"),
    ],
)
def test_questions_have_rules_too(oir: Runner, copied: Path, questions: Record, said: str) -> None:
    (copied / "questions.json").write_text(formatted(questions), encoding="utf-8")
    run = oir("check", str(copied))
    assert run.code == 1
    assert said in run.out


@pytest.mark.parametrize(
    "groups", [["raid"], [["raid"]], [["raid", 3]], [["raid", "Strike"]], [[]], {}, [{"raid": 1, "strike": 2}]]
)
def test_synonyms_are_groups_of_two_or_more_words(oir: Runner, copied: Path, groups: Any) -> None:
    (copied / "synonyms.json").write_text(formatted(groups), encoding="utf-8")
    out = oir("check", str(copied)).out
    assert out == "synonyms.json: is not a list of groups of two or more lower-case words\n"


@pytest.mark.parametrize("file", ["article", "synonyms", "people", "facts/2014"])
def test_a_fault_of_a_whole_file_has_no_id(oir: Runner, copied: Path, file: str) -> None:
    (copied / f"{file}.json").write_text("[", encoding="utf-8")
    assert (
        oir("check", str(copied), "--json").json.count(
            {"file": f"{file}.json", "id": "", "wrong": "is not JSON (line 1: Expecting value)"}
        )
        == 1
    )
    if file not in ("article", "synonyms"):
        (copied / f"{file}.json").write_text("3", encoding="utf-8")
        assert {"file": f"{file}.json", "id": "", "wrong": "is not a list of records"} in oir(
            "check", str(copied), "--json"
        ).json


def test_all_faults_are_told_at_once_and_by_name(oir: Runner, copied: Path) -> None:
    (copied / "people.json").write_text("[", encoding="utf-8")
    (copied / "facts" / "2014.json").unlink()
    run = oir("check", str(copied))
    assert run.code == 1
    assert run.out.startswith("people.json: is not JSON")  # of a whole file, and maybe the cause of others
    assert "places.json:falluja: no fact mentions it" in run.out
    faults = oir("check", str(copied), "--json").json
    assert {"file", "id", "wrong"} == set(faults[0])
    assert len(faults) == len(run.out.splitlines())


@pytest.mark.parametrize(
    "file", ["people.json", "places.json", "participants.json", "topics.json", "measures.json", "facts/2016.json"]
)
@pytest.mark.parametrize("content", ["[", "3"])
def test_a_file_that_cannot_be_read_is_the_only_fault(oir: Runner, copied: Path, file: str, content: str) -> None:
    (copied / file).write_text(content, encoding="utf-8")
    [fault] = {fault["file"] for fault in oir("check", str(copied), "--json").json}
    assert fault == file


@pytest.mark.parametrize(
    ("file", "key"), [("people.json", "fate"), ("places.json", "kind"), ("facts/2016.json", "note")]
)
def test_a_record_that_cannot_be_read_is_the_only_fault(oir: Runner, copied: Path, file: str, key: str) -> None:
    records = json.loads((copied / file).read_text(encoding="utf-8"))
    del records[0][key]
    (copied / file).write_text(formatted(records), encoding="utf-8")
    [fault] = oir("check", str(copied), "--json").json
    assert (fault["file"], fault["id"]) == (file, records[0]["id"])


def test_a_yearly_file_of_a_strange_name_is_the_only_fault(oir: Runner, copied: Path) -> None:
    (copied / "facts" / "2016.json").rename(copied / "facts" / "2016 (1).json")
    [fault] = oir("check", str(copied), "--json").json
    assert fault["file"] == "facts/2016 (1).json"


def test_without_its_article_a_store_is_not_put_in_another_order(oir: Runner, copied: Path) -> None:
    (copied / "article.json").write_text("[", encoding="utf-8")
    before = {path: path.read_bytes() for path in copied.rglob("*.json")}
    run = oir("check", str(copied), "--fix")
    assert (run.code, run.out) == (1, "article.json: is not JSON (line 1: Expecting value)\n")
    assert {path: path.read_bytes() for path in copied.rglob("*.json")} == before


@pytest.mark.parametrize("file", ["questions.json", "keywords.json", "people.json", "facts/2016.json", "article.json"])
def test_what_is_given_twice_is_told_and_not_dropped(oir: Runner, copied: Path, file: str) -> None:
    path = copied / file
    [key] = re.findall(r'^ +"([^"]+)": [\["n]', path.read_text(encoding="utf-8"), re.MULTILINE)[:1]
    text = re.sub(rf'"{key}":', f'"{key}": "another",\n"{key}":', path.read_text(encoding="utf-8"), count=1)
    path.write_text(text, encoding="utf-8")
    run = oir("check", str(copied), "--fix")
    assert (run.code, run.out) == (1, f'{file}: gives "{key}" twice\n')
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("file", "content", "wrong"),
    [
        ("article.json", "3", "the record is not an object"),
        ("people.json", "[]", "is not in its canonical order and format; check --fix restores it"),
        ("facts/notes.txt", "", "is not a yearly file of facts"),
    ],
)
def test_a_fault_of_a_file_is_told_exactly(oir: Runner, copied: Path, file: str, content: str, wrong: str) -> None:
    (copied / file).write_text(content, encoding="utf-8")
    assert {"file": file, "id": "", "wrong": wrong} in oir("check", str(copied), "--json").json


def test_fix_restores_the_canonical_format_and_nothing_else(oir: Runner, copied: Path) -> None:
    files = sorted(copied.rglob("*.json"))
    before = {path: path.read_bytes() for path in files}
    for path in files:
        content = json.loads(path.read_text(encoding="utf-8"))
        if path.parent.name == "facts":  # facts of one date keep their order, which is that of telling
            content[0], content[-1] = content[-1], content[0]
        elif isinstance(content, list) and path.stem not in (
            "topics",
            "measures",
            "synonyms",
            "aspects",
            "outlines",
            "differences",
        ):
            content.reverse()
        if isinstance(content, list) and path.stem != "synonyms":
            content = [dict(reversed(record.items())) for record in content]
        if path.stem in ("keywords", "questions"):
            content = dict(reversed(content.items()))
        path.write_text(json.dumps(content), encoding="utf-8")
    run = oir("check", str(copied))
    assert run.code == 1
    assert run.out.count("not in its canonical order and format") == len(files)
    assert oir("check", str(copied), "--fix").code == 0
    assert {path: path.read_bytes() for path in files} == before
    assert sorted(copied.rglob("*.*")) == files


def test_fix_restores_a_file_whose_records_break_rules(oir: Runner, copied: Path) -> None:
    path = copied / "facts" / "2014.json"
    changed(copied, "facts/2014", 0, put(text=3, colour="red", topics=["nonsuch"]))
    wanted = path.read_bytes()
    [first, *between, last] = json.loads(wanted)
    path.write_text(json.dumps([last, *between, first]), encoding="utf-8")
    run = oir("check", str(copied), "--fix")
    assert run.code == 1
    assert "canonical" not in run.out
    assert path.read_bytes() == wanted


@pytest.mark.parametrize("width", ["20", "80"])
def test_a_table_of_faults_has_each_on_lines_of_its_own(
    oir: Runner, copied: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    changed(copied, "facts/2014", 0, put(topics=[], note=" "))
    monkeypatch.setenv("COLUMNS", width)
    told = "".join(oir("check", str(copied), "-f", "table").out.split())
    lines = oir("check", str(copied)).out.splitlines()
    assert len(lines) >= 3
    assert told == "".join("".join(line.split()) for line in lines)


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
def test_fix_that_cannot_write_says_so_and_leaves_everything(
    oir: Runner, copied: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    shelf = copied / "facts" / "2014.json"
    shelf.write_text(json.dumps(json.loads(shelf.read_text(encoding="utf-8"))), encoding="utf-8")
    before = {path: path.read_bytes() for path in copied.rglob("*.*")}

    def refused(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, method, refused)
    run = oir("check", str(copied), "--fix")
    monkeypatch.undo()
    assert (run.code, run.out) == (4, "")
    assert run.err == f"oir: {shelf}: cannot be written (Read-only file system)\n"
    assert {path: path.read_bytes() for path in copied.rglob("*.*")} == before


def test_fix_writes_the_same_in_every_locale(copied: Path) -> None:
    shelf = copied / "facts" / "2014.json"
    before = shelf.read_bytes()
    shelf.write_text(json.dumps(json.loads(before)), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "oir_cli", "check", str(copied), "--fix"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"oir: no problems found\n")
    assert shelf.read_bytes() == before


def test_no_file_of_the_bundled_store_is_left_unread() -> None:
    known = {
        "article",
        "keywords",
        "measures",
        "participants",
        "people",
        "places",
        "questions",
        "synonyms",
        "topics",
        "events",
        "aspects",
        "outlines",
        "differences",
    }
    assert {path.stem for path in BUNDLED.glob("*")} == known | {"facts"}


def test_a_major_event_happened(oir: Runner, copied: Path) -> None:
    changed(copied, "facts/2014", 0, put(status="planned"))
    told = oir("check", str(copied)).out
    assert "events.json:falluja-strikes: is major, and every fact of it is planned or disputed" in told


def test_each_pair_that_differs_has_one_record(oir: Runner, copied: Path) -> None:
    path = copied / "differences.json"
    [record] = json.loads(path.read_text(encoding="utf-8"))
    pair = " ".join(record["between"])
    path.write_text(formatted([record, record]), encoding="utf-8")
    assert f"differences.json:{pair}: is given 2 times" in oir("check", str(copied)).out
    path.write_text("[]\n", encoding="utf-8")
    assert oir("check", str(copied)).out == f"differences.json:{pair}: has no record of what these two differ in\n"
