"""Checks the elements of quotations on a finished page, those in them and those round them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from .links import inside
from .note_numbers import elements
from .page import SPOKEN, FinishedPage, Quoted, is_anchor

OWN = frozenset({"class", "data-source", "data-spans", "data-paragraphs", "data-speaker", "id"})
"""The attributes of a quotation; a block has its address, too."""

INNER: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "ins": frozenset({"class"}),
    "span": frozenset({"class", "data-search-exclude"}),
}
"""The attributes of elements inside a quotation that have any."""

MARKDOWN = frozenset("a br code em ins mark p span strong sub sup".split())
"""What may be inside a quotation, as an author or the engine writes it."""

CAPTION = ("quotation-speaker", "quotation-chain")

VEILS = frozenset({"hidden", "inert", "popover", "aria-hidden", "contenteditable", "srcdoc"})
"""Attributes that take what is in an element from readers, or let others write there."""

RENAMES = re.compile(r"title|role|aria-[a-z]+")
NAMED = frozenset("html body main article section aside nav div details form ul ol table".split())
"""Elements that hold more than a quotation, and may have a name of their own."""

TITLED = frozenset("p li td th tr dd dl".split())
"""Elements to which an author may give a title by an attribute list."""

ALIGNED = re.compile(r"text-align: (?:left|right|center);?")
UNSEEN = frozenset(
    "for-screen-readers needs-script picture picture-instead contents contents-folded note-card "
    "site-nav site-name__mark tool skip quotes-filter map-filter hidden invisible visually-hidden "
    "sr-only md-hidden verbatim-problem".split()
)
"""Classes whose text the theme, or a usual stylesheet, does not show to everybody."""

RIGHT_TO_LEFT = re.compile(r"(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b", re.IGNORECASE)


class QuotationForm:
    """Checks the quotations, numbers and notes of one page, whose quotations are read already."""

    def __init__(self, page: FinishedPage, library: Library) -> None:
        """Check *page*; of links on quoted words, the copies of *library* may have some."""
        self._page, self._library = page, library
        # Whether the elements round another are as they should be: most are round many.
        self._clear: dict[int, str] = {}

    def check(self) -> None:
        """Enter what is wrong with the elements of quotations, and with those round them."""
        for quoted in self._page.quotations:
            for message in (*_own(quoted), *self._inner(quoted.node), *self._around(quoted.node)):
                self._page.wrong("proof-text", message, quoted.node)
            if quoted.is_block:
                for message in _figure(quoted.node):
                    self._page.wrong("proof-text", message, quoted.node)
        for figure in self._page.css("figure.quotation-figure"):
            if not any(node.tag == "blockquote" for node in elements(figure)):
                message = "a figure for a block quotation that holds none"
                self._page.wrong("proof-text", message, 'class="quotation-figure"')
        for node in self._page.css('sup[id^="fnref:"], .footnote, article > :first-child'):
            for message in self._around(node):
                self._page.wrong("proof-note", message, node)

    def _inner(self, quotation: LexborNode) -> Iterator[str]:
        """Yield what is wrong with the elements inside a quotation, besides their text."""
        for node in quotation.css("*"):
            if node == quotation:
                continue
            if node.tag not in MARKDOWN:
                yield f"<{node.tag}> in a quotation, which Markdown does not write"
                continue
            known = INNER.get(node.tag or "", frozenset())
            classes = node.attributes.get("class")
            if more := set(node.attributes) - known:
                yield f"<{node.tag}> in a quotation has the attribute {min(more)!r}"
            elif node.tag == "span" and classes != SPOKEN:
                yield f"<span> of the class {classes!r} in a quotation"
            elif node.tag == "ins" and classes != "editor":
                yield f"<ins> of the class {classes!r} in a quotation"
            elif node.tag == "a" and self._leads_out(node.attributes.get("href") or ""):
                yield f"words of a quotation lead to {node.attributes.get('href')!r}"
            elif node.tag == "p" and node.parent != quotation:
                yield "<p> in a quotation, inside another element"

    def _leads_out(self, address: str) -> bool:
        """Return whether *address* is none of the site's, nor of the copies."""
        known = any(address in source.text for source in self._library.sources.values())
        return inside(self._page.url, address) is None and not known

    def _around(self, node: LexborNode) -> Iterator[str]:
        """Yield what hides *node*, or says something else of it, in the elements round it."""
        outer = node.parent
        passed: list[int] = []
        message = ""
        while outer is not None and outer.is_element_node:
            if outer.mem_id in self._clear:
                message = self._clear[outer.mem_id]
                break
            passed.append(outer.mem_id)
            message = _veil(outer)
            if message:
                break
            outer = outer.parent
        self._clear.update(dict.fromkeys(passed, message))
        if message:
            yield message


