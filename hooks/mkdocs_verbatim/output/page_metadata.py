"""Page metadata: a page described for other programs, as JSON-LD and OpenGraph."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.page import Page
from ..ledger.use import Use
from ..sources.csl import date_parts
from ..sources.record import Record
from ..sources.reference import known_item
from ..text.words import capital
from .html import Html, join, make
from .quotation import Address, relative
from .wording import Plain, worded

SCHEMA_TYPES = {
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
"""What Schema.org calls the types of CSL; any other is a creative work."""

Json = dict[str, object]


About = Mapping[str, str | None]
"""What a page says of itself: title, description, site, address, language, updated.

None is what is not known; *address* is the page's own, *site* the name of the whole, *updated* a
day, and *language* that of the site.
"""


def head(about: About, page: Page, ledger: ClosedLedger, address: Address) -> Html:
    """Return the metadata of *page* as HTML; *address* is that of a source's page."""
    graph = _graph(about, page)
    metas = [make("meta", {"property": name, "content": text}) for name, text in graph if text]
    data = in_html(_article(about, page, ledger, address))
    script = make("script", {"type": "application/ld+json"}, data)
    return join(part for line in (*metas, script) for part in (line, "\n"))


def in_html(data: object) -> Html:
    """Return *data* as JSON for a script element, which no character of it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return join([text])


def _graph(about: About, page: Page) -> Iterator[tuple[str, str | None]]:
    yield "og:type", "article" if page.url else "website"
    yield "og:site_name", about["site"]
    yield "og:title", about["title"]
    yield "og:description", about["description"]
    yield "og:url", about["address"]


def _article(about: About, page: Page, ledger: ClosedLedger, address: Address) -> Json:
    uses = [use for group in ledger.notes(page) for use in group]
    keys = dict.fromkeys(use.item.key for use in sorted(uses, key=lambda use: use.order))
    quotations = sorted((use for use in uses if use.proof), key=lambda use: use.order)
    records = ledger.library.records
    # Inline, so that no program needs to fetch the vocabulary to read a page.
    article: Json = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "WebPage" if page.made else "Article",
        "headline": about["title"],
        "inLanguage": about["language"],
        "isPartOf": {"@type": "WebSite", "name": about["site"]},
    }
    given = {"@id": about["address"], "url": about["address"], "description": about["description"]}
    given["dateModified"] = about["updated"]
    article |= {name: value for name, value in given.items() if value}
    sources = {key: relative(address(key), page) for key in keys}
    if keys:
        article["citation"] = [_work(key, records[key], at) for key, at in sources.items()]
    if quotations:
        article["hasPart"] = [_quotation(use, sources[use.item.key]) for use in quotations]
    return article


def _quotation(use: Use, source: str) -> Json:
    """Return a quotation; its creator has a name alone, which need not be a person's."""
    said: Json = {
        "@type": "Quotation",
        "@id": f"#{use.id}",
        "text": " ".join(worded(use, Plain()).split()),
        "creator": {"name": use.chain.head.name},
        "isBasedOn": {"@id": source},
    }
    if use.mark.kind == "block":
        said["creditText"] = use.mark.attribution or capital(use.chain.head.name)
    return said


def _work(key: str, record: Record, source: str) -> Json:
    """Return a source with what its record knows of it."""
    known = known_item(key, record)
    work: Json = {
        "@type": SCHEMA_TYPES.get(str(known.get("type")), "CreativeWork"),
        "@id": source,
        "identifier": key,
    }
    texts = {"name": known.get("title") or record.description, "publisher": known.get("publisher")}
    work |= {name: value for name, value in texts.items() if value}
    if authors := _names(known.get("author")):
        work["author"] = [{"name": name} for name in authors]
    if dates := date_parts(known.get("issued")):
        work["datePublished"] = _date(dates[0])
    return work


def _names(people: object) -> list[str]:
    listed: Sequence[object] = people if isinstance(people, list) else []
    return [_name(person) for person in listed if isinstance(person, Mapping)]


def _name(person: Mapping[str, object]) -> str:
    if "literal" in person:
        return str(person["literal"])
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    parts = (person.get(part) for part in order)
    return " ".join(str(part) for part in parts if part)


def _date(parts: Sequence[int]) -> str:
    return "-".join(f"{part:02}" for part in parts)
