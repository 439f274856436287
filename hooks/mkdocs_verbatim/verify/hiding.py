"""What a finished page and the site's stylesheets hide, move, alter or add at quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode, SelectolaxError

from ..text.controls import find_controls
from ..text.shown_text import doubtful, styled_words
from ..text.stylesheets import Effect, StylesheetError, effects
from .page import SPOKEN, FinishedPage
from .tree import BLOCKS

RULE: Final = "proof-hidden"

PROVEN = ".quotation, .receipt, .quotation-figure figcaption"
"""What readers must see: the words, who said them, and what is behind them."""

UNSEEN_TAGS = frozenset(
    "template noscript dialog datalist select object video audio canvas iframe svg math title "
    "textarea rp noframes noembed marquee".split()
)
"""Elements inside which a browser shows no words of a page, or not where they are."""

OUR_PICTURES = frozenset({"map-picture", "timeline-picture"})
"""The classes of pictures that the build draws, which hold quoted words."""

OURS = frozenset({"script", "link", "iframe", "form", "meta"})
"""Elements that load and send: held by the policy of the site and its list of checksums."""

BOXES = BLOCKS - {"p", "li", "td", "th", "dd", "dt", "figcaption", "summary", "blockquote"}
"""Elements round quotations: to move them as a whole reorders no words."""

HEARD = frozenset(
    {
        " quotation: ",
        " end of quotation ",
        " the words quoted: ",
        " end of the words quoted ",
    }
)
"""What the theme's styles have screen readers say, and nobody sees."""

CHOSEN = ".map:has(.map-show-"
"""How the theme's styles begin that leave out of a map's list what a reader has not chosen."""

CHOSEN_ALREADY = 'input[checked][class*="map-show-"]:not(.map-show-all)'
"""A choice that is made before a reader makes one."""

ADDRESS_SHOWN = re.compile(
    r"[ <(>)]*(?:attr\((?:href|data-address|data-label|data-title)\))?[ <(>)]*"
)
"""What styles show beside links of a receipt on paper, and in the cells of a table."""


@dataclass(eq=False)
class SiteStyles:
    """All that the stylesheets of a site do to words; *problems* are those that cannot be read."""

    effects: list[tuple[str, Effect]] = field(default_factory=list)
    """Each with the path of its file."""
    problems: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, css: str) -> None:
        """Add the stylesheet *css*, which is the file *path*."""
        try:
            found = effects(css)
        except StylesheetError as error:
            self.problems.append((path, f"{error}; nobody can tell what it hides"))
            return
        self.effects += [(path, effect) for effect in found if _matters(effect)]


def _matters(effect: Effect) -> bool:
    """Return whether *effect* could change what a reader sees of a quotation."""
    if effect.kind == "covers" or effect.declaration.startswith("--"):
        return False
    if effect.kind == "adds":
        return any(character.isalnum() for character in effect.words) and not (
            effect.words in HEARD or ADDRESS_SHOWN.fullmatch(effect.words)
        )
    # What is hidden or moved of a pseudo-element is nothing but what a style has added.
    return not effect.pseudo


class HidingCheck:
    """Checks one page after the other against the styles of the site."""

    def __init__(self, styles: SiteStyles) -> None:
        """Check pages against the *styles* of their site."""
        self._styles = styles

    def check(self, page: FinishedPage) -> None:
        """Enter on *page* what hides, moves, alters or adds words at its quotations."""
        for name, offset in find_controls(page.html):
            near = page.html[offset : offset + 8]
            page.wrong(RULE, f"{name} shows characters in another order", near)
        proven = page.css(PROVEN)
        for node in page.css("*"):
            given = {name: value or "" for name, value in node.attributes.items()}
            tag = node.tag or ""
            for said in doubtful(tag, given) if given or tag not in BLOCKS else ():
                if tag not in OURS or said.startswith("a script"):
                    page.wrong(RULE, said, f"<{tag}")
        if proven:
            self._attributes(page, proven)
            self._by_styles(page, proven)

    def _attributes(self, page: FinishedPage, proven: Sequence[LexborNode]) -> None:
        """Refuse what an attribute or an element hides of *proven* and the blocks round it."""
        seen: set[int] = set()
        for node in proven:
            for outer in (node, *_above(node)):
                if outer.mem_id in seen:
                    break
                seen.add(outer.mem_id)
                if why := _unseen(outer):
                    page.wrong(RULE, f"<{outer.tag}> round a quotation {why}", _near(node))
            block = _block(node)
            if block is not None and "quotation" in _classes(node) and block.mem_id not in seen:
                seen.add(block.mem_id)
            for inner in (
                block.css("[hidden], [popover], [style], bdo, font, marquee")
                if block is not None
                else ()
            ):
                if inner.mem_id not in seen and inner.text(deep=True).strip():
                    seen.add(inner.mem_id)
                    if why := _unseen(inner):
                        page.wrong(RULE, f"<{inner.tag}> beside a quotation {why}", _near(node))

    def _by_styles(self, page: FinishedPage, proven: Sequence[LexborNode]) -> None:
        """Refuse what the site's stylesheets do to *proven*, what is in it and round it."""
        own = SiteStyles()
        for node in page.css("style"):
            own.add("<style>", node.text(deep=True))
        for path, said in own.problems:
            page.wrong(RULE, f"{path} {said}", "<style")
        where = _Places(proven)
        for path, effect in (*self._styles.effects, *own.effects):
            if not where.may_have(effect) or (
                effect.selector.startswith(CHOSEN) and not page.css(CHOSEN_ALREADY)
            ):
                continue
            for node in _matching(page, effect.selector, _subject(effect)):
                if place := where.of(node, effect):
                    does = "shows words at" if effect.kind == "adds" else effect.kind
                    message = (
                        f"{path} {does} <{node.tag}> {place} a quotation: "
                        f"{effect.selector!r} with {effect.declaration!r}"
                    )
                    page.wrong(RULE, message, _near(node))
                    break


