"""Checks the JSON-LD of a finished page: its quotations and the works they are from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..sources.csl import date_parts
from ..sources.library import Library
from ..sources.record import Record
from ..text.quoted_runs import has_claims
from .links import source_anchor
from .page import FinishedPage, Quoted, even, seen

VOCABULARY = {"@vocab": "https://schema.org/"}
TEXTS = frozenset({"headline", "inLanguage", "description", "dateModified", "@id", "url"})
"""What a page says of itself in one text each, compared with the rest of its head."""

KNOWN = TEXTS | {"@context", "@type", "isPartOf", "citation", "hasPart"}
CLASSES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "webpage": "WebPage",
}
"""What Schema.org calls a text, by its type in a record; any other is a CreativeWork."""


class ArticleCheck:
    """Checks the JSON-LD of pages against the records and quotations."""

    def __init__(self, library: Library) -> None:
        """Check against the records of *library*."""
        self._library = library

    def wrong(
        self, data: Mapping[str, object], page: FinishedPage, cited: Sequence[str]
    ) -> Iterator[str]:
        """Yield what *data* says wrongly of *page*, the notes of which cite the keys *cited*."""
        if more := sorted(set(data) - KNOWN):
            yield f"says {more[0]!r}, which no page says of itself"
        kinds = ("Article",) if cited else ("Article", "WebPage")
        if data.get("@context") != VOCABULARY or data.get("@type") not in kinds:
            yield f"describes a {data.get('@type')!r} in the words of {data.get('@context')!r}"
        part_of = data.get("isPartOf")
        if not isinstance(part_of, Mapping) or part_of != {
            "@type": "WebSite",
            "name": part_of.get("name"),
        }:
            yield "is part of something else than a site with a name"
        yield from self._parts(_list(data.get("hasPart")), page)
        works = _list(data.get("citation"))
        keys = [work.get("identifier") for work in works if isinstance(work, Mapping)]
        if keys != list(dict.fromkeys(cited)) or len(keys) != len(works):
            yield f"cites {keys}, the notes {list(dict.fromkeys(cited))}"
            return
        for work in works:
            if isinstance(work, Mapping):
                yield from self._work(work, page)

    def _parts(self, parts: Sequence[object], page: FinishedPage) -> Iterator[str]:
        known = {f"#{quoted.id}": quoted for quoted in page.numbered()}
        ids = Counter(str(p.get("@id")) if isinstance(p, Mapping) else "" for p in parts)
        if odd := sorted((ids - Counter(list(known))).elements()):
            yield f"names no quotation, or one twice, with {odd[0]!r}"
        if missing := sorted((Counter(list(known)) - ids).elements()):
            yield f"leaves out the quotation {missing[0]!r}"
        for part in parts:
            quoted = known.get(str(part.get("@id"))) if isinstance(part, Mapping) else None
            if quoted is not None and isinstance(part, Mapping):
                for message in _of_quotation(part, quoted, page):
                    yield f"of {quoted.id!r}: {message}"

    def _work(self, work: Mapping[str, object], page: FinishedPage) -> Iterator[str]:
        """Yield what is said of a cited work that its record does not have."""
        key = str(work.get("identifier"))
        record = self._library.records[key]
        wanted = dict(_described(record), identifier=key)
        said = {name: value for name, value in work.items() if name != "@id"}
        names = [name for name in {**wanted, **said} if wanted.get(name) != said.get(name)]
        if names:
            yield f"cites {key!r} with another {names[0]} than its record has"
        if source_anchor(page.url, str(work.get("@id")), key) != "":
            yield f"cites {key!r} as {work.get('@id')!r}"


def _of_quotation(part: Mapping[str, object], quoted: Quoted, page: FinishedPage) -> Iterator[str]:
    """Yield each difference between a quotation's JSON-LD and its page."""
    wanted = {"@type", "@id", "text", "creator", "isBasedOn"}
    if set(part) != (wanted | {"creditText"} if quoted.is_block else wanted):
        yield f"says {sorted(part)}"
    if part.get("@type") != "Quotation":
        yield f"it is a {part.get('@type')!r}"
    if quoted.proven and even(str(part.get("text", ""))) != quoted.shown:
        yield f"text is '{str(part.get('text'))[:60]}', the page has '{quoted.shown[:60]}'"
    if quoted.chain is None or part.get("creator") != {"name": quoted.chain.head.name}:
        yield f"creator is {part.get('creator')!r}, but {quoted.source.key!r} has other"
    based = part.get("isBasedOn")
    address = str(based.get("@id")) if isinstance(based, Mapping) and len(based) == 1 else None
    if address is None or source_anchor(page.url, address, quoted.source.key) != "":
        yield f"isBasedOn is {based!r}, which is not {quoted.source.key!r}"
    figure = quoted.node.parent
    speaker = figure.css_first(".quotation-speaker") if figure is not None else None
    if speaker is not None and quoted.is_block:
        said = seen(speaker).removeprefix("— ").removesuffix(" (emphasis added)")
        credit = part.get("creditText")
        if even(str(credit)) != said:
            yield f"creditText is {credit!r}, the caption has {said!r}"


def _described(record: Record) -> Iterator[tuple[str, object]]:
    """Yield what is said of a text besides its key: all that is known, and nothing else."""
    values = record.values
    yield "@type", CLASSES.get(str(values.get("type")), "CreativeWork")
    if name := values.get("title") or record.description:
        yield "name", name
    if publisher := values.get("publisher"):
        yield "publisher", publisher
    people = [person for person in _list(values.get("author")) if isinstance(person, Mapping)]
    if people:
        yield "author", [{"name": _name(person)} for person in people]
    if rows := date_parts(values.get("issued")):
        yield "datePublished", "-".join(f"{part:02}" for part in rows[0])


def _name(person: Mapping[str, object]) -> str:
    """Return a name as it is spoken: given name, particles, family name, suffix."""
    if "literal" in person:
        return str(person["literal"])
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(str(person[part]) for part in order if person.get(part))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def marked_texts(value: object) -> Iterator[str]:
    """Yield each text in *value* that has double marks."""
    if isinstance(value, str):
        if has_claims(value):
            yield value
        return
    inner = value.values() if isinstance(value, Mapping) else value
    for child in inner if isinstance(inner, Iterable) else ():
        yield from marked_texts(child)
