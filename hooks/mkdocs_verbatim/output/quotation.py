"""Rendering: the HTML of a resolved mark and of its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from ..ledger.page import Page
from ..ledger.use import Use, without_turn
from ..problem import Problem
from ..quotations.editorial import Sign, SignKind
from ..quotations.match import paragraph_spans
from ..sources.source import Span
from ..text.locators import located
from .html import Html, join, make

Address = Callable[[str], str]
"""Returns the address of a source's page, from the site's root, by its key."""

SPOKEN: dict[SignKind, str] = {
    "elision": "editor: words left out",
    "addition": "editor adds:",
    "replacement": "editor, in place of the source’s words:",
    "case": "editor, first letter changed:",
    "sic": "editor: so in the source",
}
"""What screen readers say before an editorial mark; what is seen follows."""

ENDED = frozenset({"addition", "replacement"})
"""The editorial marks that hold words, whose end screen readers say, too."""


def relative(url: str, page: Page) -> str:
    """Return *url*, which counts from the site's root, as *page* links to it."""
    here, _, anchor = url.partition("#")
    if here == page.url and anchor:
        return f"#{anchor}"
    file = page.reader_page.file
    link = _climbing(url, page.url if file is None else file)
    # To the home page: an anchor alone would be one of the page's own.
    return link if here or link.startswith(".") else f"./{link}"


def _climbing(url: str, start: str) -> str:
    return "../" * start.count("/") + url


def page_url(name: str, address: Address) -> str:
    """Return the address of the page of the file *name*, below docs/, from the site's root.

    Its form is that of *address*, which returns those of the pages of sources.
    """
    end = address("").removeprefix("sources/")
    stem = re.sub(r"(?:^|(?<=/))README$", "index", name.removesuffix(Path(name).suffix))
    return re.sub(r"(?:^|(?<=/))index/$", "", f"{stem}/") if end == "/" else f"{stem}{end}"


def ranges(spans: Iterable[Span]) -> str:
    """Return *spans* as the attribute data-spans has them: `1843-1926 1990-2009`."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def locator(use: Use) -> str:
    """Return paragraph and line of what *use* rests on, as a reader counts them."""
    source, span = use.source, use.span
    if source is None:
        return ""
    if span is not None:
        first, last = source.line(span[0]), source.line(span[1] - 1)
        return f"{located('para', source.paragraphs_of(span))}, {located('line', [first, last])}"
    parts = [located("para", pair) for pair in use.item.paragraphs]
    parts += [located("line", pair) for pair in use.item.lines]
    if len(use.item.paragraphs) == 1 and not use.item.lines:
        numbers = use.item.paragraphs[0]
        lines = [source.paragraphs[n - 1].line for n in numbers]
        parts.append(located("line", lines))
    return ", ".join(parts)


_HEARD = {"class": "for-screen-readers", "data-search-exclude": ""}
_END = make("span", _HEARD, " editor ends")


class Renderer:
    """Writes the HTML of marks; *address* is that of a source's page."""

    def __init__(self, address: Address) -> None:
        """Write links to sources by *address*."""
        self._address = address

    def attributes(self, use: Use) -> dict[str, str]:
        """Return the attributes of a quotation's element."""
        assert use.source is not None
        assert use.span is not None
        numbers = use.source.paragraphs_of(use.span)
        attributes = {
            "class": "quotation",
            "data-source": use.item.key,
            "data-spans": ranges(p for span in use.spans for p in use.source.text_spans(span)),
            "data-paragraphs": " ".join(map(str, numbers)),
            "data-speaker": use.chain.head.id,
            "id": use.id,
        }
        if use.mark.kind == "block":
            place = f"{self._address(use.item.key)}#p{numbers[0]}"
            # No link: no builder moves it.
            attributes["cite"] = _climbing(place, use.page.url)
        return attributes

    def text(self, use: Use, span: Span) -> str:
        """Return as HTML what the source has at *span* of its reading."""
        assert use.source is not None
        parts = [
            join([use.source.reading[slice(*part)]]) for part in paragraph_spans(span, use.source)
        ]
        # Only what the build fetches runs over a paragraph's end.
        return ("</p>\n<p>" if use.mark.kind == "block" else " ").join(parts)

    def added(self, sign: Sign) -> str:
        """Return as HTML an editorial mark, seen and heard as not the source's words."""
        spoken = make("span", _HEARD, f"{SPOKEN[sign.kind]} ")
        ended = [_END] if sign.kind in ENDED else []
        return make("ins", {"class": "editor"}, spoken, sign.shown, *ended)

    def number(self, use: Use) -> str:
        """Return as HTML the number that leads to a use's note."""
        label = f"note {use.number}"
        attributes = {"class": "footnote-ref", "href": f"#{use.note}", "aria-label": label}
        return make("a", attributes, str(use.number))

    def caption(self, use: Use, attribution: str) -> str:
        """Return as HTML who said a block quotation, and through whom it reaches us."""
        stressed = " (emphasis added)" if use.emphasis_added else ""
        speaker = make("span", {"class": "quotation-speaker"}, f"— {attribution}{stressed}")
        through = [" ", chain(use)] if len(use.chain.links) > 1 else []
        return join([speaker, *through])

    def problem(self, problem: Problem) -> str:
        """Return as HTML a problem, to be shown at its place."""
        text = f"{problem.severity}: {problem.message} [{problem.rule}]"
        return join([f" {text} "])


def anchors(uses: Iterable[Use]) -> list[Html]:
    """Return an empty element for each id under which the passage of *uses* was published."""
    former = dict.fromkeys(without_turn(id_) for use in uses for id_ in use.former)
    return [make("span", {"id": id_}) for id_ in former]


def chain(use: Use) -> Html:
    """Return the chain from mouth to page."""
    return make("span", {"class": "quotation-chain"}, " → ".join(use.chain.links))
