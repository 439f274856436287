"""Records: what stands beside a copy in `sources/KEY.yml`, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node, parse_data
from ..problem import Problem
from .csl import wrong
from .record_form import (
    BASIS,
    CITED,
    COPY,
    FURNITURE,
    ITEM,
    KEY,
    LIMITS,
    LONGER,
    NOTHING,
    NUMBER,
    REFERENCE,
    SENSITIVE,
    SHA256,
    SHOWN,
    SPEECH,
    STYLE,
    STYLES,
    WITH_COPY,
    Mode,
)

RESERVED = {
    "index": "that is the page of all sources",
    "readme": "that is the page of all sources",
    "people": "people.yml is the list of people",
}
"""Keys whose files or pages are something else, and what."""

Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A reference's field that the copy does not state, and what it rests on."""

    value: Value
    evidence: str
    accessed: str | None
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of a copy, from *first* to *last*, that its author did not write there."""

    first: int
    last: int
    what: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one paragraph, named by their first and last; None is the paragraph's own edge."""

    paragraph: int
    first: str | None
    last: str | None
    line: int


class Sensitive(NamedTuple):
    """A passage that is shown at most as quoted; *shown* is what may be quoted of it at most.

    With *limited* and nothing *shown*, none of it is quoted.
    """

    passage: Passage
    shown: Passage | None = None
    limited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechRecord:
    """A passage in which somebody other than the source's author speaks."""

    passage: Passage
    speaker: str
    mode: Mode
    how: str | None
    via: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """Paragraphs one excerpt of which may be longer than the source's others, and why."""

    first: int
    last: int
    words: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be shown: words an excerpt, shares of the copy's words; None is no limit."""

    excerpt_words: int | None = None
    quoted_share: float | None = None
    published_share: float | None = None
    author_share: float | None = None
    """Of what nobody but the author says in the copy, how much is quoted."""
    longer: tuple[Longer, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What the copy's bytes must be."""

    sha256: str
    bytes: int | None
    markdown: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A reference in one style: in a list, in a note or in text, and when named before.

    Notes are by what they point at: plain, paragraph, paragraphs, line, lines; `{}` stands where
    the numbers go, and *...* is emphasis.
    """

    bibliography: str
    note: Mapping[str, str]
    short: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What `verbatim cite` locked: *of* is the digest of the item that was formatted."""

    of: str
    styles: Mapping[str, Style]
    bibtex: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A source's record; *copy* is None for `kind: reference`, which is cited and never quoted."""

    path: str
    reference: Mapping[str, Value]
    description: str | None
    attribution: str
    accessed: str | None
    basis: Mapping[str, Basis]
    copy: Copy | None
    furniture: tuple[Lines, ...] = ()
    joins: tuple[tuple[int, int, int], ...] = ()
    """Pairs of paragraph numbers, and the line of the record."""
    speech: tuple[SpeechRecord, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()
    notes: tuple[str, ...] = ()
    full: bool = False
    limits: Limits = field(default_factory=Limits)
    cited: Cited | None = None


def wrong_key(key: str) -> str | None:
    """Say why *key* cannot be a source's key, or nothing."""
    if not KEY.fullmatch(key):
        return f"{key!r} cannot be a key; use letters, digits, single hyphens"
    # In small letters: some file systems do not tell capitals apart.
    if taken := RESERVED.get(key.lower()):
        return f"{key!r} cannot be a key: {taken}; choose another"
    return None


def parse_record(text: str, path: str) -> tuple[Record | None, list[Problem]]:
    """Return the record that *text* is, or None, and what is wrong; raise DataError if no YAML."""
    node = parse_data(text, path)
    problems: list[Problem] = []
    is_reference = _is_reference(node)
    reader = Reader(node, path, "the record", problems, REFERENCE if is_reference else WITH_COPY)
    reader.choice("kind")
    reference = _reference(reader, node, problems, path)
    description = reader.text("description")
    if reference is not None and reference.get("title") is None and description is None:
        message = "no title and no 'description'; say in a few words what the text is"
        reader.wrong(node, message, rule="record-incomplete")
    record = Record(
        path=path,
        reference=reference or {},
        description=description,
        attribution=reader.text("attribution") or "",
        accessed=reader.text("accessed"),
        basis=_basis(reader, problems, path),
        copy=None if is_reference else _copy(reader, problems, path),
        furniture=() if is_reference else _furniture(reader, problems, path),
        joins=() if is_reference else _joins(reader),
        speech=() if is_reference else _speech(reader, problems, path),
        sensitive=() if is_reference else _sensitive(reader, problems, path),
        notes=reader.texts("notes"),
        full=not is_reference and reader.choice("publish") == "full",
        limits=Limits() if is_reference else _limits(reader, problems, path),
        cited=_cited(reader, problems, path),
    )
    reader.finish()
    whole = reference is not None and record.attribution and (is_reference or record.copy)
    return (record if whole else None), problems


def _is_reference(node: Node) -> bool:
    kind = node.value.get("kind") if isinstance(node.value, dict) else None
    return kind is not None and kind.value == "reference"


def _reference(
    reader: Reader, node: Node, problems: list[Problem], path: str
) -> dict[str, Value] | None:
    fields = reader.get("reference")
    if fields is None:
        return None
    inner = Reader(fields, path, "'reference'", problems, ITEM)
    if not isinstance(fields.value, dict):
        return None
    inner.text("type")
    if not inner.has("title"):
        message = "missing 'title' in 'reference'; where none is known write 'title: null'"
        reader.wrong(fields if fields.keys else node, message, rule="record-incomplete")
    values = {key: plain(value) for key, value in fields.value.items()}
    _check_fields(inner, {key: (values[key], fields.value[key]) for key in values})
    return values


def _check_fields(reader: Reader, fields: Mapping[str, tuple[Value, Node]]) -> None:
    for name, (value, node) in fields.items():
        if message := wrong(name, value):
            reader.wrong(node, message)


def plain(node: Node) -> Value:
    """Return *node* as strings, lists and dicts."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    return node.value


def _basis(reader: Reader, problems: list[Problem], path: str) -> dict[str, Basis]:
    basis: dict[str, Basis] = {}
    for name, node in reader.mapping("basis").items():
        inner = Reader(node, path, f"'basis' of {name!r}", problems, BASIS)
        value = inner.get("value")
        evidence = inner.text("evidence")
        accessed = inner.text("accessed")
        confidence = inner.choice("confidence")
        inner.finish()
        if value is not None:
            _check_fields(inner, {name: (plain(value), node)})
        if value is not None and evidence is not None:
            basis[name] = Basis(
                value=plain(value),
                evidence=evidence,
                accessed=accessed,
                confidence=confidence or "not stated",
            )
    return basis


def _copy(reader: Reader, problems: list[Problem], path: str) -> Copy | None:
    node = reader.get("copy")
    if node is None:
        return None
    inner = Reader(node, path, "'copy'", problems, COPY)
    sha256 = inner.text("sha256")
    size = inner.number("bytes")
    markup = inner.choice("markup")
    inner.finish()
    if sha256 is None:
        return None
    if not SHA256.fullmatch(sha256):
        inner.wrong(node, "'sha256' must be 64 digits and letters a to f")
        return None
    return Copy(
        sha256=sha256,
        bytes=size,
        markdown=markup == "markdown",
        line=node.keys.get("sha256", (node.line, 1))[0],
    )


def _furniture(reader: Reader, problems: list[Problem], path: str) -> tuple[Lines, ...]:
    lines: list[Lines] = []
    for node in reader.items("furniture"):
        inner = Reader(node, path, "'furniture'", problems, FURNITURE)
        span, what = inner.span("lines"), inner.text("what")
        inner.finish()
        if span is not None:
            lines.append(Lines(first=span[0], last=span[1], what=what or "", line=node.line))
    return tuple(lines)


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


def _passage(inner: Reader, node: Node) -> Passage | None:
    paragraph = inner.number("paragraph")
    first, last = inner.text("from"), inner.text("to")
    if paragraph is None:
        return None
    return Passage(paragraph=paragraph, first=first, last=last, line=node.line)


def _speech(reader: Reader, problems: list[Problem], path: str) -> tuple[SpeechRecord, ...]:
    speech: list[SpeechRecord] = []
    for node in reader.items("speech"):
        inner = Reader(node, path, "'speech'", problems, SPEECH)
        speaker = inner.text("speaker")
        mode = inner.choice("mode")
        passage, how, via = _passage(inner, node), inner.text("how"), inner.texts("via")
        note = inner.text("note")
        inner.finish()
        if speaker is not None and passage is not None and mode is not None:
            speech.append(
                SpeechRecord(
                    passage=passage,
                    speaker=speaker,
                    mode="verbatim" if mode == "verbatim" else "paraphrase",
                    how=how,
                    via=via,
                    note=note,
                )
            )
    return tuple(speech)


def _sensitive(reader: Reader, problems: list[Problem], path: str) -> tuple[Sensitive, ...]:
    passages: list[Sensitive] = []
    for node in reader.items("sensitive"):
        inner = Reader(node, path, "'sensitive'", problems, SENSITIVE)
        passage, given = _passage(inner, node), inner.get("shown")
        inner.finish()
        if passage is None:
            continue
        shown = None
        if given is not None and given.value != NOTHING:
            called = f"'shown', which is from and to, or {NOTHING!r},"
            part = Reader(given, path, called, problems, SHOWN)
            first, last = part.text("from"), part.text("to")
            part.finish()
            shown = Passage(paragraph=passage.paragraph, first=first, last=last, line=given.line)
        passages.append(Sensitive(passage=passage, shown=shown, limited=given is not None))
    return tuple(passages)


def _limits(reader: Reader, problems: list[Problem], path: str) -> Limits:
    node = reader.get("limits")
    if node is None:
        return Limits()
    inner = Reader(node, path, "'limits'", problems, LIMITS)
    words = inner.number("excerpt_words")
    quoted = inner.share("quoted_share")
    published = inner.share("published_share")
    author = inner.share("author_share")
    longer: list[Longer] = []
    for item in inner.items("longer"):
        part = Reader(item, path, "'longer'", problems, LONGER)
        span, most = part.span("paragraphs"), part.number("words")
        why = part.text("why")
        part.finish()
        if span is not None and most is not None:
            longer.append(Longer(first=span[0], last=span[1], words=most, why=why or ""))
    inner.finish()
    return Limits(
        excerpt_words=words,
        quoted_share=quoted,
        published_share=published,
        author_share=author,
        longer=tuple(longer),
        line=node.line,
    )


def _cited(reader: Reader, problems: list[Problem], path: str) -> Cited | None:
    node = reader.get("cited")
    if node is None:
        return None
    inner = Reader(node, path, "'cited'", problems, CITED)
    of, bibtex = inner.text("of"), inner.text("bibtex")
    inner.text("pandoc")
    styles: dict[str, Style] = {}
    for name in STYLES:
        style = inner.get(name)
        if style is not None:
            part = Reader(style, path, f"'cited' in {name!r}", problems, STYLE)
            styles[name] = Style(
                bibliography=part.text("bibliography") or "",
                note=_forms(part, "note"),
                short=_forms(part, "short"),
            )
            part.finish()
    inner.finish()
    return Cited(of=of or "", styles=styles, bibtex=bibtex or "", line=node.line)


def _forms(reader: Reader, name: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for key, node in reader.mapping(name).items():
        if isinstance(node.value, str):
            forms[key] = node.value
        else:
            reader.wrong(node, f"{key!r} of {name!r} must be text")
    return forms
