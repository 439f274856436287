"""Block text: the inline content of one block of Markdown's tree, read as a flat text."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from markdown.util import AtomicString

from ..quotations.editorial import FOR
from ..sources.source import Span
from ..text.quotation_marks import ATOM, INCHES, UNSEEN, measures
from ..text.quoted_runs import QuotedRuns, quoted_runs
from ..text.saying import Saying
from ..text.single_marks import SINGLE, has_marks
from .attribute_lists import Part, attribute_lists

STX, ETX = "\x02", "\x03"
STASHED = rf"{STX}wzxhzdk:(?P<stash>\d+){ETX}"
ESCAPED = rf"{STX}(?P<escape>\d+){ETX}"
# What Markdown's tree holds in place of text: stashed HTML, escaped characters.
HIDDEN = re.compile(f"{STASHED}|{ESCAPED}")
STASHED_ALONE = re.compile(STASHED)
# Placeholders of other steps and extensions, such as the space before a footnote's way back.
HELD = re.compile(f"{STX}[^{ETX}]*{ETX}")
NAMED = r"(?:[A-Za-z][A-Za-z0-9]*|#\d+|#[xX][0-9A-Fa-f]+);"
ENTITY = re.compile(f"&{NAMED}")
# Markdown leaves some entities in the text, and hides e-mail addresses in others.
IN_TEXT = re.compile(f"{STASHED}|{ESCAPED}|(?P<entity>(?:&|{STX}amp{ETX}){NAMED})|{HELD.pattern}")

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CODE = frozenset({"code", "kbd", "samp", "tt", "pre", "script", "style"})
# Elements that are no text, as is the number of a footnote: pictures and the like.
ATOMS = frozenset({"img", "input", "svg", "math", "object", "iframe", "video", "audio"})

HIDING = ("hidden", "style", "class", "inert", "aria-hidden", "aria-label", "popover")
"""Attributes of an element whose text may be unseen, or not be seen as text."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
RAW_TAG = re.compile(r"<[^<>]*>")
RAW_CODE = re.compile(r"<(?P<end>/?)(?P<tag>code|kbd|samp)(?:\s[^<>]*)?>", re.IGNORECASE)
REPLACEMENT = re.compile(rf"(?<=\]){FOR}")
MASK = "a"
"""Replaces each character in which no mark is read: a letter that cannot follow a measure."""

CITATION_CLASS = "verbatim-citation"
"""Marks a citation in the tree, until something is put in its place."""

TokenKind = Literal["text", "code", "escape", "raw", "atom", "open", "close", "block"]


@dataclass(slots=True)
class Token:
    """A step through a block's content: *shown* is its text in *flat*, *raw* what the tree has."""

    kind: TokenKind
    start: int
    shown: str = ""
    raw: str = ""
    element: etree.Element | None = None
    end: int = 0
    """For *open*: where its *close* is."""
    breaks: bool = False
    """For *raw*: it ends a line."""
    atomic: bool = False
    """Later steps may not change the text."""


NO_RUNS = QuotedRuns()


def _is_citation(element: etree.Element | None) -> bool:
    return element is not None and element.get("class") == CITATION_CLASS


