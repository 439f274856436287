"""The strip: all paragraphs of a copy in a row, and which of them the site uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from .element import Html, make
from .source import Paragraph, Source

STATES = {
    "quoted": "quoted",
    "cited": "told in our words",
    "unused": "not used",
    "furniture": "not the text’s own",
}
"""What may be said of a paragraph: the class of its cell, and what readers see."""


def strip(source: Source, quoted: Container[int], cited: Container[int]) -> list[str]:
    """Return a key and a strip of the paragraphs of *source*, each used one a link.

    *quoted* and *cited* are the numbers of those that are quoted and told in our words.
    """
    states = {p.number: _state(p, quoted, cited) for p in source.paragraphs}
    cells = [_cell(paragraph, states[paragraph.number]) for paragraph in source.paragraphs]
    counts = Counter(states.values())
    many = len(cells)
    said = f"Our copy has {many} paragraph{'s' * (many != 1)}, shown here in order."
    signs = []
    for state, text in STATES.items():
        if counts[state]:
            sign = make("span", {"class": f"source-cell {state}", "aria-hidden": "true"}, "¶")
            signs.append(make("li", None, sign, f" {counts[state]} {text}"))
    return [
        make("p", {"class": "source-strip-said"}, said),
        make("ul", {"class": "source-strip-key"}, *signs),
        make("ol", {"class": "source-strip", "aria-label": "Paragraphs of our copy"}, *cells),
    ]


def _state(paragraph: Paragraph, quoted: Container[int], cited: Container[int]) -> str:
    if paragraph.reading is None:
        return "furniture"
    if paragraph.number in quoted:
        return "quoted"
    return "cited" if paragraph.number in cited else "unused"


def _cell(paragraph: Paragraph, state: str) -> Html:
    number = paragraph.number
    label = f"Paragraph {number}, line {paragraph.line}: {STATES[state]}"
    shape = {"class": f"source-cell {state}"}
    if state in {"quoted", "cited"}:
        link = {**shape, "href": f"#p{number}", "aria-label": label, "title": label}
        return make("li", None, make("a", link, str(number)))
    # Nothing is shown of it: its anchor is its cell.
    said = make("span", {"class": "for-screen-readers"}, f", {STATES[state]}")
    return make(
        "li", {"id": f"p{number}"}, make("span", {**shape, "title": label}, f"{number}", said)
    )
