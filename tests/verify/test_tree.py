"""The tree of a page: read in document order and to any depth; what elements mean."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_verbatim.verify.mark_balance import BLOCK, HIDDEN, LINE, NOTE_NUMBER, NOTHING, OTHER
from mkdocs_verbatim.verify.tree import EDGES, Element, read_element, read_tree


class Steps:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, node: LexborNode) -> None:
        self.told.append(f"<{node.tag}>")

    def end(self) -> None:
        self.told.append("</>")

    def text(self, text: str) -> None:
        self.told.append(text)

    def comment(self) -> None:
        self.told.append("<!>")


def first(html: str, selector: str) -> LexborNode:
    return LexborHTMLParser(html).css(selector)[0]


def told(html: str, selector: str) -> str:
    reader = Steps()
    read_tree(first(html, selector), reader)
    return "".join(reader.told)


@pytest.mark.parametrize(
    ("html", "read"),
    [
        pytest.param("<main></main>", "<main></>", id="an empty element"),
        pytest.param("<main>a</main>", "<main>a</>", id="a text"),
        pytest.param(
            "<main>a<b>c<i></i></b><!-- d -->e<br></main>",
            "<main>a<b>c<i></></><!>e<br></></>",
            id="in document order",
        ),
        pytest.param("<p>x</p><main><u>a</u></main><p>y</p>", "<main><u>a</></>", id="no sibling"),
    ],
)
def test_a_tree_is_read_in_document_order(html: str, read: str) -> None:
    assert told(html, "main") == read


def test_a_tree_of_any_depth_is_read_to_its_end() -> None:
    read = told(f"<main>{'<b>' * 5000}x", "main")

    assert read.startswith("<main><b><b>")
    assert read.endswith("x" + "</>" * (read.count("<b>") + 1))
    assert read.count("<b>") > 400


@pytest.mark.parametrize(
    ("html", "edge"),
    [
        ("<p>", BLOCK),
        ("<br>", LINE),
        ("<sup>", NOTE_NUMBER),
        ("<em>", NOTHING),
        ("<img>", OTHER),
        ("<x-y>", OTHER),
        ("<code>", HIDDEN),
        ("<sub>", HIDDEN),
        ("<em hidden>", HIDDEN),
        ("<em class=x>", HIDDEN),
        ("<em id=x>", NOTHING),
        ("<span class=quotation>", NOTHING),
        ("<p hidden>", BLOCK),
        ("<sup hidden>", NOTE_NUMBER),
    ],
)
def test_an_element_has_the_edge_that_a_reader_meets(html: str, edge: object) -> None:
    assert element(html).edge is edge


def element(html: str) -> Element:
    return read_element(first(f"<main>{html}</main>", "main > *"))


def test_a_claim_is_a_class_or_names_spans() -> None:
    assert element("<b class='x quotation'>").is_claim
    assert element("<b class=receipt>").is_claim
    assert element("<b data-spans='1-2'>").is_claim
    assert not element("<b class=quotation-speaker>").is_claim
    assert not element("<b data-span='1-2'>").is_claim


def test_the_edges_of_known_elements_need_no_attributes() -> None:
    assert set(EDGES.values()) == {BLOCK, LINE, NOTE_NUMBER, NOTHING}
