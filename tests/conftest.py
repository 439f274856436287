"""What several test files need once a run: the real site, built, and a browser to read it with."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.chromium import DESKTOP, INSTALL, find_chromium
from tests.sites import put, real_site, run


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished real site, built strictly."""
    folder = real_site(tmp_path_factory.mktemp("built"))
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the tests' output to the tests."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve *folder*, which may still be empty, at the address that this gives."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def address(built_site: Path) -> Iterator[str]:
    """The address at which the finished site is served."""
    with served(built_site) as found:
        yield found


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site whose theme shows other pages without loading them."""
    folder = real_site(tmp_path_factory.mktemp("instant"))
    with served(folder / "site") as found:
        config = (folder / "mkdocs.yml").read_text("utf-8")
        features = config.replace("  features:\n", "  features:\n    - navigation.instant\n")
        put(folder / "mkdocs.yml", f"site_url: {found}\n{features}")
        done = run("mkdocs", "build", "--strict", cwd=folder)
        assert done.returncode == 0, done.stderr
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
