"""The laws of a store: the real one keeps them all, and each is tried on a record that breaks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oir_cli.check import counted, spelled
from tests.conftest import BUNDLED, SMALL, Runner

Record = dict[str, Any]


def test_the_bundled_store_keeps_every_law(oir: Runner) -> None:
    run = oir("check")
    assert (run.code, run.out, run.err) == (0, "", "")


def test_the_small_store_keeps_every_law(oir: Runner) -> None:
    run = oir("check", str(SMALL))
    assert (run.code, run.out, run.err) == (0, "", "")


def put(**values: Any) -> Callable[[Record], None]:
    return lambda record: record.update(values)


def drop(key: str) -> Callable[[Record], None]:
    return lambda record: record.pop(key)


def figure(**values: Any) -> Callable[[Record], None]:
    return lambda record: record["figures"][0].update(values)


def source(section: str, paragraph: Any) -> Callable[[Record], None]:
    return put(sources=[{"section": section, "paragraph": paragraph}])


# The file, the record's number in it, the damage, and what check says of it. Fact 1 of 2014 is first-strikes,
# fact 2 the disputed one.
LAWS: list[tuple[str, int, Callable[[Record], None], str]] = [
    ("facts/2014", 1, drop("note"), "lacks note"),
    ("facts/2014", 1, put(colour="red"), "has unknown colour"),
    ("facts/2014", 1, put(text=None), "text is not a string"),
    ("facts/2014", 1, put(places="falluja"), "places is not a list"),
    ("facts/2014", 1, put(id="2014-08-09-thirty-fighters-killed"), "the id is given 2 times"),
    ("facts/2014", 1, put(id="2014-First"), "the id is no slug"),
    ("facts/2014", 1, put(id="first-strikes"), "does not begin with the year"),
    ("facts/2014", 1, put(date="2014-08-32"), "August 2014 has no day 32"),
    ("facts/2014", 1, put(date="8 August 2014"), "is not of the form YYYY"),
    ("facts/2014", 1, put(date="2015-08-08"), "belongs on the shelf 2015.json"),
    ("facts/2014", 1, put(date=None), "belongs on the shelf undated.json"),
    ("facts/2014", 1, put(text=""), "text is empty"),
    ("facts/2014", 1, put(text="Two  blanks."), "has blanks at its ends or doubled"),
    ("facts/2014", 1, put(text="Two \u202estrikes."), "text holds control characters"),
    ("facts/2014", 1, put(text="no sentence"), "the text is no sentence"),
    ("facts/2014", 1, put(text="Two " + "very " * 100 + "long."), "longer than 400"),
    ("facts/2014", 1, put(note=" "), "note is empty"),
    ("facts/2014", 1, put(topics=[]), "has no topic"),
    ("facts/2014", 1, put(topics=["nonsuch"]), "topics names nonsuch, which does not exist"),
    ("facts/2014", 1, put(places=["falluja", "falluja"]), "places names one twice"),
    ("facts/2014", 1, put(people=["john-doe"]), "people names john-doe"),
    ("facts/2014", 1, figure(measure="nonsuch"), "the figure nonsuch does not exist"),
    ("facts/2014", 1, figure(value=None), "neither or both of a value and a range"),
    ("facts/2014", 1, figure(low=1, high=3), "neither or both of a value and a range"),
    ("facts/2014", 1, figure(value=None, low=3, high=2), "a range that ends before it begins"),
    ("facts/2014", 1, figure(value="2"), "value is not a number or null"),
    ("facts/2014", 1, figure(value=True), "value is not a number or null"),
    ("facts/2014", 1, figure(value=-2), "is out of range"),
    ("facts/2014", 1, figure(value=2.5), "counts strikes in fractions"),
    ("facts/2014", 1, figure(bound="roughly"), "not one of exact, about"),
    ("facts/2014", 1, figure(of="nobody"), "counts nobody, which does not exist"),
    ("facts/2014", 1, figure(what=""), "what is empty"),
    ("facts/2014", 1, put(figures=[]), "the text counts 2, and no figure does"),
    ("facts/2014", 1, put(text="Ruritania struck on 8 August 2014 in strikes."), "a figure says 2, and the text"),
    ("facts/2014", 1, put(text="Ruritania dropped two bombs."), "is in strikes, which the text does not say"),
    ("facts/2014", 1, put(status="true"), "status true is not one of"),
    ("facts/2014", 1, put(status="attributed"), "is attributed, but says not to whom"),
    ("facts/2014", 1, put(status="disputed", attributed_to=["A"]), "is disputed without disputed_by"),
    ("facts/2014", 1, put(disputed_by=["A"]), "is disputed without disputed_by, or the other way round"),
    ("facts/2014", 1, put(attributed_to=["A; B"]), "attributed_to has a semicolon"),
    ("facts/2014", 2, put(note=None), "no note says how"),
    ("facts/2014", 2, put(differs_from=["2014-08-08-first-strikes"]), "which does not differ from it"),
    ("facts/2014", 2, put(differs_from=["nonsuch"]), "differs from nonsuch, which does not exist"),
    ("facts/2014", 2, put(differs_from=["2014-08-09-strawland-militia-loses-45"]), "differs from itself"),
    ("facts/2014", 2, put(differs_from=["2014-08-09-thirty-fighters-killed"] * 2), "differs_from names one twice"),
    ("facts/2014", 1, put(sources=[]), "has no source"),
    ("facts/2014", 1, put(sources=[{"section": "Lead", "paragraph": 1}] * 2), "names a source twice"),
    ("facts/2014", 1, source("Nowhere", 1), "which the article does not have"),
    ("facts/2014", 1, source("Lead", 3), "names paragraph 3 of Lead, which has 2"),
    ("facts/2014", 1, source("Lead", "1"), "paragraph is not a whole number"),
    ("participants", 0, drop("kind"), "lacks kind"),
    ("participants", 0, put(id="Isil"), "the id is no slug"),
    ("participants", 0, put(kind="party"), "kind party is not one of"),
    ("participants", 0, put(iso2="IS"), "only a state has ISO codes"),
    ("participants", 0, put(description=""), "description is empty"),
    ("participants", 0, put(aliases=["Daesh", "Daesh"]), "an alias is given twice"),
    ("participants", 0, put(aliases=["RURITÁNIA"]), '"ruritania" names isil and ruritania'),
    ("participants", 0, put(parent="nobody"), "is part of nobody, which does not exist"),
    ("participants", 0, put(parent="isil"), "is part of itself"),
    ("participants", 2, put(iso2=None), "a state has ISO codes"),
    ("people", 0, put(participant="nobody"), "belongs to participant nobody"),
    ("places", 0, put(lat=None), "has only one of lat and lon"),
    ("places", 0, put(lat=91.0), "is off the globe"),
    ("places", 0, put(country="Iraq"), "the country is no ISO code"),
    ("places", 0, put(kind=""), "has no kind"),
    ("places", 0, put(id="basra"), "basra: no fact speaks of it"),
    ("topics", 2, put(parent="troops-of-old"), "is part of troops-of-old"),
    ("measures", 0, put(unit=""), "has no unit"),
    ("measures", 0, put(id="unused"), "unused: no fact speaks of it"),
]


@pytest.mark.parametrize(("file", "number", "damage", "said"), LAWS, ids=[law[3] for law in LAWS])
def test_each_law(
    oir: Runner, copied: Path, file: str, number: int, damage: Callable[[Record], None], said: str
) -> None:
    path = copied / f"{file}.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    damage(records[number])
    path.write_text(spelled(records), encoding="utf-8")
    run = oir("check", str(copied))
    assert (run.code, run.err) == (1, "")
    assert said in run.out
    assert f"{file}.json:" in run.out


def test_the_article_and_the_synonyms_have_laws_too(oir: Runner, copied: Path) -> None:
    (copied / "article.json").write_text("{}", encoding="utf-8")
    (copied / "synonyms.json").write_text('[["Raid"]]', encoding="utf-8")
    out = oir("check", str(copied)).out
    assert "article.json: lacks" in out
    assert "synonyms.json: is not a list of groups" in out


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"nonsuch": "exit"}, "keywords.json:nonsuch: there is no such fact"),
        ({"2016-05-03-doe-wounded": "Exit"}, "is not a line of lower-case words"),
        ({"2016-05-03-doe-wounded": "f-16"}, "is not a line of lower-case words"),
        ({"2016-05-03-doe-wounded": ""}, "is not a line of lower-case words"),
        ({"2016-05-03-doe-wounded": "exit exit"}, "each once"),
        ({"2016-05-03-doe-wounded": "exit wounded"}, "says wounded, which the fact says itself"),
        ({"2016-05-03-doe-wounded": ["exit"]}, "is not an object with words for each id"),
    ],
)
def test_keywords_have_laws_too(oir: Runner, copied: Path, keywords: Record, said: str) -> None:
    (copied / "keywords.json").write_text(spelled(keywords), encoding="utf-8")
    run = oir("check", str(copied))
    assert run.code == 1
    assert said in run.out


def test_all_faults_are_told_at_once_and_by_name(oir: Runner, copied: Path) -> None:
    (copied / "people.json").write_text("[", encoding="utf-8")
    (copied / "facts" / "2014.json").unlink()
    run = oir("check", str(copied))
    assert run.code == 1
    assert "people.json: is not JSON" in run.out
    assert "facts/2016.json:2016-05-03-doe-wounded: people names jane-doe" in run.out
    assert "places.json:falluja: no fact speaks of it" in run.out
    faults = oir("check", str(copied), "--json").json
    assert {"file", "id", "wrong"} == set(faults[0])
    assert len(faults) == len(run.out.splitlines())


def test_fix_restores_the_canonical_spelling_and_nothing_else(oir: Runner, copied: Path) -> None:
    files = sorted(copied.rglob("*.json"))
    before = {path: path.read_bytes() for path in files}
    for path in files:
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, list) and path.stem not in ("topics", "measures", "synonyms"):
            content.reverse()
        if path.stem == "keywords":
            content = dict(reversed(content.items()))
        path.write_text(json.dumps(content), encoding="utf-8")
    run = oir("check", str(copied))
    assert run.code == 1
    assert run.out.count("not in its canonical order and spelling") == len(files)
    assert oir("check", str(copied), "--fix").code == 0
    assert {path: path.read_bytes() for path in files} == before
    assert sorted(copied.rglob("*.*")) == files


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("On 8 August 2014 two F-16s struck.", {2}),
        ("From 9 to 11 August it dropped 4,000 gallons and 16,000 meals.", {4000, 16000}),
        ("It cost $3.5 billion, or 424m.", {3_500_000_000, 424_000_000}),
        ("The 82nd Airborne's 2nd Battalion of the 5th.", set()),
        ("In 2016–17 the 26th MEU and a dozen C-130Js flew 1,300 missions.", {12, 1300}),
        ("Between June 10, 2014 and February 3, 2015 at least 999 died.", {999}),
        ("Rounds of 7.62 mm for the AK-47.", set()),
    ],
)
def test_counting_leaves_out_dates_ordinals_and_designations(text: str, numbers: set[float]) -> None:
    assert counted(text) == numbers


def test_no_file_of_the_bundled_store_is_left_unread(oir: Runner) -> None:
    known = {"article", "keywords", "measures", "participants", "people", "places", "synonyms", "topics"}
    assert {path.stem for path in BUNDLED.glob("*")} == known | {"facts"}