@dataclass(frozen=True, eq=False)
class Flat:
    """A block's own text: *text* is what a reader sees, ATOM for what is no text."""

    element: etree.Element
    text: str
    tokens: list[Token] = field(default_factory=list)
    reads_attributes: bool = False
    """The page's Markdown reads attribute lists."""
    _quoted: dict[Saying, QuotedRuns] = field(default_factory=dict)

    def kinds(self, kind: TokenKind) -> list[Token]:
        """Return the tokens of *kind*, in order."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[TokenKind, list[Token]]:
        by_kind: dict[TokenKind, list[Token]] = {}
        for token in self.tokens:
            by_kind.setdefault(token.kind, []).append(token)
        return by_kind

    @cached_property
    def masked(self) -> str:
        """The text with code, attribute lists and escapes hidden: no mark is read there."""
        text = list(self.text)
        for start, end in self.attributes:
            text[start:end] = " " * (end - start)
        for token in self.tokens:
            # An apostrophe with a backslash reads like any other.
            if token.kind == "code" or (token.kind == "escape" and not SINGLE.match(token.shown)):
                text[token.start : token.start + len(token.shown)] = MASK * len(token.shown)
        for match in REPLACEMENT.finditer(self.text):
            text[match.start() : match.end()] = MASK * len(match[0])
        return "".join(text)

    @cached_property
    def attributes(self) -> list[Span]:
        """Where the attribute lists are that Markdown takes out of the text."""
        if "{" not in self.text:
            return []
        parts = list(self._parts()) if self.reads_attributes else []
        others = [t.start for t in self.tokens if t.kind != "text" or t.shown != t.raw]
        return attribute_lists(self.element, self.text, parts, others)

    def _parts(self) -> Iterator[Part]:
        """Yield each string of the block's tree: the element it follows, and where it is."""
        after: etree.Element | None = None
        start, is_own = 0, False
        for token in self.tokens:
            if token.element is None:
                continue
            yield Part(after, start, token.start, is_own)
            after = token.element if token.kind != "open" else None
            is_own = token.element.get("class") == CITATION_CLASS
            start = token.start + len(token.shown)
        yield Part(after, start, len(self.text), is_own)

    def quoted(self, saying: Saying) -> QuotedRuns:
        """Return what is in quotation marks, and the marks that measure or are left over."""
        if saying not in self._quoted:
            marked = has_marks(self.text)
            cited = [t.start for t in self.kinds("atom") if _is_citation(t.element)]
            self._quoted[saying] = (
                quoted_runs(self.masked, self._measures(), saying, cited) if marked else NO_RUNS
            )
        return self._quoted[saying]

    def _measures(self) -> frozenset[int]:
        """Return where a mark may measure: after digits that a reader sees."""
        if not any(mark in self.masked for mark in INCHES):
            return frozenset()
        text, offsets = as_seen(self, self.masked)
        return frozenset(offsets[at] for at in measures(text))


def flatten(
    element: etree.Element,
    stash: Sequence[object],
    hidden: re.Pattern[str],
    *,
    reads_attributes: bool,
) -> Flat:
    """Return the text that *element* holds directly, less the blocks inside it.

    *hidden* finds what its strings hold in place of text.
    """
    reader = _Reader(stash, hidden)
    reader.content(element, code=element.tag in CODE)
    tokens = reader.tokens
    _find_raw_code(tokens, stash)
    text = "".join(token.shown for token in tokens)
    assert reader.at == len(text)
    return Flat(element, text, tokens, reads_attributes)


class _Reader:
    """Reads the content of a block into tokens."""

    def __init__(self, stash: Sequence[object], hidden: re.Pattern[str]) -> None:
        self._stash, self._pattern = stash, hidden
        self.tokens: list[Token] = []
        self.at = 0

    def content(self, element: etree.Element, *, code: bool) -> None:
        """Read what is in *element*."""
        self._string(element.text, code=code)
        for child in element:
            self._child(child, code=code)
            self._string(child.tail, code=code)

    def _child(self, child: etree.Element, *, code: bool) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in BLOCKS or not tag:
            self._add(Token("block", self.at, "\0", element=child))
        elif tag == "br":
            self._add(Token("atom", self.at, "\n", element=child))
        elif _is_atom(child, tag):
            self._add(Token("atom", self.at, ATOM, element=child))
        else:
            opening = Token("open", self.at, element=child)
            self._add(opening)
            self.content(child, code=code or tag in CODE)
            opening.end = self.at
            self._add(Token("close", self.at, element=child))

    def _string(self, text: str | None, *, code: bool) -> None:
        if not text:
            return
        first = len(self.tokens)
        kind: TokenKind = "code" if code else "text"
        done = 0
        for match in (HIDDEN if code else self._pattern).finditer(text):
            if done < match.start():
                self._add(_plain(kind, self.at, text[done : match.start()]))
            self._add(_hidden(match, self._stash, self.at, code=code))
            done = match.end()
        if done < len(text):
            self._add(_plain(kind, self.at, text[done:]))
        if isinstance(text, AtomicString):
            for token in self.tokens[first:]:
                token.atomic = True

    def _add(self, token: Token) -> None:
        self.tokens.append(token)
        self.at += len(token.shown)


