"""The list of all quotations: as a page, with its choices in a browser, and when it is too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from markdown import Markdown
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.opening import open_site
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.ledger.front_matter import front_matter
from mkdocs_verbatim.ledger.page import Page as SitePage
from mkdocs_verbatim.ledger.page_text import PageText
from mkdocs_verbatim.output.html import Heading
from mkdocs_verbatim.output.quotation_index import Quotes
from tests.browser.chromium import DESKTOP, PHONE
from tests.support import sites

SHOWN = ".quotes > li:visible"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The list, on a desktop; nothing may go wrong or come from elsewhere."""
    context = browser.new_context(viewport=DESKTOP)
    opened = context.new_page()
    seen: list[str] = []
    opened.on("request", lambda request: seen.append(request.url))
    opened.on("console", lambda message: seen.append(f"console: {message.text}"))
    opened.on("pageerror", lambda error: seen.append(f"error: {error}"))
    opened.goto(f"{address}quotes/")
    yield opened
    context.close()
    assert [line for line in seen if not line.startswith((address, "data:"))] == []


def words(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} .quotation").all_inner_texts()


def test_a_click_chooses_and_the_address_says_so(page: Page) -> None:
    page.locator(".quotes-facets").get_by_role("link", name="Jeremy Corbyn").click()

    expect(page).to_have_url(re.compile(r"/quotes/\?speaker=jeremy-corbyn$"))
    assert [text[:8] for text in words(page)] == ["redouble", "No, they"]
    expect(page.get_by_role("status")).to_have_text("2 of 41 quotations. Show all")
    expect(page.locator("h2:visible")).to_have_text(["Jeremy Corbyn"])
    expect(page.locator(".quotes-facets [aria-current]")).to_have_text("Jeremy Corbyn")
    page.locator(".quotes-facets [aria-current]").click()
    expect(page).to_have_url(re.compile(r"/quotes/$"))
    expect(page.locator(SHOWN)).to_have_count(41)


def test_typing_chooses_whatever_the_marks_and_capitals(page: Page) -> None:
    page.get_by_role("searchbox", name="Words of a quotation").fill("DOESN'T  include")

    expect(page).to_have_url(re.compile(r"/quotes/\?words=DOESN%27T\+\+include$"))
    assert len(words(page)) == 2
    page.get_by_role("searchbox", name="Words of a quotation").fill("no such words")
    expect(page.get_by_role("status")).to_have_text("0 of 41 quotations. Show all")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(SHOWN)).to_have_count(41)
    expect(page.get_by_role("searchbox", name="Words of a quotation")).to_have_value("")


def test_choices_add_up_and_the_address_brings_them_back(page: Page, address: str) -> None:
    page.goto(f"{address}quotes/?source=rt-2016&page=index&words=moment")

    assert [text[:13] for text in words(page)] == ["at the moment"]
    expect(page.get_by_role("searchbox", name="Words of a quotation")).to_have_value("moment")
    expect(page.locator(".quotes-facets [aria-current]")).to_have_count(2)
    page.locator(".quotes-facets [data-value=remark]").click()
    expect(page.locator(SHOWN)).to_have_count(2)
    page.go_back()
    assert [text[:13] for text in words(page)] == ["at the moment"]


def test_the_contents_lead_to_a_speaker_who_was_not_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}quotes/?speaker=jeremy-corbyn")
    page.locator("nav.contents").get_by_role("link", name="Owen Smith").click()

    expect(page.get_by_role("heading", name="Owen Smith")).to_be_in_viewport()
    expect(page.locator(SHOWN)).to_have_count(41)
    expect(page).to_have_url(re.compile(r"/quotes/#speaker-owen-smith$"))


def test_an_entry_leads_to_its_place_in_the_page_and_in_the_source(page: Page) -> None:
    entry = page.locator(".quotes > li", has_text="There can be absolutely no negotiation")
    name = entry.locator(".quotation").get_attribute("id")
    source = entry.get_by_role("link", name="para. 14, line 28").get_attribute("href")
    entry.get_by_role("link", name="note 11").click()

    page.wait_for_url("**/remark/#*")
    expect(page.locator(":target")).to_have_attribute("id", str(name))
    assert source == f"../sources/rt-2016/#{name}"


def test_on_a_phone_the_choices_do_not_fill_the_screen(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}quotes/")

    expect(page.locator(".quotes-facets")).to_be_hidden()
    expect(page.locator(SHOWN).first).to_be_in_viewport()
    page.goto(f"{address}quotes/?speaker=owen-smith")
    expect(page.locator(".quotes-facets")).to_be_visible()
    context.close()


