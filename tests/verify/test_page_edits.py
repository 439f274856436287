"""Edits of pages: each kind is found by working out anew what the page must have, or is named."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from mkdocs_verbatim.verify.checksums import read_checksums
from tests.support.shared import made_once
from tests.verify import page_edits, tampering

PER_KIND = 2
"""Edits of each kind, a sample: `make measure` makes more."""

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module")
def folder(common: Path) -> Path:
    """The finished real site with changes in its log; only to be looked at."""
    return made_once(common / "log-site", tampering.build_log_site)


@pytest.fixture(scope="module")
def site(folder: Path) -> tampering.ProvenSite:
    return tampering.ProvenSite(folder / "site", folder / "sources")


def test_there_are_enough_kinds() -> None:
    assert len(page_edits.FOUND) >= 100
    assert not set(page_edits.FOUND) & set(page_edits.HASH_ONLY)


def test_no_page_is_wrong_before_it_is_edited(site: tampering.ProvenSite) -> None:
    found = [site.problems(name, html) for name, html in site.pages.items()]

    assert found == [[]] * len(site.pages)


@pytest.mark.parametrize("kind", page_edits.FOUND)
def test_an_edit_is_found_anew(kind: str, site: tampering.ProvenSite) -> None:
    edits = list(site.edits(page_edits.FOUND[kind], PER_KIND, random.Random(kind)))
    assert edits
    for name, html in edits:
        assert site.problems(name, html) != [], (name, tampering.place(site.pages[name], html))


@pytest.mark.parametrize("kind", page_edits.HASH_ONLY)
def test_what_no_source_says_is_found_by_the_checksums(
    kind: str, site: tampering.ProvenSite, folder: Path
) -> None:
    change, reason = page_edits.HASH_ONLY[kind]
    listed = read_checksums(folder / "site" / "site.sha256", "site/site.sha256")
    edits = list(site.edits(change, PER_KIND, random.Random(kind)))

    assert edits
    assert reason
    for name, html in edits:
        # Once it is found anew, it belongs to the others.
        assert site.problems(name, html) == []
        assert listed.files[name] != hashlib.sha256(html.encode()).hexdigest()
