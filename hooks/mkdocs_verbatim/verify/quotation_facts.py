"""Checks one quotation or receipt of a page: its words, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..sources.library import Library
from ..sources.source import Source, Span
from ..sources.speech import Chain, Voices, chain
from .links import source_anchor
from .page import (
    FinishedPage,
    Quoted,
    difference,
    even,
    former_ids,
    places,
    seen,
    without_seams,
    without_turn,
)
from .quotation_ids import QuotationIds
from .tree import Element


class QuotationFacts:
    """Proves what claims to hold a source's words, one element after the other."""

    def __init__(
        self,
        page: FinishedPage,
        library: Library,
        voices: Mapping[str, Voices],
        ids: QuotationIds,
    ) -> None:
        """Check elements of *page*; *voices* say who speaks in the sources of *library*."""
        self._page, self._library, self._voices, self._ids = page, library, voices, ids

    def prove(self, element: Element, text: str) -> None:
        """Enter on the page what *element*, with the words *text*, quotes, and what is wrong."""
        is_quotation = "quotation" in element.classes
        self._page.claims += is_quotation
        self._page.receipts += not is_quotation
        found = self._quoted(element)
        if found is None:
            return
        source, there = found
        shown = even(text)
        wanted = even(" ".join(source.read(place) for place in there))
        if shown != wanted:
            spans = element.attributes["data-spans"]
            message = f"not what {source.key!r} has at {spans}: {difference(shown, wanted)}"
            self._wrong(message, element)
        if is_quotation:
            self._quotation(element, source, there, proven=shown == wanted)

    def _quoted(self, element: Element) -> tuple[Source, list[Span]] | None:
        """Return the source that *element* names and the places in it, if both exist."""
        key = element.attributes.get("data-source") or ""
        spans = element.attributes.get("data-spans") or ""
        source = self._library.sources.get(key)
        if source is None:
            self._wrong(f"no source {key!r} to prove it from", element)
            return None
        there = places(spans, len(source.text))
        if there is None:
            self._wrong(f"data-spans {spans!r} is no place in {key!r}", element)
            return None
        return source, there

    def _quotation(
        self, element: Element, source: Source, there: Sequence[Span], *, proven: bool
    ) -> None:
        """Check what a quotation says of itself, and enter the quotation on the page."""
        spans = without_seams(there, source)
        spoken = chain(spans, source, self._voices[source.key])
        for message in (
            *_hidden(element),
            *_attributes(element, source, spans, spoken),
            *_address(element, source, spans, self._page.url),
        ):
            self._wrong(message, element)
        id_, wanted = element.node.id or "", self._ids.of(source, spans)
        if without_turn(id_) != wanted:
            message = f"id {id_!r} is not that of its words, {wanted!r}"
            self._page.wrong("proof-id", message, element.place)
        quoted = Quoted(
            node=element.node,
            id=element.node.id or "",
            source=source,
            places=tuple(there),
            spans=tuple(spans),
            chain=spoken,
            shown=seen(element.node),
            former=former_ids(element.node),
            proven=proven,
        )
        self._page.quotations.append(quoted)

    def _wrong(self, message: str, element: Element) -> None:
        self._page.wrong("proof-text", message, element.place)


def _hidden(element: Element) -> Iterator[str]:
    if element.is_hidden:
        yield "an attribute that hides or replaces the words"


def _attributes(
    element: Element, source: Source, spans: Sequence[Span], spoken: Chain | None
) -> Iterator[str]:
    """Yield what is wrong with the paragraphs and the speaker that a quotation names."""
    numbers = source.paragraphs_of((spans[0][0], spans[-1][1]))
    wanted = {
        "data-paragraphs": " ".join(map(str, numbers)),
        "data-speaker": spoken.head.id if spoken else None,
    }
    for name, value in wanted.items():
        if element.attributes.get(name) != value:
            said = element.attributes.get(name)
            yield f"{name} is {said!r}, but {source.key!r} says {value!r}"


def _address(element: Element, source: Source, spans: Sequence[Span], url: str) -> Iterator[str]:
    """Yield what is wrong with the address that a block quotation cites."""
    first = source.paragraphs_of((spans[0][0], spans[-1][1]))[0]
    cite = element.attributes.get("cite")
    if element.tag == "blockquote" and source_anchor(url, cite or "", source.key) != f"p{first}":
        yield f"cite {cite!r} is not the address of its paragraph"
