"""Uses: marks resolved, with the names by which a page links to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..quotations.mark import Item, Mark
from ..quotations.proof import Part, Proof
from ..sources.source import Source, Span
from ..sources.speech import Chain
from .page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A mark resolved. A bare citation has no *proof*.

    *passage* is a slug for what is cited, the same for all its uses; *number* is that of the
    passage on its page, *turn* says which of its uses there this is.
    """

    mark: Mark
    item: Item
    page: Page
    source: Source | None
    proof: Proof | None
    chain: Chain
    emphasis_added: bool = False
    """The author set words in italics or bold that the source does not."""
    sensitive: bool = False
    passage: str
    number: int
    turn: int
    order: int
    section: str = ""
    """The heading over it as text; empty under the page's own."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the source's reading that are shown, in order; empty for a bare citation."""
        return self.proof.spans if self.proof else ()

    @property
    def told(self) -> list[int]:
        """The paragraphs that a bare citation names, without furniture."""
        if self.source is None or self.proof is not None:
            return []
        paragraphs = self.source.paragraphs
        if not self.item.lines:
            named = {n for a, b in self.item.paragraphs for n in range(a, b + 1)}
            return [n for n in sorted(named) if paragraphs[n - 1].reading]
        ends = [*(paragraph.line for paragraph in paragraphs[1:]), len(self.source.line_from) + 1]
        return [
            paragraph.number
            for paragraph, end in zip(paragraphs, ends, strict=True)
            if paragraph.reading
            and (
                any(a <= paragraph.number <= b for a, b in self.item.paragraphs)
                or any(a < end and paragraph.line <= b for a, b in self.item.lines)
            )
        ]

    @property
    def paragraphs(self) -> list[int]:
        """The paragraphs that are quoted, or that a bare citation names."""
        if self.source is None or self.proof is None:
            return self.told
        return [n for span in self.proof.spans for n in self.source.paragraphs_of(span)]

    @property
    def is_fetched(self) -> bool:
        """Whether the build shows words of the source that the author did not type."""
        if self.proof is None:
            return False
        signs = (part.sign for part in self.proof.parts)
        return self.mark.fetch is not None or any(s and s.kind == "pull" for s in signs)

    @property
    def replaced(self) -> tuple[Part, ...]:
        """The editor's words whose receipt shows the words of the source that they replace."""
        if self.proof is None or self.sensitive:
            return ()
        changes = self.proof.changes
        return tuple(part for part in changes if part.sign and part.sign.kind == "replacement")

    @property
    def span(self) -> Span | None:
        """The span from the first word shown to the last."""
        return self.proof.span if self.proof else None

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


def passage(item: Item, source: Source | None, spans: Sequence[Span]) -> str:
    """Return a slug for what is cited: made from the key, which has no two hyphens in a row.

    Of several spans, each edge is named: other words left out make another passage.
    """
    if source is None or not spans:
        named = [("p", item.paragraphs), ("l", item.lines)]
        ranges = [f"{name}{a}-{b}" for name, pairs in named for a, b in pairs]
        return "--".join([f"c-{item.key}", *ranges])
    edges: list[int] = []
    for span in spans:
        places = source.text_spans(span)
        edges += (places[0][0], places[-1][1])
    return f"q-{item.key}--{'-'.join(map(str, edges))}"
