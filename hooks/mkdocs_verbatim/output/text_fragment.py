"""Text fragments: links to quoted words on a source's page on the web, if it may be linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ..ledger.use import Use
from ..quotations.match import paragraph_spans
from ..sources.csl import CONTROL
from ..sources.record import Record
from .html import Html, make

LINKED = re.compile(r"https?://", re.IGNORECASE)
"""How an address begins that may be linked; any other is shown as text."""

MOST_WORDS = 8
"""Of longer passages an address names the first and last EDGE_WORDS, to stay short."""

EDGE_WORDS = 4


def public_address(record: Record) -> str | None:
    """Return the address on the web to which *record* allows a link, or None."""
    basis = record.basis.get("URL")
    value = record.reference.get("URL") or (basis.value if basis else None)
    # Browsers ignore control characters in an address, which could hide its scheme.
    plain = CONTROL.sub("", value) if isinstance(value, str) else ""
    return plain if LINKED.match(plain) else None


def text_fragment(address: str, passages: list[str]) -> str:
    """Return *address* with directions to highlight *passages*, each within one paragraph."""
    directions = "&".join(f"text={_direction(passage.split())}" for passage in passages)
    return f"{address}{':~:' if '#' in address else '#:~:'}{directions}"


def _direction(words: list[str]) -> str:
    if len(words) <= MOST_WORDS:
        return encoded(" ".join(words))
    first, last = words[:EDGE_WORDS], words[-EDGE_WORDS:]
    return f"{encoded(' '.join(first))},{encoded(' '.join(last))}"


def encoded(text: str) -> str:
    """Return *text* with `-`, `,` and `&` encoded, which have a meaning in a fragment."""
    return quote(text, safe="").replace("-", "%2D")


def link_out(use: Use) -> Iterator[Html]:
    """Yield the link to a quotation's words on the source's web page, if it may be linked."""
    address = public_address(use.source.record) if use.source is not None else None
    if address is None:
        return
    assert use.source is not None
    parts = [part for span in use.spans for part in paragraph_spans(span, use.source)]
    passages = [use.source.reading[slice(*part)] for part in parts]
    attributes = {
        "class": "source-out",
        "rel": "external",
        "href": text_fragment(address, passages),
    }
    yield make("a", attributes, "Find the words on its own page")
