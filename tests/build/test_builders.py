"""The same site with other builders: the same proofs on the same pages, and the same refusals."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.verify.site import verify
from tests.build.test_serve import Server
from tests.support import sites

pytestmark = pytest.mark.builds

BUILDERS = Path(os.environ.get("BUILDERS") or sites.ROOT / ".venv-builders" / "bin")
"""Where the other builders are; `make builders` installs them."""

WRONG = ("absolutely no negotiation", "absolutely negotiation")
REFUSED = re.compile(
    r"docs/remark\.md:\d+:\d+: error: not in 'rt-2016' word for word: '[^']*absolutely negotiation"
)

WATCHED = ("docs", "sources", "content-rules.yml")
"""What a page's words depend on, which Zensical is told to watch."""

ZENSICAL = ("build", "-f", "zensical.yml")

EXPORTS = ("quotes.json", "feed.xml", "references.json", "references.bib", "robots.txt")

Proofs = dict[str, list[tuple[str | None, dict[str, str | None], str]]]


def _program(name: str) -> Path:
    if not (BUILDERS / name).exists():
        pytest.skip(f"{name} is not installed in {BUILDERS}; make builders does that")
    return BUILDERS / name


def _run(
    site: Path, name: str, *arguments: str, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    # Without colours, so that messages can be read.
    return sites.run(str(_program(name)), *arguments, cwd=site, timeout=timeout, NO_COLOR="1")


def _built(site: Path, name: str, *arguments: str) -> Path:
    done = _run(site, name, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return site / "site"


def _pages(site: Path) -> None:
    done = _run(site, "verbatim", "pages", "docs")
    assert done.returncode == 0, done.stderr


def _site(folder: Path) -> Path:
    site = sites.real_site(folder)
    shutil.copy2(sites.ROOT / "zensical.yml", site)
    return site


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, (path.name, old)
    sites.put(path, text.replace(old, new))


def _proofs(folder: Path) -> Proofs:
    """Return what each page proves, in its order: element, attributes and text."""
    found: Proofs = {}
    for path in sorted(folder.rglob("*.html")):
        nodes = LexborHTMLParser(path.read_text("utf-8")).css(".quotation, .receipt")
        found[path.relative_to(folder).as_posix()] = [
            (node.tag, dict(node.attributes), " ".join(node.text().split())) for node in nodes
        ]
    return found


@pytest.fixture(scope="module")
def zensical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built with Zensical."""
    _program("zensical")
    site = _site(tmp_path_factory.mktemp("zensical") / "site")
    _pages(site)
    _built(site, "zensical", *ZENSICAL)
    return site


def test_properdocs_builds_the_site_as_it_is(built_site: Path, tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    built = _built(site, "properdocs", "build", "--strict", "-f", "mkdocs.yml")
    proven = verify(built, site / "sources")

    assert proven.problems == []
    assert proven.quotations > 0
    assert _proofs(built) == _proofs(built_site)


def test_properdocs_refuses_a_false_word(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    _edit(site / "docs" / "remark.md", *WRONG)
    done = _run(site, "properdocs", "build", "-f", "mkdocs.yml")

    assert done.returncode == 1
    assert REFUSED.search(done.stdout + done.stderr)
    assert "Traceback" not in done.stdout + done.stderr


def test_zensical_proves_what_mkdocs_proves(zensical: Path, built_site: Path) -> None:
    proven = verify(zensical / "site", zensical / "sources")
    ours = verify(built_site, zensical / "sources")

    assert proven.problems == []
    assert (proven.pages, proven.quotations, proven.receipts) == (
        ours.pages,
        ours.quotations,
        ours.receipts,
    )
    assert _proofs(zensical / "site") == _proofs(built_site)
    # Zensical ends without telling us, so there are no checksums.
    assert not (zensical / "site" / "site.sha256").exists()
    assert sites.verbatim("verify", "site", cwd=zensical).returncode == 0


def test_zensicals_pages_say_what_those_of_mkdocs_say(zensical: Path, built_site: Path) -> None:
    names = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html")]
    # What the page that is not there says is the builder's own.
    for name in sorted({*names} - {"404.html"}):
        ours, theirs = _said(built_site, name), _said(zensical / "site", name)
        for what, said in ours.items():
            assert theirs[what] == said, (name, what)


def _said(folder: Path, name: str) -> dict[str, object]:
    """Return what a reader gets of the page *name*, but for its frame."""
    article = LexborHTMLParser((folder / name).read_text("utf-8")).css_first("article")
    assert article is not None, name
    # Links at headings: MkDocs has none on pages of sources.
    for link in article.css(".headerlink, a#__skip"):
        link.decompose()
    links = [node.attributes.get("href") or "" for node in article.css("a[href]")]
    return {
        "text": article.text(separator=" ").split(),
        "ids": [node.attributes["id"] for node in article.css("[id]")],
        "links": [urljoin(f"/{name}", link).replace("index.html", "") for link in links],
        "cells": [node.attributes["data-label"] for node in article.css("[data-label]")],
        "pictures": [" ".join((node.html or "").split()) for node in article.css("svg")],
    }


def _dead_links(folder: Path) -> list[tuple[str, str]]:
    """Return page and link for each link on the pages in *folder* that leads nowhere there."""
    outlines = {
        f"/{path.relative_to(folder).as_posix()}": sites.Outline(path.read_text("utf-8"))
        for path in folder.rglob("*.html")
    }
    dead = []
    for page, link in ((name, link) for name in outlines for link in outlines[name].links):
        to = urlsplit(urljoin(page, link))
        path = unquote(to.path) + ("index.html" if to.path.endswith("/") else "")
        ids = outlines[path].ids if path in outlines else []
        there = (folder / path[1:]).is_file() and (not to.fragment or unquote(to.fragment) in ids)
        if not to.scheme and not there:
            dead.append((page, link))
    return dead


def test_every_link_on_zensicals_pages_leads_somewhere(zensical: Path) -> None:
    assert _dead_links(zensical / "site") == []


def test_one_configuration_of_any_name_will_do(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    _program("zensical")
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config |= {"watch": [*WATCHED], "use_directory_urls": False}
    config["markdown_extensions"].append({"mkdocs_verbatim.zensical": {"config": "alone.yml"}})
    sites.put(site / "alone.yml", yaml.safe_dump(config))
    (site / "mkdocs.yml").unlink()
    (site / "zensical.yml").unlink()
    handed = _run(site, "verbatim", "pages", "docs", "-f", "alone.yml")
    assert (handed.returncode, handed.stderr) == (0, "")
    built = _built(site, "zensical", "build", "-f", "alone.yml")

    assert verify(built, site / "sources").problems == []
    assert (built / "sources" / "rt-2016.html").is_file()
    assert _dead_links(built) == []


def test_no_note_is_searched_with_zensical(zensical: Path) -> None:
    index = json.loads((zensical / "site" / "search.json").read_text("utf-8"))
    texts = [item["text"] for item in index["items"]]

    assert any("get round the table" in text for text in texts)
    assert not any("see it in the source" in text for text in texts)


def test_what_is_not_a_page_is_published_too(zensical: Path, built_site: Path) -> None:
    for name in EXPORTS:
        assert (zensical / "site" / name).read_bytes() == (built_site / name).read_bytes(), name
    assert not list((zensical / "site").rglob(".verbatim-pages"))
    assert not (zensical / "site" / "data").exists()


def test_zensicals_pages_ask_for_every_style_and_script_of_ours(zensical: Path) -> None:
    config = yaml.safe_load((zensical / "zensical.yml").read_text("utf-8"))
    wanted = [f"/{name}" for name in (*config["extra_css"], *config["extra_javascript"])]
    for path in (zensical / "site").rglob("index.html"):
        page = LexborHTMLParser(path.read_text("utf-8"))
        here = f"/{path.relative_to(zensical / 'site').as_posix()}"
        asked = [
            urljoin(here, node.attributes.get("href") or node.attributes.get("src") or "")
            for node in page.css("link[rel=stylesheet], script[src]")
        ]

        assert [name for name in wanted if name not in asked] == [], here
        assert [name for name in asked if not (zensical / "site" / name[1:]).is_file()] == []


def test_zensical_refuses_a_false_word(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    _program("zensical")
    _pages(site)
    _edit(site / "docs" / "remark.md", *WRONG)
    done = _run(site, "zensical", *ZENSICAL)

    assert done.returncode == 1
    assert len(REFUSED.findall(done.stderr)) == 1
    assert not (site / "site" / "remark").exists()
    for command in (("check",), ("pages", "docs")):
        refused = _run(site, "verbatim", *command)
        assert refused.returncode == 1
        assert REFUSED.search(refused.stderr)


@pytest.fixture
def warm(zensical: Path, tmp_path: Path) -> Path:
    """The folder of the real site, built with Zensical, whose cache knows each file there."""
    site = tmp_path / "site"
    shutil.copytree(zensical, site)
    _built(site, "zensical", *ZENSICAL)
    return site


def _change_copy(site: Path, key: str, old: bytes, new: bytes, *, seconds: int) -> None:
    """Change the copy of *key* once, and give it and its record the time of *seconds* later."""
    copy = site / "sources" / f"{key}.txt"
    files = (copy, copy.with_suffix(".yml"))
    times = [path.stat().st_mtime_ns for path in files]
    content = copy.read_bytes()
    assert old in content
    copy.write_bytes(content.replace(old, new, 1))
    sites.renew_hash(site, key)
    for path, time in zip(files, times, strict=True):
        os.utime(path, ns=(time, time + seconds * 10**9))


def test_a_changed_source_is_never_served_from_the_cache(warm: Path) -> None:
    before = _proofs(warm / "site")
    _change_copy(warm, "rt-2016", b"", b"So: ", seconds=1)
    _pages(warm)
    _built(warm, "zensical", *ZENSICAL)
    after = _proofs(warm / "site")

    assert verify(warm / "site", warm / "sources").problems == []
    assert {name: len(found) for name, found in after.items()} == {
        name: len(found) for name, found in before.items()
    }
    assert after["remark/index.html"] != before["remark/index.html"]

    _change_copy(warm, "rt-2016", b"get round the table", b"get to the table", seconds=1)
    done = _run(warm, "zensical", *ZENSICAL)
    assert done.returncode == 1
    assert "not in 'rt-2016' word for word: 'get round the table'" in done.stderr


def test_a_change_that_zensical_does_not_see_is_seen_without_its_cache_and_by_verify(
    warm: Path,
) -> None:
    # It compares whole seconds.
    _change_copy(warm, "rt-2016", b"get round the table", b"get to the table", seconds=0)
    _built(warm, "zensical", *ZENSICAL)

    assert verify(warm / "site", warm / "sources").problems != []
    assert _run(warm, "zensical", *ZENSICAL, "--clean").returncode == 1


def test_a_changed_page_changes_what_others_say_of_it(warm: Path) -> None:
    page = warm / "docs" / "method.md"
    said = (
        "Corbyn answered “No, they are not going to be round the table, no” [@rt-2016, para. 18]."
    )
    sites.put(page, f"{page.read_text('utf-8')}\n{said}\n")
    old = _run(warm, "zensical", *ZENSICAL)
    assert old.returncode == 1
    assert "docs/quotes.json:1:1: error: is not what the site makes now" in old.stderr
    _pages(warm)
    _built(warm, "zensical", *ZENSICAL)
    html = (warm / "site" / "sources" / "rt-2016" / "index.html").read_text("utf-8")

    assert re.search(r'href="\.\./\.\./method/#q-rt-2016-[^"]*"[^>]*>note 1<', html)


def test_changed_data_change_the_page_that_draws_them(warm: Path) -> None:
    page = warm / "site" / "timeline" / "index.html"
    assert "Never dated" not in page.read_text("utf-8")
    _edit(
        warm / "docs" / "data" / "timeline.yml", "title: Told without a date", "title: Never dated"
    )
    _built(warm, "zensical", *ZENSICAL)

    assert "Never dated" in page.read_text("utf-8")


@pytest.mark.parametrize("folder", ["docs", "sources", "content-rules.yml"])
def test_zensical_must_watch_pages_sources_and_rules(folder: str, tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    _program("zensical")
    _pages(site)
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config["watch"] = [name for name in WATCHED if name != folder]
    config["markdown_extensions"].append("mkdocs_verbatim.zensical")
    sites.put(site / "alone.yml", yaml.safe_dump(config))
    done = _run(site, "zensical", "build", "-f", "alone.yml")

    assert done.returncode == 1
    assert f"add {folder!r} to watch" in done.stderr


def test_zensical_says_which_made_page_is_old(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    _program("zensical")
    _pages(site)
    _edit(site / "sources" / "rt-2016.yml", "attribution: ", "attribution: the news agency ")
    done = _run(site, "zensical", *ZENSICAL)

    assert done.returncode == 1
    assert "docs/sources/rt-2016.md:1:1: error: is not what the site makes now" in done.stderr


def test_zensical_serves_on_and_shows_a_problem_in_its_page(zensical: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(zensical, site)
    server = Server(site, _program("zensical"), "serve", "-f", "zensical.yml")
    try:
        server.page("/remark/", lambda text: "receipt-citation" in text)
        server.edit("docs/remark.md", *WRONG)
        server.page("/remark/", lambda text: "verbatim-problem" in text)
        assert REFUSED.search(server.said)
        server.edit("docs/remark.md", WRONG[1], WRONG[0])
        server.page("/remark/", lambda text: "verbatim-problem" not in text)
    finally:
        server.stop()
