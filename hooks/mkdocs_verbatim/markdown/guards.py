"""Guards: the places where a quotation could slip past the proof, each refused."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from markdown.serializers import to_html_string

from ..quotations.mark import CITATION, cites
from ..text.quotation_marks import DOUBLE, has_marks
from .block_text import CITATION_CLASS, ENTITY, HIDDEN

SHOWN_ATTRIBUTES = frozenset(
    (
        "alt title aria-label aria-description aria-valuetext placeholder label summary value "
        "srcdoc"
    ).split()
)
"""Attributes whose text reaches a reader."""

QUOTING = ("q", "blockquote")
SILENT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "template"})


UNSHOWN = re.compile(
    rf"<(?P<tag>{'|'.join(sorted(SILENT))})\b.*?</(?P=tag)\s*>|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
# Tags that do not separate words.
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|s|small|span|strong|sub|u)\b[^<>]*>", re.IGNORECASE
)
TAG = re.compile(r"<[^<>]*>")
CITATION_ELEMENT = re.compile(f'<span class="{CITATION_CLASS}">([^<]*)</span>')


def check_attributes(root: etree.Element, stash: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each text that an attribute shows, and that text."""
    for element in root.iter():
        for name, attribute in element.items():
            if name not in SHOWN_ATTRIBUTES:
                continue
            value = _shown(attribute or "", stash)
            if has_marks(value):
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


def check_raw(stash: Sequence[object]) -> Iterator[tuple[str, str, int, str]]:
    """Yield what is wrong with a page's raw HTML: message, piece, offset in it, words there."""
    for stashed in stash:
        # An element is Markdown in HTML that nobody has read as Markdown: it goes out as it is.
        piece = stashed
        if isinstance(stashed, etree.Element):
            piece = to_html_string(stashed)
        if not isinstance(piece, str) or ENTITY.fullmatch(piece) or not _may_quote(piece):
            continue
        # Markdown may have put the element of a citation into a tag.
        piece = CITATION_ELEMENT.sub(r"[\1]", piece)
        reader = _RawReader(piece)
        reader.feed(piece)
        reader.close()
        for message, offset, text in reader.found:
            yield message, piece, offset, text


def _may_quote(piece: str) -> bool:
    lower = piece.lower()
    quoting = "<q" in lower or "<bl" in lower
    return quoting or "@" in piece or DOUBLE.search(html.unescape(piece)) is not None


class _RawReader(HTMLParser):
    """Collects quotations in a piece of raw HTML, with offsets; code is never read as one."""

    def __init__(self, piece: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, int, str]] = []
        self._piece = piece
        self._silent: list[str] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", piece))]

    def _wrong(self, message: str, text: str) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        # The text itself, if it is there as written, else the tag or the run of text.
        at = self._piece.find(text.strip(), start)
        self.found.append((message, at if at >= 0 else start, text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in QUOTING:
            self._wrong(f"raw <{tag}>; write the quotation in Markdown", "<")
        if tag in SILENT:
            self._silent.append(tag)
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value and DOUBLE.search(value):
                self._wrong(f"double marks in raw HTML, in {name!r} of <{tag}>", value)
            if value and _has_citation(value):
                self._wrong(f"a citation in {name!r} of <{tag}>; write it in Markdown", value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if DOUBLE.search(data):
            self._wrong("double marks in raw HTML; write the quotation in Markdown", data)
        if _has_citation(data):
            self._wrong("a citation in raw HTML; write the paragraph in Markdown", data)


def raw_text(piece: str) -> str:
    """Return the text that a piece of raw HTML shows, less code."""
    text = UNSHOWN.sub(" ", piece)
    return html.unescape(TAG.sub(" ", INLINE_TAG.sub("", text)))


def _has_citation(text: str) -> bool:
    return any(cites(match[1]) for match in re.finditer(CITATION, text))
