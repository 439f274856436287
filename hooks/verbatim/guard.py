"""Guards: the places where a quotation could slip past the proof, each refused."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from .inline import ENTITY, HIDDEN
from .mark import CITATION, DOUBLE, cites

SHOWN_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "label")
"""Attributes whose text reaches a reader."""

QUOTING = ("q", "blockquote")
SILENT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "template"})


def check_attributes(root: etree.Element, stash: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each text that an attribute shows, and that text."""
    for element in root.iter():
        for name in SHOWN_ATTRIBUTES:
            value = _shown(element.get(name) or "", stash)
            if DOUBLE.search(value):
                yield f"double marks in {name!r} of <{element.tag}>", value


def _shown(value: str, stash: Sequence[object]) -> str:
    if "\x02" not in value:
        return value
    return HIDDEN.sub(lambda match: _unhidden(match, stash), value)


def _unhidden(match: re.Match[str], stash: Sequence[object]) -> str:
    if match["escape"] is not None:
        return chr(int(match["escape"]))
    number = int(match["stash"])
    return html.unescape(str(stash[number])) if number < len(stash) else ""


def check_raw(stash: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each piece of raw HTML of a page, and the text to look for."""
    for piece in stash:
        if isinstance(piece, str) and not ENTITY.fullmatch(piece) and _may_quote(piece):
            reader = _RawReader()
            reader.feed(piece)
            reader.close()
            yield from reader.found


def _may_quote(piece: str) -> bool:
    lower = piece.lower()
    return (
        bool(DOUBLE.search(html.unescape(piece))) or "@" in piece or "<q" in lower or "<bl" in lower
    )


class _RawReader(HTMLParser):
    """Collects quotations in a piece of raw HTML; code is never read as one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in QUOTING:
            self.found.append((f"raw <{tag}>; write the quotation in Markdown", f"<{tag}"))
        if tag in SILENT:
            self._silent.append(tag)
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value and DOUBLE.search(value):
                self.found.append((f"double marks in raw HTML, in {name!r} of <{tag}>", value))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if DOUBLE.search(data):
            self.found.append(("double marks in raw HTML; write the quotation in Markdown", data))
        if any(cites(match[1]) for match in re.finditer(CITATION, data)):
            self.found.append(("a citation in raw HTML; write the paragraph in Markdown", data))
