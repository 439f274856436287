"""Edits: puts elements and proven words into a block, and makes its content anew."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown.util import AtomicString

from .block_text import Flat, Token


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


def rebuild(
    flat: Flat,
    edits: Sequence[Edit],
    inserts: Sequence[Insert] = (),
    written: Mapping[int, str] | None = None,
) -> None:
    """Carry out *edits*, which do not overlap, and *inserts* on the block.

    *written* has what is put in place of single characters, by their offsets.
    """
    written = written or {}
    edits = sorted(edits, key=lambda edit: edit.start)
    inserts = sorted(inserts, key=lambda insert: insert[0])
    edges = {edge for edit in edits for edge in (edit.start, edit.end)}
    edges |= {offset for offset, _ in inserts}
    edges |= {edit.start + cut for edit in edits for cut in edit.cuts}
    edges |= {offset + after for offset in written for after in (0, 1)}
    builder = _Builder(flat.element, edits, inserts, written)
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
    return Token(token.kind, start, text, text, atomic=token.atomic)


class _Builder:
    """Makes the block's content anew, with the wraps of the edits at their places.

    A wrap is one element: tags that would cross its edge are closed before it and opened again.
    """

    def __init__(
        self,
        root: etree.Element,
        edits: Sequence[Edit],
        inserts: Sequence[Insert],
        written: Mapping[int, str],
    ) -> None:
        self._written = written
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
            written = self._written.get(token.start) if token.kind == "text" else None
            self._text(token.raw if written is None else written, atomic=token.atomic)
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

    def _text(self, text: str, *, atomic: bool = False) -> None:
        if not text:
            return
        parent = self._stack[-1]
        before = (parent[-1].tail if len(parent) else parent.text) or ""
        whole = before + text
        if atomic and (not before or isinstance(before, AtomicString)):
            whole = AtomicString(whole)
        if len(parent):
            parent[-1].tail = whole
        else:
            parent.text = whole


def _clone(tag: Token) -> etree.Element:
    assert tag.element is not None
    attributes = {key: value for key, value in tag.element.attrib.items() if key != "id"}
    return etree.Element(tag.element.tag, attributes)
