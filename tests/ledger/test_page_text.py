"""Places in a page's text: where on disk an author wrote what a reader sees."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.datafiles.strict_yaml import Place
from mkdocs_verbatim.ledger.page import POSTPONED, Page
from mkdocs_verbatim.ledger.page_text import PageText

TEXT = (
    "---\ntitle: One two\n---\n\n# A *first* heading\n\n"
    "- One **two** three [@a, para. 4].\n\n> One two three\n> — Doe [@a]\n"
)


def text(content: str = TEXT, part: tuple[Place, Place] | None = None) -> PageText:
    return PageText(path="docs/a.md", read=lambda: content, part=part)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_words_are_found_whatever_markup_is_between_them(ends: str) -> None:
    found = text(TEXT.replace("\n", ends)).places("One two three")

    assert found == [(7, 3), (9, 3)]


def test_front_matter_is_not_looked_into_and_yet_counts_as_lines() -> None:
    assert text().literal("One two") == [(9, 3)]
    assert text("One two\n").literal("One two") == [(1, 1)]


def test_a_citation_is_found_at_its_key() -> None:
    assert text().citation("@a, para. 4") == [(7, 23)]
    assert text().lines("[@a]") == [(10, 3)]


def test_a_part_of_a_file_is_looked_into_and_no_more() -> None:
    part = text(part=((8, 1), (10, 1)))

    assert part.places("One two three") == [(9, 3)]
    assert part.start == (8, 1)
    assert part.literal("Doe") == []


def test_a_text_is_read_only_when_something_is_looked_for() -> None:
    reads: list[str] = []

    def read() -> str:
        reads.append("read")
        return TEXT

    asked = PageText(path="docs/a.md", read=read)

    assert (reads, asked.start) == ([], (1, 1))
    asked.literal("first")
    asked.literal("heading")
    assert reads == ["read"]


def test_a_page_is_called_by_its_path_until_its_title_is_known() -> None:
    page = Page(text=text())
    assert page.title == "docs/a.md"
    page.state.title = ""

    assert page.title == ""


def test_what_is_drawn_later_is_numbered() -> None:
    state = Page(text=text()).state
    comments = [state.postpone(lambda: "shares"), state.postpone(lambda: "speakers")]

    assert comments == [POSTPONED.format(1), POSTPONED.format(2)]
    assert [draw() for draw in state.postponed] == ["shares", "speakers"]
