"""The site's pictures: `python -m tests.bench.draw_pictures` draws PNG files from the SVG ones."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import INSTALL, find_chromium

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
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
