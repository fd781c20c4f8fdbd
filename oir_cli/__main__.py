"""The program: runs the commands; a failure becomes one sentence on stderr and its exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run `oir` with these arguments (None: those of the process) and return its exit code."""
    from oir_cli import completion
    from oir_cli.cli import WrongUsage, app, wrong
    from oir_cli.errors import BadUsage, CannotWrite, OirError
    from oir_cli.output import abandon_stdout, remark

    if completion.asked():
        completion.prepare()
    try:
        # Not on its own: what Typer says about wrong usage would go to stderr unread.
        return app(args=argv, prog_name="oir", standalone_mode=False) or 0
    except OirError as error:
        remark(str(error))
        return error.exit_code
    except WrongUsage as error:
        if said := wrong(error):
            remark(said)
        else:
            print(error, file=sys.stderr)
        return BadUsage.exit_code
    except OSError as error:  # of what Typer itself writes: help, the version, completion for a shell
        if error.filename is None:
            abandon_stdout()
        remark(f"cannot write to {error.filename or 'stdout'} ({error.strerror})")
        return CannotWrite.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def run() -> NoReturn:
    """The installed program: `main`, without looking for cyclic garbage, and without tidying up at the end.

    One question makes no garbage worth finding, and leaves nothing behind that the system does not take back at once;
    looking and tidying would take a fifth of the time to an answer.
    """
    gc.disable()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed or full, which has been said where it matters
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
