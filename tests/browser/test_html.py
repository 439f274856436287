"""The HTML of every page is valid by the Nu checker: no error, no warning, no exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import nu
from tests.support.sites import put

pytestmark = [pytest.mark.builds, pytest.mark.skipif(not nu.can_check(), reason=nu.MISSING)]

PAGE = '<!doctype html><html lang="en"><head><title>A page</title></head><body>{}</body></html>'


def test_every_page_of_the_site_is_valid(built_site: Path) -> None:
    assert nu.faults(built_site) == []


def test_every_page_of_a_new_site_is_valid(new_site: Path) -> None:
    assert nu.faults(new_site / "site") == []


FAULTY = (
    ('<p id="a"></p><p id="a"></p>', "error", "Duplicate ID “a”."),
    ('<table><tr><td role="cell">One</td></tr></table>', "error", "“role” attribute"),
    ('<nav role="navigation"></nav>', "warning", "unnecessary"),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[nu.Fault]:
    """What the checker tells of faulty pages, each named by its number, and of one without."""
    folder = tmp_path_factory.mktemp("faulty")
    for number, (body, *_) in enumerate(FAULTY):
        put(folder / f"{number}.html", PAGE.format(body))
    put(folder / "good.html", PAGE.format("<p>Words</p>"))
    return nu.faults(folder)


@pytest.mark.parametrize("number", range(len(FAULTY)), ids=[message for *_, message in FAULTY])
def test_a_fault_is_told(number: int, told: list[nu.Fault]) -> None:
    _, kind, message = FAULTY[number]

    found = [fault for fault in told if fault.page == f"{number}.html"]
    assert any(fault.kind == kind and message in fault.message for fault in found), found


def test_a_page_without_a_fault_has_none(told: list[nu.Fault]) -> None:
    assert {fault.page for fault in told} == {f"{number}.html" for number in range(len(FAULTY))}
