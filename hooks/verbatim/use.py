"""Uses: marks resolved, with the names by which a page links to them."""

from __future__ import annotations

from dataclasses import dataclass

from .mark import Item, Mark
from .page import Page
from .source import Source, Span
from .speech import Chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A mark resolved. *span* is in the source's reading; a bare citation has none.

    *passage* is a slug for what is cited, the same for all its uses; *number* is that of the
    passage on its page, *turn* says which of its uses there this is.
    """

    mark: Mark
    item: Item
    page: Page
    source: Source | None
    span: Span | None
    chain: Chain
    sensitive: bool = False
    passage: str
    number: int
    turn: int
    order: int

    @property
    def id(self) -> str:
        """The quotation's id on its page: stable, for it is made from the locked copy alone."""
        return self.passage if self.turn == 1 else f"{self.passage}--{self.turn}"

    @property
    def note(self) -> str:
        """The id of the note that the number leads to."""
        return f"fn:{self.passage}"

    @property
    def reference(self) -> str:
        """The id of the number, to which the note leads back."""
        return f"fnref:{self.id}"


def passage(item: Item, source: Source | None, span: Span | None) -> str:
    """Return a slug for what is cited: made from the key, which has no two hyphens in a row."""
    if source is None or span is None:
        places = [("p", item.paragraphs), ("l", item.lines)]
        ranges = [f"{name}{a}-{b}" for name, pairs in places for a, b in pairs]
        return "--".join([f"c-{item.key}", *ranges])
    spans = source.text_spans(span)
    return f"q-{item.key}--{spans[0][0]}-{spans[-1][1]}"
