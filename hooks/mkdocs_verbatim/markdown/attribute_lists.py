"""Attribute lists: what Markdown takes out of a text and puts on an element."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder, isheader
from markdown.util import BLOCK_LEVEL_ELEMENTS

from ..sources.source import Span
from ..text.quotation_marks import DOUBLE
from ..text.single_marks import SINGLE

TERM = re.compile(r"\{:?[^{}\n]*\.term\b[^{}\n]*\}")
"""The list that makes a term of the marks before it."""
TRANSLATION = re.compile(r"\{:?[^{}\n]*\.translation\b[^{}\n]*\}")
"""The list that makes the marks before it our translation of a quotation."""

BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
ENDED = frozenset({"dt", "td", "th"})
"""Elements, besides headings, of which a list is at the end of the last line."""


class Part(NamedTuple):
    """One string of a block's tree, text[start:end]: the tail of *after*, or the text of one."""

    after: etree.Element | None
    start: int
    end: int
    is_own: bool = False
    """What it follows is an element of ours, and text to Markdown."""


def attribute_lists(
    block: etree.Element, text: str, parts: Sequence[Part], others: Sequence[int]
) -> list[Span]:
    """Return where in *text*, that of *block*, attribute lists are that Markdown takes.

    *parts* are the strings of the block's tree, none where Markdown reads no such lists; *others*
    are the offsets of what is no plain text: with one inside, a term's list is none.
    """
    found = {span for span in _of_terms(text) if not any(span[0] < at < span[1] for at in others)}
    if parts:
        found.update(_of_inline(text, parts))
        part = _last(block, parts)
        if part and (span := _of_block(block, text, part)):
            found.add(span)
    return sorted(found)


def _of_terms(text: str) -> Iterator[Span]:
    for match in (*TERM.finditer(text), *TRANSLATION.finditer(text)):
        at = match.start()
        is_double = any(DOUBLE.fullmatch(text, at - n, at) for n in (1, 2))
        if is_double or SINGLE.match(text[at - 1 : at]):
            yield match.span()


def _of_inline(text: str, parts: Sequence[Part]) -> Iterator[Span]:
    """Yield the lists that directly follow an element of a line."""
    for after, start, end, is_own in parts:
        if after is None or is_own or after.tag in BLOCKS or not text.startswith("{", start):
            continue
        match = AttrListTreeprocessor.INLINE_RE.match(text[start:end])
        if match:
            _, rest = get_attrs_and_remainder(match[1])
            yield start, start + match.end() - len(rest)


def _last(block: etree.Element, parts: Sequence[Part]) -> Part | None:
    """Return the string in which the list of *block* itself is, if it has one."""
    children = list(block)
    if not children:
        return parts[0]
    child = children[-1]
    if block.tag == "li":
        lists = [number for number, each in enumerate(children) if each.tag in {"ul", "ol"}]
        if lists and lists[0] == 0:
            return parts[0]
        child = children[lists[0] - 1] if lists else child
    return next((part for part in reversed(parts) if part.after is child), None)


def _of_block(block: etree.Element, text: str, part: Part) -> Span | None:
    is_ended = isheader(block) or block.tag in ENDED
    pattern = AttrListTreeprocessor.HEADER_RE if is_ended else AttrListTreeprocessor.BLOCK_RE
    match = pattern.search(text[part.start : part.end])
    # What is left over after a list makes it none.
    if match is None or get_attrs_and_remainder(match[1])[1]:
        return None
    return part.start + match.start(), part.start + match.end()