def _is_atom(child: etree.Element, tag: str) -> bool:
    if tag == "sup":
        # Of an extension it is text, and may hold marks.
        return any(link.get("class") == "footnote-ref" for link in child.iter("a"))
    return tag in ATOMS or child.get("class") == CITATION_CLASS


def _plain(kind: TokenKind, at: int, raw: str) -> Token:
    # Markdown has escaped the text of code already.
    return Token(kind, at, html.unescape(raw) if kind == "code" else raw, raw)


def _hidden(match: re.Match[str], stash: Sequence[object], at: int, *, code: bool) -> Token:
    found = match.groupdict()
    if found["escape"] is not None:
        return Token("escape", at, chr(int(found["escape"])), match[0])
    if entity := found.get("entity"):
        return Token("text", at, html.unescape(HELD.sub("&", entity)), match[0])
    if found["stash"] is None:
        # Of an extension, which puts a tag of its own there.
        return Token("raw", at, "", match[0])
    number = int(found["stash"])
    stashed = stash[number] if number < len(stash) else ""
    if code and isinstance(stashed, str):
        # Some extensions keep code apart, with tags that colour it.
        return Token("code", at, html.unescape(RAW_TAG.sub("", stashed)), match[0])
    if isinstance(stashed, str) and ENTITY.fullmatch(stashed):
        return Token("text", at, html.unescape(stashed), match[0])
    breaks = isinstance(stashed, str) and BREAK.fullmatch(stashed) is not None
    return Token("raw", at, "", match[0], breaks=breaks)


def _find_raw_code(tokens: Sequence[Token], stash: Sequence[object]) -> None:
    """Make code of the text between two raw tags of code, with no other tag between them."""
    begun: tuple[int, str] | None = None
    for number, token in enumerate(tokens):
        if token.kind == "block" or (token.kind == "atom" and token.shown == ATOM):
            begun = None
        if token.kind != "raw":
            continue
        match = STASHED_ALONE.fullmatch(token.raw)
        piece = stash[int(match["stash"])] if match and int(match["stash"]) < len(stash) else ""
        tag = RAW_CODE.fullmatch(piece) if isinstance(piece, str) else None
        if tag and tag["end"] and begun and begun[1] == tag["tag"].lower():
            inside = tokens[begun[0] + 1 : number]
            for each in inside if _is_whole(inside) else ():
                each.kind = "code" if each.kind == "text" else each.kind
        begun = (number, tag["tag"].lower()) if tag and not tag["end"] else None


def _is_whole(tokens: Sequence[Token]) -> bool:
    """Return whether each element that begins or ends among *tokens* does both."""
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return False
    return depth == 0


def as_seen(flat: Flat, text: str) -> tuple[str, list[int]]:
    """Return *text* with UNSEEN where something may be hidden, and the offset of each character.

    *text* is that of *flat*, or as long.
    """
    parts: list[str] = []
    offsets: list[int] = []
    for token in flat.tokens:
        sign = "\n" if token.breaks else UNSEEN if _may_hide(token) else ""
        end = token.start + len(token.shown)
        parts += [sign, text[token.start : end]]
        offsets += [token.start] * len(sign)
        offsets += range(token.start, end)
    return "".join(parts), offsets


def _may_hide(token: Token) -> bool:
    """Return whether *token* is raw HTML, or an edge of what hides its text or lowers it."""
    if token.kind not in {"open", "close"}:
        return token.kind == "raw"
    assert token.element is not None
    return token.element.tag in {"sub", "sup"} or any(
        name in token.element.attrib for name in HIDING
    )
