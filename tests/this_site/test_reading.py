"""Running prose is easy to read: grade ten at most, names and glossary terms left out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import textstat
import yaml

from tests.support.sites import ROOT

HIGHEST_GRADE = 10
LEAST_WORDS = 100
"""Of running prose, in words; a grade of less says nothing."""

PAGES = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
PARAGRAPH = re.compile(r"<p\b(?P<attributes>[^>]*)>(?P<inner>.*?)</p>", re.DOTALL)
QUOTED = re.compile(r'“<span class="quotation".*?</span>”', re.DOTALL)
NOTE_NUMBER = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TERM = re.compile(r"<dt\b[^>]*>(.*?)</dt>", re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_running_prose_is_easy_to_read(page: str, built_site: Path) -> None:
    prose = _prose(_html(page, built_site))
    for name in _names(built_site):
        prose = re.sub(rf"\b{re.escape(name)}(?:’s)?(?!\w)", "", prose)
    if len(prose.split()) < LEAST_WORDS:
        pytest.skip("too little running prose")

    grade = textstat.flesch_kincaid_grade(prose)

    assert grade <= HIGHEST_GRADE, f"{page}: grade {grade:.1f}"


def _html(page: str, site: Path) -> str:
    return (site / ("" if page == "index" else page) / "index.html").read_text("utf-8")


def _prose(html: str) -> str:
    """Return the paragraphs of a page in the site's own words, without quotations and notes."""
    article = html.split("<article", 1)[1].split("</article>", 1)[0].split('class="footnote"', 1)[0]
    found = []
    for paragraph in PARAGRAPH.finditer(article):
        if "class=" in paragraph["attributes"]:
            continue
        text = TAG.sub("", NOTE_NUMBER.sub("", QUOTED.sub("", paragraph["inner"])))
        found.append(" ".join(unescape(text).split()))
    return "\n".join(text for text in found if text.endswith((".", "?", ":")))


def _names(site: Path) -> list[str]:
    """Return the names of people and groups and the terms of the glossary, the longest first."""
    people = yaml.safe_load((ROOT / "sources" / "people.yml").read_text("utf-8"))
    names = {name for person in people for name in [person["name"], *person.get("aliases", ())]}
    for term in TERM.findall(_html("glossary", site)):
        names.update(unescape(TAG.sub("", term)).split(", "))
    return sorted(names, key=len, reverse=True)
