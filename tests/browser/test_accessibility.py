"""Every page for every reader: axe, narrow and wide, light and dark; keyboard alone; no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import INSTALL, find_chromium
from tests.browser.sweep import (
    AXE,
    EVERY_RULE,
    axe_and_width,
    keyboard,
    served,
    sweep,
    without_scripts,
)
from tests.support.sites import put

pytestmark = pytest.mark.browser


def chromium() -> str:
    path = find_chromium()
    if path is None:
        pytest.fail(f"no browser; {INSTALL}")
    return path


# Nothing is excepted: what the theme did wrong is not on our pages.
def test_axe_finds_nothing_and_nothing_scrolls_sideways(built_site: Path) -> None:
    assert sweep(built_site, chromium(), axe_and_width) == {}


def test_axe_finds_nothing_on_a_new_site_either(new_site: Path) -> None:
    assert sweep(new_site / "site", chromium(), axe_and_width) == {}


def test_every_link_and_control_is_reached_by_keyboard_and_seen(built_site: Path) -> None:
    assert sweep(built_site, chromium(), keyboard) == {}


def test_every_page_is_readable_without_scripts(built_site: Path) -> None:
    assert sweep(built_site, chromium(), without_scripts, scripts=False) == {}


FAULTY = """<!doctype html><html lang="en"><head><title>Faulty</title>
<link rel="icon" href="data:,">
<style>a:focus {{ outline: none }} .wide {{ width: 2000px }} .gone {{ display: none }}</style>
</head>
<body><main><article>{}</article></main></body></html>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>One</h1><img src='data:,'>", "image-alt"),
        ("<h1>One</h1><p style='color:#ccc'>Faint words</p>", "color-contrast"),
        ("<h1>One</h1><h4>Four</h4>", "heading-order"),
        ("<h1>One</h1><p><button style='width:9px'></button><button>b</button></p>", "button-name"),
        ("<h1>One</h1><p class=wide>Words</p>", "wide"),
        ("<h1>One</h1><script>console.log('a message')</script>", "console: a message"),
        ("<h1>One</h1><script>null.of()</script>", "error: "),
        ("<h1>One</h1><script src='http://elsewhere.invalid/a.js'></script>", "asks elsewhere"),
    ],
)
def test_the_sweep_finds_what_is_wrong(tmp_path: Path, body: str, expected: str) -> None:
    put(tmp_path / "index.html", FAULTY.format(body))

    found = sweep(tmp_path, chromium(), axe_and_width)[""]
    assert any(expected in line for line in found), found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<a href='#a'>a</a>", "not seen by keyboard"),
        ("<button onfocus='this.blur()'>a</button><button>b</button>", "not reached by keyboard"),
        ("<button tabindex=-1>a</button><button>b</button>", "not reached by keyboard"),
    ],
)
def test_the_keyboard_finds_what_is_wrong(tmp_path: Path, body: str, expected: str) -> None:
    put(tmp_path / "index.html", FAULTY.format(body))

    found = sweep(tmp_path, chromium(), keyboard)[""]
    assert any(expected in line for line in found), found


def test_without_scripts_what_they_alone_show_is_missed(tmp_path: Path) -> None:
    menu = "<button>Menu</button><nav aria-label='Pages'><a href=a>a</a></nav>"
    put(tmp_path / "index.html", FAULTY.format(f"{menu}<p class=gone>Words</p>"))

    assert sweep(tmp_path, chromium(), without_scripts, scripts=False) == {
        "": ["no heading is seen", "not seen: Words", "the menu does not open"]
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium())
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, built_site: Path) -> Iterator[Page]:
    """The front page on a phone, in either scheme."""
    with served(built_site) as address:
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, color_scheme=request.param, bypass_csp=True
        )
        page = context.new_page()
        page.goto(address)
        yield page
        context.close()


def violations(page: Page) -> list[list[str]]:
    page.add_script_tag(content=Path(AXE_FILE_PATH).read_text("utf-8"))
    found: list[list[str]] = page.evaluate(AXE, EVERY_RULE)
    return found


def test_axe_finds_nothing_in_the_open_menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    page.locator(".site-nav summary").first.click()

    expect(page.get_by_role("link", name="Who speaks")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_in_the_open_search(page: Page) -> None:
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox", name="Search").fill("dialogue")

    expect(page.locator(".search__results li").first).to_be_visible()
    assert violations(page) == []


def test_who_wants_less_motion_gets_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        " return s.transitionDuration !== '0s' || s.animationName !== 'none' }).length"
    )

    assert moving == 0
