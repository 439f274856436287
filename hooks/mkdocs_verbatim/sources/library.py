"""The library: every source, record and person of a site, read from `sources/` once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

from ..datafiles.atomic import unfinished
from ..datafiles.strict_yaml import parse_data
from ..datafiles.tree import RefusalKind, RefusedError, read_file, read_tree
from ..problem import Problem, ProblemError, RuleId, near_name
from ..text.characters import IN_COPY, wrong_character
from ..unforeseen import reading
from .names import author_names, known_by
from .people import People, Person, comparable, read_people
from .reading import make_source
from .record import Copy, Record, parse_record, wrong_key
from .source import Source

MOST_BYTES = 20_000_000
"""Bytes of a copy: ten long novels; far more takes minutes and all memory."""

MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
"""Byte order marks with which a text begins, and its encoding."""

UNUSED = frozenset(b"\0\x81\x8d\x8f\x90\x9d")
"""Bytes that are no character of Windows-1252, and NUL, which no text has."""


SAMPLE = 4096
"""Bytes at the beginning of a copy by which its encoding is guessed."""

PEOPLE = "people.yml"

NO_FILE = "not a file; put the text itself there"

Progress = Callable[[str, int, int], None]
"""Is called with what is being done, how much of it is done, and how much there is."""


def unwatched(what: str, done: int, of: int) -> None:
    """Report no progress: the default."""
    del what, done, of


@dataclass(frozen=True, kw_only=True)
class Library:
    """All sources by key; *references* are records without a copy, *broken* keys have problems."""

    sources: Mapping[str, Source]
    references: dict[str, Record]
    people: People
    broken: frozenset[str]
    people_read: bool = True
    """False if people.yml is missing or has a problem of its own: then no speaker is known."""
    faulty: frozenset[str] = frozenset()
    """Keys whose record or copy has a problem of its own: who speaks there is not known."""

    unlisted: bool = False
    """Nothing is known of the sources: their folder cannot be opened."""

    @property
    def misread(self) -> bool:
        """Whether anything here has a problem of its own, of which others may be a consequence."""
        return bool(self.faulty)

    @cached_property
    def records(self) -> dict[str, Record]:
        """The records of both kinds by key."""
        return {key: source.record for key, source in self.sources.items()} | self.references

    @cached_property
    def was(self) -> dict[str, str]:
        """The key of each source that had another one, by that."""
        return {old: key for key, record in self.records.items() for old, _ in record.was}

    def near(self, key: str) -> str | None:
        """Return the known key that *key* was before or looks most like, or None."""
        return self.was.get(key) or near_name(key, [*self.sources, *self.references])


def read_library(
    folder: Path, shown: str = "sources", progress: Progress = unwatched
) -> tuple[Library, list[Problem]]:
    """Return the library in *folder*, called *shown* in messages, and everything wrong with it."""
    problems: list[Problem] = []
    names = _names(folder, shown, problems)
    is_closed = bool(problems)
    people, people_read = _people(folder, names, shown, problems)
    listed = [name for name in names if name.endswith(".yml") and name != PEOPLE]
    alike = dict(_alike(listed, shown))
    problems += alike.values()
    records: dict[str, Record | None] = {}
    for done, name in enumerate(listed, 1):
        with reading(f"{shown}/{name}"):
            record = None if name in alike else _record(folder, name, shown, problems)
        records[name.removesuffix(".yml")] = record
        progress("reading records", done, len(listed))
    copies = {k: r for k, r in records.items() if r is not None and r.copy is not None}
    sources: dict[str, Source] = {}
    for done, (key, record) in enumerate(copies.items(), 1):
        with reading(f"{shown}/{key}.txt"):
            source = _source(folder, key, record, shown, problems)
        if source:
            sources[key] = source
        progress("reading copies", done, len(copies))
    references = {k: r for k, r in records.items() if r is not None and r.copy is None}
    problems += _misnamed(records, shown)
    problems += [*_lone(names, records, shown), *unfinished(names, shown)]
    problems += _refused(folder, shown, {problem.path for problem in problems})
    if PEOPLE not in names and (unlisted := _speaker(records, shown)) is not None:
        problems.append(unlisted)
        people_read = False
    authors = _unlisted_authors(records, People(people))
    library = Library(
        sources=sources,
        references=references,
        people=_known_people([*people, *authors], records),
        broken=frozenset(set(records) - set(sources) - set(references)),
        people_read=people_read,
        unlisted=is_closed,
        faulty=frozenset(PurePath(problem.path).stem for problem in problems),
    )
    return library, problems


def _alike(names: list[str], shown: str) -> Iterator[tuple[str, Problem]]:
    """Yield each of *names* that differs from one before it in case alone, and the problem."""
    taken: dict[str, str] = {}
    for name in names:
        first = taken.setdefault(name.lower(), name)
        if first != name:
            message = (
                f"key {name[:-4]!r} differs from {first[:-4]!r} in case alone, which addresses "
                "and some file systems do not tell apart; rename one of the two"
            )
            path = f"{shown}/{name}"
            yield name, Problem(path=path, rule="record-invalid", message=message)


def _names(folder: Path, shown: str, problems: list[Problem]) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError as error:
        message = f"no folder of sources: {error.strerror}; put copies and records there"
        problems.append(Problem(path=shown, rule="copy-missing", message=message))
        return []


def _people(
    folder: Path, names: list[str], shown: str, problems: list[Problem]
) -> tuple[list[Person], bool]:
    """Return who is listed, and whether the list is whole."""
    if PEOPLE not in names:
        return [], True
    path = f"{shown}/{PEOPLE}"
    try:
        people, found = read_people(parse_data(read_text(folder, PEOPLE, shown), path), path)
    except ProblemError as error:
        problems.append(error.problem)
        return [], False
    problems += found
    # With one entry missing, the words of that person would be taken for another's.
    return people, not found


def _speaker(records: Mapping[str, Record | None], shown: str) -> Problem | None:
    """Return the problem that nobody is listed, if a record names somebody who speaks."""
    for record in filter(None, records.values()):
        for speech in record.speech:
            message = (
                f"missing; {record.path} names a speaker, {speech.speaker!r}: list everybody who "
                "speaks there, with id and name"
            )
            return Problem(path=f"{shown}/{PEOPLE}", rule="record-incomplete", message=message)
    return None


def _record(folder: Path, name: str, shown: str, problems: list[Problem]) -> Record | None:
    path = f"{shown}/{name}"
    key = name.removesuffix(".yml")
    if message := wrong_key(key):
        problems.append(Problem(path=path, rule="record-invalid", message=message))
        return None
    try:
        record, found = parse_record(read_text(folder, name, shown), path)
    except ProblemError as error:
        problems.append(error.problem)
        return None
    problems += found
    return record


def _unlisted_authors(records: Mapping[str, Record | None], people: People) -> list[Person]:
    """Return a person for each attribution that people.yml does not have."""
    authors: dict[str, Person] = {}
    for key, record in records.items():
        if record is not None and people.exactly(record.attribution) is None:
            author = Person(id=f"author-{key}".lower(), name=record.attribution)
            authors.setdefault(comparable(record.attribution), author)
    return list(authors.values())


def _known_people(people: Sequence[Person], records: Mapping[str, Record | None]) -> People:
    """Return *people* with their family names, those that references of *records* give too."""
    plain = People(people)
    shorter = known_by((person.id, name) for person in people for name in person.names)
    for record in records.values():
        author = plain.exactly(record.attribution) if record is not None else None
        if record is None or author is None:
            continue
        for name in (name for parts in _authors(record) for name in author_names(parts)):
            shorter.setdefault(name, set()).add(author.id)
    return People(people, shorter)


def _authors(record: Record) -> Iterator[dict[str, str]]:
    """Yield the parts of the name of each author that the reference of *record* has."""
    authors = record.values.get("author")
    for parts in authors if isinstance(authors, list) else ():
        if isinstance(parts, dict):
            yield {name: part for name, part in parts.items() if isinstance(part, str)}


def _misnamed(records: Mapping[str, Record | None], shown: str) -> Iterator[Problem]:
    """Yield a problem for each former key that is another source's, now or before."""
    # In small letters: some file systems do not tell capitals apart.
    known = {key.lower(): key for key in records}
    before: dict[str, str] = {}
    for key, record in records.items():
        for old, line in record.was if record is not None else ():
            if (named := known.get(old.lower())) is not None:
                message = f"{old!r} in 'was' is the key of {named!r}; take it out"
            elif (named := before.get(old.lower())) is not None:
                message = f"{old!r} is in 'was' of {named!r}, too; take one out"
            else:
                before[old.lower()] = key
                continue
            path = f"{shown}/{key}.yml"
            yield Problem(path=path, line=line, rule="record-invalid", message=message)


