"""Checks how the notes of a finished page cite: each as its record has it, and in that style."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ..sources.citation_styles import DEFAULT_STYLE
from ..sources.library import Library
from ..sources.record import Record
from .cited_places import Ranges
from .page import FinishedPage, even
from .record_words import author, dates, issued

PLACES = {"paragraph": "para.", "paragraphs": "paras.", "line": "line", "lines": "lines"}
"""What comes before numbers where a record holds no formatted citation for them."""


class NoteCitations:
    """Checks the citations of one page's notes in their order."""

    def __init__(self, page: FinishedPage, library: Library) -> None:
        """Check notes of *page* against the records of *library*."""
        self._page, self._library = page, library
        # The sources that the notes so far have cited: in full where the page first names them.
        self._named: set[str] = set()

    def check(self, item: LexborNode, key: str, ranges: Ranges, kind: str) -> None:
        """Check that the note *item* cites *key* at *ranges*, which are of a *kind*."""
        record = self._library.records.get(key)
        first = key not in self._named
        self._named.add(key)
        if record is None:
            return
        name = f"{kind}s" if len(ranges) > 1 or any(a != b for a, b in ranges) else kind
        numbers = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)
        wanted = _cited(record, name if ranges else "plain", numbers, first=first)
        read = first and key not in self._library.sources and record.accessed
        if read and "ccessed " not in wanted:
            wanted += f" Accessed {dates(record.accessed)}."
        node = item.css_first(".receipt-citation")
        shown = _stressed(node) if node is not None else ""
        if shown != even(wanted):
            message = f"a note cites {key!r} as '{shown}', its record as '{even(wanted)}'"
            self._page.wrong("proof-note", message, item)


def _cited(record: Record, form: str, numbers: str, *, first: bool) -> str:
    """Return how *record* is cited, with emphasis between asterisks."""
    locked = record.cited.styles.get(DEFAULT_STYLE) if record.cited else None
    if locked is not None:
        forms = locked.note if first or not locked.short else locked.short
        if form in forms:
            return forms[form].replace("{}", numbers)
    return _plainly_cited(record, form, numbers, first=first)


def _plainly_cited(record: Record, form: str, numbers: str, *, first: bool) -> str:
    """Return how a record without formatted citations is cited: who, what, when and where."""
    named = [author(record).rstrip(".")]
    if first:
        title = record.reference.get("title")
        named.append(title if isinstance(title, str) else f"[{record.description}]")
        named.append(issued(record))
    where = [f"{PLACES[form]} {numbers}"] if form in PLACES else []
    return re.sub(r"([\\*])", r"\\\1", f"{', '.join([*named, *where])}.")


def _stressed(node: LexborNode) -> str:
    """Return the text of *node* as a locked citation has it: what is stressed between asterisks."""
    parts: list[str] = []
    open_ = [node.child]
    while open_:
        here = open_.pop()
        if here is None:
            continue
        open_.append(here.next)
        if here.is_text_node:
            parts.append(re.sub(r"([\\*])", r"\\\1", here.text_content or ""))
        elif here.tag == "em":
            parts.append(f"*{re.sub(r'([*])', chr(92) + r'*', here.text(deep=True))}*")
        else:
            open_.append(here.child)
    return even("".join(parts))
