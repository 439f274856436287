"""Schemas: JSON Schema of a site's data files, made from their forms, for editors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..datafiles.atomic import replace_file
from ..datafiles.form import Schema
from ..diagrams.argument_map import MAP
from ..diagrams.timeline import TIMELINE
from ..ledger.permalinks import RETIRED, retired_schema
from ..output.changelog import FILE as CHANGES
from ..output.changelog import LOG
from ..sources.people import people_schema
from ..sources.record_form import record_schema

FOLDER = ".schemas"
"""Where the files of a site find their schemas: beside the folders of pages and sources."""

DRAFT = "http://json-schema.org/draft-07/schema#"
MADE = "Made by `verbatim schemas` from the code that reads such files; not to be edited."


@dataclass(frozen=True, slots=True)
class DataFile:
    """A kind of data file: what it is, its path in a site, and how its schema is made."""

    title: str
    path: str
    """Below the folder of pages or of sources, whose names are the site's own."""
    schema: Callable[[], Schema]


DATA_FILES = {
    "record": DataFile("The record of a source", "{sources}/KEY.yml", record_schema),
    "people": DataFile("Everyone who speaks in a source", "{sources}/people.yml", people_schema),
    "map": DataFile("An argument map", "{docs}/data/argument-map.yml", MAP.schema),
    "timeline": DataFile("A timeline", "{docs}/data/timeline.yml", TIMELINE.schema),
    "changes": DataFile("The log of corrections and changes", f"{{docs}}/{CHANGES}", LOG.schema),
    "retired": DataFile(
        "Published quotations that are no more", f"{{docs}}/{RETIRED}", retired_schema
    ),
}


def schemas() -> dict[str, str]:
    """Return the schemas of all kinds as JSON, by the names of their files."""
    return {_file(name): _text(kind) for name, kind in DATA_FILES.items()}


def _text(kind: DataFile) -> str:
    head: Schema = {"$schema": DRAFT, "$comment": MADE, "title": kind.title}
    return json.dumps({**head, **kind.schema()}, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of all kinds into *folder*, and return which of them are new or changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed: list[Path] = []
    for name, text in schemas().items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
            replace_file(path, text)
            changed.append(path)
    return changed


def comments(docs: str, sources: str) -> Iterator[str]:
    """Yield for each kind its path in a site with these folders, and its first line."""
    for name, kind in DATA_FILES.items():
        path = kind.path.format(docs=docs, sources=sources)
        yield f"{path}: {_comment(name, path.count('/'))}"


def record_comment(sources: Path) -> str | None:
    """Return the first line of records in the folder *sources*, or None if no schema is near."""
    for deep, above in enumerate(sources.absolute().parents, 1):
        # A folder that may not be read counts as absent.
        with suppress(OSError):
            if (above / FOLDER / _file("record")).is_file():
                return _comment("record", deep)
    return None


def _comment(name: str, deep: int) -> str:
    """Return the line for a file *deep* folders below the one that holds the schemas."""
    return f"# yaml-language-server: $schema={'../' * deep}{FOLDER}/{_file(name)}"


def _file(name: str) -> str:
    return f"{name}.schema.json"
