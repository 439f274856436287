"""Checks the quotations of a finished page, read as a browser reads it, against the sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ..problem import RuleId
from ..sources.library import Library
from ..sources.speech import Voices
from ..text.quoted_runs import has_claims
from ..text.saying import saying_of
from .mark_balance import HIDDEN, NOTHING, Edge, MarkBalance
from .page import SPOKEN, FinishedPage, even
from .quotation_facts import QuotationFacts
from .quotation_ids import QuotationIds
from .tree import CODE, EXEMPT, INNER, SHOWN_ATTRIBUTES, Element, read_element, read_tree

PROVEN_WORDS = " qqqq "
"""Stands in a page's prose for proven words, so that those beside them are not next to another."""

EDITORIAL = re.compile(r"\[[^\[\]]+\]")
HEARD = (
    (re.compile(r"\[sic\]"), ("editor: so in the source",)),
    (re.compile(r"\[(?:…|\.\.\.)\]"), ("editor: words left out",)),
    (re.compile(r"\[.\]"), ("editor, first letter changed:",)),
    (EDITORIAL, ("editor adds:", "editor ends")),
    (EDITORIAL, ("editor, in place of the source’s words:", "editor ends")),
)
"""What is seen of an editorial mark, and what screen readers say before it and after it."""


@dataclass(slots=True)
class _Claim:
    """An element that claims to hold a source's words, and its text as far as it is read."""

    element: Element
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An element that has not ended, and what applies to the text directly inside it."""

    edge: Edge
    exempt: bool = False
    """Its marks are not looked at."""
    claim: _Claim | None = None
    """Its text belongs to this claim."""
    begins_claim: bool = False


class QuotationCheck:
    """Reads one page in the order in which a reader meets it, and proves its quotations."""

    def __init__(
        self,
        page: FinishedPage,
        library: Library,
        voices: Mapping[str, Voices],
        ids: QuotationIds,
    ) -> None:
        """Check *page*; *voices* say who speaks in the sources of *library*, *ids* what it has."""
        self._page = page
        self._facts = QuotationFacts(page, library, voices, ids)
        self._language = page.language
        self._marks = MarkBalance(page.language)
        self._open = [_Open(NOTHING)]
        self._prose: list[str] = []

    def run(self) -> None:
        """Enter on the page every quotation that is proven, and whatever is not."""
        if self._page.root is not None:
            read_tree(self._page.root, self)
        for stray in self._marks.finished():
            self._wrong("proof-mark", stray.message, stray.near)
        self._page.prose = "".join(self._prose)

    def begin(self, node: LexborNode) -> None:
        """Read the beginning of an element."""
        outer, element = self._open[-1], read_element(node)
        edge = element.edge
        if element.attributes:
            self._attributes(element)
        self._marks.edge(edge)
        self._refuse(element, outer.claim)
        is_claim = element.is_claim
        if is_claim:
            self._prose.append(PROVEN_WORDS)
        claim = self._begun(element, outer.claim) if is_claim else outer.claim
        if element.tag == "ins" and "editor" in element.classes:
            # What claims a source is proven, even if it also says that it is the editor's own.
            claim = claim if is_claim else None
            self._editorial(element)
        exempt = (
            outer.exempt
            or is_claim
            or element.tag in CODE
            or not EXEMPT.isdisjoint(element.classes)
        )
        self._open.append(_Open(edge, exempt, claim, is_claim))

    def end(self) -> None:
        """Read the end of the element that began last."""
        ended = self._open.pop()
        if ended.begins_claim and ended.claim is not None:
            self._prove(ended.claim)
        self._marks.edge(ended.edge)

    def text(self, text: str) -> None:
        """Read a text: prose, words of a source, or what needs no proof."""
        around = self._open[-1]
        if around.claim is not None:
            around.claim.text.append(text)
        if not around.exempt:
            self._marks.text(text)
            self._prose.append(text)
        elif around.claim is not None and around.claim.element.is_inline_quotation:
            self._marks.quoted_text(text)
        else:
            self._marks.exempt_text(text)

    def comment(self) -> None:
        """Read a comment, which a reader does not see."""
        self._marks.edge(HIDDEN)

    def _refuse(self, element: Element, claim: _Claim | None) -> None:
        """Refuse an element that quotes without proof, or that cannot be inside a quotation."""
        tag = element.tag
        if tag == "q" or (tag == "blockquote" and "quotation" not in element.classes):
            self._wrong("proof-mark", f"<{tag}> that no source proves", element.place)
        if claim is not None and (tag not in INNER or element.is_hidden):
            message = f"<{tag}> in a quotation, which shows or hides words"
            self._wrong("proof-text", message, element.place)

    def _begun(self, element: Element, outer: _Claim | None) -> _Claim:
        """Begin to read an element that claims to hold a source's words."""
        if outer is not None:
            self._wrong("proof-text", "a proven element inside another", element.place)
        if element.is_inline_quotation:
            self._marks.begin_quotation()
        return _Claim(element)

    def _prove(self, claim: _Claim) -> None:
        if claim.element.is_inline_quotation:
            self._marks.end_quotation(claim.element.place)
        self._facts.prove(claim.element, "".join(claim.text))

    def _editorial(self, element: Element) -> None:
        """Refuse what claims to be the editor's own and does not look so."""
        node = element.node
        shown = node.text(deep=False).strip()
        if not EDITORIAL.fullmatch(shown):
            message = f"'{shown[:40]}' in a quotation as the editor's own, without brackets"
            self._wrong("proof-text", message, element.place)
            return
        inner = [other for other in node.css("*") if other != node]
        heard = tuple(even(other.text(deep=True)) for other in inner)
        known = any(way.fullmatch(shown) and heard == says for way, says in HEARD)
        if not known or any(other.attributes.get("class") != SPOKEN for other in inner):
            message = f"'{' '.join(heard)[:60]}' is not what screen readers say of '{shown[:40]}'"
            self._wrong("proof-text", message, element.place)

    def _attributes(self, element: Element) -> None:
        """Refuse double marks in what a reader is shown or told of an element's attributes."""
        for name in SHOWN_ATTRIBUTES.intersection(element.attributes):
            value = element.attributes[name]
            if value and has_claims(value, saying_of(self._language)):
                message = f"quotation marks in {name!r} of <{element.tag}>: '{value[:60]}'"
                self._wrong("proof-mark", message, value[:40])

    def _wrong(self, rule: RuleId, message: str, near: str) -> None:
        self._page.wrong(rule, message, near)
