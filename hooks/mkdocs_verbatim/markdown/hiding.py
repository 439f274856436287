"""Hiding: what on a page hides, reorders or replaces words, and what raw HTML loads or runs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from markdown.serializers import to_html_string

from ..problem import RuleId
from ..text.controls import find_controls
from ..text.shown_text import doubtful, styled_words
from .block_text import BLOCKS, CODE, ENTITY

THEME_HIDES = frozenset(
    "contents contents-folded for-screen-readers giscus headerlink needs-script note-card picture "
    "picture-instead quotes-filter site-footer site-nav site-tools skip tool "
    "tool--menu".split()
)
"""Classes by which the theme hides elements of its own, on some screens or all."""

THEME_OWN = re.compile(r"md-(?!button\b|tag\b)")
"""How classes begin that the theme has for parts of its own; an author may use buttons."""

TEXT_BLOCKS = frozenset("p li td th dd dt figure figcaption blockquote".split())
"""Blocks of which a reader takes all as one statement."""

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr frame".split()
)
UNSEEN = frozenset({"noscript", "marquee", "blink"})
SWALLOWING = frozenset({"plaintext", "xmp", "listing", "noframes", "noembed", "textarea", "title"})
"""Elements that show no markup, and take in what comes after where nothing closes them."""

Allows = Callable[[str, Mapping[str, str]], bool]
"""Says whether a site allows by name what an element of a tag with some attributes loads."""


def _nothing(tag: str, given: Mapping[str, str]) -> bool:
    del tag, given
    return False


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What a site allows its pages, and what its own stylesheets do.

    *styled* returns what they do to the elements of a class or id, by `.class` and `#id`.
    """

    allows: Allows = _nothing
    styled: Callable[[], Mapping[str, str]] = field(default=dict)


def check_controls(text: str) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with each bidirectional control in a file's *text*, and its offset."""
    remedy = "take it out, and write dir on an element where a text needs it"
    for name, offset in find_controls(text):
        yield f"{name} shows characters in another order; {remedy}", offset


def check_hidden(root: etree.Element, watch: Watch) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each element that hides, moves or replaces a quotation's words.

    With each comes the text by which its place is found.
    """
    found = [(e, why) for e in root.iter() if (why := _hides(e.tag, e.attrib, watch))]
    if not found:
        return
    parents = {child: parent for parent in root.iter() for child in parent}
    for element, why in found:
        if _is_near_quotation(element, parents):
            message = f"<{element.tag}> {why}, where a quotation is; readers must see all of it"
            yield message, "".join(element.itertext())


def _hides(tag: object, given: Mapping[str, str], watch: Watch) -> str | None:
    """Return what an element with the attributes *given* does to its words, or None."""
    if tag in VOID or (does := _hides_by_tag(tag, given)) is not None:
        return None if tag in VOID else does
    for name in ("hidden", "popover"):
        if name in given:
            return f"is hidden by its attribute {name!r}"
    if (style := given.get("style")) and (does := styled_words(style)):
        return f"is hidden, moved or altered by its style ({does!r})"
    names = [f".{name}" for name in (given.get("class") or "").split()]
    names += [f"#{given['id']}"] if given.get("id") else []
    styled = watch.styled() if names else {}
    for name in names:
        if name in styled:
            does = f"the site's own style of {name!r} ({styled[name]!r})"
            return f"is hidden, moved or altered by {does}"
        if name[0] == "." and (name[1:] in THEME_HIDES or THEME_OWN.match(name[1:])):
            return f"has the class {name[1:]!r}, by which the theme hides parts of its own"
    return None


def _hides_by_tag(tag: object, given: Mapping[str, str]) -> str | None:
    if tag in UNSEEN or (tag == "dialog" and "open" not in given):
        return "shows no words, or not where they are"
    if tag == "font" and given.keys() & {"color", "size"}:
        return "is given a colour or size of its own"
    return "reorders its letters" if tag == "bdo" else None


def _is_near_quotation(
    element: etree.Element, parents: Mapping[etree.Element, etree.Element]
) -> bool:
    """Return whether *element* is round a quotation, in one, or in a block that has one."""
    if _has_quotation(element):
        return True
    around: etree.Element | None = element
    while around is not None:
        if _is_quotation(around):
            return True
        if around.tag in (TEXT_BLOCKS if element.tag in BLOCKS else BLOCKS) and (
            around is not element and around in parents
        ):
            # Words beside a quotation say whose it is.
            return _has_quotation(around) and "".join(element.itertext()).strip() != ""
        around = parents.get(around)
    return False


def _has_quotation(element: etree.Element) -> bool:
    return any(_is_quotation(inner) for inner in element.iter())


def _is_quotation(element: etree.Element) -> bool:
    return element.get("class") == "quotation" or (
        element.tag == "sup" and (element.get("id") or "").startswith("fnref:")
    )


def check_active(root: etree.Element, watch: Watch) -> Iterator[tuple[str, str]]:
    """Yield what each element of a page's tree loads, runs or sends, and how it is written."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in CODE - {"script", "style"}:
            continue
        # Markdown leaves entities in addresses as they are written.
        given = {name: unescape(value or "") for name, value in element.attrib.items()}
        for message in _active(element.tag, given, watch):
            yield message, element.get("href") or element.get("src") or element.tag


