"""What several test files need once a run: the real site and a new one, built, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from mkdocs_verbatim.authoring.new_site import make_site
from tests.browser.chromium import DESKTOP, INSTALL, find_chromium
from tests.browser.sweep import served
from tests.support.measures import FIGURE, WHOLE, examples
from tests.support.shared import common_base, made_once
from tests.support.sites import build_real, build_strictly

# Of properties that do not say themselves how many examples they need.
settings.register_profile("measure", examples(100))
settings.load_profile("measure")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and what is a seeded measure."""
    for item in items:
        if isinstance(item, pytest.Function):
            if "browser" in item.fixturenames:
                item.add_marker("browser")
            if is_hypothesis_test(item.function):
                item.add_marker("measure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the seeded measures that were run whole have tried."""
    for report in terminalreporter.stats.get("passed", []) if WHOLE else ():
        for name, figure in report.user_properties:
            if name == FIGURE:
                terminalreporter.write_line(f"{report.nodeid}: {figure}")


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this run have in common."""
    return common_base(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def built(common: Path) -> Path:
    """The folder of the real site, finished in site/ below it; only to be looked at."""
    return made_once(common / "built", build_real)


@pytest.fixture(scope="session")
def built_site(built: Path) -> Path:
    """The finished real site, built strictly; only to be looked at."""
    return built / "site"


@pytest.fixture(scope="session")
def new_site(common: Path) -> Path:
    """The site that a new one begins as, finished in site/ below it; only to be looked at."""

    def fill(folder: Path) -> None:
        make_site(folder, "mkdocs-verbatim==1.0")
        build_strictly(folder)

    return made_once(common / "new", fill)


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
