"""What scripts rely on, on every command there is: --json, the schema, streams, exit codes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from oir_cli import schema
from oir_cli.store import Store
from tests.conftest import Run, Runner
from tests.walk import COMMANDS, arguments, options, runs, takes_names

WALK = pytest.mark.parametrize(("command", "argv"), runs(), ids=lambda value: value if isinstance(value, str) else None)


def closed(part: Any) -> Any:
    """A schema that allows none but the keys it names, so that a new key cannot be forgotten in it."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(each) for key, each in part.items()}
    return inner | {"additionalProperties": False} if "properties" in part and part.get("type") == "object" else inner


def validate(command: str, answer: Any) -> None:
    if command not in schema.ANSWERS:
        pytest.fail(f"oir {command} has no schema: say in oir_cli/schema.py what it prints with --json")
    Draft202012Validator(closed(schema.document(command))).validate(answer)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_options_of_output(command: str) -> None:
    assert {"--json", "--format", "--fields", "--output", "--force", "--fail-empty"} <= options(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_by_its_schema_on_stdout_alone(small: Runner, command: str) -> None:
    for argv in arguments(command):
        run = small(command, *argv, "--json")
        assert run.code == 0, argv
        validate(command, run.json)
        assert run.out == run.out.strip() + "\n"
        assert all(line.startswith("oir: ") for line in run.err.splitlines())


def entries(run: Run) -> list[str]:
    return [row["id"] for row in run.json]


@pytest.mark.parametrize("command", ["country", "participant", "person", "place", "topic"])
def test_every_profile_of_the_bundled_store_is_by_the_schema(oir: Runner, command: str) -> None:
    everyone = oir(command, "--json")
    validate(command, everyone.json)
    validate(command, oir(command, *entries(everyone), "--json").json)


@pytest.mark.parametrize("command", ["show", "cite"])
def test_every_fact_of_the_bundled_store_is_by_the_schema(oir: Runner, command: str) -> None:
    facts = oir("export")
    validate("export", facts.json)
    validate(command, oir(command, *facts.ids, "--json").json)


def test_a_broken_store_is_checked_by_the_schema(oir: Runner, copied: Any) -> None:
    (copied / "facts" / "2014.json").write_text("[]", encoding="utf-8")
    (copied / "people.json").write_text("[", encoding="utf-8")
    run = oir("check", str(copied), "--json")
    assert run.code == 1
    assert run.json
    validate("check", run.json)


@WALK
def test_jsonl_is_a_record_a_line_with_the_keys_of_the_schema(
    small: Runner, command: str, argv: tuple[str, ...]
) -> None:
    shapes = [list(schema.definitions()[shape.record]["properties"]) for shape in schema.ANSWERS[command]]
    for line in small(command, *argv, "--format", "jsonl").out.splitlines():
        assert list(json.loads(line)) in shapes


@WALK
def test_fields_are_those_of_the_schema(small: Runner, command: str, argv: tuple[str, ...]) -> None:
    run = small(command, *argv, "--json", "--fields", "nonsuch")
    assert (run.code, run.out) == (2, "")
    fields = run.err.rpartition("the fields are ")[2].strip().split(", ")
    named = bool(argv) and not argv[0].startswith("--")
    offered = schema.record_keys(command, named=named)
    assert fields == offered if named else set(fields) <= set(offered)


@WALK
def test_a_pipe_gets_the_same_bytes_at_any_width(
    small: Runner, monkeypatch: pytest.MonkeyPatch, command: str, argv: tuple[str, ...]
) -> None:
    answers = set()
    for width in ("20", "300"):
        monkeypatch.setenv("COLUMNS", width)
        answers.add((small(command, *argv).out, small(command, *argv, "--json").out))
    assert len(answers) == 1


@WALK
def test_a_table_is_fitted_to_any_width(
    small: Runner, monkeypatch: pytest.MonkeyPatch, command: str, argv: tuple[str, ...]
) -> None:
    for width in (20, 56, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        run = small(command, *argv, "--format", "table")
        assert run.code == 0
        assert max((len(line) for line in run.out.splitlines()), default=0) <= width


# Exit codes ----------------------------------------------------------------------------------------------------------


@WALK
def test_wrong_usage_exits_2_before_anything_is_printed(small: Runner, command: str, argv: tuple[str, ...]) -> None:
    for wrong in (
        ("--nonsuch",),
        ("--format", "nonsuch"),
        ("--json", "--format", "csv"),
        ("--fields", "nonsuch"),
        ("--output", "/nonsuch/file"),
    ):
        run = small(command, *argv, *wrong)
        assert (run.code, run.out) == (2, ""), wrong
        assert run.err


@pytest.mark.parametrize("command", [command for command in COMMANDS if takes_names(command)])
def test_an_unknown_name_exits_3_and_runs_nothing(small: Runner, command: str) -> None:
    run = small(command, "zzz-nonsuch", "--json")
    assert (run.code, run.out) == (3, "")
    assert '"zzz-nonsuch"' in run.err


@pytest.mark.parametrize("command", [command for command in COMMANDS if "--year" in options(command)])
def test_nothing_found_exits_1_only_where_that_is_asked(small: Runner, command: str) -> None:
    for argv in arguments(command):
        facts = () if command == "cite" else argv  # which takes either ids or filters
        nothing = (command, *facts, "--json", "--year", "1999")
        if "--year" in argv:
            continue  # the same option twice means either
        assert small(*nothing).code == 0
        run = small(*nothing, "--fail-empty")
        assert (run.code, run.err) == (1, "oir: nothing found\n")
        validate(command, run.json)


@WALK
def test_an_answer_is_no_failure(small: Runner, command: str, argv: tuple[str, ...]) -> None:
    if not small(command, *argv, "--json").err:
        assert small(command, *argv, "--json", "--fail-empty").code == 0


def test_a_store_without_faults_is_no_failure_either(small: Runner) -> None:
    run = small("check", "--fail-empty")
    assert (run.code, run.out, run.err) == (0, "", "oir: no problems found\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_store_exits_4(oir: Runner, command: str) -> None:
    run = oir("--store", "/nonsuch", command, *arguments(command)[0], "--json")
    if command == "schema":  # says what holds for any store
        assert run.code == 0
    else:
        assert (run.code, run.out) == (4, "")
        assert run.err == "oir: /nonsuch: not a fact store (it has no folder named facts)\n"


def test_an_interrupt_exits_130(small: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "facts", interrupted)
    run = small("timeline", "--json")
    assert (run.code, run.out, run.err) == (130, "", "")
