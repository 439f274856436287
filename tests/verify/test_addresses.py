"""Addresses: what was published once still leads to its quotation, and `verify` proves that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from mkdocs_verbatim.verify.site import verify
from tests.support import sites
from tests.support.shared import made_once

COPY = "There can be no talks, not now.\n\nAll actors should be involved, in time.\n"
COPY += "\nIt was said by one and all of them, again and again, that a bridge is a bridge.\n"
PAGE = """# A page

He said “no talks” [@new], and again “no talks” [@new]; “There can […] not now” [@new].

> All actors should be involved
> — Author NEW [@new]
"""
LATER = (
    "page.md#q-new-no-talks-4ecb17d633",
    "page.md#q-new-no-talks-4ecb17d633--2",
)
RULES = dict.fromkeys(
    "paragraph-uncited speaker-unnamed citation-unformatted elision-qualifier".split(), "off"
)
# What was published when ids named places, under this key and under the one before it.
PLACES = ("13-21", "13-21--2", "0-9-23-30", "33-62")
PUBLISHED = "".join(f"page.md#q-{key}--{place}\n" for key in ("new", "old") for place in PLACES)
START = COPY.index("a bridge is")
PUBLISHED += f"index.md#q-new--{START}-{START + len('a bridge is')}\n"


def _site(folder: Path, published: str, copy: str = COPY) -> Path:
    site = sites.SmallSite(
        pages={"page.md": PAGE, "index.md": "# Home\n\nOf “no talks” and “a bridge is” [@new].\n"},
        copies={"new": copy},
        records={"new": {"was": ["old"]}},
        settings={"rules": RULES},
    ).write(folder)
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config |= {"hooks": ["hooks/site_hook.py"], "theme": {"name": "material", "font": False}}
    sites.put(site / "mkdocs.yml", yaml.safe_dump(config))
    if published:
        sites.put(site / "docs" / "data" / "published.txt", published)
    return site


def _built(folder: Path) -> None:
    site = _site(folder, PUBLISHED)
    shutil.copytree(sites.ROOT / "hooks", site / "hooks")
    done = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


@pytest.fixture(scope="module")
def built(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished site of which much was published; for this process to tamper with."""
    made = made_once(common / "old-addresses", _built)
    return shutil.copytree(made, tmp_path_factory.mktemp("addresses") / "site")


def test_a_site_that_published_nothing_has_no_ids_of_before(tmp_path: Path) -> None:
    html = sites.rendered(_site(tmp_path / "site", ""), "page.md")

    assert "<span id=" not in html
    assert html.count('class="quotation"') == 4


