"""Loads the engine again after an edit: MkDocs does not reload what hooks import."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType


class ReloadedPackage:
    """The package *name* in *folder*, whose modules are always those that the files hold now."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load nothing yet; a package of this name from elsewhere is not used."""
        self._folder, self._name = folder, name
        self._written: Mapping[Path, int] = {}

    def refresh(self) -> None:
        """Forget all loaded modules of the package if a file of any of them has changed."""
        written = self._times()
        if written == self._written:
            return
        # Nothing of it is in use at the first call but what the adapter has imported just now.
        if self._written or not self._is_loaded_from_here():
            self._forget()
        self._written = written

    def module(self, name: str) -> ModuleType:
        """Return the module *name* of the package."""
        # MkDocs takes the folder of hooks off the path once they are loaded.
        sys.path.insert(0, str(self._folder))
        try:
            return importlib.import_module(f"{self._name}.{name}")
        finally:
            sys.path.remove(str(self._folder))

    def _times(self) -> dict[Path, int]:
        """Return when each module was written, in whatever folder of the package it is."""
        files = (self._folder / self._name).rglob("*.py")
        return {path: path.stat().st_mtime_ns for path in files}

    def _is_loaded_from_here(self) -> bool:
        loaded = [str(path) for path in getattr(sys.modules.get(self._name), "__path__", ())]
        return loaded == [str(self._folder / self._name)]

    def _forget(self) -> None:
        for name in [n for n in sys.modules if n.partition(".")[0] == self._name]:
            del sys.modules[name]
        # Else a file that was written within the same second as another may not be found.
        importlib.invalidate_caches()
