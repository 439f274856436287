"""The pictures: `python -m tests.bench.draw_pictures` draws icons from SVG, and a receipt."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import INSTALL, find_chromium
from tests.browser.sweep import served
from tests.support.records import ROOT
from tests.support.sites import build_real

RECEIPT = ROOT / "manual" / "docs" / "pictures" / "receipt.png"
QUOTATION = "q-rt-2016-no-they-are-not-going-71284c7899"
"""A quotation of this site that readers of README and manual see with its receipt open."""

ASSETS = Path(__file__).parents[2] / "hooks" / "mkdocs_verbatim" / "theme" / "assets"
PICTURES = {
    "icon.png": ("icon.svg", 48, 48),
    "icon-180.png": ("icon.svg", 180, 180),
    "share.png": ("share.svg", 1200, 630),
}
"""Each file, what it is drawn from, and its width and height in pixels."""


def main() -> int:
    """Draw every picture anew; return 1 where there is no browser to draw with."""
    path = find_chromium()
    if path is None:
        print(f"error: no browser; {INSTALL}", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for name, (drawing, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            svg = (ASSETS / drawing).read_text("utf-8")
            page.set_content(
                f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>{svg}"
            )
            page.screenshot(path=ASSETS / name, omit_background=True)
        _draw_receipt(browser)
        browser.close()
    return 0


def _draw_receipt(browser: Browser) -> None:
    """Write a picture of the paragraph that has QUOTATION, with its receipt."""
    with tempfile.TemporaryDirectory() as folder:
        built = build_real(Path(folder, "real")) / "site"
        with served(built) as address:
            page = browser.new_page(
                viewport={"width": 900, "height": 900},
                reduced_motion="reduce",
            )
            page.goto(f"{address}remark/")
            page.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = true))")
            block = page.locator(f"p:has([id='{QUOTATION}'])")
            block.evaluate("(e) => scrollBy(0, e.getBoundingClientRect().top - 100)")
            page.locator(f"[id='fnref:{QUOTATION}'] .footnote-ref").click()
            card = page.locator(".note-card").bounding_box()
            text = block.bounding_box()
            assert card is not None
            assert text is not None
            top, bottom = text["y"] - 16, card["y"] + card["height"] + 16
            height = bottom - top
            page.screenshot(path=RECEIPT, clip={"x": 8, "y": top, "width": 852, "height": height})


if __name__ == "__main__":
    sys.exit(main())