def _active(tag: str, given: Mapping[str, str], watch: Watch) -> Iterator[str]:
    if watch.allows(tag, given):
        return
    for what in doubtful(tag, dict(given)):
        yield f"{what}; {_remedy(tag)}"
    if tag == "style":
        yield "<style>; put the rules into a file under extra_css"


def _remedy(tag: str) -> str:
    if tag == "script":
        return "list the file under extra_javascript"
    if tag == "link":
        return "list a stylesheet under extra_css, and leave out what loads ahead"
    kind = {"iframe": "frame", "frame": "frame", "form": "form"}.get(tag)
    if kind:
        return f"leave it out, or allow its host under 'extra.verbatim.allow.{kind}'"
    return "leave it out; no site can allow it"


def check_raw_tags(stash: Sequence[object], watch: Watch) -> Iterator[tuple[RuleId, str, str, int]]:
    """Yield rule, message, piece, and offset in it, for each tag of raw HTML that is refused."""
    for stashed in stash:
        piece = to_html_string(stashed) if isinstance(stashed, etree.Element) else stashed
        if not isinstance(piece, str) or "<" not in piece or ENTITY.fullmatch(piece):
            continue
        reader = _TagReader(piece, watch)
        reader.feed(piece)
        reader.close()
        reader.finish()
        for rule, message, offset in reader.found:
            yield rule, message, piece, offset


class _TagReader(HTMLParser):
    """Collects what the tags in a piece of raw HTML load, and which of them hide what follows."""

    def __init__(self, piece: str, watch: Watch) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[RuleId, str, int]] = []
        self._watch = watch
        self._lines = [0, *(match.end() for match in re.finditer("\n", piece))]
        self._open: list[tuple[str, str | None, int]] = []

    def parse_html_declaration(self, i: int) -> int:
        """Read a declaration as browsers do: what is none that they know is a comment."""
        if self.rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        at = self._lines[line - 1] + column
        given = {name: value or "" for name, value in attrs}
        self.found += [("html-loads", said, at) for said in _active(tag, given, self._watch)]
        why = _hides(tag, given, self._watch)
        if tag in SWALLOWING:
            why = "takes in what comes after it"
        if tag not in VOID:
            self._open.append((tag, why, at))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def finish(self) -> None:
        """Refuse what hides and is not closed in the piece: more of the page is inside it."""
        for tag, why, at in self._open:
            if why is not None:
                message = f"<{tag}> {why}, in raw HTML; take it out, or close it in its own block"
                self.found.append(("text-hidden", message, at))
