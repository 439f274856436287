"""Checks what a finished page says twice: headings at their links, headers at cells of tables."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from .note_numbers import elements
from .page import FinishedPage, even

LINK = "h1 > a.headerlink[aria-label], h2 > a.headerlink[aria-label], h3 > a.headerlink[aria-label]"


def check_labels(page: FinishedPage) -> None:
    """Enter where *page* names a heading or a column otherwise than it is shown."""
    for link in page.css(LINK):
        heading = link.parent
        label = link.attributes.get("aria-label") or ""
        title = link.attributes.get("title")
        if heading is not None and title and label.startswith(f"{title}: "):
            said = label.removeprefix(f"{title}: ")
            shown = "".join(_texts(heading, link))
            if not _same(said, shown):
                message = f"a heading is '{even(shown)[:60]}', the link at it says '{said[:60]}'"
                page.wrong("proof-label", message, heading)
    for table in page.css("table.labelled"):
        for cell, header in _cells(table):
            said = cell.attributes.get("data-label") or ""
            if not _same(said, header):
                message = f"a cell is labelled '{said[:60]}', its column '{header[:60]}'"
                page.wrong("proof-label", message, f'data-label="{said}"')


def _cells(table: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield each cell of *table* with the header above it.

    Of the first column, which names the rows, only those that have a label.
    """
    rows = table.css("thead > tr")
    if not rows:
        return
    headers = [even(cell.text(deep=True)) for cell in elements(rows[0])]
    for row in table.css("tbody > tr"):
        for column, (cell, header) in enumerate(zip(elements(row), headers, strict=False)):
            if column or "data-label" in cell.attributes:
                yield cell, header


def _texts(node: LexborNode, without: LexborNode) -> Iterator[str]:
    child = node.child
    while child is not None:
        if child.is_text_node:
            yield child.text_content or ""
        elif child.is_element_node and child != without:
            yield child.text(deep=True)
        child = child.next


def _same(said: str, shown: str) -> bool:
    """Return whether *said* has the letters of *shown*, but for those written as entities."""
    label, letters = (list(filter(str.isalnum, text)) for text in (said, shown))
    if [c for c in label if c.isascii()] != [c for c in letters if c.isascii()]:
        return False
    rest = iter(letters)
    return all(c in rest for c in label)
