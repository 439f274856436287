"""Checks exported files (annotations, references, feed, search index) against pages and sources."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ..problem import Problem, ProblemError, RuleId
from ..sources.library import Library
from ..sources.text_file import text_file_if_there
from ..text.quotation_marks import DOUBLE, INCHES, follows_number
from ..text.quoted_runs import quoted_runs
from ..text.single_marks import SINGLE, has_marks
from .annotations import check_annotations, page_url
from .feed import wrong_feed
from .host_files import wrong_headers, wrong_map, wrong_packed, wrong_robots
from .made_pages import MadePages
from .page import FinishedPage, even
from .references import wrong_bibtex, wrong_references
from .search_index import documents, is_by_section, wrong_sections
from .site_facts import SiteFacts

Messages = Iterator[tuple[RuleId, str]]
"""Rule ids, each with what is wrong by that rule."""

Checks = Mapping[str, Callable[[str], Messages]]
"""By a file's name, what says of its text what is wrong with it."""

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
BLOCK = frozenset("p li ul ol pre h1 h2 h3 h4 h5 h6 td th tr dd dt blockquote figure div".split())
MARK = f"(?:{DOUBLE.pattern}|{SINGLE.pattern})?"
AROUND = re.compile(rf"{MARK}[ \u00a0\u202f]?\0[.,]?[ \u00a0\u202f]?{MARK}")
"""The placeholder of a known text, and the marks round it."""

INCH = re.compile("|".join(map(re.escape, sorted(INCHES, reverse=True))))

RULE: Final = "proof-export"


def check_exports(
    site: Path, pages: Sequence[FinishedPage], library: Library, made: MadePages
) -> tuple[int, list[Problem]]:
    """Return how many files of *site* hold words of the sources, and what is wrong in them.

    *pages* are its pages, checked already, and *made* what was read of them. A file that does not
    exist is not missed.
    """
    facts, uses = made.facts(), made.uses()
    checks: Checks = {
        "quotes.json": lambda text: _all(check_annotations(text, pages, uses, facts)),
        "references.json": lambda text: _all(wrong_references(text, library)),
        "references.bib": lambda text: _all(wrong_bibtex(text, library)),
        "feed.xml": lambda text: _feed(text, pages, made),
        "search/search_index.json": lambda text: _index(text, pages, made),
    }
    return _checked(site, checks)


def check_host_files(site: Path, files: Sequence[Path], facts: SiteFacts) -> list[Problem]:
    """Return what is wrong in the files of *site* for hosts and search engines.

    *files* are all of the site's, *facts* what its pages say.
    """
    names = [path.relative_to(site).as_posix() for path in files]
    packed = site / "sitemap.xml.gz"
    checks: Checks = {
        "_headers": lambda text: _all(wrong_headers(text, names)),
        "robots.txt": lambda text: _all(wrong_robots(text, facts)),
        "sitemap.xml": lambda text: _all(wrong_map(text, facts)),
    }
    _, problems = _checked(site, checks)
    if {"sitemap.xml", "sitemap.xml.gz"}.issubset(names):
        shown = (Path(site.name) / "sitemap.xml.gz").as_posix()
        found = wrong_packed(packed, site / "sitemap.xml")
        problems += [Problem(path=shown, rule=RULE, message=message) for message in found]
    return problems


def _checked(site: Path, checks: Checks) -> tuple[int, list[Problem]]:
    """Return how many files of *checks* the *site* has, and what is wrong in them."""
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


def _all(messages: Iterable[str]) -> Messages:
    return ((RULE, said) for said in messages)


def _feed(text: str, pages: Sequence[FinishedPage], made: MadePages) -> Messages:
    """Yield what is wrong with the feed of changes."""
    try:
        root = etree.fromstring(text)  # noqa: S314 - of the site itself; expat bounds entities
    except etree.ParseError as error:
        yield RULE, f"no XML: {error}"
        return
    yield from _all(wrong_feed(root, pages, made.facts(), made.owner))
    shown = {even(q.shown) for page in pages if page.entries for q in page.quotations}
    for element in root.iter():
        for run in _unproven(element.text or "", shown):
            yield "proof-mark", f"'{run[:60]}' in double marks, which no page proves"


def _index(text: str, pages: Sequence[FinishedPage], made: MadePages) -> Messages:
    """Yield what a search would show in double marks without proof, or not as its page has it."""
    docs = documents(text)
    if docs is None:
        yield RULE, "no search index: it has no list of 'docs'"
        return
    # Of a page with a problem of its own the index has it, too, or the right words.
    proven = {page.url for page in pages if not page.problems}
    if is_by_section(text):
        yield from _all(wrong_sections(docs, made.searched(), proven))
    by_url = {page.url: page for page in pages}
    texts: dict[str, list[str]] = {}
    for doc in docs:
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
    for one in sorted(known, key=len, reverse=True) if has_marks(left) else ():
        left = left.replace(one, "\0") if one else left
    left = AROUND.sub("\0", left)
    pairing = quoted_runs(left)
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
