"""The frame: colours, menu, search, the page that is not there, what other sites and paper show."""

from __future__ import annotations

import gzip
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.bench.draw_pictures import ASSETS, PICTURES
from tests.browser.sweep import served
from tests.support import sites

DARK = "rgb(20, 24, 28)"
LIGHT = "rgb(252, 251, 248)"
INDEX = "search/search_index.json"
MOST = 60_000
"""Bytes that the search index may have, compressed."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window on a desktop whose system is dark."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The front page."""
    opened = context.new_page()
    opened.goto(address)
    return opened


def ground(page: Page) -> str:
    found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


def head(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name).read_text("utf-8"))


def one(page: LexborHTMLParser, selector: str) -> LexborNode:
    found = page.css_first(selector)
    assert found is not None, selector
    return found


def test_colours_are_the_systems_until_a_reader_chooses(page: Page) -> None:
    button = page.get_by_role("button", name="Colours")
    seen = [(button.get_attribute("aria-label"), ground(page))]
    for _ in range(3):
        button.click()
        seen.append((button.get_attribute("aria-label"), ground(page)))

    assert seen == [
        ("Colours: as the system", DARK),
        ("Colours: light", LIGHT),
        ("Colours: dark", DARK),
        ("Colours: as the system", DARK),
    ]


def test_a_choice_of_colours_holds_on_the_next_page(page: Page, address: str) -> None:
    page.get_by_role("button", name="Colours").click()
    page.goto(f"{address}remark/")

    assert ground(page) == LIGHT


@pytest.mark.parametrize(("scheme", "expected"), [("dark", DARK), ("light", LIGHT)])
def test_without_scripts_the_colours_are_the_systems(
    browser: Browser, address: str, scheme: str, expected: str
) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    found = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    context.close()

    assert found == expected


