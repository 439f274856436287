"""Guards: the places where a quotation could slip past the proof, each refused."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from markdown.serializers import to_html_string
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..quotations.mark import CITATION, cites
from ..text.quotation_marks import DOUBLE
from ..text.quoted_runs import has_claims
from .block_text import BLOCKS, CITATION_CLASS, ENTITY, HELD, HIDDEN, STASHED

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
ALONE = re.compile(STASHED)
CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
WORD = re.compile(r"[^\W_]+")
CITATION_ELEMENT = re.compile(f'<span class="{CITATION_CLASS}">([^<]*)</span>')


def check_attributes(root: etree.Element, stash: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each text that an attribute shows, and that text."""
    for element in root.iter():
        for name, attribute in element.items():
            if name not in SHOWN_ATTRIBUTES:
                continue
            value = _shown(attribute or "", stash)
            if has_claims(value):
                yield f"double marks in {name!r} of <{element.tag}>", value


def _shown(value: str, stash: Sequence[object]) -> str:
    """Return what a reader sees of *value*: entities are as good as the marks."""
    if "\x02" in value:
        value = HIDDEN.sub(lambda match: _unhidden(match, stash), value)
    return html.unescape(value)


def _unhidden(match: re.Match[str], stash: Sequence[object]) -> str:
    if match["escape"] is not None:
        return html.escape(chr(int(match["escape"])))
    number = int(match["stash"])
    return str(stash[number]) if number < len(stash) else ""


def stashed_code(root: etree.Element) -> frozenset[int]:
    """Return the numbers of those pieces that an extension has kept of code below *root*."""
    texts = (part for code in root.iter("code") for part in code.itertext())
    return frozenset(int(m["stash"]) for text in texts for m in ALONE.finditer(text))


def check_raw(
    stash: Sequence[object], code: Container[int] = ()
) -> Iterator[tuple[str, str, int, str]]:
    """Yield what is wrong with a page's raw HTML: message, piece, offset in it, words there.

    The pieces with the numbers *code* are code.
    """
    for number, stashed in enumerate(stash):
        # An element is Markdown in HTML that nobody has read as Markdown: it goes out as it is.
        piece = stashed
        if isinstance(stashed, etree.Element):
            piece = to_html_string(stashed)
        if not isinstance(piece, str) or number in code:
            continue
        if ENTITY.fullmatch(piece) or not _may_quote(piece):
            continue
        # Markdown may have put the element of a citation into a tag.
        inside = CITATION_ELEMENT.search(piece)
        piece = CITATION_ELEMENT.sub(r"\1", piece)
        found = _Finder(piece)
        wrong = [each for each in _wrong_in(piece) if each[1]]
        if inside and not wrong:
            # In a tag of which a browser reads the name alone.
            wrong = [(inside[1], ["a citation in raw HTML; write the paragraph in Markdown"])]
        for text, messages in wrong:
            at = found.next(text)
            for message in messages:
                yield message, piece, at, text


def _may_quote(piece: str) -> bool:
    lower = piece.lower()
    quoting = "<q" in lower or "<bl" in lower
    return quoting or "@" in piece or DOUBLE.search(html.unescape(piece)) is not None


@dataclass(slots=True)
class _Finder:
    """Finds in a piece of raw HTML the texts of its tree, which come in the order of the piece."""

    piece: str
    at: int = -1

    def next(self, text: str) -> int:
        """Return the offset of the next *text*, or of its first word if it is written otherwise."""
        word = WORD.search(text)
        for sought in (text.strip(), word[0] if word else ""):
            if sought and (found := self.piece.find(sought, self.at + 1)) >= 0:
                self.at = found
                return found
        return max(0, self.at)


Wrong = tuple[str, list[str]]
"""A text in raw HTML, and what is wrong with it."""


def _wrong_in(piece: str) -> Iterator[Wrong]:
    """Yield what is wrong with *piece* as a browser reads it."""
    # A text before it, as on the page: what only the beginning of a page may have is not read.
    root = LexborHTMLParser(f"<!doctype html><body>.{piece}").root
    is_wrong = False
    for node, is_code in _nodes(root) if root else ():
        for text, messages in _wrong_at(node, is_code=is_code):
            is_wrong = is_wrong or bool(messages)
            yield text, messages
    for match in () if is_wrong else CDATA.finditer(piece):
        # Text or a comment: that depends on what is open where the piece goes.
        if DOUBLE.search(html.unescape(match[1])):
            yield match[1], ["double marks in raw HTML; write the quotation in Markdown"]


def _wrong_at(node: LexborNode, *, is_code: bool) -> Iterator[Wrong]:
    if not node.is_text_node:
        yield from _wrong_in_tag(node)
    elif not is_code:
        text = node.text_content or ""
        yield text, _wrong_in_text(text)


def _wrong_in_text(text: str) -> list[str]:
    messages: list[str] = []
    if DOUBLE.search(text):
        messages.append("double marks in raw HTML; write the quotation in Markdown")
    if _has_citation(text):
        messages.append("a citation in raw HTML; write the paragraph in Markdown")
    return messages


def _wrong_in_tag(node: LexborNode) -> Iterator[Wrong]:
    tag = node.tag
    if tag in QUOTING:
        yield f"<{tag}", [f"raw <{tag}>; write the quotation in Markdown"]
    for name, value in node.attributes.items():
        messages: list[str] = []
        if name in SHOWN_ATTRIBUTES and value and DOUBLE.search(value):
            messages.append(f"double marks in raw HTML, in {name!r} of <{tag}>")
        if _has_citation(name):
            yield name, [f"a citation in <{tag}>; write it in Markdown"]
        if value and _has_citation(value):
            messages.append(f"a citation in {name!r} of <{tag}>; write it in Markdown")
        yield value or "", messages


def _nodes(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the elements and texts below *root*, and whether each is code; without recursion.

    A block inside code is none: programs that read pages do not agree on it.
    """
    open_: list[tuple[LexborNode, bool]] = []
    node, code = root.child, False
    while node is not None or open_:
        if node is None:
            ended, code = open_.pop()
            node = ended.next
        elif node.is_element_node:
            yield node, code
            open_.append((node, code))
            code = node.tag in SILENT or (code and node.tag not in BLOCKS)
            node = node.child
        else:
            if node.is_text_node:
                yield node, code
            node = node.next


def raw_text(piece: str) -> str:
    """Return the text that a piece of raw HTML shows, less code."""
    # What an extension has kept of a fence in it is code.
    text = HELD.sub(" ", UNSHOWN.sub(" ", piece))
    return html.unescape(TAG.sub(" ", INLINE_TAG.sub("", text)))


def _has_citation(text: str) -> bool:
    return any(cites(match[1]) for match in re.finditer(CITATION, text))
