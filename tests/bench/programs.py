"""What is measured: the program, small programs made of the same parts, and other tools on the same facts."""

from __future__ import annotations

import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Command, plain_environment

BUNDLED = Path(__file__).resolve().parents[2] / "data"
YEAR = "2016"
BARE, HELLO, TABLE, COMPLETED = "bare Python", "Typer hello", "Typer hello, Rich table", "Typer hello, completion"

# Every one is a script that the same interpreter runs; what they import is compiled before.
SCRIPTS = {
    "bare": "pass\n",
    "oir": "from oir_cli.__main__ import run\nrun()\n",
    "hello": """\
import typer

app = typer.Typer()


@app.command()
def hello(name: str, loud: bool = False) -> None:
    print(f"Hello {name}")


@app.command()
def goodbye(name: str) -> None:
    print(f"Goodbye {name}")


app(prog_name="hello")
""",
    "hello_table": """\
import typer

app = typer.Typer()


@app.command()
def hello(name: str, loud: bool = False) -> None:
    from rich.console import Console
    from rich.table import Table
    from rows import ROWS

    table = Table("Date", "Fact", box=None)
    for row in ROWS:
        table.add_row(*row)
    Console(width=100).print(table)


@app.command()
def goodbye(name: str) -> None:
    print(f"Goodbye {name}")


app(prog_name="hello")
""",
}


def write_scripts(folder: Path) -> None:
    """Write the scripts, and the rows of the hello's table: as many as the program's, with the same words."""
    for name, text in SCRIPTS.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    found = output(script(folder, "oir", "timeline", "--year", YEAR, "--fields", "date,text"))
    rows = [tuple(line.split("\t")) for line in found.decode().splitlines()]
    (folder / "rows.py").write_text(f"ROWS = {rows!r}\n", encoding="utf-8")
    py_compile.compile(str(folder / "rows.py"), doraise=True)


def script(folder: Path, name: str, *argv: str) -> list[str]:
    return [sys.executable, str(folder / f"{name}.py"), *argv]


def output(argv: list[str]) -> bytes:
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE, env=plain_environment()).stdout


def commands(folder: Path) -> list[Command]:
    """The scripts in `folder`, each with what it is a ratio of."""

    def oir(*argv: str) -> list[str]:
        return script(folder, "oir", *argv)

    def completion(program: str, words: str) -> dict[str, str]:
        asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        return {f"_{program.upper()}_COMPLETE": "complete_bash", **asked}

    return [
        Command(BARE, script(folder, "bare")),
        Command(HELLO, script(folder, "hello", "hello", "you")),
        Command(TABLE, script(folder, "hello_table", "hello", "you")),
        Command(COMPLETED, script(folder, "hello"), completion("hello", "hello he")),
        Command(f"oir timeline --year {YEAR} --json", oir("timeline", "--year", YEAR, "--json"), {}, HELLO, 1.3),
        Command(f"oir timeline --year {YEAR} -f table", oir("timeline", "--year", YEAR, "-f", "table"), {}, TABLE, 1.3),
        Command("oir country canada --json", oir("country", "canada", "--json"), {}, HELLO),
        Command("oir country canada -f table", oir("country", "canada", "-f", "table"), {}, TABLE),
        Command("oir search sinjar airdrop --json", oir("search", "sinjar", "airdrop", "--json"), {}, HELLO, 1.6),
        Command("oir --help", oir("--help"), {}, HELLO),
        Command("oir timeline --help", oir("timeline", "--help"), {}, HELLO),
        Command("oir ti, TAB", oir(), completion("oir", "oir ti"), COMPLETED, 1.3),
        Command("oir country ca, TAB", oir(), completion("oir", "oir country ca"), COMPLETED, 1.3),
    ]


def peers(folder: Path) -> Iterator[Command]:
    """The tools that are installed here, each asked for the facts of the year in what the program exports for it."""
    own = f"oir timeline --year {YEAR} --json"
    query = f"SELECT * FROM facts WHERE date LIKE '{YEAR}%'"  # noqa: S608 - a fixed year
    asked = {
        "jq": ("facts.json", [f'[.[] | select((.date // "") | startswith("{YEAR}"))]', "{file}"]),
        "sqlite3": ("facts.sqlite", ["-json", "{file}", query]),
        "sqlite-utils": ("facts.sqlite", ["query", "{file}", query]),
        "duckdb": ("facts.jsonl", ["-json", "-c", query.replace("facts", "'{file}'", 1)]),
    }
    for name, (file, argv) in asked.items():
        program = find(name)
        if program is None:
            continue
        path = folder / file
        if not path.exists():
            output(script(folder, "oir", "export", "--output", str(path)))
        yield Command(name, [program, *(part.replace("{file}", str(path)) for part in argv)], {}, own)


def find(name: str) -> str | None:
    """The program's path, if it is installed: in the environment that runs this, or elsewhere."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


# Larger stores -------------------------------------------------------------------------------------------------------

STATUS = "disputed"


def write_store(folder: Path, times: int) -> Path:
    """A store with every bundled fact so many times, each copy with an id of its own; the copies' text is the same."""
    import json

    store = folder / f"store-{times}"
    shutil.copytree(BUNDLED, store)
    for shelf in (store / "facts").iterdir():
        facts = json.loads(shelf.read_text(encoding="utf-8"))
        with shelf.open("w", encoding="utf-8") as file:  # a fact at a time: whoever measures has to stay small
            for number in range(times):
                for place, fact in enumerate(facts):
                    copy = fact | {"id": f"{fact['id']}-{number}"} if number else fact
                    file.write(",\n" if number or place else "[\n")
                    file.write(json.dumps(copy, ensure_ascii=False, indent=2))
            file.write("\n]\n")
    return store


def scaled(folder: Path, store: Path, *, at_most: float | None) -> Iterator[Command]:
    """A filter and a search on `store`, and the same filter by jq on the same files; `at_most` is a ratio to jq."""

    def oir(*argv: str) -> list[str]:
        return script(folder, "oir", "--store", str(store), *argv)

    jq = find("jq")
    if jq:
        shelves = [str(path) for path in sorted((store / "facts").iterdir())]
        yield Command("jq", [jq, "-c", f'.[] | select(.status == "{STATUS}")', *shelves])
    yield Command("filter", oir("timeline", "--status", STATUS, "--json"), {}, "jq" if jq else "", at_most)
    yield Command("search", oir("search", "sinjar", "airdrop", "--json"))
