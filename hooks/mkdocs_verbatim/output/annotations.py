"""Annotations: all quotations of a site as W3C Web Annotations, for other programs."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.use import Use
from ..quotations.match import paragraph_spans
from ..sources.source import Source, Span
from .quotation import Address

CONTEXT: Sequence[object] = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "key": "dcterms:identifier",
        "sha256": "schema:sha256",
        "chain": {"@id": "dcterms:provenance", "@container": "@list"},
        "replaces": {"@id": "dcterms:replaces", "@type": "@id", "@container": "@set"},
    },
)
"""The terms of the Web Annotation vocabulary, and four more from vocabularies that it names."""

ANNOTATIONS = "quotes.json"

Json = dict[str, object]


def quotes_json(ledger: ClosedLedger, base: str, address: Address, title: str) -> str:
    """Return all quotations as the JSON of an AnnotationPage, in the order of the pages.

    *base* is the site's address, or "": then addresses are relative to the file. *address* returns
    the address of a source's page, and *title* is the site's.
    """
    uses = sorted(ledger.quotations(), key=lambda use: (use.page.url, use.order))
    page: Json = {
        "@context": list(CONTEXT),
        "id": f"{base}{ANNOTATIONS}",
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{base}{ANNOTATIONS}#all",
            "type": "AnnotationCollection",
            "label": f"Quotations: {title}",
            "total": len(uses),
        },
        "startIndex": 0,
        "items": [_annotation(use, ledger, base, address) for use in uses],
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _annotation(use: Use, ledger: ClosedLedger, base: str, address: Address) -> Json:
    """Return the annotation that links a quotation's page with the words in the source."""
    where = f"{base}{use.page.url}" or "./"
    before: Json = {"replaces": [f"{where}#{id_}" for id_ in use.former]} if use.former else {}
    return {
        "id": f"{where}#{use.id}",
        "type": "Annotation",
        **before,
        "motivation": "linking",
        "body": {"id": where, "type": "Text", "format": "text/html"},
        "target": [
            {
                "type": "SpecificResource",
                "source": {
                    "id": f"{base}{address(use.item.key)}",
                    "type": "Text",
                    "key": use.item.key,
                },
                "creator": {"key": use.chain.head.id, "name": use.chain.head.name},
                "chain": list(use.chain.links),
                **_words(use, *place),
            }
            for place in _places(use, ledger)
        ],
    }


def _words(use: Use, span: Span, prefix: str, suffix: str) -> Json:
    """Return the selectors of the words at *span* of the copy, and the state of that copy."""
    source = use.source
    assert source is not None
    quote = {
        "type": "TextQuoteSelector",
        "exact": source.read(span),
        "prefix": prefix,
        "suffix": suffix,
    }
    position = {"type": "TextPositionSelector", "start": span[0], "end": span[1]}
    name = named_by_hash(source.sha256)
    copy = {"type": "TimeState", "cached": name, "sha256": source.sha256}
    return {"selector": [quote, position], "state": copy}


def named_by_hash(sha256: str) -> str:
    """Return the name of a copy with this *sha256* (in hexadecimal), by RFC 6920."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii")
    return f"ni:///sha-256;{digest.rstrip('=')}"


def _places(use: Use, ledger: ClosedLedger) -> Iterator[tuple[Span, str, str]]:
    """Yield each span of the copy that a quotation shows, with the text before and after it.

    That text is what the receipt shows around the words, and no more: "" for sensitive ones.
    """
    source = use.source
    assert source is not None
    for around, lit in ledger.context(use):
        for part in paragraph_spans(around, source):
            done = part[0]
            for start, end in lit:
                inner = (max(start, part[0]), min(end, part[1]))
                if inner[0] >= inner[1]:
                    continue
                following = min((s for s, _ in lit if s >= inner[1]), default=part[1])
                around_it = ((done, inner[0]), (inner[1], min(following, part[1])))
                yield from _spans(inner, around_it, source)
                done = inner[1]


def _spans(lit: Span, around: tuple[Span, Span], source: Source) -> Iterator[tuple[Span, str, str]]:
    """Yield the spans of the copy that *lit*, a span of the reading, consists of."""
    spans = source.text_spans(lit)
    for turn, span in enumerate(spans):
        prefix = source.reading[slice(*around[0])] if turn == 0 else ""
        suffix = source.reading[slice(*around[1])] if turn == len(spans) - 1 else ""
        yield span, prefix, suffix
