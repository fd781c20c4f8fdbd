"""Whatever is typed: an answer or one sentence, never a traceback; over every command and every option there is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oir_cli.text import clean
from tests.conftest import SMALL, Run, Runner
from tests.walk import COMMANDS, arguments, parameters

# What has a meaning somewhere on the way: to the parser, to dates, to a full-text index, to patterns, to a shell.
TRAPS = [
    "", " ", "-", "--", "---", "-x", "--nonsuch", "--json=", "-n", "-f", "..", "/", "/..", "../..", "a\x00b", "\n",
    "\r\n", "\t", "\x1b[31mred", "\x9b", "\u202eevil", "\ud800", "\udcff", "\u0130", "ß", "\ufeff", "\U0010ffff", "٣",
    "NEAR", "AND OR NOT", '"', "'", "(", "*", "x*", "a:b", "^", "{", "%s", "%(x)s", "{0}", "$HOME", "`id`", "[sic]",
    "[/x]", ":iraq:", "\\", "U.S.", "al-Abadi", "don't", "2016", "2016-13", "2016-02-30", "0000", "9999-12-31",
    "10000", "2016/", "/2016", "2016..", "2016/2015", "8 August", "29 February", "31 June", "07/08/2014", "1e9",
    "1" * 50, "May", "may 16", "٢٠١٦", "2016-05-03T00:00", "-1", "0", "9" * 30, "nan", "json", "csv", "sqlite", "id,",
    ",", "id,id", "ruritania", "r", "the", "isil", "text", "x" * 100_000, "é" * 5_000, "word " * 2_000, "2" * 100_000,
    "-" * 10_000,
]  # fmt: skip
ANYTHING = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=[]), max_size=12),
    st.text("-=.,/ 0123ax", max_size=6),
)
# They would write files: completion into those of the shell, --output anywhere, the others into the store.
WRITES = {"--install-completion", "--show-completion", "--output", "--index", "--fix"}
LONGEST = 1_000  # characters of a sentence about what was typed


@st.composite
def lines(draw: st.DrawFn, command: str) -> list[str]:
    """Arguments for `command`: some that it can be run with, any of its options with any text, and any text."""
    argv = [command, *draw(st.sampled_from(arguments(command)))]
    for option in draw(st.lists(st.sampled_from(parameters(command)), max_size=3)):
        names = [name for name in option.opts if name.startswith("--")]
        if not names or names[0] in WRITES:
            argv.append(draw(ANYTHING))
        elif getattr(option, "is_flag", False):
            argv.append(names[0])
        else:
            argv += (
                draw(st.sampled_from([[names[0], value], [f"{names[0]}={value}"]])) if (value := draw(ANYTHING)) else []
            )
    return argv + draw(st.lists(ANYTHING, max_size=2))


def is_told_in_peace(run: Run) -> None:
    """The exit code is one of those promised, and what stderr says can be read and cannot act on a terminal."""
    assert run.code in range(5)
    assert (run.code in (0, 1)) or run.err
    assert "Traceback" not in run.err
    said = run.err.rstrip("\n")
    assert all(clean(line) == line for line in said.split("\n")), ascii(said)
    assert len(said) < LONGEST, said[:LONGEST]
    if run.code in (2, 3, 4):
        assert run.out == ""


@pytest.mark.parametrize("command", COMMANDS)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(data=st.data())
def test_any_text_for_any_option_of_any_command(small: Runner, command: str, data: Any) -> None:
    argv = data.draw(lines(command))
    if not WRITES.isdisjoint(argv) or "-o" in "".join(word[:2] for word in argv):
        return
    is_told_in_peace(small(*argv))


@pytest.mark.parametrize("argv", [("nonsuch",), ("--nonsuch",), ("--store",), ("timelin",), ("\u202e",), ("\ud800",)])
def test_anything_for_the_program_itself(oir: Runner, argv: tuple[str, ...]) -> None:
    run = oir(*argv)
    assert (run.code, run.out) == (2, "")
    if argv:
        assert run.err.startswith("oir: ")
        assert run.err.count("\n") == 1
        is_told_in_peace(run)
    else:
        assert "Exit codes" in run.err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (
            ["timeline", "2016"],
            'timeline takes no argument "2016"; use options such as --year 2016 or --country canada; see oir timeline',
        ),
        (
            ["stats", "topic"],
            'stats takes no argument "topic"; use options such as --by topic or --year 2016; see oir stats --help',
        ),
        (["timeline", "-f", "pdf"], 'unknown format "pdf"; choose one of table, json'),
        (["timeline", "--year", "0800-12"], 'cannot read "0800-12" as a date: --year takes a year'),
        (["about", "x"], 'about takes no argument "x"; see oir about --help'),
        (["timeline", "--store", "x"], "put --store before the command: oir --store PATH timeline; see"),
        (["ruritania"], 'no such command "ruritania"; try: oir country ruritania; see oir --help'),
        (["timelin"], 'no such command "timelin"; try: oir timeline; see oir --help'),
        (
            ["timeline", "-f", "bibtex"],
            "this answer has no bibtex form; oir cite writes references, of ids or with the same filters: oir cite ",
        ),
        (["show", "raid"], 'no fact called "raid"; did you mean 2016-05-late-raid?'),
        (["figures", "ghters"], 'no measure called "ghters"; did you mean fighters-killed?'),
    ],
)
def test_wrong_usage_says_what_to_do_instead(small: Runner, argv: list[str], said: str) -> None:
    run = small(*argv)
    assert run.code in (2, 3)
    assert said in run.err
    assert run.err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
@pytest.mark.parametrize("argv", [("export",), ("schema", "fact")])
def test_a_device_takes_what_the_command_writes_where_no_format_is_named(argv: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "oir_cli", "--store", os.fsdecode(SMALL), *argv]
    plain, device = (
        subprocess.run([*command, *more], capture_output=True, check=True).stdout
        for more in ((), ("-o", "/dev/stdout"))
    )
    assert device == plain
    assert plain[:1] in b"[{"


def test_an_id_may_be_typed_in_capitals(small: Runner) -> None:
    assert small("show", "2016-05-LATE-raid", "--json").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are no bytes there")
@pytest.mark.parametrize(
    "argv",
    [
        (b"timeline", b"--year", b"\xff\xfe"), (b"search", b"\xc3\x28", b"\x9b31m"), (b"country", b"caf\xe9"),
        (b"show", b"\xed\xa0\x80"), (b"--store", b"/\xff", b"about"), (b"on", b"\xf0\x9f"), (b"\xff",),
        (b"timeline", b"--\xff=1"), (b"check", b"\xff" * 3000), (b"export", b"-o", b"/nonsuch/\xff.json"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_arguments_that_are_no_text_of_the_locale(argv: tuple[bytes, ...], locale: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "oir_cli", b"--store", os.fsencode(SMALL), *argv],
        capture_output=True,
        check=False,
        env=os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0"},
    )
    is_told_in_peace(Run(run.returncode, run.stdout.decode(), run.stderr.decode()))