def test_a_part_of_the_menu_closes_on_escape_and_elsewhere(page: Page) -> None:
    part = page.locator(".site-nav details").first
    part.locator("summary").click()
    expect(part.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(part.get_by_role("link").first).to_be_hidden()
    expect(part.locator("summary")).to_be_focused()
    part.locator("summary").click()
    page.locator("h1").click()

    expect(part.get_by_role("link").first).to_be_hidden()


def test_on_a_phone_the_menu_has_a_button_that_closes_it(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    menu = page.get_by_role("navigation", name="Pages")
    page.get_by_role("button", name="Menu").click()
    expect(menu.get_by_role("link").first).to_be_visible()
    menu.get_by_role("button", name="Close").click()

    expect(menu).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_name_and_tools_stand_in_one_line(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(address)
    name, tools = page.locator(".site-name").bounding_box(), page.locator(".tool").all()
    boxes = [box for tool in tools if (box := tool.bounding_box())]
    context.close()

    assert name
    assert len(boxes) == 3
    assert all(
        name["y"] <= box["y"] + box["height"] / 2 <= name["y"] + name["height"] for box in boxes
    )


def test_the_index_is_fetched_when_search_is_opened_and_not_before(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address, wait_until="networkidle")
    assert INDEX not in asked
    with page.expect_response(f"{address}{INDEX}"):
        page.keyboard.press("/")
    page.keyboard.type("ransom")
    expect(page.locator(".search__results li").first).to_be_visible()

    assert asked.count(INDEX) == 1


def test_search_finds_words_from_their_beginning_and_marks_them(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("hosTAG neg")

    expect(page.get_by_role("status")).to_contain_text("result")
    marks = {mark.inner_text().lower() for mark in page.locator(".search__results mark").all()}
    assert marks == {"hostag", "neg"}


def test_search_offers_what_is_written_before_what_is_listed(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("cantey")
    expect(page.locator(".search__results li").nth(1)).to_be_visible()
    found = page.locator(".search__results a").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    listed = [place.startswith(("/sources/", "/quotes/")) for place in found]

    assert listed == sorted(listed)
    assert not listed[0]


def test_search_says_when_there_is_nothing_and_leads_to_what_there_is(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("xyzzy")
    expect(page.get_by_role("status")).to_have_text("No results")
    page.get_by_role("searchbox").fill("ransom")
    expect(page.locator(".search__results a").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/[a-z-]+/(#|$)"))

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_search_shows_words_without_the_numbers_of_their_notes(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ransom dealing negotiation")
    words = page.locator(".search__results p").filter(has_text="Should a door stay open")

    expect(words).to_have_text(
        "Is ransom dealing negotiation? Should a door stay open? Does al Qaeda differ?"
    )


def test_search_closes_and_gives_focus_back(page: Page) -> None:
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_the_index_holds_pages_and_no_source(built_site: Path) -> None:
    content = (built_site / INDEX).read_bytes()
    found = {entry["location"].partition("#")[0] for entry in json.loads(content)["docs"]}
    keys = [path.stem for path in (sites.ROOT / "sources").glob("*.yml")]

    assert {"", "remark/", "compare/", "sources/"} <= found
    assert not found & {f"sources/{key}/" for key in keys}
    assert b"[sic]" in content
    assert b"editor: so in the source" not in content
    assert len(gzip.compress(content, 9)) <= MOST


def test_the_page_that_is_not_there_leads_on(context: BrowserContext, built_site: Path) -> None:
    with served(built_site) as address:
        page = context.new_page()
        page.goto(f"{address}404.html")

        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
        expect(page).to_have_title("Page not found - Could talks work?")
        page.get_by_role("button", name="Search this site").click()
        expect(page.get_by_role("dialog", name="Search")).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("main").get_by_role("link", name="The remark").click()
        page.wait_for_url(f"{address}remark/")


def test_every_page_says_what_it_is_and_where_errors_are_dealt_with(built_site: Path) -> None:
    for path in built_site.rglob("index.html"):
        page = LexborHTMLParser(path.read_text("utf-8"))
        name = path.relative_to(built_site)
        description = one(page, "meta[name=description]").attributes["content"]
        link = one(page, ".page-facts a")

        assert one(page, "html").attributes["lang"] == "en"
        assert description, name
        assert len(page.css("h1")) == 1, name
        assert (path.parent / str(link.attributes["href"])).resolve() == built_site / "corrections"


def test_a_page_says_when_it_last_changed(built_site: Path) -> None:
    time = one(head(built_site, "remark/index.html"), ".page-facts time")

    assert (time.attributes["datetime"], time.text()) == ("2026-11-21", "21 November 2026")
    assert head(built_site, "rules/index.html").css_first(".page-facts time") is None


def test_no_page_has_style_or_script_of_its_own(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        page = LexborHTMLParser(path.read_text("utf-8"))
        # What is data is not run.
        inside = page.css("style, [style], script:not([src]):not([type='application/ld+json'])")

        assert [node.html for node in inside] == [], path


def test_every_file_that_a_page_asks_for_is_there(built_site: Path) -> None:
    for path in [*built_site.rglob("index.html")]:
        page = LexborHTMLParser(path.read_text("utf-8"))
        asked = [n.attributes["href"] for n in page.css("link[rel~=icon], link[rel=stylesheet]")]
        asked += [n.attributes["src"] for n in page.css("script[src], img")]

        assert len(asked) > 3
        assert [name for name in asked if not (path.parent / str(name)).is_file()] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_its_size(name: str) -> None:
    _, width, height = PICTURES[name]
    content = (ASSETS / name).read_bytes()

    assert content.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", content[16:24]) == (width, height)


@pytest.mark.builds
def test_a_link_is_shared_with_a_picture_once_the_site_has_an_address(
    tmp_path: Path, built_site: Path
) -> None:
    site = sites.real_site(tmp_path / "site")
    config = site / "mkdocs.yml"
    sites.put(config, f"site_url: https://example.org/talks/\n{config.read_text('utf-8')}")
    result = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)
    assert (result.returncode, result.stderr) == (0, "")

    def property_(folder: Path, name: str) -> str | None:
        found = head(folder, "remark/index.html").css_first(f"meta[property='og:{name}']")
        return found.attributes["content"] if found else None

    assert property_(site / "site", "image") == "https://example.org/talks/assets/share.png"
    assert property_(site / "site", "url") == "https://example.org/talks/remark/"
    assert property_(built_site, "image") is None
    assert property_(built_site, "title") == property_(site / "site", "title") != ""


def test_paper_has_the_text_whole_and_nothing_to_click(page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    page.emulate_media(media="print", color_scheme="light")

    for hidden in (".site-nav", ".site-tools", ".contents", ".site-footer", ".headerlink"):
        expect(page.locator(hidden).first).to_be_hidden()
    folded = page.locator("article details td").first
    assert folded.evaluate("cell => cell.getBoundingClientRect().height") > 0
    expect(page.locator(".footnote li").last).to_be_visible()


# How much of the longest number stands out at the left of the text, in pixels.
OUTSIDE = """() => {
    const notes = [...document.querySelectorAll(".footnote li")];
    const pen = document.createElement("canvas").getContext("2d");
    const { fontSize, fontFamily } = getComputedStyle(notes[0], "::marker");
    pen.font = `${fontSize} ${fontFamily}`;
    const left = document.querySelector("article").getBoundingClientRect().left;
    const room = notes[0].getBoundingClientRect().left - left;
    return pen.measureText(`${notes.length}. `).width - room;
}"""


@pytest.mark.parametrize("name", ["remark", "argument-map"])
def test_on_paper_no_number_of_a_note_is_cut_off(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}{name}/")
    page.emulate_media(media="print")

    assert page.evaluate(OUTSIDE) <= 0


def test_on_a_phone_a_row_is_a_card_and_a_cell_stands_under_its_column(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}compare/")
    cells = page.get_by_role("table").first.get_by_role("row").nth(1).get_by_role("cell")
    boxes = [cell.bounding_box() for cell in cells.all()]
    label = cells.nth(1).evaluate("cell => getComputedStyle(cell, '::before').content")
    header = page.get_by_role("columnheader").nth(2).inner_text()
    context.close()

    assert header in label
    assert [box["x"] for box in boxes if box] == [boxes[0]["x"]] * 3  # type: ignore[index]


def test_on_a_phone_nothing_of_a_table_of_shares_is_cut_off(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}sources/")
    cells = page.get_by_role("table", name="Shares").get_by_role("cell")
    boxes = [box for cell in cells.all() if (box := cell.bounding_box())]
    label = cells.first.evaluate("cell => getComputedStyle(cell, '::before').content")
    context.close()

    assert "Words" in label
    assert len(boxes) == 3 * 4
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
