"""The program: runs a command; a failure becomes one sentence on stderr and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn


def main(argv: Sequence[str] | None = None) -> int:
    """Run `oir` with these arguments (None: those of the process) and return its exit code."""
    from oir_cli.cli import app, completion
    from oir_cli.cli.usage import UsageError, usage_sentence
    from oir_cli.console.streams import abandon_stdout, remark
    from oir_cli.errors import ExitCode, OirError

    if completion.asked():
        completion.prepare()
    try:
        # Not standalone: Typer would print its own messages on wrong usage.
        return app(args=argv, prog_name="oir", standalone_mode=False) or 0
    except OirError as error:
        remark(str(error))
        return error.exit_code
    except UsageError as error:
        if sentence := usage_sentence(error):
            remark(sentence)
        else:
            print(error, file=sys.stderr)
        return ExitCode.USAGE
    except OSError as error:  # from what Typer itself prints: help, the version, completions
        if error.filename is None:
            abandon_stdout()
        remark(f"cannot write to {error.filename or 'stdout'} ({error.strerror})")
        return ExitCode.USAGE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def run() -> NoReturn:
    """The installed program: `main` without garbage collection, and without clean-up at the end.

    One question makes little garbage, and the system takes everything back at once; both together would take a fifth of
    the time to an answer. Collection is off before anything is imported, as imports make most of the objects.
    """
    gc.disable()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed or full, which was reported where it matters
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
