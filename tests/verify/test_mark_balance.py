"""MarkBalance: which double marks stray, from texts, edges and quotations alone."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.verify.mark_balance import (
    BLOCK,
    HIDDEN,
    LINE,
    NOTE_NUMBER,
    NOTHING,
    OTHER,
    Edge,
    MarkBalance,
)

EDGES = {"|": BLOCK, "/": LINE, "^": NOTE_NUMBER, "~": HIDDEN, "_": NOTHING, "*": OTHER}
OPENING = "a quotation without its opening mark"
CLOSING = "a quotation without its closing mark"


def strays(*events: str) -> list[tuple[str, str]]:
    """Return what strays in *events*, by message and text near it.

    An event is a text; {a text of a quotation}; <a text without proof>; or an edge by its sign.
    """
    balance = MarkBalance()
    for event in events:
        if event in EDGES:
            balance.edge(EDGES[event])
        elif event.startswith("{"):
            balance.begin_quotation()
            balance.quoted_text(event[1:-1])
            balance.end_quotation(event)
        elif event.startswith("<"):
            balance.exempt_text(event[1:-1])
        else:
            balance.text(event)
    return [(stray.message, stray.near) for stray in balance.finished()]


def stray(near: str) -> tuple[str, str]:
    return f"a quotation mark outside every quotation, near '{near}'", near


@pytest.mark.parametrize(
    "events",
    [
        pytest.param((), id="nothing"),
        pytest.param(("",), id="an empty text"),
        pytest.param(("He said “", "{so}", "” there."), id="a quotation in its marks"),
        pytest.param(('"', "{so}", '"'), id="in straight marks"),
        pytest.param(("“", "{so}", "” and “", "{no}", "”"), id="two quotations"),
        pytest.param(("“", "{so}", "”“", "{no}", "”"), id="two that touch each other"),
        pytest.param(("“", "_", "{so}", "_", "”"), id="edges that a reader does not see"),
        pytest.param(("“", "~", "{so}", "~", "”"), id="edges of what may be hidden"),
        pytest.param(("“", "", "{so}", "", "”"), id="empty texts"),
        pytest.param(("“", "{a “b” c}", "”"), id="marks inside a quotation"),
        pytest.param(("a ", '<“b” " c>', " d"), id="marks in what needs no proof"),
        pytest.param(('a 5" pipe',), id="a measure"),
        pytest.param(("a ", "_", "5", "_", '" pipe'), id="a measure in two elements"),
        pytest.param(("201", "|", '6" pipe'), id="a number of another block"),
        pytest.param(("201", "/", '6" pipe'), id="a number of another line"),
        pytest.param(('a 5"', "^", "<1>", "^", " pipe"), id="a measure before a note's number"),
        pytest.param(("It’s ‘so’.",), id="single marks"),
    ],
)
def test_a_page_in_balance_has_no_stray(events: tuple[str, ...]) -> None:
    assert strays(*events) == []


@pytest.mark.parametrize(
    ("events", "found"),
    [
        pytest.param(("so “no” he",), [stray("so “no” he")] * 2, id="marks round no quotation"),
        pytest.param(("{so}", "”"), [(OPENING, "{so}")], id="without an opening mark"),
        pytest.param(("“", "{so}", " he"), [(CLOSING, "{so}")], id="without a closing mark"),
        pytest.param(("“", "{so}"), [(CLOSING, "{so}")], id="a page that ends too soon"),
        pytest.param(("He “",), [stray("He “")], id="an opening mark at the end"),
        pytest.param(
            ("“not ", "{so}", "”"), [(OPENING, "{so}"), stray("“not")], id="a word after the mark"
        ),
        pytest.param(
            ("“", "{so}", " not”"), [(CLOSING, "{so}"), stray("not”")], id="a word before the mark"
        ),
        pytest.param(
            ("“", "|", "{so}", "”"), [stray("“"), (OPENING, "{so}")], id="a block before it"
        ),
        pytest.param(
            ("“", "{so}", "/", "”"), [(CLOSING, "{so}"), stray("”")], id="a line's end after it"
        ),
        pytest.param(
            ("“", "*", "{so}", "”"), [stray("“"), (OPENING, "{so}")], id="a picture before it"
        ),
        pytest.param(
            ("“", "<x>", "{so}", "”"), [stray("“"), (OPENING, "{so}")], id="a term before it"
        ),
        pytest.param(
            ("“", "{so}", "{no}", "”"),
            [(CLOSING, "{so}"), (OPENING, "{no}")],
            id="nothing between two quotations",
        ),
        pytest.param(("201", "_", '6" F'), [stray('6" F')], id="a year in two elements"),
        pytest.param(("1", "~", '" F'), [stray('" F')], id="a digit that may be hidden"),
        pytest.param(("", "^", "<1>", "^", '" F'), [stray('" F')], id="after a note's number"),
        pytest.param(('so 5"', "_", "F"), [stray('so 5"')], id="a letter after a measure"),
        pytest.param(
            ('"', "{or 5}", '" so 5" pipe'), [stray('" so 5" pipe')], id="a measure or an end"
        ),
    ],
)
def test_what_strays_is_found(events: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert sorted(strays(*events)) == sorted(found)


def test_a_measure_is_sure_again_in_the_next_block() -> None:
    assert strays('"', "{or 5}", '" so', "|", 'a 5" pipe') == []


def test_near_a_mark_is_one_line_of_some_words() -> None:
    (found,) = strays("one two three four five six\n seven “ eight nine ten eleven twelve thirteen")

    assert found == stray("ree four five six seven “ eight nine ten eleven tw")


@pytest.mark.parametrize("edge", EDGES.values())
def test_an_edge_alone_is_nothing(edge: Edge) -> None:
    balance = MarkBalance()
    balance.edge(edge)

    assert balance.finished() == []
