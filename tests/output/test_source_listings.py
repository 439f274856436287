"""The page of a source: what it says of the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.support.sites import SmallSite, rendered

COPY = "A title\n\nSome words of it.\n\nThe menu\n\nOther words of it.\n"


def _rows(record: dict[str, object], folder: Path) -> dict[str, str]:
    """Return what the page says of a source with *record*, by label."""
    pages = {"page.md": "# Page\n\n<!-- verbatim: record a -->\n"}
    site = SmallSite(pages=pages, copies={"a": COPY}, records={"a": record}).write(folder)
    tree = LexborHTMLParser(rendered(site, "page.md"))
    labels, values = tree.css("dl.source-record dt"), tree.css("dl.source-record dd")
    return {a.text(): b.text() for a, b in zip(labels, values, strict=True)}


@pytest.mark.parametrize(
    ("issued", "shown"),
    [
        ("2016-08-17", "17 August 2016"),
        ("2016-08/2016-09", "August 2016–September 2016"),
        ({"date-parts": [[1787, 11, 22]]}, "22 November 1787"),
        ({"date-parts": [["1787"]]}, "1787"),
        ({"date-parts": [[2016, 8], [2016, 9]]}, "August 2016–September 2016"),
        (None, "not stated in our copy"),
    ],
)
def test_a_date_is_said_as_readers_write_it(issued: object, shown: str, tmp_path: Path) -> None:
    reference = {"type": "article", "title": "A title", "issued": issued}

    assert _rows({"reference": reference}, tmp_path)["Issued"] == shown


@pytest.mark.parametrize(
    ("lines", "shown"), [("5", "line 5: a menu"), ("5-6", "lines 5–6: a menu")]
)
def test_says_which_lines_are_left_out(lines: str, shown: str, tmp_path: Path) -> None:
    rows = _rows({"furniture": [{"lines": lines, "what": "a menu"}]}, tmp_path)

    assert rows["Left out as not the text’s own"] == shown
