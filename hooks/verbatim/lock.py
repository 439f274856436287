"""Locks: the formatted citations of a record, written into it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from .cite import cited_item
from .csl import digest
from .library import Library
from .pandoc import find_pandoc, formatted, version

BLOCK = re.compile(r"^cited:.*?(?=^[^\s#]|\Z)", re.MULTILINE | re.DOTALL)
"""The key `cited` of a record and all that is below it."""


def lock(library: Library, folder: Path, keys: Iterable[str]) -> list[str]:
    """Format the references of *keys* that have changed, write them; return which they were.

    Raises PandocError before anything of that record is written.
    """
    changed: list[str] = []
    pandoc = ""
    for key in keys:
        record = library.records[key]
        item = cited_item(key, record)
        of = digest(item)
        if record.cited is not None and record.cited.of == of:
            continue
        pandoc = pandoc or find_pandoc()
        cited = {"of": of, "pandoc": version(pandoc), **formatted(pandoc, item)}
        path = folder / f"{key}.yml"
        replace_file(path, with_lock(path.read_bytes().decode("utf-8"), cited))
        changed.append(key)
    return changed


def with_lock(text: str, cited: dict[str, object]) -> str:
    """Return the record *text* with *cited* in place of what it had under that key."""
    end = "\r\n" if "\r\n" in text else "\n"
    written = yaml.safe_dump(
        {"cited": cited}, allow_unicode=True, sort_keys=False, width=100, line_break=end
    )
    kept = BLOCK.sub("", text)
    return f"{kept.rstrip()}{end}{written}"


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
            # A link is refused where a file stands; to rename would write over it.
            path.hardlink_to(written)
            created.append(path)
    except BaseException:
        for path in created:
            path.unlink()
        raise
    finally:
        for written in beside.values():
            written.unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> Path:
    """Write *content* to a new hidden file beside *path*, and return that."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
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
