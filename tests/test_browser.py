"""The finished site in a real browser: cards, links there and back, nothing from elsewhere."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chromium import INSTALL, find_chromium

CARD = ".md-tooltip2--active"
PHONE = {"width": 390, "height": 800}
DESKTOP = {"width": 1280, "height": 900}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the tests' output to the tests."""


@pytest.fixture(scope="module")
def address(built_site: Path) -> Iterator[str]:
    """The address at which the finished site is served."""
    handler = functools.partial(Quiet, directory=str(built_site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    path = find_chromium()
    if path is None:
        pytest.fail(f"no browser; {INSTALL}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window on a desktop."""
    made = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The page on the remark, whose theme is at work."""
    opened = context.new_page()
    opened.goto(f"{address}remark/")
    opened.wait_for_function("document.querySelector('[data-md-component=announce]') !== undefined")
    opened.wait_for_load_state("networkidle")
    return opened


def pages(site: Path) -> list[str]:
    """Return the addresses of all pages, from the site's root."""
    found = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return ["" if name == "." else f"{name}/" for name in found]


def test_a_card_opens_under_the_pointer_and_closes_on_escape(page: Page) -> None:
    number = page.locator(".quotation-figure .footnote-ref").first
    number.scroll_into_view_if_needed()
    number.hover()

    card = page.locator(CARD)
    expect(card).to_be_visible()
    expect(card.locator(".receipt-citation")).to_contain_text("paras. 8–9")
    expect(card.locator(".receipt-chain")).to_contain_text("Owen Smith, first statement, spoken →")
    expect(card.locator("mark").first).to_contain_text("My view is that, ultimately")
    expect(card.locator(".receipt-foot code")).to_have_text("e6617a8e277f")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_card_opens_on_keyboard_focus_and_closes_on_escape(page: Page) -> None:
    page.locator(".footnote-ref").first.focus()

    expect(page.locator(CARD)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_have_count(0)


def test_the_card_of_a_paraphrase_shows_no_words_of_the_source(page: Page) -> None:
    number = page.locator("sup[id='fnref:c-rt-2016--p16-16'] .footnote-ref").first
    number.scroll_into_view_if_needed()
    number.hover()

    expect(page.locator(CARD)).to_contain_text("para. 16")
    expect(page.locator(f"{CARD} .receipt")).to_have_count(0)


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


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_comes_from_elsewhere_and_nothing_is_wrong(
    browser: Browser, built_site: Path, address: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    for name in pages(built_site):
        page.goto(f"{address}{name}", wait_until="networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{name} scrolls sideways"
    context.close()

    assert [line for line in seen if not line.startswith((address, "data:"))] == []


def test_every_page_is_complete_without_javascript(
    browser: Browser, built_site: Path, address: str
) -> None:
    with_scripts = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    without = browser.new_context(viewport=DESKTOP, java_script_enabled=False)  # type: ignore[arg-type]
    for name in pages(built_site):
        texts = []
        for context in (with_scripts, without):
            page = context.new_page()
            page.goto(f"{address}{name}", wait_until="networkidle")
            texts.append(page.locator("article").inner_text())
            page.close()

        assert texts[0].split() == texts[1].split(), name
    with_scripts.close()
    without.close()


def test_in_print_the_notes_say_it_all(page: Page) -> None:
    page.emulate_media(media="print")
    note = page.locator(".footnote li").filter(has=page.locator(".receipt-sentence")).first

    expect(note).to_be_visible()
    expect(note.locator(".receipt-citation")).to_be_visible()
    expect(note.locator(".receipt-chain")).to_be_visible()
    expect(note.locator("mark").first).to_be_visible()
