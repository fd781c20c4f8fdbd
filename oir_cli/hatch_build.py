"""Makes the search index when the package is built. Only hatchling runs this module, and leaves it out of the wheel."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Writes the index of `data` next to the modules of the search, for a wheel and for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as hatchling calls it
        sys.path.insert(0, self.root)  # the environment that builds does not have the package
        from oir_cli.search.build import write_index
        from oir_cli.store import Store

        try:
            write_index(Store(Path(self.root) / "data"))
            build_data["artifacts"].append("oir_cli/search/index.sqlite")
        except (OSError, sqlite3.Error) as error:  # searches are slower without one, with the same answers
            self.app.display_warning(f"no search index ({error})")
