"""The images in the README are what the program draws: the text of each is the command that made it.

`python -m tests.pictures` draws them again.
"""

from __future__ import annotations

import shlex
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT, Runner
from tests.pictures import README, images

PICTURES = images(README.read_text(encoding="utf-8"))


def drawn(svg: str) -> list[str]:
    """The texts of a picture, in order; how a version of Rich places and colours them is its own affair."""
    texts = (element.text or "" for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314 - our own
    return "".join("".join(texts).split()).split("\xa0")


def test_every_picture_is_shown() -> None:
    assert {path for _, path in PICTURES} == {
        f"tests/expected/{each.name}" for each in ROOT.glob("tests/expected/*.svg")
    }
    assert len(PICTURES) >= 6


@pytest.mark.parametrize(("command", "path"), PICTURES)
def test_a_picture_is_not_stale(oir: Runner, command: str, path: str) -> None:
    now = oir(*shlex.split(command), "--format", "svg").out
    assert drawn(now) == drawn((ROOT / path).read_text(encoding="utf-8")), "python -m tests.pictures draws it again"
