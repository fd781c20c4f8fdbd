"""The pictures in README: the text that commands print on a terminal of 80 columns, and the images that they draw.

`python -m tests.pictures` draws all of them again, after a change of the facts or of how they look.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable

from tests.conftest import ROOT

README = ROOT / "README.md"
# A command at the prompt that begins a block and is alone in it, and the output below it, which may be missing yet.
_TEXT = re.compile(r"(?<=^```console\n)\$ oir ([^\n|>]+)\n(?!\$ )(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
# An image whose text is the command that draws it.
_IMAGE = re.compile(r"^!\[oir (.*)\]\((tests/expected/.*\.svg)\)$", re.MULTILINE)


def texts(readme: str) -> list[str]:
    """The commands whose output is in the README as text."""
    return [command for command, _ in _TEXT.findall(readme)]


def images(readme: str) -> list[tuple[str, str]]:
    """Each command that draws an image, and the path of the image."""
    return _IMAGE.findall(readme)


def with_texts(readme: str, run: Callable[[list[str]], str]) -> str:
    """`readme` with the output of each command as `run` returns it now."""
    return _TEXT.sub(lambda found: f"$ oir {found[1]}\n{run([*shlex.split(found[1]), '--format', 'table'])}", readme)


def main() -> None:
    import io
    from contextlib import redirect_stdout

    from oir_cli.__main__ import main as oir

    os.environ["COLUMNS"] = "80"
    os.environ.pop("OIR_STORE", None)

    def run(argv: list[str]) -> str:
        out = io.StringIO()
        with redirect_stdout(out):
            oir(argv)
        return out.getvalue()

    readme = with_texts(README.read_text(encoding="utf-8"), run)
    README.write_text(readme, encoding="utf-8")
    for command, path in images(readme):
        (ROOT / path).write_text(run([*shlex.split(command), "--format", "svg"]), encoding="utf-8")


if __name__ == "__main__":
    main()
