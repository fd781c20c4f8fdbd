"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a new file next to `path`, and put that file in its place once it is written.

    If the block fails, `path` stays as it was. The new file takes over the permissions of the old one. Raises OSError.
    """
    neighbour = path.with_name(f".{os.getpid()}.part")  # short: the name of `path` may be as long as a name can be
    neighbour.unlink(missing_ok=True)  # from a process that had the same number and was killed
    try:
        yield neighbour
        if path.exists():
            neighbour.chmod(path.stat().st_mode)
        neighbour.replace(path)
    finally:
        neighbour.unlink(missing_ok=True)
