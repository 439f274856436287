"""Pages that the build makes: what is worked out anew holds for sites of every kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mkdocs_verbatim.verify.page_order import PageOrder
from mkdocs_verbatim.verify.site import verify
from tests.support import sites

pytestmark = pytest.mark.builds

ODD = """---
title: A title — of ‘front’ matter - so
---

# Odd *things* & more

Told in a line [@brutus-1787, lines 3-9], and wholly [@brutus-1787].

## A heading with `code`, *stress* & <b>so</b> [a link](index.md)

Montesquieu has “men of large fortunes” [@brutus-1787, para. 3].

### A heading below

> It is natural to a republic to have only a small territory, otherwise it cannot long subsist.
>
> — Montesquieu [@brutus-1787, para. 3]

??? note "More"

    #### Inside a folded part

    Brutus says so [@brutus-1787, para. 4][^1].

[^1]: A note of ours: Brutus [@brutus-1787, para. 2].

<div markdown>

## In an element

Told [@brutus-1787].

</div>

After it [@brutus-1787].

<!-- verbatim: bibliography -->

<!-- verbatim: owner -->

<!-- verbatim: record brutus-1787 -->

<!-- verbatim: speakers -->
"""
SENSITIVE = """sensitive:
  - paragraph: 4
    from: By a faction
    to: of the community.
"""


@pytest.fixture(scope="module")
def odd(new_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The new site with pages of folders, odd names and titles, and a record without citations."""
    site = tmp_path_factory.mktemp("odd") / "site"
    shutil.copytree(new_site, site, ignore=shutil.ignore_patterns("site"), symlinks=True)
    docs = site / "docs"
    page = (docs / "brutus.md").read_text("utf-8")
    for name in ("a/README.md", "a-b.md", "sub/index.md", "sub/one.md", "zäh.md"):
        sites.put(docs / name, page)
    sites.put(docs / "oddities.md", ODD)
    record = site / "sources" / "federalist-10.yml"
    text = record.read_text("utf-8").partition("cited:")[0]
    text = text.replace("issued: 1787-11-22", "issued: {date-parts: [[1787, 11, 22]]}")
    sites.put(record, text + SENSITIVE)
    result = sites.run("mkdocs", "build", "--quiet", cwd=site)
    assert result.returncode == 0, result.stderr
    return site


def test_nothing_is_wrong_with_a_site_of_odd_pages(odd: Path) -> None:
    assert verify(odd / "site", odd / "sources").problems == []


def test_nothing_is_wrong_with_a_site_without_the_lists(odd: Path, tmp_path: Path) -> None:
    site = shutil.copytree(odd / "site", tmp_path / "site")
    for name in ("quotes", "search"):
        shutil.rmtree(site / name)
    for name in ("quotes.json", "feed.xml", "sitemap.xml", "_headers", "robots.txt"):
        (site / name).unlink()

    assert verify(site, odd / "sources").problems == []


def test_who_runs_the_site_is_compared_where_a_configuration_says_so(odd: Path) -> None:
    stated = {"run_by": "Jane Doe"}
    found = verify(odd / "site", odd / "sources", owner=stated).problems

    assert {problem.rule for problem in found} == {"proof-listing", "proof-export"}
    assert {problem.path for problem in found} == {
        "site/corrections/index.html",
        "site/feed.xml",
        "site/oddities/index.html",
        "site/sources/index.html",
    }


@pytest.mark.parametrize(
    ("shown", "order"),
    [
        pytest.param([], ["", "a-b/", "a/", "b/"], id="a file unless lists say otherwise"),
        pytest.param([["a-b/", "a/"]], ["", "a-b/", "a/", "b/"], id="a file"),
        pytest.param([["", "a/", "a-b/"]], ["", "a/", "a-b/", "b/"], id="a folder"),
        pytest.param(
            [["a/", "a-b/"], ["a/", "a-b/"], ["a-b/", "a/"]],
            ["", "a/", "a-b/", "b/"],
            id="one list is edited",
        ),
    ],
)
def test_lists_say_which_page_is_that_of_a_folder(shown: list[list[str]], order: list[str]) -> None:
    assert PageOrder(["b/", "a/", "a-b/", ""], shown).of(order[::-1]) == order
