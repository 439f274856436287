"""Edits of what the build makes: each kind is found by working out anew, or is named."""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path

import pytest

from mkdocs_verbatim.verify.checksums import read_checksums
from tests.support.shared import made_once
from tests.verify import list_edits
from tests.verify.proven_lists import ProvenLists, build_lists_site, differing

PER_KIND = 1
"""Edits of each kind, a sample: `make measure` makes more."""

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module")
def folder(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished real site with an address and a log; for this process to tamper with."""
    made = made_once(common / "lists-site", build_lists_site)
    return shutil.copytree(made, tmp_path_factory.mktemp("lists") / "site", symlinks=True)


@pytest.fixture(scope="module")
def site(folder: Path) -> ProvenLists:
    return ProvenLists(folder / "site", folder / "sources")


def test_there_are_enough_kinds() -> None:
    assert len(list_edits.FOUND) >= 90
    assert not set(list_edits.FOUND) & set(list_edits.HASH_ONLY)


def test_nothing_is_wrong_before_it_is_edited(site: ProvenLists) -> None:
    for name in ("quotes/index.html", "remark/index.html", "quotes.json"):
        assert site.problems(name, site.texts[name]) == []


@pytest.mark.parametrize("kind", list_edits.FOUND)
def test_an_edit_is_found_anew(kind: str, site: ProvenLists) -> None:
    edits = list(site.edits(*list_edits.FOUND[kind], PER_KIND, random.Random(kind)))

    assert edits
    for name, text in edits:
        assert site.problems(name, text) != [], (name, differing(site.texts[name], text))


@pytest.mark.parametrize("kind", list_edits.HASH_ONLY)
def test_what_nothing_says_is_found_by_the_checksums(
    kind: str, site: ProvenLists, folder: Path
) -> None:
    (where, change), reason = list_edits.HASH_ONLY[kind]
    listed = read_checksums(folder / "site" / "site.sha256", "site/site.sha256")
    edits = list(site.edits(where, change, PER_KIND, random.Random(kind)))

    assert edits
    assert reason
    for name, text in edits:
        # Once it is found anew, it belongs to the others.
        assert site.problems(name, text) == []
        assert listed.files[name] != hashlib.sha256(text.encode()).hexdigest()
