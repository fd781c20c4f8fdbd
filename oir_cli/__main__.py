"""The program: runs the commands; a failure becomes one sentence on stderr and its exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from oir_cli import completion
from oir_cli.cli import app
from oir_cli.errors import OirError
from oir_cli.output import remark

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run `oir` with these arguments (None: those of the process) and return its exit code."""
    if completion.asked():
        completion.prepare(app)
    try:
        app(args=argv, prog_name="oir")
    except OirError as error:
        remark(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