def _veil(node: LexborNode) -> str:
    """Return what is wrong with an element round a quotation, or an empty text."""
    attributes = node.attributes
    classes = (attributes.get("class") or "").split()
    if hidden := VEILS.intersection(attributes):
        return f"<{node.tag}> round a quotation has the attribute {min(hidden)!r}"
    style = attributes.get("style") or ""
    if style and not (node.tag in {"td", "th"} and ALIGNED.fullmatch(style)):
        return f"<{node.tag}> round a quotation has the style {style[:60]!r}"
    if unseen := UNSEEN.intersection(classes):
        return f"<{node.tag}> round a quotation has the class {min(unseen)!r}"
    if node.tag not in NAMED:
        for name in attributes:
            if RENAMES.fullmatch(name) and not (name == "title" and node.tag in TITLED):
                return f"<{node.tag}> round a quotation has the attribute {name!r}"
    return _turned(node)


def _turned(node: LexborNode) -> str:
    """Return what is wrong with the direction in which *node* is read, or an empty text."""
    direction = (node.attributes.get("dir") or "ltr").lower()
    if direction != "rtl":
        return ""
    outer: LexborNode | None = node
    while outer is not None and outer.is_element_node:
        if language := outer.attributes.get("lang"):
            return "" if RIGHT_TO_LEFT.match(language) else f"<{node.tag}> is read from the right"
        outer = outer.parent
    return f"<{node.tag}> round a quotation is read from the right"


def _own(quoted: Quoted) -> Iterator[str]:
    """Yield what is wrong with the attributes of a quotation, whose values are checked already."""
    wanted = OWN | {"cite"} if quoted.is_block else OWN
    if found := wanted.symmetric_difference(quoted.node.attributes):
        yield f"{sorted(found)} among the attributes of a quotation, or missing there"
    if quoted.node.attributes.get("class") != "quotation":
        yield f"a quotation of the class {quoted.node.attributes.get('class')!r}"
    if quoted.node.tag not in {"span", "blockquote"}:
        yield f"a quotation in <{quoted.node.tag}>"


def _figure(quotation: LexborNode) -> Iterator[str]:
    """Yield what is wrong with the figure of a block quotation, besides its caption's words."""
    figure = quotation.parent
    if figure is None or figure.tag != "figure":
        yield "a block quotation outside a figure"
        return
    if dict(figure.attributes) != {"class": "quotation-figure"}:
        yield f"the figure of a block quotation has the attributes {dict(figure.attributes)}"
    inner = [node for node in elements(figure) if not is_anchor(node)]
    if [node.tag for node in inner] != ["blockquote", "figcaption"]:
        yield f"a block quotation beside {[node.tag for node in inner]}"
        return
    if text := figure.text(deep=False).strip() or quotation.text(deep=False).strip():
        yield f"'{text[:60]}' beside a block quotation"
    if inner[1].attributes:
        yield f"a caption with the attributes {sorted(inner[1].attributes)}"
    for part in elements(inner[1]):
        is_said = part.tag == "span" and part.attributes.get("class") in CAPTION
        if part.tag != "sup" and (not is_said or set(part.attributes) != {"class"}):
            yield f"<{part.tag}> in a caption, besides speaker, chain and number"
        elif is_said and elements(part):
            yield f"<{elements(part)[0].tag}> in who is named under a block quotation"
