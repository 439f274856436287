"""The HTML of every page is valid by the Nu checker: no error, no warning, no exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import nu
from .sites import put

pytestmark = pytest.mark.skipif(not nu.can_check(), reason=nu.MISSING)

PAGE = '<!doctype html><html lang="en"><head><title>A page</title></head><body>{}</body></html>'


def test_every_page_of_the_site_is_valid(built_site: Path) -> None:
    assert nu.faults(built_site) == []


@pytest.mark.builds
def test_every_page_of_a_new_site_is_valid(new_site: Path) -> None:
    assert nu.faults(new_site / "site") == []


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ('<p id="a"></p><p id="a"></p>', "error", "Duplicate ID “a”."),
        ('<table><tr><td role="cell">One</td></tr></table>', "error", "“role” attribute"),
        ('<nav role="navigation"></nav>', "warning", "unnecessary"),
    ],
)
def test_a_fault_is_told(body: str, kind: str, message: str, tmp_path: Path) -> None:
    put(tmp_path / "page.html", PAGE.format(body))

    found = nu.faults(tmp_path)
    assert {fault.page for fault in found} == {"page.html"}
    assert any(fault.kind == kind and message in fault.message for fault in found), found


def test_a_page_without_a_fault_has_none(tmp_path: Path) -> None:
    put(tmp_path / "page.html", PAGE.format("<p>Words</p>"))

    assert nu.faults(tmp_path) == []
