"""Exports: what other programs read of the finished site."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser
import jsonschema

DATA = Path(__file__).parent / "data"


def test_references_json_is_valid_csl_json(built_site: Path) -> None:
    items = json.loads((built_site / "references.json").read_text("utf-8"))
    jsonschema.validate(items, json.loads((DATA / "csl-data.json").read_text("utf-8")))

    found = {item["id"]: item for item in items}
    assert list(found) == sorted(found)
    assert {"cantey-2018", "opinion-2016", "rt-2016"} <= set(found)
    assert found["cantey-2018"]["issued"] == {"date-parts": [[2018, 7, 16]]}
    assert "title" not in found["opinion-2016"]


def test_references_bib_is_read_back(built_site: Path) -> None:
    found = bibtexparser.loads((built_site / "references.bib").read_text("utf-8")).entries_dict

    assert set(found) >= {"cantey-2018", "opinion-2016", "rt-2016"}
    assert found["cantey-2018"]["author"] == "Cantey, Seth"
    assert found["cantey-2018"]["year"] == "2018"


def test_the_sources_page_links_both(built_site: Path) -> None:
    page = (built_site / "sources" / "index.html").read_text("utf-8")

    assert 'href="../references.json"' in page
    assert 'href="../references.bib"' in page
