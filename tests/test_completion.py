"""What TAB offers: asked as the shells' scripts ask, and typed into real shells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import BUNDLED, SMALL, Runner
from tests.walk import COMMANDS

FIRST_STRIKES = "2014-08-08-first-strikes"
LATER = ("strawland-militia-loses-45", "thirty-fighters-killed")


def ask(shell: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as the completion script of `shell` does, for a line of these words; the last is being typed."""
    line = {
        "COMP_WORDS": "\n".join(("oir", *words)),
        "COMP_CWORD": str(len(words)),
    }
    if shell != "bash":
        line = {"_TYPER_COMPLETE_ARGS": " ".join(("oir", *words)), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return subprocess.run(
        [sys.executable, "-m", "oir_cli"],
        env=os.environ | {"OIR_STORE": str(SMALL), "_OIR_COMPLETE": f"complete_{shell}"} | line | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def offered(*words: str, **environment: str) -> list[str]:
    run = ask("bash", *words, **environment)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.split()


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("ti", ["timeline"]),
        ("s", ["search", "show", "stats", "schema"]),
        ("--st", ["--store"]),
        ("timeline --fo", ["--format", "--force"]),
        ("country ", ["new-strawland", "ruritania", "strawland"]),
        ("country ru", ["ruritania"]),
        ("country new-strawland ru", ["ruritania"]),
        ("participant ru", ["ruritania", "ruritanian-air-force"]),
        ("person ", ["jane-doe"]),
        ("place f", ["falluja"]),
        ("topic s", ["strikes"]),
        ("figures f", ["fighters-killed"]),
        ("figures strikes --of ru", ["ruritania", "ruritanian-air-force"]),
        ("figures --fields v", ["values", "value"]),
        ("figures strikes --fields v", ["value"]),
        ("compare strawland ru", ["ruritania", "ruritanian-air-force"]),
        ("stats --by s", ["status"]),
        ("timeline --country ru", ["ruritania"]),
        ("timeline --country = ru", ["ruritania"]),
        ("timeline --country = strawland --topic = l", ["losses"]),
        ("timeline --country =", ["new-strawland", "ruritania", "strawland"]),
        ("timeline --country ruritania --participant i", ["isil"]),
        ("export --person j", ["jane-doe"]),
        ("search raid --place m", ["mosul"]),
        ("on --topic t", ["troops"]),
        ("timeline --status ", ["stated", "attributed", "disputed", "planned"]),
        ("timeline --year ", ["2011", "2014", "2016"]),
        ("timeline --since ", ["2011", "2014", "2016"]),
        ("timeline --until 2014-", ["2014-08"]),
        ("timeline --on 2014-08-", ["2014-08-08", "2014-08-09"]),
        ("timeline --month 2016-0", ["2016-05"]),
        ("on 2014-08-0", ["2014-08-08", "2014-08-09"]),
        ("on aug", ["aug"]),
        ("country RUR", ["ruritania"]),
        ("country New", ["new-strawland"]),
        ("country nowhere", ["nowhere"]),
        ("place fallû", ["falluja"]),
        ("timeline --format js", ["json", "jsonl"]),
        ("timeline -f c", ["csv"]),
        ("timeline --fields dat", ["date", "date_text"]),
        ("timeline --fields id,dat", ["id,date", "id,date_text"]),
        ("timeline --fields id,date,i", ["id,date,i"]),
        ("country --fields f", ["facts", "first", "figures", "first_day"]),
        ("country ruritania --fields f", ["figures", "first_day"]),
        ("check --fields ", ["file", "id", "wrong"]),
        ("show --fields b", ["before"]),
        ("cite x --fields l", ["licence", "licence_url"]),
        ("about --fields s", ["sections", "store", "sha256"]),
        ("show 2014-08-0", [FIRST_STRIKES, *(f"2014-08-09-{end}" for end in LATER)]),
        ("show 2011", ["2011-12-ruritanian-troops-leave"]),
        ("show u", ["undated-new-strawland-base"]),
        ("show 1999", ["1999"]),  # and no file
        (f"cite {FIRST_STRIKES} 2016-05-0", ["2016-05-03-doe-wounded"]),
        ("cite x --style b", ["bibtex"]),
        ("schema fa", ["fact"]),
        ("--store /nonsuch ti", ["timeline"]),
        ("--store timeline on --ye", ["--year"]),
        ("--store on ti", ["timeline"]),
        ("timeline --output fi", []),
        ("nonsuch --ye", []),
    ],
)  # fmt: skip
def test_offers(line: str, values: list[str]) -> None:
    assert offered(*line.split(" ")) == values


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("country uk", "united-kingdom"),
        ("country New", "new-zealand"),
        ("country Dänem", "denmark"),
        ("person obama", "barack-obama"),
        ("place Hewl", "erbil"),
        ("timeline --participant Daesh", "isil"),
    ],
)
def test_other_names_are_completed_by_the_id(line: str, value: str) -> None:
    words = line.split(" ")
    assert offered(*words, OIR_STORE=str(BUNDLED)) == [value]


