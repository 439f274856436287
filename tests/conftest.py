"""What several test files need once a run: the real site and a new one, built, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from mkdocs_verbatim.authoring.new_site import make_site
from tests.browser.chromium import DESKTOP, INSTALL, find_chromium
from tests.browser.sweep import served
from tests.support.sites import real_site, run


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished real site, built strictly."""
    folder = real_site(tmp_path_factory.mktemp("built"))
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that a new one begins as, finished in site/ below it, built strictly."""
    folder = tmp_path_factory.mktemp("new") / "site"
    make_site(folder, "mkdocs-verbatim==1.0")
    done = run("mkdocs", "build", "--quiet", "--strict", cwd=folder)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return folder


@pytest.fixture(scope="module")
def address(built_site: Path) -> Iterator[str]:
    """The address at which the finished site is served."""
    with served(built_site) as found:
        yield found


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
    made = browser.new_context(viewport=DESKTOP)
    yield made
    made.close()
