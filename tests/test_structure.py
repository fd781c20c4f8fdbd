"""The structure of the program, read from its sources: which module may import which, and what it is named."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "oir_cli"
SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# What each part must not import, at any depth of its own modules, inside functions, or only for types.
FORBIDDEN = {
    "views": ("search", "store", "cli", "console", "check"),
    "answers": ("views", "cli", "console", "search"),
    "check": ("views", "cli", "console", "search"),
    "search": ("views", "cli", "console", "check"),
    "console": ("store", "search", "check", "cli"),
    "store": ("views", "answers", "cli", "console", "search", "check"),
    "dates": ("model", "entities", "store", "views", "answers", "cli", "console", "search", "check"),
}
GROUND = ("text", "files", "errors", "kinds")  # import no other part, or only each other
# The modules that may import each library.
DOORS = {
    "rich": ("views.table", "views.picture"),
    "typer": ("cli",),
    "tinydb": ("tables",),
    "sqlite3": ("search", "views.sqlite", "hatch_build"),
    "icalendar": ("views.ics",),
    "jinja2": ("views.page",),
    "markupsafe": ("views.page",),
    "dateutil": ("dates.words",),
    "xlsxwriter": ("views.xlsx",),
}


@cache
def imported(module: str) -> frozenset[str]:
    """The modules and names that a module imports, wherever in its source."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(SOURCES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def neighbours(module: str) -> set[str]:
    """The modules of the program that a module imports; a package stands for its `__init__`."""
    return {name for name in imported(module) if name in SOURCES} - {module}


def part(module: str) -> str:
    """The part of the program that a module belongs to: "views" for oir_cli.views.json, "store" for oir_cli.store."""
    return module.split(".")[1] if "." in module else ""


def docstrings() -> list[str]:
    found = []
    for path in SOURCES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                found.append(ast.get_docstring(node) or "")
    return found


def test_there_is_no_circle_of_imports() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for each in sorted(neighbours(module)):
                # A module in a package needs no more of the package than that it is there.
                if not module.startswith(f"{each}."):
                    visit(each, (*path, module))
            done.add(module)

    for module in SOURCES:
        visit(module, ())
    assert len(done) == len(SOURCES) > 60


@pytest.mark.parametrize(("one", "others"), FORBIDDEN.items())
def test_nothing_reaches_upward(one: str, others: tuple[str, ...]) -> None:
    modules = [module for module in SOURCES if part(module) == one]
    assert modules
    for module in modules:
        assert {part(each) for each in neighbours(module)}.isdisjoint(others), module


def test_the_ground_floor_stands_on_nothing() -> None:
    for module in SOURCES:
        if part(module) in GROUND:
            assert {part(each) for each in neighbours(module)} <= set(GROUND), module


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_each_library_has_one_door(library: str, doors: tuple[str, ...]) -> None:
    users = {module for module in SOURCES if library in {name.split(".")[0] for name in imported(module)}}
    assert users
    for module in users:
        assert any(f"{module}.".startswith(f"oir_cli.{door}.") for door in doors), module


def test_every_function_has_a_name() -> None:
    for path in SOURCES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.FunctionDef) and node.name == "_"), f"{path}:{node.lineno}"


def test_docstrings_and_messages_are_plain_english() -> None:
    texts = docstrings()
    assert sum(text.startswith("What") for text in texts) <= 5
    for path in SOURCES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                # "there is no day 31" is plain; "the id is no slug" is not.
                assert not re.search(r"(?<!there) is no [a-z]", node.value), f"{path}:{node.lineno}: {node.value}"
