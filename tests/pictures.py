"""The pictures in README: what commands show on a terminal of 80 columns.

`python -m tests.pictures` draws them again where the facts or the looks have changed.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable

from tests.conftest import ROOT

README = ROOT / "README.md"
# A command at the prompt and, before the end of the block, what it shows.
_PICTURE = re.compile(r"(?<=^```console\n)\$ oir ([^\n]+)\n(?!\$ |```)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def commands(readme: str) -> list[str]:
    """The commands that have a picture."""
    return [command for command, _ in _PICTURE.findall(readme)]


def drawn(readme: str, run: Callable[[list[str]], str]) -> str:
    """`readme` with every picture as `run` shows its command now."""
    return _PICTURE.sub(lambda found: f"$ oir {found[1]}\n{run([*shlex.split(found[1]), '--format', 'table'])}", readme)


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

    README.write_text(drawn(README.read_text(encoding="utf-8"), run), encoding="utf-8")


if __name__ == "__main__":
    main()
