"""Checks the metadata in the head of a finished page against the page and the records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from .cited_places import read_cited
from .json_ld import ArticleCheck, marked_texts
from .page import FinishedPage, even
from .record_words import dates

DATA = 'script[type="application/ld+json" i]'
OWN = 'meta[property="og:title"]'
"""What the build writes beside JSON-LD into the head of each page."""

OTHER_BUILDER = 'meta[name="generator"][content^="zensical"]'
"""What tells of a builder whose pages have no head of ours."""

OTHERS = frozenset({"BreadcrumbList", "Organization", "Person", "WebSite"})
"""What a theme may describe besides the page; nothing in it can pass for a quotation."""

CLAIMS = re.compile(r"quotation|claim|review", re.IGNORECASE)
"""What may not be described in attributes: nothing there would be proven."""


class MetadataCheck:
    """Checks the JSON-LD, titles, descriptions and addresses in the heads of pages."""

    def __init__(self, library: Library) -> None:
        """Check against the records of *library*."""
        self._articles = ArticleCheck(library)

    def check(self, page: FinishedPage) -> None:
        """Enter what is wrong in the head of *page*, whose quotations are checked already."""
        articles = list(self._described(page))
        for node in page.css("[itemtype]"):
            if CLAIMS.search(node.attributes.get("itemtype") or ""):
                self._wrong(f"a {node.attributes.get('itemtype')!r} in attributes", page)
        is_ours = page.css(OWN) and not page.css(OTHER_BUILDER)
        if len(articles) > 1 or (is_ours and not articles):
            self._wrong(f"{len(articles)} descriptions of the page in JSON-LD", page)
        for article in articles[:1]:
            for message in self._articles.wrong(article, page, _cited(page)):
                self._wrong(f"JSON-LD {message}", page)
            for message in (*_texts(article, page), *_facts(article, page)):
                self._wrong(message, page)
            values = {k: v for k, v in article.items() if k not in {"hasPart", "citation"}}
            for text in marked_texts(values):
                page.wrong("proof-mark", f"double marks in JSON-LD: '{text[:60]}'", "ld+json")

    def _described(self, page: FinishedPage) -> Iterator[Mapping[str, object]]:
        """Yield each description that *page* has of itself, and of what it quotes."""
        for node in page.css(DATA):
            try:
                data = json.loads(node.text(deep=True))
            except (ValueError, RecursionError):
                self._wrong("JSON-LD that is no JSON", page)
                continue
            if not isinstance(data, dict):
                yield {}
            elif data.get("@type") not in OTHERS or "hasPart" in data:
                yield data

    def _wrong(self, message: str, page: FinishedPage) -> None:
        page.wrong("proof-export", message, "ld+json")


def _cited(page: FinishedPage) -> Sequence[str]:
    """Return the keys of the sources that the notes of *page* cite, in order."""
    keys: list[str] = []
    for item in page.css(".footnote[data-styles] > ol > li[id^='fn:']"):
        passage = (item.id or "").removeprefix("fn:")
        if cited := read_cited(passage):
            keys.append(cited.key)
        elif quoted := page.quoted(passage):
            keys.append(quoted.source.key)
    return keys


def _texts(data: Mapping[str, object], page: FinishedPage) -> Iterator[str]:
    """Yield each difference between what the head of *page* says in several places."""
    metas: dict[str, list[str]] = {}
    for node in page.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        metas.setdefault(name.lower(), []).append(node.attributes.get("content") or "")
    part_of = data.get("isPartOf")
    site = part_of.get("name") if isinstance(part_of, Mapping) else None
    wanted = {
        "og:title": data.get("headline"),
        "og:description": data.get("description"),
        "og:site_name": site,
        "og:url": data.get("url"),
        "twitter:title": data.get("headline"),
        "twitter:description": data.get("description"),
        "description": data.get("description"),
    }
    for name, value in wanted.items():
        said = metas.get(name, [])
        # A theme may describe a page without a description of its own as it likes.
        may_lack = name == "description" or name.startswith("twitter:")
        if (value is None and name == "description") or (not said and may_lack):
            continue
        if said != ([] if value is None else [value]):
            yield f"{name} is {said}, but JSON-LD has {value!r}"
    # A site without addresses of folders names the file itself.
    home = str(data.get("url") or "").removesuffix("index.html").removesuffix(page.url)
    for image in metas.get("og:image", []):
        if not image.startswith(home):
            yield f"og:image is {image!r}, which is not the site's"
    kinds = ["article"] if page.url else ["article", "website"]
    if len(said := metas.get("og:type", [])) != 1 or said[0] not in kinds:
        yield f"og:type is {said}"
    for title in _titles(page):
        if not _is_title(title, str(data.get("headline")), str(site)):
            yield f"the title is '{title[:80]}', but JSON-LD has {data.get('headline')!r}"


def _titles(page: FinishedPage) -> Iterator[str]:
    titles = page.css("head > title")
    if len(titles) > 1:
        # The one that browsers show, and what contradicts it.
        yield " ".join(even(node.text(deep=True)) for node in titles)
    for node in titles[:1]:
        yield even(node.text(deep=True))


def _is_title(title: str, headline: str, site: str) -> bool:
    """Return whether *title* is a page's headline and its site's name, or one of both."""
    names = (even(headline), even(site))
    between = title.removeprefix(names[0]).removesuffix(names[1])
    whole = title.startswith(names[0]) and title.endswith(names[1])
    return title in names or (whole and not any(c.isalnum() for c in between))


def _facts(data: Mapping[str, object], page: FinishedPage) -> Iterator[str]:
    """Yield each difference between JSON-LD and what readers see: language, day, address."""
    if data.get("@id") != data.get("url"):
        yield f"JSON-LD has the addresses {data.get('@id')!r} and {data.get('url')!r}"
    for node in page.css('link[rel="canonical"]'):
        if data.get("url") not in {None, node.attributes.get("href")}:
            yield f"the canonical address is {node.attributes.get('href')!r}"
    for node in page.css("html[lang]"):
        if data.get("inLanguage") != node.attributes.get("lang"):
            yield f"the language is {node.attributes.get('lang')!r} and {data.get('inLanguage')!r}"
    for node in page.css(".page-facts time"):
        yield from _day(node, data.get("dateModified"))


def _day(node: LexborNode, changed: object) -> Iterator[str]:
    said = (node.attributes.get("datetime"), even(node.text(deep=True)))
    if said != (changed, dates(changed)):
        yield f"last changed is {said}, but JSON-LD has {changed!r}"
