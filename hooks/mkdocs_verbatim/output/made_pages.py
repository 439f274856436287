"""Made pages: the pages that the build makes itself, as Markdown and as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from markdown.extensions.toc import slugify

from ..ledger.page import Page
from ..sources.library import Library
from ..sources.record import Record
from ..text.words import capital, single
from .citation import issued
from .html import Heading, Html, join, make
from .quotation_index import Quotes

EVERY = "Every quotation"
EVERY_SAYS = (
    "Each stands here once, with its way from mouth to page, the pages that quote it, "
    "and its place in our copy of the source."
)


def heading(record: Record) -> str:
    """Return what a source's page is called: who and when; a title may be a slogan."""
    return f"{capital(record.attribution)}, {issued(record).strip('[]')}"


def source_page(key: str, record: Record) -> str:
    """Return the page of a source as Markdown; the directives fetch what it shows."""
    # Its quotations are found on the pages that quote; twice in a search is once too often.
    parts = [title_head(heading(record), searched=False)]
    for title, name in _sections(record):
        parts += [f"## {title}"] * bool(title) + [f"<!-- verbatim: {name} {key} -->"]
    return "\n\n".join(parts) + "\n"


def _sections(record: Record) -> list[tuple[str, str]]:
    """Return the sections of a source's page: heading, if any, and directive."""
    sections = [("", "reference")]
    if record.copy is not None:
        sections.append(("What is quoted", "excerpts"))
    sections.append(("How to cite it", "styles"))
    if record.notes:
        about = "About our copy" if record.copy is not None else "What we have read"
        sections.append((about, "notes"))
    return [*sections, ("The record", "record")]


def composed(
    key: str, record: Record, page: Page, draw: Callable[[str, str, Page], Html]
) -> tuple[Html, list[Heading]]:
    """Return as HTML what *source_page* says in Markdown, and its headings.

    *draw* returns what the directive of a name shows of a source on a page.
    A site has as many of these pages as sources: Markdown's way would take most of its time.
    """
    parts: list[Html | Heading] = [_heading(1, heading(record))]
    for title, name in _sections(record):
        if title:
            parts.append(_heading(2, title))
        parts.append(make("div", None, draw(name, key, page)))
    return written(parts)


def composed_quotes(quotes: Quotes, page: Page) -> tuple[Html, list[Heading]]:
    """Return as HTML what *quotes_page* says in Markdown, and its headings."""
    return written([_heading(1, EVERY), make("p", None, EVERY_SAYS), *quotes.parts(page)])


def _heading(level: int, text: str) -> Heading:
    return Heading(level, slugify(text, "-") or "source", join([single(text)]))


def written(parts: Sequence[Html | Heading]) -> tuple[Html, list[Heading]]:
    """Return *parts* as HTML, and the headings among them."""
    headings = [part for part in parts if isinstance(part, Heading)]
    html = (part.written() if isinstance(part, Heading) else part for part in parts)
    return join(html), headings


def quotes_page() -> str:
    """Return the list of all quotations as Markdown."""
    return f"{title_head(EVERY, searched=False)}\n\n{EVERY_SAYS}\n\n<!-- verbatim: quotations -->\n"


def sources_page(library: Library) -> str:
    """Return the list of all sources as Markdown."""
    count = len(library.sources)
    words = "one text" if count == 1 else f"{count} texts"
    others = (
        "## Cited by the editor alone\n\n"
        "The editor’s own boxes cite these for what is in none of the texts.\n"
        "We hold no copy of them and quote nothing from them.\n\n"
        "<!-- verbatim: references -->\n\n"
    )
    return (
        f"{title_head('Sources')}\n\n"
        f"This site rests on {words}.\n"
        "Every quotation is cut from our copy of a text when the site is built, "
        "and compared with it again in the finished page.\n"
        "Behind each text stand its record, what is quoted from it, and what our copy lost.\n\n"
        "<!-- verbatim: bibliography -->\n\n"
        "All of it in one list: [every quotation](../quotes.md).\n"
        "For reference managers: [CSL-JSON](../references.json), "
        "[BibTeX](../references.bib).\n"
        "For programs: [every quotation](../quotes.json) as a W3C Web Annotation.\n\n"
        "## How much of each text is shown\n\n"
        "<!-- verbatim: shares -->\n\n"
        "Shown are the quotations and, around each, at most its own sentence.\n"
        "The [rules of the build](../rules.md) say what it refuses.\n\n"
        "## Whose words are quoted\n\n"
        "<!-- verbatim: speakers -->\n\n"
        f"{others if library.references else ''}"
        "## Who is behind this site\n\n"
        "<!-- verbatim: owner -->\n"
    )


def title_head(text: str, *, searched: bool = True) -> str:
    """Return the beginning of a made page as Markdown: front matter, and *text* as its heading."""
    # JSON is YAML; a backslash keeps Markdown from reading signs of a title as its own.
    plain = "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|~^:@&" else c for c in single(text))
    search = "" if searched else "search:\n  exclude: true\n"
    return f"---\ntitle: {json.dumps(single(text))}\n{search}---\n\n# {plain}"
