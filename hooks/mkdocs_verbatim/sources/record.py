"""Records: `sources/KEY.yml` beside each copy, read and checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node, parse_data
from ..problem import Problem
from .citation_styles import Cited, parse_cited
from .names import mixed_word
from .passages import (
    Lines,
    Sensitive,
    SpeechRecord,
    parse_lines,
    parse_sensitive,
    parse_speech,
)
from .record_form import BASIS, KEY, NUMBER, REFERENCE, SHA256, WITH_COPY
from .reference_fields import Basis, Value, parse_basis, parse_reference, plain

RESERVED = {
    "index": "that is the page of all sources",
    "readme": "that is the page of all sources",
    "people": "people.yml is the list of people",
}
"""Keys whose file or page is another one, and which that is."""


DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])")
"""What no file can be called on Windows, whatever comes after a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What the copy's bytes must be."""

    sha256: str
    bytes: int | None
    markdown: bool
    line: int


def parse_copy(reader: Reader) -> Copy | None:
    """Return what the copy's bytes must be, or None without a SHA-256."""
    node = reader.node
    sha256, size, markup = reader.text("sha256"), reader.number("bytes"), reader.choice("markup")
    if sha256 is None:
        return None
    if not SHA256.fullmatch(sha256):
        reader.wrong(node, "'sha256' must be 64 digits and letters a to f")
        return None
    line, _ = node.keys.get("sha256", (node.line, 1))
    return Copy(sha256=sha256, bytes=size, markdown=markup == "markdown", line=line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """Paragraphs one excerpt of which may be longer than the source's others, and why."""

    first: int
    last: int
    words: int
    why: str


def parse_longer(reader: Reader) -> Longer | None:
    """Return where an excerpt may be longer, or None without paragraphs or a number of words."""
    span, words, why = reader.span("paragraphs"), reader.number("words"), reader.text("why")
    if span is None or words is None:
        return None
    return Longer(first=span[0], last=span[1], words=words, why=why or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be shown: words of an excerpt, shares of the copy's words; None: unlimited."""

    excerpt_words: int | None = None
    quoted_share: float | None = None
    published_share: float | None = None
    author_share: float | None = None
    """How much is quoted of what nobody but the author says in the copy."""
    longer: tuple[Longer, ...] = ()
    line: int = 1


def parse_limits(reader: Reader) -> Limits:
    """Return how much may be shown of a copy."""
    return Limits(
        excerpt_words=reader.number("excerpt_words"),
        quoted_share=reader.share("quoted_share"),
        published_share=reader.share("published_share"),
        author_share=reader.share("author_share"),
        longer=reader.each("longer", parse_longer),
        line=reader.node.line,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A source's record; *copy* is None for `kind: reference`, which is cited and never quoted."""

    path: str
    reference: Mapping[str, Value]
    description: str | None
    attribution: str
    accessed: str | None
    basis: Mapping[str, Basis]
    was: tuple[tuple[str, int], ...] = ()
    """The keys that the source had before, and the line of each."""
    unread: int | None = None
    """The line that says that nobody has read the record over, or None."""
    copy: Copy | None = None
    furniture: tuple[Lines, ...] = ()
    joins: tuple[tuple[int, int, int], ...] = ()
    """Pairs of paragraph numbers, and the line of the record."""
    speech: tuple[SpeechRecord, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()
    notes: tuple[str, ...] = ()
    full: bool = False
    limits: Limits = field(default_factory=Limits)
    cited: Cited | None = None

    @property
    def values(self) -> dict[str, Value]:
        """Every field of the reference that is known: from the copy, else from its basis."""
        stated = {name: value for name, value in self.reference.items() if value is not None}
        return {**{name: basis.value for name, basis in self.basis.items()}, **stated}


def parse_record(text: str, path: str) -> tuple[Record | None, list[Problem]]:
    """Return the record in *text*, or None, and what is wrong in it.

    Raises ProblemError if it is not YAML.
    """
    node = parse_data(text, path)
    problems: list[Problem] = []
    is_reference = _is_reference(node)
    reader = Reader(node, path, "the record", problems, REFERENCE if is_reference else WITH_COPY)
    reader.choice("kind")
    reference = reader.within("reference", parse_reference)
    record = Record(
        path=path,
        reference=reference or {},
        description=reader.text("description"),
        attribution=reader.text("attribution") or "",
        accessed=reader.text("accessed"),
        was=_was(reader),
        basis=_basis(reader),
        unread=_unread(reader),
        notes=reader.texts("notes"),
        cited=reader.within("cited", parse_cited),
    )
    if reference is not None:
        _check_title(record, reader)
    if word := mixed_word(record.attribution):
        message = f"{word!r} in 'attribution' mixes letters of two scripts; write it in one"
        reader.wrong(reader.get("attribution") or reader.node, message)
    if not is_reference:
        record = _with_copy(record, reader)
    reader.finish()
    whole = reference is not None and record.attribution and (is_reference or record.copy)
    return (record if whole else None), problems


def _unread(reader: Reader) -> int | None:
    node = reader.get("read")
    return node.line if reader.choice("read") == "no" and node is not None else None


def _is_reference(node: Node) -> bool:
    kind = node.value.get("kind") if isinstance(node.value, dict) else None
    return kind is not None and kind.value == "reference"


def _check_title(record: Record, reader: Reader) -> None:
    """Enter a problem where the reference has no title and the record does not say so."""
    fields = reader.get("reference")
    if "title" not in record.reference:
        message = "missing 'title' in 'reference'; where none is known write 'title: null'"
        place = fields if fields and fields.keys else reader.node
        reader.wrong(place, message, rule="record-incomplete")
    if record.reference.get("title") is None and record.description is None:
        message = "no title and no 'description'; say in a few words what the text is"
        reader.wrong(reader.node, message, rule="record-incomplete")


def _basis(reader: Reader) -> dict[str, Basis]:
    basis: dict[str, Basis] = {}
    for name, node in reader.mapping("basis").items():
        parse = partial(parse_basis, name=name)
        if found := reader.read(node, f"'basis' of {name!r}", BASIS, parse):
            basis[name] = found
    return basis


def _was(reader: Reader) -> tuple[tuple[str, int], ...]:
    """Return the keys that a source had before, each with its line."""
    keys: list[tuple[str, int]] = []
    for node in reader.items("was"):
        key = node.value if isinstance(node.value, str) else ""
        if message := wrong_key(key):
            reader.wrong(node, message)
        else:
            keys.append((key, node.line))
    return tuple(keys)


def _with_copy(record: Record, reader: Reader) -> Record:
    """Return *record* with the fields that only a text with a copy has."""
    return replace(
        record,
        copy=reader.within("copy", parse_copy),
        furniture=reader.each("furniture", parse_lines),
        joins=_joins(reader),
        speech=reader.each("speech", parse_speech),
        sensitive=reader.each("sensitive", parse_sensitive),
        full=reader.choice("publish") == "full",
        limits=reader.within("limits", parse_limits) or Limits(),
    )


def _joins(reader: Reader) -> tuple[tuple[int, int, int], ...]:
    joins: list[tuple[int, int, int]] = []
    for node in reader.items("joins"):
        pair = plain(node)
        parts = pair if isinstance(pair, list) else []
        numbers = [int(part) for part in parts if isinstance(part, str) and NUMBER.fullmatch(part)]
        if len(parts) == len(numbers) == 2:
            joins.append((numbers[0], numbers[1], node.line))
        else:
            reader.wrong(node, "a join is two paragraph numbers, such as [20, 28]")
    return tuple(joins)


def wrong_key(key: str) -> str | None:
    """Return why *key* cannot be a source's key, or None."""
    if not KEY.fullmatch(key):
        many = f"; it has {len(key)} characters, and 100 are the most" if len(key) > 100 else ""
        return f"{key[:40]!r} cannot be a key; use letters, digits, single hyphens{many}"
    if DEVICES.fullmatch(key.lower()):
        return f"{key!r} cannot be a key: it means a device on Windows; choose another"
    # In small letters: some file systems do not tell capitals apart.
    if taken := RESERVED.get(key.lower()):
        return f"{key!r} cannot be a key: {taken}; choose another"
    return None
