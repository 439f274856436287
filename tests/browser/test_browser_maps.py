"""Map and timeline in a real browser: drawn or stacked, filtered, reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = ("argument-map", "timeline")
WIDTHS = (360, 768, 1280)
BOXES = ".map-node, .timeline-event"
ENTRIES = ".map-entry, .timeline-entry"

# How far text goes beyond its box, in pixels: the most of each picture.
BEYOND = """(selector) => Math.max(...[...document.querySelectorAll(selector)].flatMap((box) => {
  const frame = box.querySelector("rect").getBoundingClientRect();
  return [...box.querySelectorAll("tspan")].map((line) => {
    const words = line.getBoundingClientRect();
    return Math.max(words.right - frame.right, frame.left - words.left,
                    words.bottom - frame.bottom, frame.top - words.top);
  });
}))"""

# Pairs of what is shown of a selector that cover each other.
COVERING = """(selector) => {
  const all = [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect());
  const shown = all.filter((r) => r.width && r.height);
  const covers = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
    && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  let pairs = 0;
  shown.forEach((a, i) => shown.slice(i + 1).forEach((b) => { pairs += covers(a, b); }));
  return [shown.length, pairs];
}"""

# Entries whose content is wider than they are.
OVERFULL = """(selector) => [...document.querySelectorAll(selector)]
  .filter((e) => e.scrollWidth > e.clientWidth).length"""


Open = Callable[..., Page]
"""Opens a page of the site by its name."""


@pytest.fixture(scope="module")
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """What opens a page, at a width, in the one window that has *more*."""
    # A new window means a new process, which takes longer than everything that a test does.
    windows: dict[str, Page] = {}

    def opened(name: str, width: int = 1280, **more: Any) -> Page:
        if repr(more) not in windows:
            windows[repr(more)] = browser.new_context(**more).new_page()
        page = windows[repr(more)]
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": width, "height": 900})
        # Of a page that is only loaded again a browser keeps what was chosen.
        page.goto("about:blank")
        page.goto(f"{address}{name}/")
        return page

    yield opened
    for page in windows.values():
        page.context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_text_is_in_its_box_and_boxes_stand_apart(open_page: Open, width: int, name: str) -> None:
    page = open_page(name, width)
    boxes, boxes_covering = page.evaluate(COVERING, "a > rect")
    entries, entries_covering = page.evaluate(COVERING, ENTRIES)

    assert entries == page.locator(ENTRIES).count() > 20
    assert entries_covering == 0
    assert page.evaluate(OVERFULL, ENTRIES) == 0
    assert boxes == (entries if width == 1280 else 0), "a narrow screen has the list alone"
    assert boxes_covering == 0
    assert page.locator(".picture-instead").is_visible() == (not boxes)
    if boxes:
        assert page.evaluate(BEYOND, BOXES) <= 0
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.mark.parametrize("family", ["Verdana", "DejaVu Sans", "Liberation Sans", "serif"])
def test_text_is_in_its_box_in_other_faces(open_page: Open, family: str) -> None:
    # The policy of the page would refuse another style.
    page = open_page("argument-map", bypass_csp=True)
    page.add_style_tag(
        content=f".picture-lead, .picture-label {{ font-family: {family} !important }}"
    )

    assert page.evaluate(BEYOND, BOXES) <= 0


def _shown(page: Page, selector: str) -> list[str]:
    found: list[str] = page.evaluate(
        "(s) => [...document.querySelectorAll(s)].filter((e) => e.getClientRects().length)"
        ".map((e) => (e.dataset.node ?? e.id).replace('argument-map-', ''))",
        selector,
    )
    return found


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        (["column-2"], (["o-thesis", "o-legit"], ["s-actors", "c-thesis"])),
        (["concedes"], (["c-isdim", "c-thesis", "o-unlike"], ["s-never", "o-legit", "g-1"])),
        (["editor"], (["o-legit", "s-never"], ["b-no", "g-1"])),
        (["attacks", "editor"], (["c-powell", "o-powell"], ["g-1", "s-actors", "o-legit"])),
        (["column-1", "attacks", "source"], (["s-actors", "b-no"], ["o-thesis", "s-dialogue"])),
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_picture_and_list_are_filtered_alike(
    open_page: Open,
    choices: list[str],
    shown: tuple[list[str], list[str]],
    *,
    scripts: bool,
) -> None:
    page = open_page("argument-map", java_script_enabled=scripts)
    some, none = shown
    for choice in choices:
        page.locator(f".map-show-{choice}").check()
    boxes, entries = _shown(page, ".map-node"), _shown(page, ".map-entry")

    assert sorted(boxes) == sorted(entries)
    assert set(some) <= set(boxes)
    assert not set(none) & set(boxes)
    for kind in ("attacks", "concedes"):
        if kind in choices:
            others = f".map-edge:not(.map-{kind})"
            assert _shown(page, others) == []
    status = page.locator(".map-status")
    if scripts:
        expect(status).to_contain_text(f"Shown: {len(entries)} of 61 statements, ")
    else:
        expect(status).to_be_empty()
    for name in ("column", "kind", "drawer"):
        page.locator(f"[name='argument-map--{name}'].map-show-all").check()
    assert len(_shown(page, ".map-node")) == len(_shown(page, ".map-entry")) == 61


def test_a_filter_is_worked_by_keyboard(open_page: Open) -> None:
    page = open_page("argument-map")
    page.locator("[name='argument-map--kind']").first.focus()
    page.keyboard.press("ArrowRight")

    expect(page.locator(".map-show-supports")).to_be_checked()
    expect(page.locator(".map-show-supports")).to_be_focused()
    expect(page.locator(".map-status")).to_contain_text("Shown: ")
    hidden = "(s) => [...document.querySelectorAll(s)].filter((e) => !e.getClientRects().length)"
    assert page.evaluate(
        f"({hidden})('.map-node').every((e) => (e.focus(), document.activeElement !== e))"
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_box_leads_to_its_entry_by_keyboard(open_page: Open, name: str) -> None:
    page = open_page(name)
    box = page.locator(BOXES).nth(5)
    box.focus()
    expect(box).to_be_focused()
    assert (
        page.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")
        != "1px"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{name}/#{name}-*")

    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    assert box.get_attribute("href") == f"#{target.get_attribute('id')}"


def test_lines_of_the_statement_under_the_focus_are_lit(open_page: Open) -> None:
    page = open_page("argument-map")
    page.locator("[data-node=b-no]").focus()
    lit = page.locator(".map-node.map-lit").evaluate_all("(all) => all.map((e) => e.dataset.node)")
    wires = page.locator(".map-wire.map-lit [data-from]").evaluate_all(
        "(all) => all.map((e) => `${e.dataset.from} ${e.dataset.to}`)"
    )

    assert sorted(lit) == ["b-more", "b-no", "s-actors"]
    assert {"b-no s-actors", "b-more b-no"} <= set(wires)
    page.locator("h1 a").focus()
    expect(page.locator(".map-lit")).to_have_count(0)


def test_an_entry_that_a_filter_hides_is_shown_to_who_asks_for_it(open_page: Open) -> None:
    page = open_page("argument-map")
    page.locator(".map-show-column-2").check()
    page.locator("#argument-map-o-thesis a[href='#argument-map-s-actors']").click()

    expect(page.locator("#argument-map-s-actors")).to_be_in_viewport()
    assert "s-never" not in _shown(page, ".map-entry")


@pytest.mark.parametrize("name", PAGES)
def test_in_print_the_picture_is_there(open_page: Open, name: str) -> None:
    page = open_page(name, 700)
    page.emulate_media(media="print")

    expect(page.locator(".picture svg")).to_be_visible()
    expect(page.locator(ENTRIES).last).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [960, 1024, 1280])
def test_where_a_picture_is_shown_its_text_is_large_enough(
    open_page: Open, width: int, name: str
) -> None:
    page = open_page(name, width)
    scale = page.locator("figure.picture > svg").evaluate(
        "picture => picture.getBoundingClientRect().width / picture.viewBox.baseVal.width"
    )
    contents = page.get_by_text("On this page")
    shown = [part.is_visible() for part in contents.all()]

    assert scale > 0.98
    assert shown == [True, False], "what is on the page is told above it"
