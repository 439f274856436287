"""Misread sources: a faulty source has one problem of its own, and pages are not blamed for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import sites

RT, CANTEY, OPINION = ("sources/rt-2016.yml", "sources/cantey-2018.yml", "sources/opinion-2016.yml")


def changed(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        text = (site / file).read_text("utf-8")
        assert old in text
        sites.put(site / file, text.replace(old, new, 1))

    return change


def without_a_person(site: Path) -> None:
    text = (site / "sources/people.yml").read_text("utf-8")
    start = text.index("- id: owen-smith")
    end = text.index("- id:", start + 1)
    sites.put(site / "sources/people.yml", text[:start] + text[end:])


def removed(file: str) -> Callable[[Path], None]:
    def remove(site: Path) -> None:
        (site / file).unlink()

    return remove


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            without_a_person, "speaker 'owen-smith' is not in people.yml", id="a person left out"
        ),
        pytest.param(
            changed("sources/people.yml", "name: Owen Smith", "nam: Owen Smith"),
            "unknown key 'nam' in a person",
            id="a person misspelt",
        ),
        pytest.param(
            removed("sources/people.yml"), "missing; sources/", id="no list of people at all"
        ),
        pytest.param(
            changed(RT, "speaker: owen-smith", "speaker: owen-smyth"),
            "speaker 'owen-smyth' is not in people.yml",
            id="a speaker misspelt",
        ),
        pytest.param(changed(RT, "mode: verbatim", "mode: said"), "'mode' cannot be", id="a mode"),
        pytest.param(changed(RT, "sha256: ", "sha256: x"), "'sha256' must be", id="a hash"),
        pytest.param(changed(RT, "attribution:", "<<<<<<< HEAD\nattribution:"), "", id="a mark"),
        pytest.param(changed(RT, "publish:", "publish: full\npublish:"), "duplicate", id="twice"),
        pytest.param(changed(CANTEY, "from: ", "from: no such words, "), "", id="a passage"),
        pytest.param(removed("sources/opinion-2016.txt"), "missing; put the file there", id="copy"),
    ],
)
def test_a_faulty_source_makes_no_page_wrong(
    change: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    site = sites.real_site(tmp_path / "site")
    change(site)
    found = sites.problems(site)

    assert found
    assert any(said in line for line in found)
    assert [line for line in found if not line.startswith("sources/")] == []


def test_an_acceptance_waits_until_its_source_can_be_read(tmp_path: Path) -> None:
    copy = "There can be absolutely no negotiation with any group until they renounce violence."
    page = (
        "Author B: “Solid ground” [@b].\n\n"
        "There can be absolutely no negotiation with any group until.\n\n"
        "<!-- verbatim: accept words-unmarked: it is a title -->\n"
        "<!-- verbatim: accept paragraph-uncited: it is a title -->\n"
    )
    site = sites.SmallSite(
        pages={"index.md": page}, copies={"a": copy, "b": "Solid ground."}
    ).write(tmp_path / "site")
    assert sites.problems(site) == []
    record = site / "sources/a.yml"
    sites.put(record, record.read_text("utf-8").replace("sha256: ", "sha256: x"))

    assert [line.partition(":")[0] for line in sites.problems(site)] == ["sources/a.yml"]


def test_a_published_quotation_of_a_faulty_source_is_not_gone(tmp_path: Path) -> None:
    site = sites.SmallSite(
        pages={"index.md": "Author A: “No talks” [@a]; Author B: “Solid ground” [@b].\n"},
        copies={"a": "No talks.", "b": "Solid ground."},
    ).write(tmp_path / "site")
    assert sites.verbatim("publish", cwd=site).returncode == 0
    sites.put(site / "sources/a.yml", "a: [\n")

    assert [line.partition(":")[0] for line in sites.problems(site)] == ["sources/a.yml"]


def test_a_folder_of_sources_that_is_missing_makes_no_page_wrong(tmp_path: Path) -> None:
    site = sites.SmallSite(
        pages={"index.md": "“No talks” [@a], and more [@a].\n"}, copies={"a": "No talks."}
    ).write(tmp_path / "site")
    shutil.rmtree(site / "sources")

    assert [line.partition(":")[0] for line in sites.problems(site)] == ["sources"]


def test_a_citation_of_a_person_without_brackets_is_told_as_such(tmp_path: Path) -> None:
    people: list[dict[str, object]] = [{"id": "jane-doe", "name": "Jane Doe", "citation": "a"}]
    site = sites.SmallSite(
        pages={"index.md": "Author A: “No talks” [@a].\n"}, copies={"a": "No talks."}, people=people
    ).write(tmp_path / "site")

    (line,) = sites.problems(site)
    assert "'citation' of 'jane-doe' is 'a'; write it as on a page, [@KEY, para. 4]" in line
