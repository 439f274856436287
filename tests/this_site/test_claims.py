"""Every claim of the three texts stands on the site, at a block that cites its paragraph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

CLAIMS = yaml.safe_load((Path(__file__).parent / "claims.yml").read_text("utf-8"))
COUNTS = {"S": 27, "O": 35, "C": 86}
"""Claims of each text, by the letter that begins their numbers."""

WIDEST = 9
"""Paragraphs that one citation may name and still point at a claim."""

MOST_UNUSED = 12

BLOCK = r'<p id="{0}">.*?</p>|<dt id="{0}">.*?(?=<dt|</dl>)'
CITED = re.compile(r'href="#fn:c-(?P<key>[a-z0-9-]+?)--p(?P<first>\d+)-(?P<last>\d+)"')
QUOTED = re.compile(r'data-paragraphs="(?P<numbers>[^"]+)" data-source="(?P<key>[^"]+)"')


def test_every_claim_is_carried_or_listed_with_a_reason() -> None:
    wanted = {f"{text}-{n:02}" for text, count in COUNTS.items() for n in range(1, count + 1)}

    assert wanted == {*CLAIMS["carried"], *CLAIMS["unused"]}
    assert not CLAIMS["carried"].keys() & CLAIMS["unused"].keys()
    assert len(CLAIMS["unused"]) <= MOST_UNUSED
    assert all(CLAIMS["unused"].values())


@pytest.mark.parametrize("claim", CLAIMS["carried"])
def test_the_block_at_a_claims_anchor_cites_its_paragraph(claim: str, built_site: Path) -> None:
    key, paragraph, at = CLAIMS["carried"][claim]
    page, anchor = at.split("#")
    html = (built_site / page / "index.html").read_text("utf-8")

    block = re.search(BLOCK.format(re.escape(anchor)), html, re.DOTALL)

    assert block, f"{page} has no paragraph or entry {anchor!r}"
    assert paragraph in _cited(block[0], key), f"{at} does not cite {key}, para. {paragraph}"


def _cited(block: str, key: str) -> set[int]:
    """Return the paragraphs of source *key* that citations and quotations in *block* name."""
    found: set[int] = set()
    for cited in CITED.finditer(block):
        numbers = range(int(cited["first"]), int(cited["last"]) + 1)
        if cited["key"] == key and len(numbers) <= WIDEST:
            found.update(numbers)
    for quoted in QUOTED.finditer(block):
        if quoted["key"] == key:
            found.update(int(number) for number in re.findall(r"\d+", quoted["numbers"]))
    return found
