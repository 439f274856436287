"""Tables say their columns at each cell, links at headings where they lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown.extensions import Extension
from selectolax.lexbor import LexborHTMLParser, LexborNode

from markdown import Markdown
from mkdocs_verbatim.markdown.accessible import AccessibleExtension


def page(text: str) -> LexborHTMLParser:
    toc = {"permalink": True, "permalink_title": "Link to this section"}
    extensions: list[str | Extension] = ["tables", "toc", "attr_list", AccessibleExtension()]
    made = Markdown(extensions=extensions, extension_configs={"toc": toc})
    return LexborHTMLParser(made.convert(text))


def values(nodes: list[LexborNode], name: str) -> list[str | None]:
    return [node.attributes.get(name) for node in nodes]


TABLE = "| Point | “Smith” & *others* |\n|---|---|\n| Talks | Yes |\n| Peace | No |\n"


def test_a_cell_is_labelled_with_its_column_without_double_marks() -> None:
    cells = page(TABLE).css("tbody td, tbody th")

    assert values(cells, "data-label") == ["Point", "Smith & others"] * 2


def test_the_first_row_and_the_first_column_are_headers() -> None:
    made = page(TABLE)

    assert values(made.css("thead th"), "scope") == ["col"] * 2
    assert [cell.text() for cell in made.css("tbody th[scope=row]")] == ["Talks", "Peace"]
    assert [cell.text() for cell in made.css("tbody td")] == ["Yes", "No"]


def test_an_empty_corner_is_no_header_and_labels_nothing() -> None:
    made = page("| | One |\n|---|---|\n| Two | Three |\n| | Four |\n")

    assert [cell.text() for cell in made.css("th")] == ["One", "Two"]
    assert values(made.css("td"), "data-label") == [None, "One", None, "One"]


def test_a_table_of_another_class_is_left_alone() -> None:
    made = AccessibleExtension()
    text = '<table class="own" markdown="1"><tr><td>a</td></tr></table>'
    found = Markdown(extensions=["md_in_html", made]).convert(text)

    assert "role" not in found
    assert "labelled" not in found


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## What it grants", "Link to this section: What it grants"),
        ("## *What* it `grants` & more", "Link to this section: What it grants & more"),
        ("## The “caliphate”", "Link to this section: The caliphate"),
    ],
)
def test_the_link_at_a_heading_says_where_it_leads(heading: str, expected: str) -> None:
    assert values(page(heading).css("a.headerlink"), "aria-label") == [expected]


def test_every_link_to_a_section_says_to_which(built_site: Path) -> None:
    for page in built_site.rglob("*.html"):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        for link in tree.css("a.headerlink"):
            named = link.attributes.get("aria-labelledby")
            label = link.attributes.get("aria-label") or ""
            heading = tree.css_first(f"[id='{named}']") if named else None
            said = heading.text() if heading is not None else label.partition(":")[2]
            assert said.replace("¶", "").strip(), (page.name, link.attributes)