def test_without_scripts_the_list_is_whole_and_the_choices_lead_somewhere(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}quotes/?speaker=jeremy-corbyn")

    expect(page.locator(SHOWN)).to_have_count(41)
    expect(page.get_by_role("searchbox", name="Words of a quotation")).to_have_count(0)
    page.get_by_role("link", name="Owen Smith", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"#speaker-owen-smith$"))
    expect(page.locator("#speaker-owen-smith")).to_be_in_viewport()
    page.locator(".quotes-facets").get_by_role("link", name="The RT report").last.click()
    page.wait_for_url("**/sources/rt-2016/")
    context.close()


def test_no_page_lists_more_than_a_reader_can_load() -> None:
    ledger = check(read_config(sites.ROOT / "mkdocs.yml"))
    page = SitePage(text=PageText(path="docs/quotes.md", read=str), url="quotes/")
    parts = list(Quotes(ledger, lambda key: f"sources/{key}/", most=40).parts(page))
    html = LexborHTMLParser("".join(part for part in parts if isinstance(part, str)))

    assert not [part for part in parts if isinstance(part, Heading)]
    assert html.css(".quotation") == []
    links = {link.text(): link.attributes["href"] for link in html.css(".quotes-facets a")}
    assert links["Jeremy Corbyn"] == "../sources/rt-2016/"
    assert "41 quotations." in html.text()


def test_a_build_with_too_many_quotations_still_lists_by_source(tmp_path: Path) -> None:
    pages = {"a.md": "".join(f"He said “word{n} more” [@a].\n\n" for n in range(501))}
    copy = " ".join(f"word{n} more." for n in range(501))
    site = sites.SmallSite(pages=pages, copies={"a": copy}).write(tmp_path / "site")
    html, listed = sites.rendered_and_listed(site, "a.md")

    assert html.count('class="quotation"') == 501
    assert 'class="quotation"' not in listed
    assert "501 quotations." in listed


def test_an_entry_names_page_and_heading_as_readers_see_them(tmp_path: Path) -> None:
    page = """# Page

He said “word one” [@a].

## Of *his* `words`, “so called”{.term} {#own}

He said “word one” and “word two” [@a].
"""
    copies = {"a": "He said word one and word two."}
    site = sites.SmallSite(pages={"a.md": page}, copies=copies).write(tmp_path / "site")
    _, listed = sites.rendered_and_listed(site, "a.md")
    entries = [entry.text() for entry in LexborHTMLParser(listed).css(".quotes-place")]

    under = "Of his words, ‘so called’ note"
    assert entries == [
        f"docs/a.md: note 1, {under} 1. Author A, para. 1, line 1.",
        f"docs/a.md: {under} 2. Author A, para. 1, line 1.",
    ]


def test_braces_that_a_reader_sees_in_a_heading_are_named(tmp_path: Path) -> None:
    heading = "## Of \\{a: b\\} &#123;e f&#125; and `{c d}` {#own}"
    page = f"# Page\n\n{heading}\n\nHe said “word one” [@a].\n"
    site = sites.SmallSite(pages={"a.md": page}, copies={"a": "He said word one."})
    _, listed = sites.rendered_and_listed(site.write(tmp_path / "site"), "a.md")

    assert [node.text() for node in LexborHTMLParser(listed).css(".quotes-place i")] == [
        "Of {a: b} {e f} and {c d}"
    ]


def test_the_list_is_the_same_through_markdown(tmp_path: Path) -> None:
    pages = {"a.md": "He said “word one” [@a].\n"}
    site = sites.SmallSite(pages=pages, copies={"a": "He said word one."}).write(tmp_path / "site")
    config = read_config(site / "mkdocs.yml")
    made = open_site(config.file, config.docs, config.settings)
    html = []
    for path, text in {
        "docs/a.md": pages["a.md"],
        "docs/quotes.md": made.generated.pages()["quotes.md"],
    }.items():
        made.made.add("docs/quotes.md")
        data, body, _ = front_matter(text, path)
        made.begin(path, lambda: "", path[5:-3] + "/", data)
        html.append(Markdown(extensions=[*config.extensions, made.extension]).convert(body))
    composed = made.generated.composed("quotes.md", made.pages["docs/quotes.md"])[0]

    assert _bare(html[1]) == _bare(composed)


def _bare(html: str) -> str:
    """Return *html* without what only Markdown puts around a directive."""
    return re.sub(r"\s+|</?div>|<h1[^>]*>", "", html)
