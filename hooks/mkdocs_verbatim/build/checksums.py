"""Checksums of a finished site, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ..datafiles.atomic import replace_file

FILE = "site.sha256"
"""The file that names every other one; `verify/checksums.py` reads it."""

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})
"""What sha256sum writes in names; a line with one of them begins with a backslash, too."""


def write_checksums(site: Path) -> None:
    """Write the checksum of each file below *site*, sorted by name, into its `site.sha256`."""
    files = {path.relative_to(site).as_posix(): path for path in _files(site)}
    files.pop(FILE, None)
    lines = [checksum_line(_sha256(files[name]), name) for name in sorted(files)]
    replace_file(site / FILE, "".join(lines))


def checksum_line(sha256: str, name: str) -> str:
    """Return the line of the file *name*."""
    escaped = name.translate(ESCAPES)
    return f"{'' if escaped == name else chr(92)}{sha256}  {escaped}\n"


def _files(site: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(site):
        # A checkout that is published from keeps its own records there.
        folders[:] = [name for name in folders if name != ".git"]
        yield from (Path(folder, name) for name in names if name != ".git")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
