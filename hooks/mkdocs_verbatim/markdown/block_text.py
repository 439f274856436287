"""Block text: the inline content of one block of Markdown's tree, read as a flat text."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ..quotations.editorial import FOR
from ..text.quotation_marks import ATOM, INCHES, UNSEEN, Pairing, measures, pair_marks

STX, ETX = "\x02", "\x03"
STASHED = rf"{STX}wzxhzdk:(?P<stash>\d+){ETX}"
ESCAPED = rf"{STX}(?P<escape>\d+){ETX}"
# What Markdown's tree holds in place of text: stashed HTML, escaped characters.
HIDDEN = re.compile(f"{STASHED}|{ESCAPED}")
# Placeholders of other steps and extensions, such as the space before a footnote's way back.
HELD = re.compile(f"{STX}[^{ETX}]*{ETX}")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#[xX][0-9A-Fa-f]+);")

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CODE = frozenset({"code", "kbd", "samp", "tt", "pre", "script", "style"})
# Elements that are no text: pictures, and the number of a footnote.
ATOMS = frozenset({"img", "sup", "input", "svg", "math", "object", "iframe", "video", "audio"})

HIDING = ("hidden", "style", "class", "inert", "aria-hidden", "aria-label", "popover")
"""Attributes of an element whose text may be unseen, or not be seen as text."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
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


@dataclass(frozen=True, eq=False)
class Flat:
    """A block's own text: *text* is what a reader sees, ATOM for what is no text."""

    element: etree.Element
    text: str
    tokens: list[Token] = field(default_factory=list)

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
        """The text with code and escaped characters hidden: no mark is read there."""
        text = list(self.text)
        for token in self.tokens:
            if token.kind in {"code", "escape"}:
                text[token.start : token.start + len(token.shown)] = MASK * len(token.shown)
        for match in REPLACEMENT.finditer(self.text):
            text[match.start() : match.end()] = MASK * len(match[0])
        return "".join(text)

    @cached_property
    def pairs(self) -> Pairing:
        """The outermost runs in double marks, its measures, and where a mark is left over."""
        return pair_marks(self.masked, self._measures())

    def _measures(self) -> frozenset[int]:
        """Return where a mark may measure: after digits that a reader sees."""
        if INCHES.isdisjoint(self.masked):
            return frozenset()
        text, offsets = as_seen(self, self.masked)
        return frozenset(offsets[at] for at in measures(text))


def flatten(element: etree.Element, stash: Sequence[object]) -> Flat:
    """Return the text that *element* holds directly, less the blocks inside it."""
    tokens: list[Token] = []
    at = _content(element, stash, tokens, 0, code=element.tag in CODE)
    assert at == sum(len(token.shown) for token in tokens)
    return Flat(element, "".join(token.shown for token in tokens), tokens)


def _content(
    element: etree.Element, stash: Sequence[object], tokens: list[Token], at: int, *, code: bool
) -> int:
    at = _string(element.text, stash, tokens, at, code=code)
    for child in element:
        at = _child(child, stash, tokens, at, code=code)
        at = _string(child.tail, stash, tokens, at, code=code)
    return at


def _child(
    child: etree.Element, stash: Sequence[object], tokens: list[Token], at: int, *, code: bool
) -> int:
    tag = child.tag if isinstance(child.tag, str) else ""
    if tag in BLOCKS or not tag:
        tokens.append(Token("block", at, "\0", element=child))
        return at + 1
    if tag == "br":
        tokens.append(Token("atom", at, "\n", element=child))
        return at + 1
    if tag in ATOMS or child.get("class") == CITATION_CLASS:
        tokens.append(Token("atom", at, ATOM, element=child))
        return at + 1
    opening = Token("open", at, element=child)
    tokens.append(opening)
    at = _content(child, stash, tokens, at, code=code or tag in CODE)
    opening.end = at
    tokens.append(Token("close", at, element=child))
    return at


def _string(
    text: str | None, stash: Sequence[object], tokens: list[Token], at: int, *, code: bool
) -> int:
    if not text:
        return at
    kind: TokenKind = "code" if code else "text"
    done = 0
    for match in HIDDEN.finditer(text):
        if done < match.start():
            tokens.append(_plain(kind, at, text[done : match.start()]))
            at += len(tokens[-1].shown)
        tokens.append(_hidden(match, stash, at))
        at += len(tokens[-1].shown)
        done = match.end()
    if done < len(text):
        tokens.append(_plain(kind, at, text[done:]))
        at += len(tokens[-1].shown)
    return at


def _plain(kind: TokenKind, at: int, raw: str) -> Token:
    # Markdown has escaped the text of code already.
    return Token(kind, at, html.unescape(raw) if kind == "code" else raw, raw)


def _hidden(match: re.Match[str], stash: Sequence[object], at: int) -> Token:
    if match["escape"] is not None:
        return Token("escape", at, chr(int(match["escape"])), match[0])
    number = int(match["stash"])
    stashed = stash[number] if number < len(stash) else ""
    if isinstance(stashed, str) and ENTITY.fullmatch(stashed):
        return Token("text", at, html.unescape(stashed), match[0])
    breaks = isinstance(stashed, str) and BREAK.fullmatch(stashed) is not None
    return Token("raw", at, "", match[0], breaks=breaks)


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
    return token.element.tag == "sub" or any(name in token.element.attrib for name in HIDING)
