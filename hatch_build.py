"""Compile the catalogues into the wheel. A checkout needs none compiled: there, transtool reads the sources."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Put `transtool/locales/LANGUAGE/LC_MESSAGES/transtool.mo` into the wheel for every PO file in `locales/`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile outside the source tree, so that no stale catalogue can be left in it."""
        self.folder = tempfile.mkdtemp()
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from transtool.i18n.catalogues import compiled_from

        for source in sorted(Path(self.root, "locales").glob("*/LC_MESSAGES/*.po")):
            place = source.relative_to(self.root).with_suffix(".mo")
            target = Path(self.folder, place)
            target.parent.mkdir(parents=True)
            target.write_bytes(compiled_from(source))
            build_data["force_include"][str(target)] = f"transtool/{place.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the compiled files away again."""
        shutil.rmtree(self.folder)
