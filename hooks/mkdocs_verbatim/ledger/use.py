"""Uses: marks resolved, with the names by which a page links to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..quotations.mark import Item, Mark
from ..quotations.proof import Part, Proof
from ..sources.source import Source, Span
from ..sources.speech import Chain
from .page import Page

TURN = re.compile(r"--\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A mark resolved. A bare citation has no *proof*.

    *passage* is the id of what is cited, the same for all its uses; *number* is that of the
    passage on its page, *turn* says which of its uses there this is. *former* are the ids
    published of this use before ids said its words, or under another key.
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
    former: tuple[str, ...] = ()
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
        """The quotation's id on its page: stable, for it is made from its words in the copy."""
        return in_turn(self.passage, self.turn)

    @property
    def note(self) -> str:
        """The id of the note that the number leads to."""
        return f"fn:{self.passage}"

    @property
    def reference(self) -> str:
        """The id of the number, to which the note leads back."""
        return f"fnref:{self.id}"


def in_turn(passage: str, turn: int) -> str:
    """Return the id of the use of *passage* that is the *turn*th on its page."""
    return passage if turn == 1 else f"{passage}--{turn}"


def without_turn(id_: str) -> str:
    """Return the id of the passage of which *id_* is a use."""
    return TURN.sub("", id_)


def cited_passage(item: Item) -> str:
    """Return a slug for what a citation names: its key has no two hyphens in a row."""
    named = [("p", item.paragraphs), ("l", item.lines)]
    ranges = [f"{name}{a}-{b}" for name, pairs in named for a, b in pairs]
    return "--".join([f"c-{item.key}", *ranges])
