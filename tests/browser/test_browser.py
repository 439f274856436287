"""The finished site in a real browser: links there and back, print, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.chromium import DESKTOP, PHONE
from tests.browser.tabs import at_rest


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The page on the remark, whose theme is at work."""
    opened = context.new_page()
    opened.goto(f"{address}remark/")
    opened.wait_for_function("document.querySelector('[data-md-component=announce]') !== undefined")
    opened.wait_for_load_state("networkidle")
    return opened


def pages(site: Path, address: str) -> list[str]:
    """Return the addresses of all pages of *site*, which is served at *address*."""
    found = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return [address if name == "." else f"{address}{name}/" for name in found]


def test_a_link_leads_to_the_lit_sentence_in_the_source_and_back(page: Page) -> None:
    quotation = page.locator("blockquote.quotation").nth(1)
    words = quotation.inner_text().strip()
    name = quotation.get_attribute("id")
    note = page.locator(f"li[id='fn:{name}']")
    note.get_by_role("link", name="see it in the source").click()
    page.wait_for_url("**/sources/rt-2016/#*")

    target = page.locator(".source-excerpt:target")
    expect(target).to_be_in_viewport()
    expect(target.locator("mark")).to_have_text(words)
    target.locator("xpath=following-sibling::p[1]//a").first.click()
    page.wait_for_url("**/remark/#*")
    expect(page.locator(".quotation:target")).to_have_attribute("id", str(name))


def test_a_link_to_a_passage_lights_it_in_every_paragraph_and_nothing_else(page: Page) -> None:
    page.goto(
        page.url.replace(
            "remark/", "sources/rt-2016/#q-rt-2016-my-experience-of-working-on-1529eefb3a"
        )
    )
    light = page.evaluate(
        """() => {
            const lit = getComputedStyle(document.querySelector(':target mark')).backgroundColor;
            return [...document.querySelectorAll('.source-excerpt mark')]
                .filter((mark) => getComputedStyle(mark).backgroundColor === lit)
                .map((mark) => mark.textContent);
        }"""
    )

    first, second = light
    assert first.startswith("My experience of working")
    assert second.startswith("“In the Middle East at the moment")


def test_a_link_to_a_paragraph_lights_what_is_quoted_of_it(page: Page) -> None:
    page.goto(page.url.replace("remark/", "sources/rt-2016/#p14"))
    dark, lit = page.evaluate(
        """() => ['#p15 mark', '#p14 mark'].map(
            (name) => getComputedStyle(document.querySelector(name)).backgroundColor)"""
    )

    assert dark != lit


def test_the_strip_leads_to_what_is_shown_of_a_paragraph(page: Page) -> None:
    page.goto(page.url.replace("remark/", "sources/rt-2016/"))
    cells = page.locator(".source-strip .source-cell")
    boxes = [cell.bounding_box() for cell in cells.all()]
    page.get_by_role("link", name="Paragraph 14, line 28: quoted").click()

    assert page.url.endswith("#p14")
    expect(page.locator("#p14 mark")).to_be_in_viewport()
    assert cells.count() == 19
    assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_states_of_paragraphs_differ_in_more_than_colour(page: Page) -> None:
    page.goto(page.url.replace("remark/", "sources/cantey-2018/"))
    shapes = page.evaluate(
        """() => ['quoted', 'cited', 'furniture'].map((state) => {
            const cell = getComputedStyle(document.querySelector(`.source-strip .${state}`));
            const {borderRadius, borderBottomWidth, fontWeight, textDecorationLine} = cell;
            return [borderRadius, borderBottomWidth, fontWeight, textDecorationLine].join();
        })"""
    )

    assert len(set(shapes)) == 3
    expect(page.locator(".source-strip-key li")).to_have_text(
        ["¶ 12 quoted", "¶ 20 told in our words", "¶ 24 not the text’s own"]
    )


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_comes_from_elsewhere_and_nothing_is_wrong(
    browser: Browser, built_site: Path, address: str, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size)
    seen: list[str] = []
    context.on("request", lambda request: seen.append(request.url))
    context.on("console", lambda message: seen.append(f"console {message.type}: {message.text}"))
    context.on("weberror", lambda error: seen.append(f"error: {error.error}"))
    for page in at_rest(context, pages(built_site, address)):
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{page.url} scrolls sideways"
    context.close()

    assert len(seen) > len(pages(built_site, address))
    assert [line for line in seen if not line.startswith((address, "data:"))] == []


def test_every_page_is_complete_without_javascript(
    browser: Browser, built_site: Path, address: str
) -> None:
    with_scripts = browser.new_context(viewport=DESKTOP)
    without = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    names = pages(built_site, address)
    for one, other in zip(at_rest(with_scripts, names), at_rest(without, names), strict=True):
        text, without_scripts = (page.locator("article").inner_text() for page in (one, other))

        assert text.split() == without_scripts.split(), one.url
    with_scripts.close()
    without.close()


def test_in_print_the_notes_say_it_all(page: Page) -> None:
    page.emulate_media(media="print")
    note = page.locator(".footnote li").filter(has=page.locator(".receipt-sentence")).first

    expect(note).to_be_visible()
    expect(note.locator(".receipt-citation")).to_be_visible()
    expect(note.locator(".receipt-chain")).to_be_visible()
    expect(note.locator("mark").first).to_be_visible()
    expect(page.locator(".note-card")).to_have_count(0)


def test_on_paper_the_address_of_each_receipt_is_read(page: Page) -> None:
    page.emulate_media(media="print")
    link = page.locator(".receipt-foot a:not(.footnote-backref)").first
    shown = "(link) => getComputedStyle(link, '::after').content"
    plain = link.evaluate(shown)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert plain == '" <" attr(href) ">"' or "../sources/rt-2016/#p3" in plain
    assert f"{page.url.removesuffix('remark/')}sources/rt-2016/#p3" in link.evaluate(shown)
