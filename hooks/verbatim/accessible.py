"""Accessibility: what Markdown leaves out of tables and heading links, added to the page's tree."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from .inline import ETX, STX
from .mark import DOUBLE

HELD = re.compile(f"{STX}[^{ETX}]*{ETX}")
"""What another step holds a place for; it is no text of this element yet."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class AccessibleExtension(Extension):
    """Labels the cells of tables by their columns, and says where the link at a heading leads."""

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
    """Give *table* the roles that it loses where its rows are shown as cards, and cells a label."""
    header = table.find("thead/tr")
    if header is None or table.get("class"):
        return
    table.set("class", "labelled")
    table.set("role", "table")
    labels = [_text(cell) for cell in header]
    for part in table:
        part.set("role", "rowgroup")
    for row in table.iter("tr"):
        row.set("role", "row")
    for cell, label in zip(header, labels, strict=True):
        if label or len(cell):
            cell.set("role", "columnheader")
            cell.set("scope", "col")
        else:
            # The corner: a header that says nothing is none.
            cell.tag = "td"
            cell.set("role", "cell")
    for row in _rows(table):
        for column, (cell, label) in enumerate(zip(row, labels, strict=False)):
            cell.set("role", "cell" if column else "rowheader")
            if label:
                cell.set("data-label", label)


def _rows(table: etree.Element) -> Iterator[etree.Element]:
    for body in table.findall("tbody"):
        yield from body.findall("tr")


def _name(heading: etree.Element) -> None:
    """Say of which heading the link beside it is: its sign alone says nothing."""
    for link in heading.findall("a"):
        if link.get("class") == "headerlink":
            link.set("aria-label", f"{link.get('title') or 'Link'}: {_text(heading, link)}")


def _text(element: etree.Element, without: etree.Element | None = None) -> str:
    """Return what *element* says, with no double marks: in an attribute nothing proves them."""
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child) if child is not without else "", child.tail or ""]
    text = HELD.sub("", "".join(parts).replace(AMP_SUBSTITUTE, "&"))
    return " ".join(DOUBLE.sub("", text).split())
