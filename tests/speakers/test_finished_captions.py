"""Captions of a finished site: a name after an office is proven, and another one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_verbatim.verify.site import verify
from tests.support import sites

LINES = (
    "Jane Doe",
    "Doe, in a letter",
    "Mrs Doe, York, 3 May 1863",
    "The mayor Jane Doe",
    "mayor Doe (emphasis in the original)",
)
PEOPLE: list[dict[str, object]] = [
    {"id": "jane-doe", "name": "Jane Doe", "role": "mayor of the town"},
    {"id": "richard-roe", "name": "Richard Roe"},
]


def _built(line: str, folder: Path) -> Path:
    page = f"> The ferry was lost in the flood of spring.\n> — {line} [@a]\n"
    site = sites.SmallSite(
        pages={"page.md": page},
        copies={"a": "The ferry was lost in the flood of spring.\n"},
        records={"a": {"attribution": "Jane Doe"}},
        people=PEOPLE,
    ).write(folder / "site")
    assert [one for one in sites.problems(site) if "unformatted" not in one] == []
    sites.finished(site, "page.md", folder / "built")
    return site


def _faults(site: Path, folder: Path) -> list[str]:
    found = verify(folder / "built", site / "sources").problems
    return [str(one) for one in found if one.rule == "proof-speaker"]


@pytest.mark.parametrize("line", LINES)
def test_a_name_after_an_office_is_proven(line: str, tmp_path: Path) -> None:
    assert _faults(_built(line, tmp_path), tmp_path) == []


@pytest.mark.parametrize("line", LINES[2:])
@pytest.mark.parametrize("edit", ["Mrs Roe", "not Jane Doe", "the mayor Richard Roe", "David Poe"])
def test_an_edited_name_is_found(line: str, edit: str, tmp_path: Path) -> None:
    site = _built(line, tmp_path)
    page = tmp_path / "built" / "page" / "index.html"
    html = page.read_text("utf-8")
    assert f"— {line}<" in html
    sites.put(page, html.replace(f"— {line}<", f"— {edit}<"))

    assert _faults(site, tmp_path) != []