def test_the_store_of_the_line_is_read() -> None:
    assert offered("--store", str(BUNDLED), "country", "ca") == ["canada"]
    assert offered("country", "ca", OIR_STORE=str(BUNDLED)) == ["canada"]


def test_help_goes_with_commands_and_options_where_a_shell_shows_it() -> None:
    assert ask("fish", "ti").stdout == "timeline\tFacts in date order, grouped by event.\n"
    assert ask("fish", "--st").stdout == "--store\tRead this store. [env: OIR_STORE]\n"
    assert ask("fish", "timeline", "--country", "ru").stdout == "ruritania\n"


@pytest.mark.parametrize("words", [("country", ""), ("place", ""), ("show", ""), ("timeline", "--fields", "")])
def test_no_value_needs_quotes(words: tuple[str, ...]) -> None:
    values = offered(*words, OIR_STORE=str(BUNDLED))
    assert len(values) >= 15
    assert all(re.fullmatch(r"[a-z0-9_-]+", value) for value in values)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    "content", [b"", b"[", b"{}", b"[1]", b"[{}]", b'[{"id": 3}]', b"\xff", b"[" * 100_000, None], ids=str
)
def test_a_broken_store_offers_nothing_and_says_nothing(copied: Path, shell: str, content: bytes | None) -> None:
    for path in (copied / "participants.json", copied / "facts" / "2014.json"):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    nothing = "_files" if shell == "zsh" else ""
    for words in (("country", "ru"), ("timeline", "--country", "ru"), ("show", "2014-08")):
        run = ask(shell, *words, OIR_STORE=str(copied))
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.strip() in (nothing, "2014-08", """_arguments '*: :(("2014-08"))'""")  # what is typed
    assert ask(shell, "country", "ru", OIR_STORE="/nonsuch").stdout.strip() == nothing


@pytest.mark.parametrize(("words", "at"), [("", ""), ("oir", "x"), ("oir\n'", "1"), ('oir\ntimeline\n"--co', "2"),
                                           ("oir\n=\n=", "2"), ("oir\ntimeline", "9"), ("\n\n", "-1")])  # fmt: skip
def test_no_line_ends_in_a_traceback(words: str, at: str) -> None:
    run = ask("bash", COMP_WORDS=words, COMP_CWORD=at)
    assert (run.returncode, run.stderr) == (0, "")


def test_only_what_is_needed_is_imported() -> None:
    for shell, words in (("bash", ("country", "ru")), ("zsh", ("",)), ("fish", ("timeline", "--"))):
        run = ask(shell, *words, PYTHONPROFILEIMPORTTIME="1")
        imported = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
        assert "oir_cli.cli" in imported
        assert not imported & {"rich", "sqlite3", "dateutil", "oir_cli.search", "oir_cli.schema", "oir_cli.check"}


