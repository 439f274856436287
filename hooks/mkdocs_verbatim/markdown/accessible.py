"""Accessibility: what Markdown leaves out of tables and heading links, added to the page's tree."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from markdown import Markdown

from ..text.quotation_marks import DOUBLE
from .block_text import HEADINGS, HELD


class AccessibleExtension(Extension):
    """Labels the cells of tables by their columns, and the links at headings by the headings."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the step."""
        # After the links at headings are made (5).
        md.treeprocessors.register(_AccessibleTreeprocessor(md), "accessible", 1)


class _AccessibleTreeprocessor(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.tag == "table":
                _label(element)
            elif element.tag in HEADINGS:
                _name(element)


def _label(table: etree.Element) -> None:
    """Give the cells of *table* the headers above them, as elements and as labels.

    Roles are not added: a table, its rows and cells have theirs, however they are shown.
    """
    header = table.find("thead/tr")
    if header is None or table.get("class"):
        return
    table.set("class", "labelled")
    labels = [_text(cell) for cell in header]
    for cell, label in zip(header, labels, strict=True):
        # The corner: an empty cell is not a header.
        _head(cell, "col", is_header=bool(label or len(cell)))
    for row in _rows(table):
        for column, (cell, label) in enumerate(zip(row, labels, strict=False)):
            _head(cell, "row", is_header=column == 0 and bool(_text(cell) or len(cell)))
            if label:
                cell.set("data-label", label)


def _head(cell: etree.Element, scope: str, *, is_header: bool) -> None:
    """Make *cell* a header of its row or column, as *scope* says, or a plain cell."""
    cell.tag = "th" if is_header else "td"
    if is_header:
        cell.set("scope", scope)


def _rows(table: etree.Element) -> Iterator[etree.Element]:
    for body in table.findall("tbody"):
        yield from body.findall("tr")


def _name(heading: etree.Element) -> None:
    """Label the link beside *heading* with the heading's text: its sign alone says nothing."""
    for link in heading.findall("a"):
        if link.get("class") != "headerlink":
            continue
        if text := _text(heading, link):
            link.set("aria-label", f"{link.get('title') or 'Link'}: {text}")
        elif id_ := heading.get("id"):
            # What the engine holds back until the page is done has no text yet.
            link.set("aria-labelledby", id_)


def _text(element: etree.Element, without: etree.Element | None = None) -> str:
    """Return what *element* says, with no double marks: in an attribute nothing proves them."""
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child) if child is not without else "", child.tail or ""]
    text = HELD.sub("", "".join(parts).replace(AMP_SUBSTITUTE, "&"))
    return " ".join(DOUBLE.sub("", text).split())
