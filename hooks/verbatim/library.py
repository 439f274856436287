"""The library: every source, record and person of a site, read from `sources/` once."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .data import DataError, parse_data
from .people import People, Person, comparable, read_people
from .problem import Problem
from .record import KEY, Record, parse_record
from .source import Source, make_source

# Unicode's Bidi_Control: they make a text read in another order than it is stored in.
FORBIDDEN = re.compile("[\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All sources by key; *references* are records without a copy, *broken* keys have problems."""

    sources: Mapping[str, Source]
    references: Mapping[str, Record]
    people: People
    broken: frozenset[str]

    def record(self, key: str) -> Record | None:
        """Return the record of *key*, of either kind, or None."""
        source = self.sources.get(key)
        return source.record if source else self.references.get(key)

    def near(self, key: str) -> str | None:
        """Return the known key that looks most like *key*, or None."""
        known = [*self.sources, *self.references]
        return next(iter(difflib.get_close_matches(key, known, n=1)), None)


class _Unreadable(Exception):
    """A file that is not there or not text; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_library(folder: Path, shown: str = "sources") -> tuple[Library, list[Problem]]:
    """Return what *folder* holds, called *shown* in messages, and everything wrong with it."""
    problems: list[Problem] = []
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        message = f"no folder of sources: {error.strerror}; make it and put copies and records there"
        problems.append(Problem(path=shown, rule="copy-missing", message=message))
        names = []
    people: list[Person] = []
    records: dict[str, Record | None] = {}
    for name in (name for name in names if name.endswith(".yml")):
        path = f"{shown}/{name}"
        try:
            if name == "people.yml":
                people, found = read_people(parse_data(_text(folder, name, shown), path), path)
            else:
                records[name[:-4]], found = _record(folder, name, shown)
            problems += found
        except DataError as error:
            problems.append(error.problem)
        except _Unreadable as error:
            problems.append(error.problem)
        if name != "people.yml":
            records.setdefault(name[:-4], None)
    sources: dict[str, Source] = {}
    references: dict[str, Record] = {}
    for key, record in records.items():
        if record is None:
            continue
        if record.copy is None:
            references[key] = record
            continue
        try:
            source, found = _source(folder, key, record, shown)
        except _Unreadable as error:
            problems.append(error.problem)
        else:
            sources[key] = source
            problems += found
    problems += _lone(names, records, shown)
    broken = frozenset(set(records) - set(sources) - set(references))
    authors = _unlisted_authors(records, People(people))
    library = Library(
        sources=sources,
        references=references,
        people=People([*people, *authors]),
        broken=broken,
    )
    return library, problems


def _record(folder: Path, name: str, shown: str) -> tuple[Record | None, list[Problem]]:
    path = f"{shown}/{name}"
    if not KEY.fullmatch(name[:-4]):
        message = f"{name[:-4]!r} cannot be a key; use letters, digits, hyphens, underscores"
        raise _Unreadable(Problem(path=path, rule="record-invalid", message=message))
    return parse_record(_text(folder, name, shown), path)


def _unlisted_authors(records: Mapping[str, Record | None], people: People) -> list[Person]:
    """Return a person for each attribution that people.yml does not have."""
    authors: dict[str, Person] = {}
    for key, record in records.items():
        if record is not None and people.exactly(record.attribution) is None:
            author = Person(id=f"author-{key}".lower(), name=record.attribution)
            authors.setdefault(comparable(record.attribution), author)
    return list(authors.values())


def _lone(names: list[str], records: Mapping[str, object], shown: str) -> list[Problem]:
    return [
        Problem(
            path=f"{shown}/{name}",
            rule="record-incomplete",
            message=f"no record beside this copy; write {shown}/{name[:-4]}.yml",
        )
        for name in names
        if name.endswith(".txt") and name[:-4] not in records
    ]


def _source(folder: Path, key: str, record: Record, shown: str) -> tuple[Source, list[Problem]]:
    assert record.copy is not None
    name = f"{key}.txt"
    content = _content(folder, name, shown)
    problems: list[Problem] = []
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != record.copy.sha256:
        message = (
            f"{shown}/{name} is not the copy that was recorded: sha256 {sha256}, "
            f"recorded {record.copy.sha256}; restore the copy, or record it anew and read "
            f"every quotation of {key!r} again"
        )
        problems.append(
            Problem(path=record.path, line=record.copy.line, rule="source-changed", message=message)
        )
    elif record.copy.bytes not in (None, len(content)):
        message = f"'bytes' is {record.copy.bytes}, but the copy has {len(content)}"
        problems.append(
            Problem(path=record.path, line=record.copy.line, rule="record-misfit", message=message)
        )
    text = _decoded(content, f"{shown}/{name}")
    source, found = make_source(key, record, text, sha256)
    if not source.reading:
        message = "the copy has no words; put the text that is quoted there"
        problems.append(Problem(path=f"{shown}/{name}", rule="copy-unreadable", message=message))
    return source, [*problems, *found]


def _text(folder: Path, name: str, shown: str) -> str:
    return _decoded(_content(folder, name, shown), f"{shown}/{name}").removeprefix("\ufeff")


def _content(folder: Path, name: str, shown: str) -> bytes:
    path = folder / name
    place = f"{shown}/{name}"
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            message = f"links out of {shown}/; put the file itself there"
            raise _Unreadable(Problem(path=place, rule="copy-outside", message=message))
        # Asked before opening: to open a pipe that nobody writes to is to wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            message = "not a file; put the text itself there"
            raise _Unreadable(Problem(path=place, rule="copy-unreadable", message=message))
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"missing; put the file there, or remove {shown}/{name.removesuffix('.txt')}.yml"
        raise _Unreadable(Problem(path=place, rule="copy-missing", message=message)) from error
    except (OSError, RuntimeError) as error:
        # RuntimeError: before Python 3.13, a link that leads to itself.
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise _Unreadable(Problem(path=place, rule="copy-unreadable", message=message)) from error


def _decoded(content: bytes, place: str) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message = (
            f"not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}; "
            f"save the file as UTF-8"
        )
        raise _Unreadable(
            Problem(path=place, line=line, column=column, rule="copy-unreadable", message=message)
        ) from error
    match = FORBIDDEN.search(text)
    if match is None:
        return text
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    message = f"U+{ord(match[0]):04X} at line {line}: a text with it may read other than it is"
    raise _Unreadable(
        Problem(path=place, line=line, column=column, rule="copy-unreadable", message=message)
    )