def test_ids_of_before_are_empty_elements_before_their_quotation(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", PUBLISHED)
    html, listed = sites.rendered_and_listed(site, "page.md")

    assert sites.problems(site) == []
    for place, tag in zip(PLACES, ("span", "span", "span", "blockquote"), strict=True):
        before = "".join(f'<span id="q-{key}--{place}"></span>' for key in ("new", "old"))
        assert re.search(rf"{before}\s*<{tag} [^>]*class=\"quotation\"", html), place
    # In the list each stands once.
    assert '“<span id="q-new--13-21"></span><span id="q-old--13-21"></span><span' in listed
    assert "13-21--2" not in listed


def test_only_what_was_published_is_kept(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "page.md#q-new--13-21--2\nindex.md#q-new--13-21\n")
    html = sites.rendered(site, "page.md")

    assert sites.problems(site) == []
    assert re.findall('<span id="([^"]*)"></span>', html) == ["q-new--13-21--2"]


def test_the_list_remembers_what_an_id_of_before_is_now(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", PUBLISHED)
    done = sites.verbatim("publish", cwd=site)
    lines = (site / "docs" / "data" / "published.txt").read_text("utf-8").splitlines()
    again = sites.verbatim("publish", cwd=site)
    # The copy is made anew, with a line before that moves every place.
    moved = _site(tmp_path / "moved", "\n".join(lines), f"A title.\n\n{COPY}")

    assert done.stdout == "docs/data/published.txt: 15 quotations, 6 new\n", done.stderr
    assert again.stdout == "docs/data/published.txt: 15 quotations, 0 new\n"
    assert "page.md#q-old--13-21--2 = q-new-no-talks-4ecb17d633--2" in lines
    assert sites.problems(moved) == []
    assert sites.rendered(moved, "page.md").count("<span id=") == 8


def test_what_was_published_under_a_former_key_is_kept(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "page.md#q-old-no-talks-4ecb17d633\n")

    assert sites.problems(site) == []
    assert '<span id="q-old-no-talks-4ecb17d633"></span>' in sites.rendered(site, "page.md")


@pytest.mark.parametrize("gone", ["page.md#q-new--13-22", "page.md#q-older--13-21"])
def test_an_id_that_nothing_has_is_missed(gone: str, tmp_path: Path) -> None:
    (line,) = sites.problems(_site(tmp_path / "site", f"{gone}\n"))

    assert line.startswith(f"docs/data/published.txt:1:1: error: published quotation '{gone}' is")


def test_what_is_retired_is_retired_under_its_ids_of_before_too(tmp_path: Path) -> None:
    published = "page.md#q-new--33-50 = q-new-x-0123456789\npage.md#q-new-x-0123456789\n"
    site = _site(tmp_path / "site", published)
    retired = "- {id: 'page.md#q-new-x-0123456789', date: 2026-12-03, why: It is told.}\n"
    missed = sites.problems(site)
    sites.put(site / "docs" / "data" / "retired.yml", retired)

    assert len(missed) == 2
    assert sites.problems(site) == []


@pytest.mark.builds
def test_an_authors_own_anchor_is_no_id_of_before(built: Path) -> None:
    path = built / "site/index.html"
    kept = path.read_text("utf-8")
    sites.put(path, _without("(<p>)Of", r'\1<span id="q-why"></span>Of')(kept))
    found = {problem.rule for problem in verify(built / "site", built / "sources").problems}
    sites.put(path, kept)

    assert found <= {"proof-file"}


@pytest.mark.builds
def test_a_former_key_leads_on_without_a_script(built: Path) -> None:
    html = (built / "site/sources/old/index.html").read_text("utf-8")

    assert '<meta http-equiv="refresh" content="0; url=../../sources/new/">' in html
    assert '<a href="../../sources/new/">' in html
    assert "Content-Security-Policy" in html
    assert "<script" not in html


@pytest.mark.builds
def test_all_addresses_are_proven(built: Path) -> None:
    assert [str(p) for p in verify(built / "site", built / "sources").problems] == []


def _without(pattern: str, new: str = "") -> Callable[[str], str]:
    def edit(text: str) -> str:
        edited = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
        assert edited != text, pattern
        return edited

    return edit


ANCHOR = r'<span id="q-old--13-21"></span>'
TAMPERED = {
    "an id of before less": ("page/index.html", _without(ANCHOR)),
    "an id of before elsewhere": (
        "page/index.html",
        _without(f"(He said “)(<span[^>]*></span>){ANCHOR}", rf"{ANCHOR}\1\2"),
    ),
    "another id of before": ("page/index.html", _without(ANCHOR, '<span id="q-x--1-2"></span>')),
    "an id of before that is not empty": (
        "page/index.html",
        _without(r'(<span id="q-old--33-62">)', r"\1not "),
    ),
    "an id of before that stands alone": (
        "index.html",
        _without("(<p>Of )", r'\1<span id="q-old--9-12"></span>'),
    ),
    "an id of before twice": ("page/index.html", _without(ANCHOR, ANCHOR * 2)),
    "the id of another quotation": (
        "page/index.html",
        _without("q-new-no-talks-4ecb17d633", "q-new-all-talks-4ecb17d633"),
    ),
    "another hash": ("index.html", _without("4ecb17d633", "4ecb17d634")),
    "two elements with one id": ("index.html", _without("<p>Of ", '<p id="x"><b id="x"></b>Of ')),
    "an id of a source's page": (
        "sources/new/index.html",
        _without(r'(class="source-excerpt" id="q-new-no-talks-)4', r"\g<1>5"),
    ),
    "an id of before less on a source's page": ("sources/new/index.html", _without(ANCHOR)),
    "an id of before less in the list": ("quotes/index.html", _without(ANCHOR)),
    "a former key that leads elsewhere": (
        "sources/old/index.html",
        _without(r"url=../../sources/new/", "url=../../quotes/"),
    ),
    "a former key that leads nowhere": (
        "sources/old/index.html",
        _without(r"<meta http-equiv=.ref[^>]*>"),
    ),
    "an id of before less in quotes.json": (
        "quotes.json",
        _without(r'"replaces": \[.*?\],\s*', ""),
    ),
}


@pytest.mark.builds
@pytest.mark.parametrize("kind", TAMPERED)
def test_finds_an_address_that_was_tampered_with(kind: str, built: Path) -> None:
    name, edit = TAMPERED[kind]
    path = built / "site" / name
    kept = path.read_text("utf-8")
    sites.put(path, edit(kept))
    found = {problem.rule for problem in verify(built / "site", built / "sources").problems}
    sites.put(path, kept)

    assert found & {"proof-id", "proof-export"}, found


@pytest.mark.builds
def test_finds_that_a_former_key_has_no_page(built: Path) -> None:
    path = built / "site/sources/old"
    path.rename(built / "kept")
    found = [str(problem) for problem in verify(built / "site", built / "sources").problems]
    (built / "kept").rename(path)

    (line,) = found
    assert line == (
        "site/sources/new/index.html:1:1: error: no page at 'sources/old/' leads on to it, "
        "as its record says [proof-id]"
    )
