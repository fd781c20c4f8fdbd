"""Runs commands in turn and takes their times, so that a machine that drifts drifts for all of them alike."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run took: seconds from start to end, and its peak memory in MiB.

    A run's peak includes that of the process which starts it, so whoever measures has to stay small itself.
    """

    seconds: float
    peak: float


@dataclass(frozen=True)
class Command:
    """A program to run: its name in the table, its arguments, and what it finds in its environment.

    `of` is the name of the command that its time is a ratio of, `at_most` what that ratio may be.
    """

    name: str
    argv: list[str]
    env: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    at_most: float | None = None


class Times(NamedTuple):
    """The runs of one command, in order."""

    costs: list[Cost]

    @property
    def least(self) -> float:
        return min(cost.seconds for cost in self.costs)

    @property
    def median(self) -> float:
        return statistics.median(cost.seconds for cost in self.costs)

    @property
    def most(self) -> float:
        return max(cost.seconds for cost in self.costs)

    @property
    def peak(self) -> float:
        return max(cost.peak for cost in self.costs)


def run(command: Command) -> Cost:
    """Run the command once, its output thrown away. Raises RuntimeError where it fails: that would be no time."""
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command.argv[0], command.argv, {**plain_environment(), **command.env}, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if code := os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{command.name} ended with {code}: {' '.join(command.argv)}")
    return Cost(seconds, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def plain_environment() -> dict[str, str]:
    """The environment of every run: nothing that changes what the program does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "COLUMNS": "100", "TERM": "xterm"}


def alternate(commands: Sequence[Command], rounds: int) -> dict[str, Times]:
    """Each command's times over so many rounds, in each of which all run in turn; one more round warms up before."""
    times = {command.name: Times([]) for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            cost = run(command)
            if number:
                times[command.name].costs.append(cost)
    return times
