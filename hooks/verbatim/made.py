"""Made pages: which files in a folder `verbatim pages` wrote, so that nobody else's are touched."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from .tree import read_file

LIST = ".verbatim-pages"
"""The list of what was written into a folder, in the form that `sha256sum --check` reads."""

LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>\S.*)")


def listed(folder: Path) -> set[tuple[str, str]]:
    """Return path and fingerprint of each file that was written into *folder*."""
    try:
        text = read_file(folder, LIST).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return set()
    found = (LINE.fullmatch(line) for line in text.splitlines())
    return {(m["path"], m["sha256"]) for m in found if m and is_inside(m["path"])}


def list_text(files: Iterable[tuple[str, str]]) -> str:
    """Return the list of *files*, each by path and fingerprint."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(files))


def kept(folder: Path) -> list[str]:
    """Return the paths below *folder* of what was written there and is still as it was."""
    files = listed(folder)
    return sorted(path for path, sha256 in files if fingerprint(folder, path) == sha256)


def is_inside(path: str) -> bool:
    """Tell whether *path* is that of a file below a folder, written in one way only."""
    parts = path.split("/")
    return PurePosixPath(path).as_posix() == path and not {"", ".", ".."}.intersection(parts)


def fingerprint(folder: Path, path: str) -> str | None:
    """Return the SHA-256 of the file *path* below *folder*; None if there is none, or a link."""
    try:
        if not stat.S_ISREG((folder / path).lstat().st_mode):
            return None
        return hashlib.sha256(read_file(folder, path)).hexdigest()
    except OSError:
        return None
