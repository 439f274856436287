"""Every page of a finished site in a real browser, in every colour scheme and at every width."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    async_playwright,
)

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 768, 1280)
"""In CSS pixels; 320 is a window of 1280 at four times the size."""

HEIGHT = 800
AT_ONCE = 3
"""Pages looked at together: more than the processors of a small machine win nothing."""

AXE = """options => axe.run(document, options).then(({violations}) => violations.flatMap(
    ({id, nodes}) => nodes.map(({target, any, all, none}) => [id, target.flat().join(' '),
        [...any, ...all, ...none].map(check => check.message).join('; ')])))"""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that colours alone can break: what else there is has been looked at in light."""

EVERY_RULE: dict[str, object] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
"""All that axe has: best practice as well as WCAG, and target size, which it leaves off."""

WIDE = """() => document.documentElement.scrollWidth > window.innerWidth
    ? [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 3).map(e => e.outerHTML.slice(0, 90))
    : []"""

# One of a group of radio buttons is reached by Tab, the others by the arrows.
WATCH = """() => {
    const shown = element =>
        element.checkVisibility({visibilityProperty: true}) &&
        !(element.matches('[type=radio]') && !element.checked);
    const seen = element => element.matches('.md-option') ? element.nextElementSibling : element;
    const look = element => {
        const style = getComputedStyle(seen(element));
        return [style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor,
            style.boxShadow, style.backgroundColor, style.textDecorationLine].join();
    };
    const all = [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(shown);
    const before = new Map(all.map(element => [element, look(element)]));
    window.reached = new Map();
    document.addEventListener('focusin', ({target}) => {
        if (reached.has(target) || !before.has(target)) return;
        const box = seen(target).getBoundingClientRect();
        const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight &&
            box.right > 0 && box.left < innerWidth;
        reached.set(target, inside && look(target) !== before.get(target));
    });
    window.wanted = all;
    return all.length;
}"""
MISSED = """() => [
    ...wanted.filter(e => !reached.has(e)).map(e => ['not reached', e.outerHTML.slice(0, 120)]),
    ...[...reached].filter(([, seen]) => !seen)
        .map(([e]) => ['not seen', e.outerHTML.slice(0, 120)])
]"""

# What is folded opens without a script; a control that needs one is rightly gone.
UNSEEN = """() => [...document.querySelectorAll('article :is(p, li, td, blockquote)')]
    .filter(e => e.textContent.trim() && !e.closest('details:not([open]), .needs-script') &&
        !e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .map(e => e.textContent.trim().slice(0, 60))"""

Look = Callable[[Page, str], Awaitable[list[str]]]
"""Looks at a page, loaded and with its name, and returns what is wrong."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the tests' output to the tests."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve *folder* and give its address, which ends in a slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def addresses(site: Path) -> list[str]:
    """Return the addresses of all pages of *site*, from its root; that of no page is one, too."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name.removesuffix("index.html") for name in found]


def sweep(site: Path, chromium: str, look: Look, *, scripts: bool = True) -> dict[str, list[str]]:
    """Return what *look* finds wrong, by page; nothing of a page where all is well.

    What goes wrong while a page loads counts as well: requests to elsewhere, messages, errors.
    """
    with served(site) as address:
        return asyncio.run(_sweep(address, addresses(site), chromium, look, scripts=scripts))


async def _sweep(
    address: str, names: list[str], chromium: str, look: Look, *, scripts: bool
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    queue = list(reversed(names))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium)

        async def work() -> None:
            context = await _context(browser, scripts=scripts)
            # One tab for all: a new one means a new process, which takes longer than a page does.
            page = await context.new_page()
            while queue:
                name = queue.pop()
                with _watched(page, address) as wrong:
                    await page.goto(f"{address}{name}", wait_until="load")
                    found[name] += await look(page, name)
                found[name] += wrong
            await context.close()

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        await browser.close()
    return {name: lines for name, lines in sorted(found.items()) if lines}


async def _context(browser: Browser, *, scripts: bool) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": WIDTHS[-1], "height": HEIGHT},
        java_script_enabled=scripts,
        # The checker is a script that the pages' policy would refuse.
        bypass_csp=True,
    )


@contextmanager
def _watched(page: Page, address: str) -> Iterator[list[str]]:
    """Yield what goes wrong in *page* while the block runs: errors, messages, what it asks for."""
    wrong: list[str] = []

    def messages(message: ConsoleMessage) -> None:
        wrong.append(f"console: {message.text}")

    def errors(error: Error) -> None:
        wrong.append(f"error: {error}")

    def requests(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            wrong.append(f"asks elsewhere: {request.url}")

    page.on("console", messages)
    page.on("pageerror", errors)
    page.on("request", requests)
    yield wrong
    page.remove_listener("console", messages)
    page.remove_listener("pageerror", errors)
    page.remove_listener("request", requests)


async def axe_and_width(page: Page, name: str) -> list[str]:
    """Look at a page in both schemes at every width: axe, and whether it scrolls sideways."""
    del name
    await page.add_script_tag(content=Path(AXE_FILE_PATH).read_text("utf-8"))
    wrong: list[str] = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            here = f"{scheme}, {width} px"
            wrong += [f"{here}: wide: {part}" for part in await page.evaluate(WIDE)]
            options = EVERY_RULE if scheme == "light" else {**EVERY_RULE, "runOnly": COLOURS}
            violations = await page.evaluate(AXE, options)
            wrong += [f"{here}: {rule}: {target}: {why}" for rule, target, why in violations]
    return wrong


async def keyboard(page: Page, name: str) -> list[str]:
    """Tab through a page, wide and narrow: every link and control is reached, and is seen."""
    del name
    wrong: list[str] = []
    for width in (WIDTHS[-1], WIDTHS[0]):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        await page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        count = await page.evaluate(WATCH)
        # Cards that open on focus have links of their own.
        for _ in range(0, 3 * count, 20):
            for _ in range(20):
                await page.keyboard.press("Tab")
            if await page.evaluate("() => wanted.every(element => reached.has(element))"):
                break
        missed = await page.evaluate(MISSED)
        wrong += [f"{width} px: {what} by keyboard: {element}" for what, element in missed]
    return wrong


async def without_scripts(page: Page, name: str) -> list[str]:
    """Look at a page where no script runs: its text is seen, and the menu opens and leads on."""
    del name
    wrong: list[str] = []
    await page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    if not await page.locator("main h1").is_visible():
        wrong.append("no heading is seen")
    wrong += [f"not seen: {part}" for part in await page.evaluate(UNSEEN)]
    await page.get_by_role("button", name="Menu").click()
    links = await page.get_by_role("navigation", name="Pages").get_by_role("link").all()
    if len(links) < 2 or not all([await link.is_visible() for link in links]):
        wrong.append("the menu does not open")
    await page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    if await page.locator(".needs-script:visible").count():
        wrong.append("a control is seen that does nothing")
    return wrong
