"""The policy in a real browser: it stops what is injected, and nothing that the site needs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.tabs import at_rest
from tests.support import sites
from tests.support.static_hosts import Host, hosting

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
DESKTOP = {"width": 1280, "height": 900}
HOSTS = pytest.mark.parametrize("reads_headers", [True, False], ids=["headers", "no headers"])

RESULT = ".search__results a"
CARD = ".note-card"

LISTEN = """
window.stopped = [];
addEventListener("securitypolicyviolation", (event) => {
  stopped.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""

RUNNING = {
    "script": "<script>%s</script>",
    "handler": '<img src="none.png" onerror="%s">',
    "svg": '<svg onload="%s"></svg>',
    "frame": '<iframe srcdoc="<script>parent.%s</script>"></iframe>',
    "link": '<a id="bait" href="javascript:void(%s)">x</a>',
    "style": '<style onload="%s">p { color: red }</style>',
}
"""What a source or a page might smuggle in to run a script."""

OTHER = """<p style="color: red">x</p><script src="http://127.0.0.1:9/x.js"></script>
<object data="none.svg"></object><form action="./"><button id="send">x</button></form>
<base href="http://127.0.0.1:9/">"""
"""What does harm without one."""

STOPPED = {
    "base-uri http://127.0.0.1:9/",
    "form-action",
    "object-src",
    "script-src-attr inline",
    "script-src-elem http://127.0.0.1:9/x.js",
    "script-src-elem inline",
    "style-src-attr inline",
    "style-src-elem inline",
}
"""What a browser says that it has stopped, less addresses of the host."""


@pytest.fixture(scope="module")
def host(built_site: Path) -> Iterator[Host]:
    """A host of the finished site."""
    with hosting() as made:
        made.deploy(built_site, reads_headers=True)
        yield made


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A host of project pages: no headers, the site in a folder, its own address known."""
    site = sites.real_site(tmp_path_factory.mktemp("project") / "site")
    config = (site / "mkdocs.yml").read_text("utf-8")
    with hosting("/project/") as made:
        config = config.replace("# site_url: https://example.org/", f"site_url: {made.address}")
        sites.put(site / "mkdocs.yml", config)
        done = sites.run("mkdocs", "build", "--strict", cwd=site)
        assert done.returncode == 0, done.stderr
        made.deploy(site / "site", reads_headers=False)
        yield made


class Watched:
    """A window, with a page open in it, whose every complaint is kept."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
        self.context.add_init_script(LISTEN)
        self.said: list[str] = []
        self.context.on("console", lambda m: self.said.append(f"{m.type}: {m.text}"))
        self.context.on("weberror", lambda error: self.said.append(f"error: {error.error}"))
        self.page: Page = self.context.new_page()

    def stopped(self, page: Page | None = None) -> list[str]:
        """Return what the policy has stopped on *page*, or on the one that is open."""
        found = (page or self.page).evaluate("() => window.stopped")
        assert isinstance(found, list)
        return found

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    made = Watched(browser)
    yield made
    made.close()


def _pages(site: Path, address: str) -> list[str]:
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [f"{address}{name.removesuffix('index.html')}" for name in found]


def test_no_page_asks_for_what_it_may_not(watched: Watched, host: Host, built_site: Path) -> None:
    # Both hold there, that of the headers and that of the page.
    host.deploy(built_site, reads_headers=True)
    pages = _pages(built_site, host.address)
    for page in at_rest(watched.context, pages):
        assert (page.url, watched.stopped(page), watched.said) == (page.url, [], [])
    assert len(pages) > 20


@HOSTS
def test_search_cards_and_colours_work(
    watched: Watched, host: Host, built_site: Path, *, reads_headers: bool
) -> None:
    host.deploy(built_site, reads_headers=reads_headers)
    _use(watched, f"{host.address}remark/")

    assert (watched.stopped(), watched.said) == ([], [])


def _use(watched: Watched, address: str) -> None:
    """Do on the page at *address* what readers do there."""
    page = watched.page
    page.goto(address, wait_until="networkidle")
    number = page.locator(".quotation-figure .footnote-ref").first
    number.scroll_into_view_if_needed()
    number.hover()
    expect(page.locator(CARD)).to_be_visible()
    page.keyboard.press("Escape")
    before = page.locator("html").get_attribute("data-md-color-scheme")
    for _ in range(2):
        page.get_by_role("button", name="Colours").click()
    assert page.locator("html").get_attribute("data-md-color-scheme") != before
    page.keyboard.press("/")
    page.keyboard.type("ransom")
    expect(page.locator(RESULT).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)


def test_all_works_in_a_folder_of_a_host_without_headers(watched: Watched, project: Host) -> None:
    _use(watched, f"{project.address}remark/")

    assert (watched.stopped(), watched.said) == ([], [])


def _tampered(site: Path, folder: Path, *, bare: bool) -> Path:
    """Return a copy of *site* in *folder* with markup on a page, which is *bare* of the policy."""
    shutil.copytree(site, folder)
    page = folder / "index.html"
    html = page.read_text("utf-8")
    runs = "".join(
        markup % f"top.ran.push('{name}')".replace("top", "top" if name == "frame" else "window")
        for name, markup in RUNNING.items()
    )
    html = html.replace("<article", f"{runs}{OTHER}<article", 1)
    page.write_text(POLICY.sub("", html) if bare else html, "utf-8")
    return folder


@HOSTS
def test_what_is_injected_does_not_run(
    watched: Watched, host: Host, built_site: Path, tmp_path: Path, *, reads_headers: bool
) -> None:
    # With headers, these alone must do.
    host.deploy(
        _tampered(built_site, tmp_path / "site", bare=reads_headers), reads_headers=reads_headers
    )
    _open(watched, host)
    watched.page.locator("#send").evaluate("node => node.click()")
    watched.page.wait_for_function("() => stopped.some((one) => one.startsWith('form-action'))")
    stopped = {line.replace(host.address, "") for line in watched.stopped()}

    assert watched.page.evaluate("() => window.ran") == []
    assert {line for line in STOPPED if not any(s.startswith(line) for s in stopped)} == set()


def test_without_the_policy_it_would_run(
    watched: Watched, host: Host, built_site: Path, tmp_path: Path
) -> None:
    host.deploy(_tampered(built_site, tmp_path / "site", bare=True), reads_headers=False)
    _open(watched, host)

    assert set(watched.page.evaluate("() => window.ran")) == set(RUNNING)


def _open(watched: Watched, host: Host) -> None:
    watched.page.add_init_script("window.ran ??= []")
    watched.page.goto(host.address, wait_until="networkidle")
    watched.page.locator("#bait").evaluate("node => node.click()")
    # What the click asks for runs in a task of its own, behind which this one stands.
    watched.page.evaluate("() => new Promise((done) => setTimeout(done))")
