"""First lines: metadata and body of a page are those that MkDocs has."""

from __future__ import annotations

import pytest
from mkdocs.utils.meta import get_data

from mkdocs_verbatim.ledger.front_matter import front_matter

PAGES = [
    "Note: words\n\nText\n",
    "Note: words\n    more\n\tand more\nnote: again\nText\n",
    "  Note: words\n\n\nText\n",
    "    Note: words\n",
    "https://example.com\nText\n",
    "\nNote: words\n",
    "Text\nNote: words\n",
    "Note: words",
    "Note words: so\n",
    "---\na: 1\n---\nText\n",
    "---\na: 1\n...\n\n\nText\n",
    "---\n---\nText\n",
    "---\n\n---\nText\n",
    "--- \na: 1\n---  \nText\n",
    "---\n- a\n---\nText\n",
    "---\nText: a\n---",
    "----\na: 1\n----\n",
    "Note: a\x0bb\x85c\nText\n",
    "",
]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("page", PAGES)
def test_metadata_and_body_are_those_of_mkdocs(page: str, ends: str) -> None:
    body, data = get_data(page)
    ours = front_matter(page.replace("\n", ends), "page.md")

    assert (ours[0], ours[1].replace(ends, "\n").lstrip("\n")) == (data, body.lstrip("\n"))