def test_a_run_that_completes_nothing_is_as_ever(oir: Runner) -> None:
    assert "--install-completion" in oir("--help").out
    assert "rich" not in sys.modules or sys.modules["rich"] is not None


# Real shells ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, str]:
    """An environment in which a shell finds this `oir`, reads the small store, and no file of the user."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "oir").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m oir_cli "$@"\n', encoding="utf-8")
    (folder / "oir").chmod(0o755)
    return os.environ | {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "OIR_STORE": str(SMALL),
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "TERM": "dumb",
        "INPUTRC": "/dev/null",
    }


def needs(shell: str) -> pytest.MarkDecorator:
    missing = sys.platform == "win32" or not shutil.which(shell)  # a bash on Windows has no terminal to type into
    return pytest.mark.skipif(missing, reason=f"{shell} is not installed")


# What is typed, with TAB at its end, and what then stands on the line.
TYPED = [
    ("oir ti", "oir timeline "),
    ("oir country ru", "oir country ruritania "),
    ("oir timeline --within --coun", "oir timeline --within --country "),
    ("oir export --topic lo", "oir export --topic losses "),
    ("oir timeline --fields id,no", "oir timeline --fields id,note "),
    ("oir cite 2016-05-03", "oir cite 2016-05-03-doe-wounded "),
    ("oir schema ab", "oir schema about "),
]


def typed(shell: pexpect.spawn[str], line: str, wanted: str) -> None:
    """Type `line` and TAB; the shell must make `wanted` of it."""
    shell.send(f"{line}\t")
    shell.expect_exact(wanted)
    shell.sendcontrol("u")


@needs("bash")
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        *TYPED,
        ("oir on --country=ru", "oir on --country=ruritania "),
        ("oir country RUR", "oir country RUR\b\b\bruritania "),
    ],
)
def test_bash(programs: dict[str, str], line: str, wanted: str) -> None:
    shell = pexpect.spawn("bash", ["--noprofile", "--norc"], env=programs, encoding="utf-8", timeout=20)
    try:
        shell.sendline('eval "$(_OIR_COMPLETE=source_bash oir)"; PS1=$((6*7))ready:')
        shell.expect_exact("42ready:")
        typed(shell, line, wanted)
    finally:
        shell.close(force=True)


@needs("zsh")
@pytest.mark.parametrize(("line", "wanted"), TYPED)
def test_zsh(programs: dict[str, str], line: str, wanted: str) -> None:
    shell = pexpect.spawn("zsh", ["-f"], env=programs, encoding="utf-8", timeout=20, dimensions=(50, 200))
    try:
        shell.sendline('autoload -Uz compinit; compinit -u; eval "$(_OIR_COMPLETE=source_zsh oir)"; PS1=$((6*7))ready:')
        shell.expect_exact("42ready:")
        typed(shell, line, wanted.rstrip())  # zsh adds the blank when the next word begins
    finally:
        shell.close(force=True)


@needs("fish")
@pytest.mark.parametrize(("line", "wanted"), TYPED)
def test_fish(programs: dict[str, str], line: str, wanted: str) -> None:
    run = subprocess.run(
        ["fish", "--no-config", "-c", f'_OIR_COMPLETE=source_fish oir | source; complete -C "{line}"'],
        env=programs,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    [offer] = run.stdout.splitlines()
    assert offer.partition("\t")[0] == wanted.split()[-1]


def test_scripts_are_made_for_three_shells() -> None:
    for shell in ("bash", "zsh", "fish"):
        run = ask("bash", _OIR_COMPLETE=f"source_{shell}")
        assert "_OIR_COMPLETE" in run.stdout
        assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_that_takes_one_of_several_values_offers_them(command: str) -> None:
    values = offered(command, "--format", "")
    assert {"table", "json"} <= set(values)
    assert offered(command, "--fields", "")
