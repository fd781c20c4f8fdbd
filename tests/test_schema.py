"""The JSON Schemas themselves: that they are schemas, refuse what is wrong, and which keys they promise."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from oir_cli import schema
from tests.conftest import Runner
from tests.walk import COMMANDS

FACT = (
    "id title date date_text text participants people places topics events figures status attributed_to disputed_by "
    "differs_from note sources first_day last_day"
)
FIGURE = "measure value low high bound of what"
ARTICLE = "title publisher url revision licence licence_url"
# Every key that was ever promised, in its order: a change here is a change of the contract, and may only add.
PROMISED = {
    "fact": FACT,
    "figure": FIGURE,
    "source": "section paragraph",
    "participant-entity": "id name aliases description kind parent iso2 iso3 operation",
    "person-entity": "id name aliases description role participant fate fate_kind fate_fact",
    "place-entity": "id name aliases description kind country within lat lon precision position_source note",
    "topic-entity": "id name aliases description parent",
    "event-entity": "id name aliases description parent date major",
    "person-entry": "id name facts first last aliases description role participant fate fate_kind fate_fact fate_date",
    "entry": "id name facts first last aliases description",
    "place-entry": "id name facts first last aliases description "
    "kind country within lat lon precision position_source note",
    "event-entry": "id name facts first last aliases description date parent major",
    "topic-share": "id name facts",
    "key-figure": f"{FIGURE} date fact title unit date_text status attributed_to disputed_by differs_from text "
    "first_day last_day people places",
    "measure": "id name unit values first last aliases description topic",
    "cell": "question participant said facts items",
    "item": "said date status facts in_passing",
    "group": "by value name facts",
    "dispute": "kind about grave date fact title text status attributed_to disputed_by note "
    "against against_title against_date against_text against_attributed_to against_note",
    "shown-fact": f"{FACT} before after differs",
    "reference": f"id text date status attributed_to disputed_by sources {ARTICLE} version",
    "inventory": f"version {ARTICLE} attribution facts dated figures first last participants people places topics "
    "events measures sections paragraphs store sha256",
    "fault": "file id wrong",
    "schema-name": "name describes",
    "schema-key": "path type meaning",
}
PROFILE = "vocabulary entity parts first last count topics participants people places events figures facts"


def test_every_command_has_a_schema_and_no_other() -> None:
    missing = [command for command in COMMANDS if command not in schema.ANSWERS]
    assert not missing, f"say in oir_cli/schema.py what these print with --json: {missing}"
    assert set(schema.ANSWERS) == set(COMMANDS)
    assert not set(schema.ANSWERS) & set(schema.definitions())


def test_the_keys_are_those_promised_and_all_required() -> None:
    found = {name: each["properties"] for name, each in schema.definitions().items()}
    assert {name: " ".join(keys) for name, keys in found.items()} == PROMISED
    profile = schema.ANSWERS["country"][1].schema
    assert " ".join(profile["properties"]) == PROFILE
    for each in (*schema.definitions().values(), profile):
        assert each["required"] == list(each["properties"])


@pytest.mark.parametrize("name", ["", *schema.names()])
def test_every_schema_is_one_and_stands_alone(oir: Runner, name: str) -> None:
    document = oir("schema", *filter(None, [name]), "--json").json
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(document)
    referred = set(json.dumps(document).split('"#/$defs/')[1:])
    assert {each.partition('"')[0] for each in referred} <= set(document.get("$defs", {}))


def test_the_document_of_all_schemas_holds_each(oir: Runner) -> None:
    document = oir("schema", "--json").json
    assert {"fact", *COMMANDS} <= set(document["$defs"])
    timeline = {"$ref": "#/$defs/timeline", "$defs": document["$defs"]}
    Draft202012Validator(timeline).validate(oir("timeline", "--year", "2016", "--json").json)


def test_a_schema_is_json_unless_another_format_is_asked_for(oir: Runner) -> None:
    assert oir("schema", "fact").json == oir("schema", "fact", "--json").json
    assert oir("schema").out.startswith("fact\ta fact\ntimeline\tthe answer of oir timeline --json\n")
    table = oir("schema", "fact", "--format", "table").out
    assert ".figures[].bound" in table
    assert "nearly" in table
    assert oir("schema", "fact", "--json", "--fields", "path").json[:2] == [{"path": ".id"}, {"path": ".title"}]


def test_the_paths_of_a_schema_lead_to_every_key_of_an_answer(small: Runner) -> None:
    def paths(value: Any, path: str = "") -> set[str]:
        if isinstance(value, list):
            return set().union(*(paths(each, f"{path or '.'}[]") for each in value))
        if isinstance(value, dict):
            return set().union(*({f"{path}.{key}"} | paths(each, f"{path}.{key}") for key, each in value.items()))
        return set()

    said = {row.split("\t")[0] for row in small("schema", "place", "--format", "tsv").out.splitlines()[1:]}
    assert paths(small("place", "--json").json) < said
    assert paths(small("place", "falluja", "--json").json) < said


def put(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda fact: fact.update(values)


@pytest.mark.parametrize(
    "damage",
    [
        lambda fact: fact.pop("note"),
        put(id=""),
        put(id=None),
        put(date="8 August 2014"),
        put(date="2014-08-08/"),
        put(date=2014),
        put(status="true"),
        put(participants="ruritania"),
        put(participants=[None]),
        put(figures=[{}]),
        put(sources=[{"section": "Lead", "paragraph": 0}]),
        put(sources=[{"section": "Lead", "paragraph": "1"}]),
        lambda fact: fact["figures"][0].update(bound="roughly"),
        lambda fact: fact["figures"][0].update(value="2"),
    ],
)
def test_a_schema_refuses_what_is_wrong(small: Runner, damage: Callable[[dict[str, Any]], None]) -> None:
    validator = Draft202012Validator(schema.document("show"))
    [fact] = small("show", "2014-08-08-first-strikes", "--json").json
    assert validator.is_valid([fact])
    damage(fact)
    assert not validator.is_valid([fact])


def test_a_key_of_a_later_version_is_no_fault(small: Runner) -> None:
    about = small("about", "--json").json
    assert Draft202012Validator(schema.document("about")).is_valid(about | {"colour": "red"})


def test_an_unknown_schema_names_the_nearest(oir: Runner) -> None:
    run = oir("schema", "timelnie")
    assert (run.code, run.out) == (3, "")
    assert run.err == 'oir: no schema called "timelnie"; did you mean timeline?\n'
