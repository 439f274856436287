"""Payloads: text from anywhere stays text, on pages and in all that is made for programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_verbatim.build.headers import OLD
from mkdocs_verbatim.datafiles.strict_yaml import parse_data
from mkdocs_verbatim.output.html import make
from mkdocs_verbatim.problem import ProblemError
from mkdocs_verbatim.verify.site import verify
from tests.browser import nu
from tests.browser.sweep import served
from tests.hostile import payloads
from tests.support import sites

TITLE = " ".join([*payloads.OWN[:12], *payloads.public()[:6]])
HOOKED = """
window.ran = [];
for (const name of ["alert", "prompt", "confirm", "print"])
  window[name] = (...given) => void window.ran.push(name + given);
window.open = () => void window.ran.push("open");
"""
"""What a payload would call."""

SCRIPTED = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "srcset", "poster")
ELEMENTS = frozenset(
    "base applet bgsound embed frame frameset iframe layer math object style "
    "template foreignobject animate set audio video source track marquee isindex xss "
    "meta link".split()
)
"""What no text of ours is made of in the body of a page."""

JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def proper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that is built, with all that is not refused."""
    clean = payloads.without_marks
    site = payloads.write(tmp_path_factory.mktemp("proper") / "x", clean, title=clean(TITLE))
    done = sites.run("mkdocs", "build", "--quiet", cwd=site)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[:2000]
    return site


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site as a preview shows it, with what is refused, too."""
    site = payloads.write(tmp_path_factory.mktemp("shown") / "x", str, title=TITLE)
    command = [sys.executable, "-m", "tests.hostile.payloads", str(site)]
    done = subprocess.run(
        command, cwd=sites.ROOT, env=sites.environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return site


@pytest.fixture(scope="module", params=["proper", "shown"])
def site(request: pytest.FixtureRequest) -> Path:
    """Each of the two sites."""
    found: Path = request.getfixturevalue(request.param)
    return found


def _pages(site: Path) -> list[Path]:
    found = sorted((site / "site").rglob("*.html"))
    assert len(found) > 2 * len(payloads.payloads()) / payloads.GROUP
    return found


@pytest.mark.builds
def test_no_element_or_attribute_comes_of_a_text(site: Path) -> None:
    for path in _pages(site):
        assert list(_foreign(LexborHTMLParser(path.read_text("utf-8")))) == [], path.name


def _foreign(page: LexborHTMLParser) -> Iterator[str]:
    """Yield each element and attribute of *page* that neither theme nor engine writes."""
    assert page.body is not None
    for node in page.css("*"):
        yield from (f"<{node.tag} {name}>" for name in node.attributes if _is_foreign(node, name))
    for node in page.body.css("*"):
        if node.tag in ELEMENTS:
            yield node.html or ""
        if node.tag == "img" and not (node.attributes.get("src") or "").endswith("assets/icon.png"):
            yield node.html or ""
    for node in page.css("script"):
        ours = (node.attributes.get("src") or "").partition("assets/")[1]
        if not ours and node.attributes.get("type") != "application/ld+json":
            yield node.html or ""


def _is_foreign(node: LexborNode, name: str) -> bool:
    value = node.attributes.get(name) or ""
    address = name in ADDRESSES and (SCRIPTED.match(value) or _is_elsewhere(node, value))
    plain = re.fullmatch(r"[a-z][a-z:-]*\d*|viewBox", name, re.IGNORECASE)
    return bool(name.startswith("on") or name in {"style", "srcdoc"} or address or not plain)


def _is_elsewhere(node: LexborNode, address: str) -> bool:
    """Tell whether the page itself asks another host for something."""
    return node.tag not in {"a", "link"} and bool(urlsplit(address).netloc)


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='a()'>",
        "<a href=' javascript:a()'>",
        "<img src=x>",
        "<script>a()</script>",
        "<p style='a'>",
        "<iframe>",
        '<p "x>',
    ],
)
def test_what_comes_of_a_text_that_is_not_escaped_is_told(html: str) -> None:
    assert list(_foreign(LexborHTMLParser(f"<body>{html}</body>")))


@pytest.mark.builds
def test_every_payload_is_read_on_its_pages(proper: Path) -> None:
    for n, group in enumerate(payloads.groups()):
        for name in (f"p{n}", f"sources/s{n}"):
            html = (proper / "site" / name / "index.html").read_text("utf-8")
            page = LexborHTMLParser(html)
            assert page.body is not None
            text = " ".join(page.body.text(deep=True).split())
            for payload in group:
                assert payload in text or payloads.without_marks(payload) in text, (name, payload)


@pytest.mark.builds
def test_what_is_made_for_programs_can_be_read(site: Path) -> None:
    folder = site / "site"
    heads = [JSON_LD.findall(path.read_text("utf-8")) for path in _pages(site)]
    data = [json.loads(text) for head in heads for text in head]

    assert len(data) >= len(heads) - 1  # The page that is not there has none.
    assert all(isinstance(one["headline"], str) for one in data)
    quotes = json.loads((folder / "quotes.json").read_text("utf-8"))
    references = json.loads((folder / "references.json").read_text("utf-8"))
    assert len(quotes["items"]) >= len(payloads.payloads())
    assert len(references) == len(payloads.groups())
    entries = etree.parse(folder / "feed.xml").getroot().findall("{*}entry")
    assert len(entries) == len(payloads.payloads())
    assert etree.parse(folder / "sitemap.xml").getroot().tag.endswith("urlset")
    json.loads((folder / "search" / "search_index.json").read_text("utf-8"))


@pytest.mark.builds
def test_pictures_are_read_as_xml_and_show_the_texts(proper: Path) -> None:
    for n, group in enumerate(payloads.groups()):
        html = (proper / "site" / f"p{n}" / "index.html").read_text("utf-8")
        found = re.findall(r'<svg [^>]*class="(?:map|timeline)-picture".*?</svg>', html, re.DOTALL)
        said = " ".join("".join(etree.fromstring(svg).itertext()) for svg in found)

        assert len(found) == 2
        for payload in group:
            kept = "".join(payloads.without_marks(payload).split())
            assert kept in "".join(said.split()), payload


@pytest.mark.builds
def test_the_finished_site_is_proven_or_its_problems_are_named(proper: Path) -> None:
    """Double marks in what a record says of chains and people are named, and nothing else."""
    found = verify(proper / "site", proper / "sources")

    assert {problem.rule for problem in found.problems} == {"proof-mark"}
    assert found.quotations > len(payloads.payloads())


@pytest.mark.builds
@pytest.mark.skipif(not nu.can_check(), reason=nu.MISSING)
def test_the_pages_are_valid(proper: Path) -> None:
    assert [fault for fault in nu.faults(proper / "site") if fault.kind == "error"] == []


@pytest.mark.parametrize("text", [*payloads.TURNED, *payloads.CONTROL])
def test_signs_that_nobody_sees_are_refused_in_a_copy(text: str, tmp_path: Path) -> None:
    small = sites.SmallSite(pages={"index.md": "“War” [@a].\n"}, copies={"a": f"War. {text}"})
    lines = sites.problems(small.write(tmp_path / "site"))

    (line,) = [line for line in lines if line.startswith("sources/a.txt:1:")]
    assert line.endswith(": a text with it may read other than it is [copy-unreadable]")


@pytest.mark.parametrize("text", payloads.CONTROL)
def test_control_characters_are_refused_in_data_and_never_written(text: str) -> None:
    with pytest.raises(ProblemError, match=r"a.yml:1:4: error: U\+00.. in a text; take it out"):
        parse_data(f"a: {json.dumps(text)}", "a.yml")
    etree.fromstring(make("p", {"title": text}, text))


# In the browser


@pytest.mark.parametrize("name", ["proper", "shown"])
def test_nothing_runs_even_without_a_policy(
    name: str, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    site = shutil.copytree(request.getfixturevalue(name), tmp_path / "site")
    for path in _pages(site):
        html = path.read_text("utf-8")
        start = html.find('<meta http-equiv="Content-Security-Policy"')
        if start >= 0:
            sites.put(path, html[:start] + OLD.sub("", html[start:], count=1))
            assert "Content-Security-Policy" not in path.read_text("utf-8").partition("<body")[0]
    context = browser.new_context()
    assert _ran(context, site) == []
    context.close()


def _ran(context: BrowserContext, site: Path) -> list[str]:
    """Return what scripts called, threw, asked for elsewhere on any page of *site*."""
    found: list[str] = []

    def told(what: str) -> None:
        if not what.startswith("asked for http://127.0.0.1:"):
            found.append(what)

    context.add_init_script(HOOKED)
    page = context.new_page()
    page.on("pageerror", lambda error: told(f"error {error}"))
    page.on("dialog", lambda dialog: told(f"dialog {dialog.message}"))
    context.on("page", lambda other: told(f"opened {other.url}"))
    page.on("request", lambda request: told(f"asked for {request.url}"))
    with served(site / "site") as address:
        for path in _pages(site):
            at = path.relative_to(site / "site").as_posix()
            page.goto(f"{address}{at}")
            found += [f"{at}: {ran}" for ran in page.evaluate("window.ran")]
        for words in ("alert", "script", "onerror"):
            page.goto(f"{address}p0/")
            page.get_by_role("button", name="Search").click()
            page.get_by_role("searchbox").fill(words)
            page.locator(".search__results li").first.wait_for()
            found += page.evaluate("window.ran")
    return found
