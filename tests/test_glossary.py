"""A term of the glossary is linked to its entry on every page that uses it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.sites import ROOT

ENTRY = re.compile(r'<dt id="(?P<id>[^"]+)">(?P<terms>.*?)</dt>', re.DOTALL)
NOT_OURS = re.compile(
    r'“<span class="quotation".*?</span>”|<blockquote\b.*?</blockquote>|<sup\b.*?</sup>|<[^>]*>',
    re.DOTALL,
)
"""What is not the site's own running text: quotations, note numbers, tags."""

EVERYDAY = {"dialogue-negotiation-talks", "hating-and-fighting", "names-of-the-group"}
"""Entries about words in everyday use, which every page has in every paragraph."""

PAGES = sorted(path.stem for path in (ROOT / "docs").glob("*.md") if path.stem != "glossary")


@pytest.mark.parametrize("page", PAGES)
def test_a_term_opens_at_its_first_use_on_a_page(page: str, built_site: Path) -> None:
    html = _article(page, built_site)
    said = " ".join(unescape(NOT_OURS.sub(" ", html)).split())
    missing = [
        term
        for entry in ENTRY.finditer(_article("glossary", built_site))
        for term in unescape(re.sub(r"<[^>]*>", "", entry["terms"])).split(", ")
        if entry["id"] not in EVERYDAY
        and re.search(rf"\b{re.escape(term)}s?\b", said, _case(term))
        and f"glossary/#{entry['id']}" not in html
    ]

    assert not missing


def _article(page: str, site: Path) -> str:
    html = (site / ("" if page == "index" else page) / "index.html").read_text("utf-8")
    return html.split("<article", 1)[1].split("</article>", 1)[0].split('class="footnote"', 1)[0]


def _case(term: str) -> re.RegexFlag:
    """Return how to look for *term*: capitals count where it has more than its first letter's."""
    return re.RegexFlag(0) if term[1:] != term[1:].lower() else re.IGNORECASE
