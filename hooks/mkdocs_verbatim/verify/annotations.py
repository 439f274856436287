"""Checks the Web Annotations of a finished site against its pages and the sources."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from ..sources.source import Source, Span
from .page import FinishedPage, Quoted, leads_to


def check_annotations(text: str, pages: Sequence[FinishedPage]) -> Iterator[str]:
    """Yield what is wrong with the Web Annotations *text*: one for each quotation of *pages*."""
    document = parsed(text)
    if not isinstance(document, dict):
        yield "no JSON object"
        return
    base = str(document.get("id", "")).removesuffix("quotes.json")
    items = [item for item in listed(document.get("items")) if isinstance(item, dict)]
    quoted = {(page.url, q.id): q for page in pages for q in page.quotations}
    missing = {(page.url, q.id) for page in pages for q in page.numbered()}
    for item in items:
        address = _address(item, base)
        missing.discard(address)
        yield from _annotation(item, quoted.get(address))
    for url, anchor in sorted(missing):
        yield f"the quotation '{url}#{anchor}' is left out"
    collection = document.get("partOf")
    total = collection.get("total") if isinstance(collection, dict) else None
    if total != len(items):
        yield f"total is {total!r}, but there are {len(items)} quotations"


def _address(item: Mapping[str, object], base: str) -> tuple[str, str]:
    """Return the page and the id of the quotation that an annotation is of."""
    id_ = str(item.get("id", ""))
    url, _, anchor = id_.removeprefix(base).removeprefix("./").partition("#")
    return page_url(url), anchor


def _annotation(item: Mapping[str, object], quoted: Quoted | None) -> Iterator[str]:
    id_ = str(item.get("id", ""))
    if quoted is None:
        yield f"no page has the quotation {id_!r}"
        return
    body = item.get("body")
    if not isinstance(body, dict) or body.get("id") != id_.partition("#")[0]:
        yield f"{id_}: the body is not the page of the quotation"
    before = [str(old) for old in listed(item.get("replaces"))]
    if before != [f"{id_.partition('#')[0]}#{old}" for old in quoted.former]:
        yield f"{id_}: replaces {before}, but the page has {list(quoted.former)} before it"
    yield from (f"{id_}: {message}" for message in _targets(item, quoted))


def _targets(item: Mapping[str, object], quoted: Quoted) -> Iterator[str]:
    targets = [target for target in listed(item.get("target")) if isinstance(target, dict)]
    found = [_position(target) for target in targets]
    if found != list(quoted.places):
        yield f"positions {found}, but the page has {list(quoted.places)}"
        return
    for target, place in zip(targets, quoted.places, strict=True):
        yield from _target(target, place, quoted)


def _target(target: Mapping[str, object], place: Span, quoted: Quoted) -> Iterator[str]:
    yield from _voice(target, quoted)
    source = quoted.source
    there = target.get("source")
    named = there if isinstance(there, dict) else {}
    if named.get("key") != source.key or not leads_to(str(named.get("id")), source.key):
        yield f"source is {there!r}, which is not {source.key!r}"
    yield from _words(target, place, source)


def _voice(target: Mapping[str, object], quoted: Quoted) -> Iterator[str]:
    """Yield each difference in who speaks, and in the copy that the words are from."""
    source, head = quoted.source, quoted.chain.head if quoted.chain else None
    digest = base64.urlsafe_b64encode(bytes.fromhex(source.sha256)).decode("ascii").rstrip("=")
    wanted: Mapping[str, object] = {
        "creator": {"key": head.id, "name": head.name} if head else None,
        "chain": list(quoted.chain.links) if quoted.chain else None,
        "state": {
            "type": "TimeState",
            "cached": f"ni:///sha-256;{digest}",
            "sha256": source.sha256,
        },
    }
    for name, value in wanted.items():
        if target.get(name) != value:
            yield f"{name} is {target.get(name)!r}, but {source.key!r} says {value!r}"


def _words(target: Mapping[str, object], place: Span, source: Source) -> Iterator[str]:
    """Yield each difference between a target's words and what *source* has at *place*."""
    quote = next((s for s in _selectors(target) if s.get("type") == "TextQuoteSelector"), {})
    exact = source.read(place)
    if quote.get("exact") != exact:
        yield f"exact is '{str(quote.get('exact'))[:60]}', but {source.key!r} has '{exact[:60]}'"
    prefix, suffix = str(quote.get("prefix", "")), str(quote.get("suffix", ""))
    first, last = source.index(place[0]), source.index(place[1] - 1) + 1
    around = (source.reading[first - len(prefix) : first], source.reading[last:][: len(suffix)])
    if len(prefix) > first or (prefix, suffix) != around:
        yield f"prefix and suffix are not what {source.key!r} has there"


def _selectors(target: Mapping[str, object]) -> list[dict[str, object]]:
    return [item for item in listed(target.get("selector")) if isinstance(item, dict)]


def _position(target: Mapping[str, object]) -> Span | None:
    for selector in _selectors(target):
        start, end = selector.get("start"), selector.get("end")
        if isinstance(start, int) and isinstance(end, int):
            return start, end
    return None


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
