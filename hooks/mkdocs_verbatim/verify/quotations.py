"""Proving: a finished page, read as a browser reads it, against the sources alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ..problem import RuleId
from ..sources.library import Library
from ..sources.source import Source, Span
from ..sources.speech import Voices, chain
from ..text.quotation_marks import ATOM, DOUBLE, INCHES, UNSEEN
from .page import SPOKEN, Quoted, Sheet, difference, even, places, seen, without_seams
from .visible import VisibleText

SHOWN_ATTRIBUTES = (
    "alt title aria-label aria-description aria-valuetext placeholder label summary value srcdoc "
    "content"
).split()
"""Attributes whose text reaches a reader, here or in a search result."""

ALLOWED = frozenset({"reference", "term", "receipt"})
"""Classes of elements in which double marks may stand, besides quotations and code."""

PROVEN = frozenset({"quotation", "receipt"})
INNER = frozenset("a b br code em i ins kbd mark p samp small span strong sub sup u".split())
"""Elements that may stand inside proven words: they add no text and take none away."""

HIDING = ("hidden", "style", "aria-hidden", "aria-label", "inert")
SILENT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "template"})
INLINE = frozenset(
    "a abbr b bdi bdo cite code em i ins kbd label mark s samp small span strong sub sup "
    "time u var wbr button".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section "
    "summary table tbody td text tfoot th thead title tr tspan ul".split()
)
"""Elements that part what a reader sees before them from what comes after."""

VEILING = (*HIDING, "class", "popover")
"""Attributes of an element whose text may be unseen."""

EDITORIAL = re.compile(r"\[[^\[\]]+\]")
HEARD = (
    (re.compile(r"\[sic\]"), ("editor: so in the source",)),
    (re.compile(r"\[(?:…|\.\.\.)\]"), ("editor: words left out",)),
    (re.compile(r"\[.\]"), ("editor, first letter changed:",)),
    (EDITORIAL, ("editor adds:", "editor ends")),
    (EDITORIAL, ("editor, in place of the source’s words:", "editor ends")),
)
"""What is seen of an editorial mark, and what screen readers say before it and after it."""


@dataclass
class _Open:
    """An element with proven text that is being read."""

    node: LexborNode
    inline: bool
    marked: bool
    text: list[str] = field(default_factory=list)


class Prover:
    """Reads one page in the order in which a reader meets it, and proves its quotations."""

    def __init__(self, sheet: Sheet, library: Library, voices: Mapping[str, Voices]) -> None:
        """Read *sheet*; *voices* say who speaks in the sources of *library*."""
        self._sheet, self._library, self._voices = sheet, library, voices
        # A mark that is right only if a quotation begins at once.
        self._opening: str | None = None
        # An inline quotation has just ended: a closing mark must follow.
        self._closing: LexborNode | None = None
        self._visible = VisibleText()

    def run(self) -> None:
        """Enter on the sheet every quotation that is proven, and whatever is not."""
        if self._sheet.root is not None:
            self._element(self._sheet.root, silent=False, open_=None)
        self._break()
        self._settle()

    def _element(self, node: LexborNode, *, silent: bool, open_: _Open | None) -> None:
        tag = node.tag or ""
        classes = set((node.attributes.get("class") or "").split())
        self._attributes(node)
        self._edge(node, classes)
        if tag == "q" or (tag == "blockquote" and "quotation" not in classes):
            self._wrong("proof-mark", f"<{tag}> that no source proves", node)
        proven = not classes.isdisjoint(PROVEN) or node.attributes.get("data-spans") is not None
        if open_ is not None and (tag not in INNER or _is_hidden(node)):
            self._wrong("proof-text", f"<{tag}> in a quotation, which shows or hides words", node)
        inner = self._begin(node, classes, outer=open_) if proven else open_
        if tag == "ins" and "editor" in classes:
            inner = None
            self._editorial(node)
        quiet = silent or proven or tag in SILENT or not ALLOWED.isdisjoint(classes)
        self._children(node, silent=quiet, open_=inner)
        if proven and inner is not None:
            self._prove(inner, is_quotation="quotation" in classes)
        self._edge(node, classes)

    def _edge(self, node: LexborNode, classes: set[str]) -> None:
        """Pass a place where *node* begins or ends."""
        tag = node.tag or ""
        if tag not in INLINE:
            self._break()
        if tag in BLOCKS:
            self._settle()
        elif tag == "br":
            self._visible.add("\n")
        elif tag == "sup" or tag not in INLINE:
            # The number of a note is no number that a mark after it could measure.
            self._visible.add(ATOM)
        elif "quotation" not in classes and _may_veil(node):
            self._visible.add(UNSEEN)

    def _editorial(self, node: LexborNode) -> None:
        """Refuse what claims to be the editor's own and does not look so."""
        shown = node.text(deep=False).strip()
        if not EDITORIAL.fullmatch(shown):
            message = f"'{shown[:40]}' in a quotation as the editor's own, without brackets"
            self._wrong("proof-text", message, node)
            return
        inner = [other for other in node.css("*") if other != node]
        heard = tuple(even(other.text(deep=True)) for other in inner)
        known = any(way.fullmatch(shown) and heard == says for way, says in HEARD)
        if not known or any(other.attributes.get("class") != SPOKEN for other in inner):
            message = f"'{' '.join(heard)[:60]}' is not what screen readers say of '{shown[:40]}'"
            self._wrong("proof-text", message, node)

    def _children(self, node: LexborNode, *, silent: bool, open_: _Open | None) -> None:
        child = node.child
        while child is not None:
            if child.is_text_node:
                self._text(child.text_content or "", silent=silent, open_=open_)
            elif child.is_element_node:
                self._element(child, silent=silent, open_=open_)
            elif child.is_comment_node:
                self._visible.add(UNSEEN)
            child = child.next

    def _begin(self, node: LexborNode, classes: set[str], *, outer: _Open | None) -> _Open:
        """Begin to read an element that claims to hold a source's words."""
        if outer is not None:
            self._wrong("proof-text", "a proven element inside another", node)
        inline = "quotation" in classes and node.tag != "blockquote"
        if inline and self._closing is not None:
            self._break()
        opened = _Open(node, inline, marked=self._opening is not None)
        if inline:
            self._opening = None
        return opened

    def _text(self, text: str, *, silent: bool, open_: _Open | None) -> None:
        if open_ is not None:
            open_.text.append(text)
        if not text:
            return
        if silent:
            if open_ is None or not open_.inline:
                self._break()
        else:
            self._marks(text)
        self._visible.add(text)

    def _marks(self, text: str) -> None:
        """Find what each double mark in *text*, which comes next, belongs to."""
        start = 0
        if self._closing is not None and DOUBLE.match(text):
            start = 1
            self._visible.close()
            self._closing = None
        self._break()
        for match in DOUBLE.finditer(text, start):
            at, near = match.start(), self._near(text, match.start())
            before = text[at - 1] if at else self._visible.last
            if match.end() < len(text) or (match[0] in INCHES and before.isnumeric()):
                self._visible.loosen(at, near)
            else:
                self._opening = near

    def _near(self, text: str, at: int) -> str:
        return " ".join(text[max(0, at - 25) : at + 26].split())

    def _stray(self, near: str) -> None:
        self._wrong("proof-mark", f"a double mark outside every quotation, near '{near}'", near)

    def _flush(self) -> None:
        if self._opening is not None:
            self._stray(self._opening)
            self._opening = None

    def _break(self) -> None:
        """Refuse what only something that follows at once could have made right."""
        self._flush()
        if self._closing is not None:
            self._wrong("proof-mark", "a quotation without its closing mark", self._closing)
            self._closing = None

    def _settle(self) -> None:
        """Refuse each mark of the block that is no measure, and begin another block."""
        for near in self._visible.strays():
            self._stray(near)
        self._visible = VisibleText()

    def _attributes(self, node: LexborNode) -> None:
        for name in SHOWN_ATTRIBUTES:
            value = node.attributes.get(name)
            if value and DOUBLE.search(value):
                message = f"double marks in {name!r} of <{node.tag}>: '{value[:60]}'"
                self._wrong("proof-mark", message, value[:40])

    def _prove(self, open_: _Open, *, is_quotation: bool) -> None:
        self._sheet.claims += is_quotation
        self._sheet.receipts += not is_quotation
        if open_.inline:
            if not open_.marked:
                self._wrong("proof-mark", "a quotation without its opening mark", open_.node)
            self._closing = open_.node
        attributes = open_.node.attributes
        key, spans = attributes.get("data-source") or "", attributes.get("data-spans") or ""
        source = self._library.sources.get(key)
        if source is None:
            self._wrong("proof-text", f"no source {key!r} to prove it from", open_.node)
            return
        found = places(spans, len(source.text))
        if found is None:
            self._wrong("proof-text", f"data-spans {spans!r} is no place in {key!r}", open_.node)
            return
        shown = even("".join(open_.text))
        wanted = even(" ".join(source.read(place) for place in found))
        if shown != wanted:
            message = f"not what {key!r} has at {spans}: {difference(shown, wanted)}"
            self._wrong("proof-text", message, open_.node)
        if is_quotation:
            self._facts(open_.node, source, found, proven=shown == wanted)

    def _facts(self, node: LexborNode, source: Source, found: list[Span], *, proven: bool) -> None:
        """Check what a quotation says of itself: paragraphs, speaker, address, id."""
        key = source.key
        spans = without_seams(found, source)
        numbers = source.paragraphs_of((spans[0][0], spans[-1][1]))
        spoken = chain(spans, source, self._voices[key])
        wanted = {
            "data-paragraphs": " ".join(map(str, numbers)),
            "data-speaker": spoken.head.id if spoken else None,
        }
        if _is_hidden(node):
            self._wrong("proof-text", "an attribute that hides or replaces the words", node)
        for name, value in wanted.items():
            if node.attributes.get(name) != value:
                message = f"{name} is {node.attributes.get(name)!r}, but {key!r} says {value!r}"
                self._wrong("proof-text", message, node)
        edges = [edge for span in spans for edge in _edges(span, source)]
        name = f"q-{key}--{'-'.join(map(str, edges))}"
        if not re.fullmatch(rf"{re.escape(name)}(?:--\d+)?", node.id or ""):
            self._wrong("proof-text", f"id {node.id!r} is not that of its place, {name!r}", node)
        cite = node.attributes.get("cite")
        if node.tag == "blockquote" and not re.search(
            rf"(?:^|/){re.escape(key)}(?:/|\.html)(?:index\.html)?#p{numbers[0]}$", cite or ""
        ):
            self._wrong("proof-text", f"cite {cite!r} is not the address of its paragraph", node)
        self._sheet.quotations.append(
            Quoted(
                node=node,
                id=node.id or "",
                source=source,
                places=tuple(found),
                spans=tuple(spans),
                chain=spoken,
                shown=seen(node),
                proven=proven,
            )
        )

    def _wrong(self, rule: RuleId, message: str, at: LexborNode | str) -> None:
        self._sheet.wrong(rule, message, at)


def _is_hidden(node: LexborNode) -> bool:
    return any(name in node.attributes for name in HIDING)


def _may_veil(node: LexborNode) -> bool:
    """Return whether a reader may not see the text of *node*, or see it lowered or as code."""
    veiled = any(name in node.attributes for name in VEILING)
    return veiled or node.tag in SILENT or node.tag == "sub"


def _edges(span: Span, source: Source) -> tuple[int, int]:
    return source.offset(span[0]), source.offset(span[1] - 1) + 1
