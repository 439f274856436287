"""Reference lock: writes the formatted citations of a source into its record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from ..datafiles.atomic import replace_file
from ..sources.citation_styles import CITATION_STYLES
from ..sources.csl import digest
from ..sources.library import Library
from ..sources.record import Record
from ..sources.reference import cited_item
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
        if _is_locked(record, of):
            continue
        pandoc = pandoc or find_pandoc()
        cited = {"of": of, "pandoc": version(pandoc), **formatted(pandoc, item)}
        path = folder / f"{key}.yml"
        replace_file(path, with_lock(path.read_bytes().decode("utf-8"), cited))
        changed.append(key)
    return changed


def _is_locked(record: Record, of: str) -> bool:
    """Return whether *record* holds the item with the digest *of* in every style there is."""
    cited = record.cited
    return cited is not None and cited.of == of and cited.styles.keys() == CITATION_STYLES.keys()


def with_lock(text: str, cited: dict[str, object]) -> str:
    """Return the record *text* with *cited* in place of its old citations."""
    end = "\r\n" if "\r\n" in text else "\n"
    written = yaml.safe_dump(
        {"cited": cited}, allow_unicode=True, sort_keys=False, width=100, line_break=end
    )
    kept = BLOCK.sub("", text)
    return f"{kept.rstrip()}{end}{written}"
