"""What a page costs: as much as its length says, however often it says the same, or nearly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.support import sites

FEW, MANY = 200, 1600
"""Blocks; the second page is eight times as long."""

BLOCKS = {
    "paragraphs": "Yes.\n\n",
    "rows": "| x | a note of eight words that say nothing |\n",
    "items": "- a note of eight words that say nothing\n",
    "marks": "So “much\n\n",
    "runs": "So “much”.\n\n",
    "marks of one paragraph": "So “much ",
    "raw HTML": '<div>"x"</div>\n\n',
    "block quotations": "> x\n\nA.\n\n",
    "citations": "So [@none].\n\n",
    "tags": "<b>So</b> it is.\n\n",
    "different runs": "So “much {}”.\n\n",
    "different runs of one paragraph": "So “much {}”. ",
    "quotations that no source has": "So “much {}” [@a].\n\n",
    "alternative texts": "![so “much”](x.png)\n\n",
    "different alternative texts": "![so “much {}”](x.png)\n\n",
}


def _times(block: str, number: int) -> str:
    """Return *block* so often, the braces in it filled with its number."""
    return "".join(block.format(each) for each in range(number))


def _cost(folder: Path, page: str) -> float:
    site = sites.SmallSite(pages={"page.md": page}, copies={"a": "No talks.\n"}).write(folder)
    start = time.process_time()
    assert sites.problems(site)
    return time.process_time() - start


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_blocks_cost_their_number_and_not_its_square(block: str, tmp_path: Path) -> None:
    head = "| A | B |\n|---|---|\n" if block.startswith("|") else "\n"
    few = _cost(tmp_path / "few", head + _times(block, FEW))
    many = _cost(tmp_path / "many", head + _times(block, MANY))

    # Its square would be 64 times as much.
    assert many < 24 * max(few, 0.01)
