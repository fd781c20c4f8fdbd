"""The command line: arguments in, one question asked, one answer handed over."""

from oir_cli.cli import commands as commands  # each command registers itself
from oir_cli.cli.app import app as app
