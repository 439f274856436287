"""Pictures: what the map and the timeline share of SVG: numbers, lines of text, boxes that link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..output.html import Html, join, make
from ..sources.source import Source
from .entries import Entry, word_html
from .line_breaking import BOLD, Line, plain_words, wrapped

FONT = 12.0
"""Pixels of an em of the text in boxes; the style sheets say the same."""
SMALL = 10.5
"""Pixels of an em of the line above it, which is bold."""
LINE = 15.0
"""Pixels from one line of text to the next."""
PAD = 8.0
"""Pixels between a box and its text."""
SHOWN = 1.135
"""How much larger a picture is shown where there is room: its small text then has 12 pixels."""


def number(value: float) -> str:
    """Return *value* as SVG has it, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def leads(text: str, wide: float) -> list[Line]:
    """Return the lines of a bold, small *text* in *wide* pixels."""
    return wrapped(plain_words(text), wide / SMALL / BOLD)


def labels(entry: Entry, wide: float) -> list[Line]:
    """Return the lines of the label of *entry* in *wide* pixels."""
    return wrapped(entry.words, wide / FONT)


def text(
    lines: Sequence[Line], x: float, y: float, name: str, sources: Mapping[str, Source]
) -> Html:
    """Return *lines* as an element of class *name*, the first one's letters standing on *y*."""
    spans = [
        make(
            "tspan",
            {"x": number(x), "y": number(y + LINE * turn)},
            *(part for word in line for part in (word_html(word, sources, "tspan"), " ")),
        )
        for turn, line in enumerate(lines)
    ]
    # Quoted words prove themselves; their marks stand where marks may.
    return make("text", {"class": f"{name} reference"}, *spans)


def height(lead: Sequence[Line], label: Sequence[Line]) -> float:
    """Return the height of a box with the lines *lead* and *label*."""
    return 2 * PAD + LINE * (len(lead) + len(label)) - 3


def box(
    place: tuple[float, float, float, float],
    lead: Sequence[Line],
    label: Sequence[Line],
    attributes: Mapping[str, str],
    sources: Mapping[str, Source],
) -> Html:
    """Return a box at *place*, left, top, width and height, that is a link with *attributes*.

    Its frame stays where a filter takes the link away.
    """
    left, top, wide, high = place
    frame = {
        "x": number(left),
        "y": number(top),
        "width": number(wide),
        "height": number(high),
        "rx": "4",
    }
    first = top + PAD + 9
    link = make(
        "a",
        attributes,
        make("rect", frame),
        text(lead, left + PAD, first, "picture-lead", sources),
        text(label, left + PAD, first + LINE * len(lead), "picture-label", sources),
    )
    return join([make("rect", {"class": "picture-ghost", **frame}), link])


def svg(name: str, wide: float, high: float, caption: str, *children: str) -> Html:
    """Return a picture of class *name* whose name is the text of the element *caption*."""
    size = {"width": number(wide * SHOWN), "height": number(high * SHOWN)}
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": name,
        "viewBox": f"0 0 {number(wide)} {number(high)}",
        **size,
        "role": "group",
        "aria-labelledby": caption,
    }
    return make("svg", attributes, *children)


def figure(picture: Html, prefix: str, words: str) -> Html:
    """Return *picture* with a caption of *words*, and what stands instead where it is too wide."""
    caption = make("figcaption", {"id": f"{prefix}--caption"}, words)
    attributes = {"class": "picture", "data-search-exclude": ""}
    instead = "On a wide screen, and in print, these entries are drawn as a picture, too."
    return join(
        [
            make("figure", attributes, picture, caption),
            make("p", {"class": "picture-instead", "data-search-exclude": ""}, instead),
        ]
    )
