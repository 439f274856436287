"""Atomic writes: a file is written whole or not at all, even if the command is killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from glob import escape
from pathlib import Path

from ..problem import Problem

END = ".unfinished"
"""How the name of a file ends while it is written; it begins with a point."""


def unfinished(names: Iterable[str], shown: str) -> Iterator[Problem]:
    """Yield a problem for each of *names*, files in the folder *shown*, that was never finished."""
    for name in names:
        if name.startswith(".") and name.endswith(END):
            message = "left by a command that was stopped; run it again, or delete the file"
            yield Problem(path=f"{shown}/{name}", rule="file-unfinished", message=message)


def remove_unfinished(path: Path) -> None:
    """Remove the unfinished files that stopped runs have left beside *path*, and not *path*."""
    for left in path.parent.glob(f".{escape(path.name)}.*{END}"):
        left.unlink(missing_ok=True)


def replace_file(path: Path, text: str) -> None:
    """Replace the file *path* by *text*, whole or not at all."""
    beside = _written_beside(path, text.encode("utf-8"))
    try:
        beside.chmod(path.stat().st_mode if path.exists() else 0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def create_files(files: Mapping[Path, bytes]) -> None:
    """Create all of *files*, each whole, or none; raise FileExistsError if one is there."""
    beside: dict[Path, Path] = {}
    created: list[Path] = []
    try:
        for path, content in files.items():
            beside[path] = _written_beside(path, content)
        for path, written in beside.items():
            # A link is refused where a file is; to rename would write over it.
            path.hardlink_to(written)
            created.append(path)
    except BaseException:
        for path in created:
            path.unlink()
        raise
    finally:
        for written in beside.values():
            written.unlink(missing_ok=True)


def create_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Create *folder* with *files*, by path below it, whole or not at all.

    One that is there and empty is replaced; else OSError is raised, and it stays as it was.
    """
    folder = folder.resolve()
    for left in folder.parent.glob(f".{escape(folder.name)}.????????{END}"):
        shutil.rmtree(left)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=END))
    try:
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o644)
        beside.chmod(0o755)
        beside.replace(folder)
    except BaseException:
        shutil.rmtree(beside)
        raise


def _written_beside(path: Path, content: bytes) -> Path:
    """Write *content* to a new hidden file beside *path*, and return that."""
    remove_unfinished(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=END)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
