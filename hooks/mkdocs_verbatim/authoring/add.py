"""Add: copies a new source as it is, and drafts its record."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..datafiles.atomic import create_files, remove_unfinished
from ..problem import Problem, ProblemError, RuleId
from ..sources.library import Library, decoded, too_large
from ..sources.people import People
from ..sources.record import wrong_key
from .record_draft import drafted, record_text, to_read
from .schemas import record_comment

SAMPLE = 4096
"""Bytes at the beginning of a file by which it is known what it is."""


FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"PK\x03\x04"), "a Word, EPUB or other zipped file"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "a file of an old Word"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF"), "a picture, sound or film"),
    (
        re.compile(
            rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        "HTML",
    ),
)
"""How files begin that are not a text, and what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was added: how much there is of it, and how much to read over."""

    bytes: int
    paragraphs: int
    words: int
    furniture: int
    speeches: int
    to_read: int


def add(file: Path, key: str, attribution: str | None, sources: Path, library: Library) -> Added:
    """Copy *file* into the folder *sources* as *key* and write its record, or raise ProblemError.

    A copy of just this file that has no record gets one.
    """
    if message := wrong_key(key) or _wrong_attribution(attribution):
        raise _error(f"{sources}/{key}.yml", message, "record-invalid")
    if (alike := _alike(key, sources)) is not None:
        message = f"{key!r} differs from {alike!r} in case alone; choose another key"
        raise _error(f"{sources}/{key}.yml", message, "record-invalid")
    content = _content(file)
    if (same := _added_before(content, key, library)) is not None:
        message = f"the same bytes as {sources}/{same}.txt; cite [@{same}], or remove that first"
        raise _error(str(file), message, "record-invalid")
    text = _text(content, str(file))
    written = record_text(text, content, key, attribution, _listed(library))
    if line := record_comment(sources):
        written = f"{line}\n{written}"
    _create(sources, key, content, written)
    source = drafted(written, text)
    return Added(
        bytes=len(content),
        paragraphs=len(source.paragraphs),
        words=source.words,
        furniture=len(source.record.furniture),
        speeches=len(source.record.speech),
        to_read=to_read(written),
    )


def _wrong_attribution(attribution: str | None) -> str | None:
    if attribution is None or (attribution.strip() and attribution.isprintable()):
        return None
    return f"{attribution!r} names nobody; the attribution is a name on one line"


def _alike(key: str, sources: Path) -> str | None:
    """Return the key in the folder *sources* that differs from *key* in case alone, or None."""
    try:
        names = sorted(path.stem for path in sources.iterdir() if path.suffix in {".txt", ".yml"})
    except OSError:
        return None
    return next((name for name in names if name.lower() == key.lower() and name != key), None)


def _added_before(content: bytes, key: str, library: Library) -> str | None:
    """Return the key of another source whose copy is *content*, or None."""
    sha256 = hashlib.sha256(content).hexdigest()
    others = (source for source in library.sources.values() if source.key != key)
    return next((source.key for source in others if source.sha256 == sha256), None)


def _create(sources: Path, key: str, content: bytes, written: str) -> None:
    """Create the copy of *content* and the record that is *written*, or raise ProblemError."""
    copy, record = sources / f"{key}.txt", sources / f"{key}.yml"
    files = {copy: content, record: written.encode("utf-8")}
    if _is_same(copy, content):
        # Begun by a run that was stopped before it wrote the record, which is not written over.
        del files[copy]
        remove_unfinished(copy)
    try:
        create_files(files)
    except FileExistsError as error:
        message = f"{key!r} is there already and is not written over; choose another key"
        raise _error(str(error.filename2 or record), message, "record-invalid") from error
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise _error(str(copy), message, "copy-unreadable") from error


def _is_same(copy: Path, content: bytes) -> bool:
    """Return whether the file *copy* is there, is not a link, and holds *content*."""
    try:
        return stat.S_ISREG(copy.lstat().st_mode) and copy.read_bytes() == content
    except OSError:
        return False


def _listed(library: Library) -> People:
    """Return the people whom people.yml lists: a record may name no other as speaker."""
    authors = {f"author-{key}".lower() for key in library.records}
    return People(p for p in library.people.by_id.values() if p.id not in authors)


def _error(path: str, message: str, rule: RuleId) -> ProblemError:
    return ProblemError(Problem(path=path, rule=rule, message=message))


def _content(file: Path) -> bytes:
    try:
        # Checked before opening: to open a pipe without a writer would wait for ever.
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _error(str(file), "not a file; name the text itself", "copy-unreadable")
        if message := too_large(found.st_size):
            raise _error(str(file), message, "copy-unreadable")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise _error(str(file), "no such file", "copy-missing") from error
    except (OSError, RuntimeError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise _error(str(file), message, "copy-unreadable") from error


def _text(content: bytes, place: str) -> str:
    for begin, what in FORMATS:
        if begin.match(content[:SAMPLE].removeprefix(codecs.BOM_UTF8)):
            message = f"{what}, not a text; save its words as text in UTF-8, and add that file"
            raise _error(place, message, "copy-unreadable")
    text = decoded(content, place)
    if not any(character.isalnum() for character in text):
        raise _error(place, "the file has no words", "copy-unreadable")
    return text
