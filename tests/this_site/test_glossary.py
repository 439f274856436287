"""A term of the glossary is linked on every page that uses it: to its entry, or to them all."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.sites import ROOT

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
def test_a_page_links_the_terms_that_it_uses(page: str, built_site: Path) -> None:
    html = _article(page, built_site)
    said = " ".join(unescape(NOT_OURS.sub(" ", html)).split())
    missing = [
        term
        for entry in ENTRY.finditer(_article("glossary", built_site))
        for term in unescape(re.sub(r"<[^>]*>", "", entry["terms"])).split(", ")
        if entry["id"] not in EVERYDAY
        and re.search(rf"\b{re.escape(term)}s?\b", said, _case(term))
        and f"glossary/#{entry['id']}" not in html
        and 'glossary/"' not in html
    ]

    assert not missing


def test_a_term_opens_as_a_card_and_the_focus_comes_back(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}dialogue/")
    link = page.get_by_role("link", name="tactical talks")

    link.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Meaning of tactical talks")
    expect(card).to_be_focused()
    expect(card).to_contain_text("Cantey gives an example, hostages")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()
    page.close()


def test_a_term_leads_to_its_entry_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}dialogue/")

    page.get_by_role("link", name="tactical talks").click()
    expect(page).to_have_url(re.compile(r"/glossary/#tactical-negotiations$"))
    context.close()


def _article(page: str, site: Path) -> str:
    html = (site / ("" if page == "index" else page) / "index.html").read_text("utf-8")
    return html.split("<article", 1)[1].split("</article>", 1)[0].split('class="footnote"', 1)[0]


def _case(term: str) -> re.RegexFlag:
    """Return how to look for *term*: capitals count where it has more than its first letter's."""
    return re.RegexFlag(0) if term[1:] != term[1:].lower() else re.IGNORECASE
