"""Checks the Web Annotations of a finished site against its pages and the sources."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from ..sources.source import Span
from .page import FinishedPage, Quoted, leads_to
from .site_facts import SiteFacts
from .uses import SiteUses

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "key": "dcterms:identifier",
        "sha256": "schema:sha256",
        "chain": {"@id": "dcterms:provenance", "@container": "@list"},
        "replaces": {"@id": "dcterms:replaces", "@type": "@id", "@container": "@set"},
    },
]
"""The vocabularies by which a program understands the file."""

LABEL = "Quotations: "


def check_annotations(
    text: str, pages: Sequence[FinishedPage], site: SiteUses, facts: SiteFacts
) -> Iterator[str]:
    """Yield what is wrong with the Web Annotations *text*: one for each quotation of *pages*.

    *site* has what receipts show around the quotations.
    """
    document = parsed(text)
    if not isinstance(document, dict):
        yield "no JSON object"
        return
    base = str(document.get("id", "")).removesuffix("quotes.json")
    yield from _document(document, base, facts)
    items = [item for item in listed(document.get("items")) if isinstance(item, dict)]
    quoted = {(page.url, q.id): q for page in pages for q in page.quotations}
    missing = {(page.url, q.id) for page in pages for q in page.numbered()}
    order: list[tuple[str, str]] = []
    for item in items:
        address = _address(item, base)
        missing.discard(address)
        order.append(address)
        yield from _annotation(item, quoted.get(address), base, site)
    for url, anchor in sorted(missing):
        yield f"the quotation '{url}#{anchor}' is left out"
    if len(set(order)) != len(order) or len(items) != len(listed(document.get("items"))):
        yield "a quotation is listed twice, or something that is no quotation"
    in_order = [(use.url, use.id) for use in site.uses if use.quoted is not None]
    # Where pages are files, the home page is named, too.
    is_file = any(url.endswith(".html") for url, _ in in_order)
    in_order.sort(key=lambda address: quote(_file(address[0]) if is_file else address[0]))
    if not missing and set(order) == set(in_order) and order != in_order:
        yield "quotations in another order than on the pages"


def _file(url: str) -> str:
    return url if url.endswith(".html") else f"{url}index.html"


def _document(document: Mapping[str, object], base: str, facts: SiteFacts) -> Iterator[str]:
    """Yield what is wrong with what the file says of all its annotations."""
    if base != facts.base:
        yield f"addresses begin with {base!r}, those of pages with {facts.base!r}"
    whole = document.get("partOf")
    named = str(whole.get("label", "")) if isinstance(whole, dict) else ""
    wanted: Mapping[str, object] = {
        "@context": CONTEXT,
        "id": f"{base}quotes.json",
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{base}quotes.json#all",
            "type": "AnnotationCollection",
            # A builder that writes no such head does not say what the site is called.
            "label": f"{LABEL}{facts.name}" if facts.name is not None else named,
            "total": len(listed(document.get("items"))),
        },
        "startIndex": 0,
        "items": document.get("items"),
    }
    yield from _differences(document, wanted)


def _differences(shown: Mapping[str, object], wanted: Mapping[str, object]) -> Iterator[str]:
    for name in {**wanted, **shown}:
        if shown.get(name) != wanted.get(name):
            yield f"{name} is {str(shown.get(name))[:120]!r}, not {str(wanted.get(name))[:120]!r}"


def _address(item: Mapping[str, object], base: str) -> tuple[str, str]:
    """Return the page and the id of the quotation that an annotation is of."""
    id_ = str(item.get("id", ""))
    url, _, anchor = id_.removeprefix(base).removeprefix("./").partition("#")
    return page_url(url), anchor


def _annotation(
    item: Mapping[str, object], quoted: Quoted | None, base: str, site: SiteUses
) -> Iterator[str]:
    """Yield each difference between an annotation and the quotation that it is of."""
    id_ = str(item.get("id", ""))
    if quoted is None:
        yield f"no page has the quotation {id_!r}"
        return
    where = id_.partition("#")[0]
    targets = [target for target in listed(item.get("target")) if isinstance(target, dict)]
    wanted: dict[str, object] = {
        "id": id_,
        "type": "Annotation",
        "motivation": "linking",
        "body": {"id": where, "type": "Text", "format": "text/html"},
        "target": item.get("target"),
    }
    if quoted.former:
        wanted["replaces"] = [f"{where}#{old}" for old in quoted.former]
    yield from (f"{id_}: {message}" for message in _differences(item, wanted))
    yield from (f"{id_}: {message}" for message in _targets(targets, quoted, base, site))


def _targets(
    targets: Sequence[Mapping[str, object]], quoted: Quoted, base: str, site: SiteUses
) -> Iterator[str]:
    around = site.around.get(quoted.passage, ())
    parts = [part for sentence in around for part in sentence.parts()]
    if tuple(place for place, _, _ in parts) != quoted.places:
        # The note has that problem.
        parts = []
    if len(targets) != len(quoted.places):
        yield f"{len(targets)} targets, but the page has {list(quoted.places)}"
        return
    for turn, (target, place) in enumerate(zip(targets, quoted.places, strict=True)):
        yield from _target(target, place, quoted, base, parts[turn][1:] if parts else None)


def _target(
    target: Mapping[str, object],
    place: Span,
    quoted: Quoted,
    base: str,
    around: tuple[str, str] | None,
) -> Iterator[str]:
    source, head = quoted.source, quoted.chain.head if quoted.chain else None
    there = target.get("source")
    address = str(there.get("id")) if isinstance(there, dict) else ""
    if not address.startswith(base) or not leads_to(address, source.key):
        yield f"source is {there!r}, which is not {source.key!r}"
    digest = base64.urlsafe_b64encode(bytes.fromhex(source.sha256)).decode("ascii").rstrip("=")
    words = {"type": "TextQuoteSelector", "exact": source.read(place)}
    words |= dict(zip(("prefix", "suffix"), around or _given(target), strict=True))
    wanted: Mapping[str, object] = {
        "type": "SpecificResource",
        "source": {"id": address, "type": "Text", "key": source.key},
        "creator": {"key": head.id, "name": head.name} if head else None,
        "chain": list(quoted.chain.links) if quoted.chain else None,
        "selector": [
            words,
            {"type": "TextPositionSelector", "start": place[0], "end": place[1]},
        ],
        "state": {
            "type": "TimeState",
            "cached": f"ni:///sha-256;{digest}",
            "sha256": source.sha256,
        },
    }
    yield from _differences(target, wanted)


def _given(target: Mapping[str, object]) -> tuple[str, str]:
    """Return what a target says is around its words, where no note shows that."""
    first = next(iter(listed(target.get("selector"))), None)
    said = first if isinstance(first, dict) else {}
    return str(said.get("prefix")), str(said.get("suffix"))


def page_url(address: str) -> str:
    """Return *address* as `FinishedPage.url` has it."""
    return unquote(address).removesuffix("index.html")


def parsed(text: str) -> object:
    """Return the value of the JSON *text*, or None if it is not JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def listed(value: object) -> list[object]:
    """Return *value* if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
