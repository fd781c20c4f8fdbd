"""Prints what the program costs: `python -m tests.bench [--rounds N] [--sizes 1,10,100]`."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench import programs
from tests.bench.measure import Command, Times, alternate

LARGE = 100  # from so many times the facts on, jq's time is a limit: on small files it is that of starting Python


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition(":")[0])
    asked.add_argument("--rounds", type=int, default=15, help="How often each command runs (default 15).")
    asked.add_argument("--sizes", default="1,10,100", help='Stores of how many times the facts; "" leaves that out.')
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        programs.write_scripts(home)
        print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {options.rounds} rounds\n")
        commands = [*programs.commands(home), *programs.peers(home)]
        times = alternate(commands, options.rounds)
        print(table(commands, times))
        print(f"\nThe machine: {spread(times[programs.BARE])}\n")
        for size in map(int, filter(None, options.sizes.split(","))):
            store = programs.write_store(home, size)
            mib = sum(path.stat().st_size for path in (store / "facts").iterdir()) / (1 << 20)
            commands = list(programs.scaled(home, store, at_most=1.0 if size >= LARGE else None))
            times = alternate(commands, max(1, min(options.rounds, 300 // size)))
            print(f"{size} times the facts, {mib:,.0f} MiB\n{table(commands, times, peak=True)}\n", flush=True)


def table(commands: Sequence[Command], times: Mapping[str, Times], *, peak: bool = False) -> str:
    """A line a command: times in milliseconds, and the ratios of the least and of the median times."""
    headings = ["command", "min ms", "median", *["peak MiB"] * peak, "of min", "of median", "at most", "", "of"]
    rows = [headings]
    for command in commands:
        took = times[command.name]
        row = [command.name, f"{took.least * 1000:,.0f}", f"{took.median * 1000:,.0f}"]
        row += [f"{took.peak:,.0f}"] * peak
        if command.of:
            other = times[command.of]
            ratio = took.least / other.least
            row += [f"{ratio:.2f}", f"{took.median / other.median:.2f}"]
            wanted = command.at_most
            row += ["", ""] if wanted is None else [f"{wanted}", "met" if ratio <= wanted else "NOT MET"]
            row.append(command.of)
        rows.append(row)
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(len(headings))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in (0, len(headings) - 1, len(headings) - 2) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=False))
        ).rstrip()
        for row in rows
    )


def spread(bare: Times) -> str:
    """How steady the machine was, by the program that does nothing."""
    least, median, most = (each * 1000 for each in (bare.least, bare.median, bare.most))
    return f"{programs.BARE} took {least:,.0f} to {most:,.0f} ms, {median:,.0f} in the middle"


if __name__ == "__main__":
    main()