def _lone(names: list[str], records: Mapping[str, object], shown: str) -> list[Problem]:
    return [
        Problem(
            path=f"{shown}/{name}",
            rule="record-incomplete",
            message=f"no record beside this copy; write {shown}/{name[:-4]}.yml, or add it again",
        )
        for name in names
        if name.endswith(".txt") and name[:-4] not in records
    ]


def _refused(folder: Path, shown: str, told: set[str]) -> list[Problem]:
    """Return a problem for each link out of *folder* but those whose paths are in *told*."""
    found = read_tree(folder).problems(folder, shown)
    return [problem for problem in found if problem.path not in told]


def _source(
    folder: Path, key: str, record: Record, shown: str, problems: list[Problem]
) -> Source | None:
    assert record.copy is not None
    name = f"{key}.txt"
    try:
        content = _content(folder, name, shown)
        text = decoded(content, f"{shown}/{name}")
    except ProblemError as error:
        problems.append(error.problem)
        return None
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != record.copy.sha256:
        problems.append(_changed(record, record.copy, f"{shown}/{name}", content))
    elif record.copy.bytes not in {None, len(content)}:
        message = f"'bytes' is {record.copy.bytes}, but the copy has {len(content)}"
        problems.append(_about_copy(record, record.copy, "record-misfit", message))
    source, found = make_source(key, record, text, sha256)
    problems += found
    if any(character.isalnum() for character in source.reading):
        return source
    message = "the copy has no words; put the text that is quoted there"
    problems.append(Problem(path=f"{shown}/{name}", rule="copy-unreadable", message=message))
    return None


