"""Checks exported files (annotations, references, feed, search index) against pages and sources."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ..problem import Problem, ProblemError, RuleId
from ..sources.library import Library
from ..sources.text_file import text_file_if_there
from ..text.quotation_marks import DOUBLE, INCHES, follows_number, pair_marks
from .annotations import check_annotations, listed, page_url, parsed
from .note_citations import day_as_read
from .page import FinishedPage, even

Messages = Iterator[tuple[RuleId, str]]
"""Rule ids, each with what is wrong by that rule."""

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
BLOCK = frozenset("p li ul ol pre h1 h2 h3 h4 h5 h6 td th tr dd dt blockquote figure div".split())
ATOM = "{http://www.w3.org/2005/Atom}"
AROUND = re.compile(r"[“\"„«]?\0[”\"“»]?")
"""The placeholder of a known text, and the marks round it."""

INCH = re.compile("|".join(map(re.escape, sorted(INCHES, reverse=True))))

RULE: Final = "proof-export"


def check_exports(
    site: Path, pages: Sequence[FinishedPage], library: Library
) -> tuple[int, list[Problem]]:
    """Return how many files of *site* hold words of the sources, and what is wrong in them.

    *pages* are its pages, checked already. A file that does not exist is not missed.
    """
    checks: dict[str, Callable[[str], Messages]] = {
        "quotes.json": lambda text: ((RULE, said) for said in check_annotations(text, pages)),
        "references.json": lambda text: _references(text, library),
        "references.bib": lambda text: _bibtex(text, library),
        "feed.xml": lambda text: _feed(text, pages),
        "search/search_index.json": lambda text: _index(text, pages),
    }
    problems: list[Problem] = []
    number = 0
    for name, check in checks.items():
        shown = (Path(site.name) / name).as_posix()
        try:
            text = text_file_if_there(site / name, shown=shown, rule="page-unreadable")
        except ProblemError as error:
            problems.append(error.problem)
            continue
        if text is None:
            continue
        number += 1
        problems += [Problem(path=shown, rule=r, message=m) for r, m in check(text)]
    return number, problems


def _references(text: str, library: Library) -> Messages:
    """Yield each difference between the references and the records."""
    items = parsed(text)
    known = [item for item in listed(items) if isinstance(item, dict)]
    ids = [str(item.get("id")) for item in known]
    if ids != sorted(library.records):
        yield RULE, f"references to {ids}, but there are records of {sorted(library.records)}"
        return
    for item in known:
        record = library.records[str(item["id"])]
        values = record.values
        if "title" not in values:
            values["genre"] = record.description
        for name in sorted({*values, *item} - {"id"}):
            if _solid(item.get(name)) != _solid(values.get(name)):
                yield RULE, f"{name} of {record.path} is {item.get(name)!r} here"


def _solid(value: object) -> list[str]:
    """Return the words and numbers of a reference's field, whatever its form."""
    if isinstance(value, dict):
        return [part for key in sorted(value) for part in _solid(value[key])]
    if isinstance(value, list):
        return [part for item in value for part in _solid(item)]
    text = "" if value is None else str(value)
    dates = re.fullmatch(r"\d{4}(-\d\d)?(-\d\d)?(/\d{4}(-\d\d)?(-\d\d)?)?|\d{1,4}", text)
    return [str(int(part)) for part in re.findall(r"\d+", text)] if dates else [text]


def _bibtex(text: str, library: Library) -> Messages:
    """Yield a message if the file does not hold the entries that the records have locked."""
    locked = [r.cited.bibtex for _, r in sorted(library.records.items()) if r.cited is not None]
    if text.split() != " ".join(locked).split():
        yield RULE, "not the entries that the records hold under 'cited'"


def _feed(text: str, pages: Sequence[FinishedPage]) -> Messages:
    """Yield each difference between the feed and the page that shows the log of changes."""
    try:
        root = etree.fromstring(text)  # noqa: S314 - of the site itself; expat bounds entities
    except etree.ParseError as error:
        yield RULE, f"no XML: {error}"
        return
    entries = {anchor: said for page in pages for anchor, said in page.entries.items()}
    shown = {even(q.shown) for page in pages if page.entries for q in page.quotations}
    found: set[str] = set()
    for entry in root.iter(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        anchor = urlsplit(link.get("href", "") if link is not None else "").fragment
        found.add(anchor)
        said = tuple(even(entry.findtext(f"{ATOM}{name}") or "") for name in ("title", "content"))
        if said != entries.get(anchor):
            yield RULE, f"entry {anchor!r} is not what its page says: '{' '.join(said)[:80]}'"
        day = (entry.findtext(f"{ATOM}updated") or "").partition("T")[0]
        if not said[0].startswith(f"{day_as_read(day)}: "):
            yield RULE, f"entry {anchor!r} is of {day}, its title of another day"
    for anchor in sorted(set(entries) - found):
        yield RULE, f"the entry {anchor!r} of its page is left out"
    for element in root.iter():
        for run in _unproven(element.text or "", shown):
            yield "proof-mark", f"'{run[:60]}' in double marks, which no page proves"


def _index(text: str, pages: Sequence[FinishedPage]) -> Messages:
    """Yield what a search would show in double marks without proof, or not as its page has it."""
    data = parsed(text)
    docs = data.get("docs") if isinstance(data, dict) else None
    if not isinstance(docs, list):
        yield RULE, "no search index: it has no list of 'docs'"
    by_url = {page.url: page for page in pages}
    texts: dict[str, list[str]] = {}
    for doc in listed(docs):
        if not isinstance(doc, dict):
            continue
        url = page_url(str(doc.get("location", "")).partition("#")[0])
        texts.setdefault(url, []).append(_plain(str(doc.get("text", ""))))
        page = by_url.get(url)
        known = {*page.marked, *_words(page)} if page else set()
        for part in (str(doc.get("title", "")), texts[url][-1]):
            for run in _unproven(part, known):
                where = doc.get("location")
                yield "proof-mark", f"'{run[:60]}' in double marks, not on the page {where!r}"
    for url, parts in texts.items():
        whole = " ".join(parts)
        page = by_url.get(url)
        for quoted in page.numbered() if page is not None and whole.strip() else ():
            if quoted.proven and quoted.shown not in whole:
                yield RULE, f"the quotation '{url}#{quoted.id}' has other words in the search"


def _words(page: FinishedPage) -> Iterator[str]:
    """Yield the words of each quotation, as the page has them and as the source has them."""
    for quoted in page.quotations:
        yield quoted.shown
        if not quoted.proven:
            # The page has its own problem; the search may have the right words.
            yield even(" ".join(quoted.source.read(place) for place in quoted.places))


def _unproven(text: str, known: set[str]) -> Iterator[str]:
    """Yield the text near each double mark of *text* outside the *known* texts."""
    left = even(text)
    for one in sorted(known, key=len, reverse=True) if DOUBLE.search(left) else ():
        left = left.replace(one, "\0") if one else left
    left = AROUND.sub("\0", left)
    pairing = pair_marks(left)
    marks = [*pairing.left, *(pair.first for pair in pairing.pairs)]
    for at in sorted(marks):
        # The number of a note may come next, so what follows does not matter here.
        if INCH.match(left, at) and follows_number(left, at):
            continue
        yield left[max(0, at - 20) : at + 40].replace("\0", "…")


def _plain(text: str) -> str:
    """Return the text of a piece of HTML, with a space where a block begins or ends."""
    spaced = TAG.sub(lambda match: " " if match[2].lower() in BLOCK else "", text)
    return even(html.unescape(spaced))
