"""Inline content: the text of one block of Markdown's tree, flat, and put together again."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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


@dataclass(slots=True)
class Edit:
    """Put flat[start:end] into *wrap*; with *elements*, put these in its place.

    *texts* replace the wrapped text: one for each part between its *cuts*, which count
    from *start*.
    """

    start: int
    end: int
    wrap: etree.Element
    texts: Sequence[str] = ()
    cuts: Sequence[int] = ()
    elements: Sequence[etree.Element] | None = None


def cuts(flat: Flat, start: int, end: int) -> list[int]:
    """Return where inside flat[start:end] a tag is: offsets less *start*, in order."""
    found = {t.start for t in flat.tokens if not t.raw and start < t.start < end}
    found |= {t.start for t in flat.tokens if t.kind == "raw" and start < t.start < end}
    return sorted(cut - start for cut in found)


Insert = tuple[int, etree.Element]
"""An element to put before flat[offset]."""


def rebuild(flat: Flat, edits: Sequence[Edit], inserts: Sequence[Insert] = ()) -> None:
    """Carry out *edits*, which do not overlap, and *inserts* on the block."""
    edits = sorted(edits, key=lambda edit: edit.start)
    inserts = sorted(inserts, key=lambda insert: insert[0])
    edges = {edge for edit in edits for edge in (edit.start, edit.end)}
    edges |= {offset for offset, _ in inserts}
    edges |= {edit.start + cut for edit in edits for cut in edit.cuts}
    builder = _Builder(flat.element, edits, inserts)
    for token in _split(flat.tokens, sorted(edges)):
        builder.take(token)
    builder.finish()


def _split(tokens: Sequence[Token], edges: Sequence[int]) -> Iterator[Token]:
    """Yield *tokens* with text cut at every edge."""
    for token in tokens:
        if token.kind not in {"text", "code"} or token.shown != token.raw:
            yield token
            continue
        done = token.start
        stop = token.start + len(token.shown)
        for edge in edges[bisect_right(edges, done) :]:
            if edge >= stop:
                break
            yield _part(token, done, edge)
            done = edge
        yield _part(token, done, stop)


def _part(token: Token, start: int, end: int) -> Token:
    text = token.shown[start - token.start : end - token.start]
    return Token(token.kind, start, text, text)


class _Builder:
    """Makes the block's content anew, with the wraps of the edits at their places.

    A wrap is one element: tags that would cross its edge are closed before it and opened again.
    """

    def __init__(
        self, root: etree.Element, edits: Sequence[Edit], inserts: Sequence[Insert]
    ) -> None:
        self._queue = list(reversed(edits))
        self._inserts = list(reversed(inserts))
        self._edit: Edit | None = None
        self._shown = 0
        self._tags_kept = ""
        # The author's tags that are open, and how many of them were opened outside the edit.
        self._tags: list[Token] = []
        self._outside = 0
        children = list(root)
        for child in children:
            root.remove(child)
        root.text = None
        self._stack = [root]

    def take(self, token: Token) -> None:
        """Put *token* where it belongs, entering and leaving edits on the way."""
        edit = self._edit
        if edit is not None and token.start >= edit.end:
            inner = token.kind == "close" and len(self._tags) > self._outside
            if not inner and not (token.kind == "raw" and token.start == edit.end):
                self._leave(edit)
        while self._edit is None and self._inserts and self._inserts[-1][0] <= token.start:
            self._append(self._inserts.pop()[1])
        while self._edit is None and self._queue and self._queue[-1].start <= token.start:
            outer = token.kind == "open" and token.end > self._queue[-1].end
            if token.kind == "close" or outer:
                break
            self._enter(self._queue.pop())
        self._put(token)

    def finish(self) -> None:
        """Leave the last edit, and put what is left at the end."""
        if self._edit is not None:
            self._leave(self._edit)
        while self._inserts:
            self._append(self._inserts.pop()[1])
        assert not self._queue

    def _enter(self, edit: Edit) -> None:
        crossing = next((i for i, t in enumerate(self._tags) if t.end < edit.end), len(self._tags))
        del self._stack[1 + crossing :]
        self._push(edit.wrap)
        for tag in self._tags[crossing:]:
            self._push(_clone(tag))
        self._outside = crossing
        self._edit, self._shown = edit, 0

    def _leave(self, edit: Edit) -> None:
        del self._stack[1 + self._outside :]
        if edit.elements is not None:
            parent = self._stack[-1]
            parent.remove(edit.wrap)
            for element in edit.elements:
                self._append(element)
            # An author's tag in what was taken out still opens or closes something outside.
            self._text(self._tags_kept)
            self._tags_kept = ""
        for tag in self._tags[self._outside :]:
            self._push(_clone(tag))
        self._edit = None

    def _put(self, token: Token) -> None:
        if token.kind == "open":
            assert token.element is not None
            self._tags.append(token)
            self._push(etree.Element(token.element.tag, dict(token.element.attrib)))
        elif token.kind == "close":
            self._tags.pop()
            self._stack.pop()
            self._outside = min(self._outside, len(self._tags))
        elif token.element is not None:
            token.element.tail = None
            self._append(token.element)
        elif self._edit is not None and self._edit.elements is not None and token.kind == "raw":
            self._tags_kept += token.raw
        elif self._edit is None or token.kind == "raw" or not self._edit.texts:
            self._text(token.raw)
        else:
            self._proven(self._edit, token)

    def _proven(self, edit: Edit, token: Token) -> None:
        """Write the proven text of the part in which *token* is, once."""
        part = bisect_right(edit.cuts, token.start - edit.start)
        while self._shown <= part:
            self._text(edit.texts[self._shown])
            self._shown += 1

    def _push(self, element: etree.Element) -> None:
        self._append(element)
        self._stack.append(element)

    def _append(self, element: etree.Element) -> None:
        self._stack[-1].append(element)

    def _text(self, text: str) -> None:
        parent = self._stack[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _clone(tag: Token) -> etree.Element:
    assert tag.element is not None
    attributes = {key: value for key, value in tag.element.attrib.items() if key != "id"}
    return etree.Element(tag.element.tag, attributes)