def _changed(record: Record, copy: Copy, file: str, content: bytes) -> Problem:
    """Return the problem that *content*, the bytes of *file*, are not those of *copy*."""
    key, sha256 = PurePath(file).stem, hashlib.sha256(content).hexdigest()
    plain = content.replace(b"\r\n", b"\n")
    ends = (hashlib.sha256(text).hexdigest() for text in (plain, plain.replace(b"\n", b"\r\n")))
    alone = ", by its line ends alone" if copy.sha256 in ends else ""
    message = (
        f"{file} is not the copy that was recorded{alone}: sha256 {sha256}, "
        f"recorded {copy.sha256}; restore the copy, or read every quotation of {key!r} again and "
        "put its sha256 into the record"
    )
    return _about_copy(record, copy, "source-changed", message)


def _about_copy(record: Record, copy: Copy, rule: RuleId, message: str) -> Problem:
    return Problem(path=record.path, line=copy.line, rule=rule, message=message)


def read_text(folder: Path, name: str, shown: str = "sources") -> str:
    """Return the text of the file *name* in *folder*, called *shown*; or raise ProblemError."""
    return decoded(_content(folder, name, shown), f"{shown}/{name}").removeprefix("\ufeff")


def _content(folder: Path, name: str, shown: str) -> bytes:
    place = f"{shown}/{name}"
    try:
        if message := too_large(_size(folder / name)):
            raise ProblemError(Problem(path=place, rule="copy-unreadable", message=message))
        return read_file(folder, name)
    except RefusedError as error:
        rule, message = _unread(error.refusal.kind, name, shown)
        raise ProblemError(Problem(path=place, rule=rule, message=message)) from error
    except IsADirectoryError as error:
        raise ProblemError(Problem(path=place, rule="copy-unreadable", message=NO_FILE)) from error
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ProblemError(Problem(path=place, rule="copy-unreadable", message=message)) from error


def _size(path: Path) -> int:
    """Return how many bytes the file *path* has; 0 if it is a link, or missing."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def too_large(size: int) -> str | None:
    """Return why a copy of so many bytes is not read, or None."""
    if size <= MOST_BYTES:
        return None
    return f"{size:,} bytes, of which a copy may have {MOST_BYTES:,}; divide it into several"


def _unread(kind: RefusalKind, name: str, shown: str) -> tuple[RuleId, str]:
    """Return the rule by which the file *name* in the folder *shown* is not read, and a message."""
    if kind == "outside":
        return "copy-outside", f"links out of {shown}/; put the file itself there"
    if kind == "missing":
        record = f"{shown}/{name.removesuffix('.txt')}.yml"
        return "copy-missing", f"missing; put the file there, or remove {record}"
    if kind == "circle":
        return "copy-unreadable", "cannot be read: it links in a circle; put the file itself there"
    return "copy-unreadable", NO_FILE


def _encoding(content: bytes) -> str:
    """Return what *content*, which is not UTF-8, looks like, to be put before a remedy."""
    guess = next((name for start, name in MARKS if content.startswith(start)), None)
    plain = sum(byte < 0x80 for byte in content[:SAMPLE]) * 2 > len(content[:SAMPLE])
    if guess is None and plain and UNUSED.isdisjoint(content):
        guess = "Windows-1252 or Latin-1"
    return f"it looks like {guess}; " if guess else ""


def decoded(content: bytes, place: str) -> str:
    """Return *content*, the bytes of the file *place*, as text, or raise ProblemError."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message = (
            f"not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}; "
            f"{_encoding(content)}save the file as UTF-8"
        )
        raise ProblemError(
            Problem(path=place, line=line, column=column, rule="copy-unreadable", message=message)
        ) from error
    match = wrong_character(text, IN_COPY)
    if match is None:
        return text
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    message = f"U+{ord(match[0]):04X} at line {line}: a text with it may read other than it is"
    raise ProblemError(
        Problem(path=place, line=line, column=column, rule="copy-unreadable", message=message)
    )
