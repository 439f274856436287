"""Checks the metadata in the head of a finished page against the page and the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from ..sources.csl import date_parts
from ..sources.library import Library
from ..text.quotation_marks import has_marks
from .page import FinishedPage, Quoted, even, leads_to, seen

DATA = 'script[type="application/ld+json"]'


class MetadataCheck:
    """Checks the JSON-LD and OpenGraph of pages."""

    def __init__(self, library: Library) -> None:
        """Check against the records of *library*."""
        self._library = library

    def check(self, page: FinishedPage) -> None:
        """Enter what is wrong in the head of *page*, whose quotations are checked already."""
        for node in page.css(DATA):
            try:
                data = json.loads(node.text(deep=True))
            except ValueError:
                page.wrong("proof-export", "JSON-LD that is no JSON", "ld+json")
                continue
            if isinstance(data, dict):
                self._article(data, page)

    def _article(self, data: Mapping[str, object], page: FinishedPage) -> None:
        known = {quoted.id: quoted for quoted in page.quotations}
        parts = [part for part in _list(data.get("hasPart")) if isinstance(part, Mapping)]
        for part in parts:
            id_ = str(part.get("@id", "")).partition("#")[2]
            if id_ not in known:
                page.wrong("proof-export", f"JSON-LD names no quotation with {id_!r}", "ld+json")
                continue
            for message in _wrong(part, known[id_]):
                page.wrong("proof-export", f"JSON-LD of {id_!r}: {message}", "ld+json")
        listed = {str(part.get("@id", "")).partition("#")[2] for part in parts}
        for quoted in page.numbered():
            if quoted.id not in listed:
                message = f"JSON-LD leaves out the quotation {quoted.id!r}"
                page.wrong("proof-export", message, "ld+json")
        for work in _list(data.get("citation")):
            self._work(work, page)
        self._described(data, page)
        for text in _texts({k: v for k, v in data.items() if k not in {"hasPart", "citation"}}):
            if has_marks(text):
                page.wrong("proof-mark", f"double marks in JSON-LD: '{text[:60]}'", "ld+json")

    def _work(self, work: object, page: FinishedPage) -> None:
        """Check that a cited work is as its record has it."""
        facts = work if isinstance(work, Mapping) else {}
        key = str(facts.get("identifier"))
        record = self._library.records.get(key)
        if record is None or not leads_to(str(facts.get("@id")), key):
            page.wrong("proof-export", f"JSON-LD cites {key!r}, which is no source", "ld+json")
            return
        values = record.values
        wanted = {
            "name": values.get("title") or record.description,
            "publisher": values.get("publisher"),
            "datePublished": _day(values.get("issued")),
        }
        wrong = [name for name, value in wanted.items() if facts.get(name) != value]
        names = [str(n.get("name")) for n in _list(facts.get("author")) if isinstance(n, Mapping)]
        people = [p for p in _list(values.get("author")) if isinstance(p, Mapping)]
        # However a name is put together: all its parts are the record's, and all are there.
        given = [" ".join(sorted(" ".join(map(str, p.values())).split())) for p in people]
        if [" ".join(sorted(name.split())) for name in names] != given:
            wrong.append("author")
        if wrong:
            message = f"JSON-LD cites {key!r} with another {wrong[0]} than its record has"
            page.wrong("proof-export", message, "ld+json")

    def _described(self, data: Mapping[str, object], page: FinishedPage) -> None:
        """Check that title and description are the same wherever the page gives them."""
        metas = {
            node.attributes.get("property") or node.attributes.get("name"): node
            for node in page.css("meta[content]")
        }
        site = data.get("isPartOf")
        values = {**data, "site": site.get("name") if isinstance(site, Mapping) else None}
        for name, keys in (
            ("headline", ("og:title",)),
            ("description", ("og:description", "description")),
            ("site", ("og:site_name",)),
        ):
            said = {str(metas[key].attributes.get("content")) for key in keys if key in metas}
            # A theme may describe a page without a description of its own as it likes.
            if keys[0] in metas and said != {str(values.get(name))}:
                message = f"{name} is {values.get(name)!r} in JSON-LD and {sorted(said)} beside it"
                page.wrong("proof-export", message, "ld+json")


def _wrong(part: Mapping[str, object], quoted: Quoted) -> Iterator[str]:
    """Yield each difference between a quotation's JSON-LD and its page."""
    if quoted.proven and even(str(part.get("text", ""))) != quoted.shown:
        yield f"text is '{str(part.get('text'))[:60]}', the page has '{quoted.shown[:60]}'"
    creator = part.get("creator")
    name = creator.get("name") if isinstance(creator, Mapping) else None
    if quoted.chain is None or name != quoted.chain.head.name:
        yield f"creator is {name!r}, but {quoted.source.key!r} has other"
    based = part.get("isBasedOn")
    address = str(based.get("@id")) if isinstance(based, Mapping) else ""
    if not leads_to(address, quoted.source.key):
        yield f"isBasedOn is {address!r}, which is not {quoted.source.key!r}"
    figure = quoted.node.parent
    speaker = figure.css_first(".quotation-speaker") if figure is not None else None
    if speaker is not None and quoted.is_block:
        said = seen(speaker).removeprefix("— ").removesuffix(" (emphasis added)")
        credit = part.get("creditText")
        if even(str(credit)) != said:
            yield f"creditText is {credit!r}, the caption has {said!r}"


def _day(value: object) -> str | None:
    rows = date_parts(value)
    return "-".join(f"{part:02}" for part in rows[0]) if rows else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, Mapping) else value
    for child in inner if isinstance(inner, Iterable) and not isinstance(value, str) else ():
        yield from _texts(child)