class _Places:
    """Where the elements of a page are, seen from what is proven there."""

    def __init__(self, proven: Iterable[LexborNode]) -> None:
        self._in: set[int] = set()
        self._round: set[int] = set()
        self._beside: set[int] = set()
        self._names: set[str] = set()
        self._tags: set[str] = set()
        for node in proven:
            self._enter(node, self._in)
            for inner in node.css("*"):
                self._enter(inner, self._in)
            for outer in _above(node):
                if outer.mem_id in self._round:
                    break
                self._enter(outer, self._round)
            block = _block(node)
            if block is not None and block.mem_id not in self._beside:
                self._beside.add(block.mem_id)
                for inner in block.css("*"):
                    self._enter(inner, self._beside)

    def _enter(self, node: LexborNode, places: set[int]) -> None:
        places.add(node.mem_id)
        self._tags.add(node.tag or "")
        self._names |= {f".{name}" for name in _classes(node)}
        self._names |= {f"[{name}]" for name in node.attributes}
        if node.id:
            self._names.add(f"#{node.id}")

    def may_have(self, effect: Effect) -> bool:
        """Return whether an element here may be one that *effect* is on."""
        if not effect.compounds:
            return False
        subject = effect.compounds[-1]
        if subject.tag and subject.tag not in self._tags:
            return False
        # Names inside of `:is(…)` are alternatives.
        return ":is(" in effect.selector or subject.names <= self._names

    def of(self, node: LexborNode, effect: Effect) -> str | None:
        """Return where *node* is, if *effect* there changes what a reader sees of a quotation."""
        id_ = node.mem_id
        if _is_way_back(node) or _is_tab(node):
            return None
        if id_ in self._in:
            return None if _is_heard(node) else "in"
        if effect.kind == "shifts":
            return None
        if id_ in self._round and effect.kind != "adds":
            moves = effect.kind == "moves" and (node.tag or "") in BOXES
            return None if moves else "round"
        has_text = bool(node.text(deep=True).strip())
        if id_ in self._beside and (has_text or effect.kind == "adds"):
            return "beside"
        return None


def _is_heard(node: LexborNode) -> bool:
    """Return whether *node* is what screen readers say of an editor's mark, checked elsewhere."""
    parent = node.parent
    return (
        _classes(node) == [SPOKEN]
        and parent is not None
        and parent.tag == "ins"
        and _classes(parent) == ["editor"]
    )


def _is_way_back(node: LexborNode) -> bool:
    """Return whether *node* is the sign that leads from a note back to its number."""
    shown = node.text(deep=True)
    return "footnote-backref" in _classes(node) and not any(sign.isalnum() for sign in shown)


def _is_tab(node: LexborNode) -> bool:
    """Return whether *node* is the content of a tab that a reader can choose by its label."""
    content = node.parent
    outer = content.parent if content is not None else None
    if "tabbed-block" not in _classes(node) or content is None or outer is None:
        return False
    labels = outer.css(".tabbed-labels > label")
    return "tabbed-content" in _classes(content) and len(labels) >= len(
        [inner for inner in content.css(".tabbed-block") if inner.parent == content]
    )


def _matching(page: FinishedPage, selector: str, instead: str) -> list[LexborNode]:
    for known in (selector, instead):
        try:
            return page.css(known)
        except (SelectolaxError, ValueError):
            # A selector that this parser does not know may hide as well as any.
            continue
    return []


def _subject(effect: Effect) -> str:
    """Return a selector of all elements that those of *effect* are among."""
    last = effect.compounds[-1]
    return f"{last.tag}{''.join(sorted(last.names))}" or "*"


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.tag not in {"html", "-undef", "-document", None}:
        yield parent
        parent = parent.parent


def _block(node: LexborNode) -> LexborNode | None:
    return next((outer for outer in _above(node) if outer.tag in BLOCKS), None)


def _unseen(node: LexborNode) -> str | None:
    """Return why the text inside *node* is not what a reader sees, or None."""
    given: Mapping[str, str | None] = node.attributes
    is_shown = node.tag == "dialog" and "open" in given
    # Words in a picture of ours are what the picture shows.
    is_shown |= node.tag == "svg" and given.get("class") in OUR_PICTURES
    if node.tag in UNSEEN_TAGS and not is_shown:
        return "shows no words"
    for name in ("hidden", "popover"):
        if name in given:
            return f"is hidden by its attribute {name!r}"
    if node.tag == "font" and given.keys() & {"color", "size"}:
        return "is given a colour or size of its own"
    if node.tag == "bdo":
        return "reorders its letters"
    if (style := given.get("style")) and (does := styled_words(style)):
        return f"is hidden, moved or altered by its style ({does!r})"
    return None


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _near(node: LexborNode) -> LexborNode | str:
    inner: LexborNode | None = node
    while inner is not None and not inner.id:
        inner = inner.parent
    return inner if inner is not None else f"<{node.tag}"
