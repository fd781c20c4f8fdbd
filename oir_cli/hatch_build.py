"""Makes the search index when the package is built. Run by hatchling alone, and no part of what it builds."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Writes the index of `data` beside the modules, for a wheel as for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)  # building happens in an environment that does not have the package
        from oir_cli.indexing import write
        from oir_cli.store import Store

        try:
            write(Store(Path(self.root) / "data"))
            build_data["artifacts"].append("oir_cli/index.sqlite")
        except (OSError, sqlite3.Error) as error:  # searches are slower without one, and no different
            self.app.display_warning(f"no search index ({error})")
