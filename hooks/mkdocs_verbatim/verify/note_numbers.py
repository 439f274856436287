"""Checks that each number leads to its own note, and each note back to all of its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from ..sources.citation_styles import BIBTEX, CITATION_STYLES
from ..sources.library import Library
from .page import FinishedPage, even, seen, without_turn

HOLDS = frozenset("p li td th dd dt figcaption figure summary".split())
"""Elements in which a quotation and its number are together."""

LISTING = re.compile(r"quotes(?:/|\.html)")
"""The address of the page that lists quotations, which have no notes there."""


class NoteNumbers:
    """The numbers and notes of one page, found by what they are and not by where they lead."""

    def __init__(self, page: FinishedPage, library: Library) -> None:
        """Read *page*; the keys of *library* tell its numbers from those of an author's notes."""
        self._page = page
        keys = "|".join(sorted(map(re.escape, library.records), key=len, reverse=True))
        self._ours = re.compile(rf"(?:q-(?:{keys})-.+|c-(?:{keys})(?:--.+)?)") if keys else None
        self.notes: dict[str, tuple[int, LexborNode]] = {}
        """Number and element of each note, by its passage."""
        self.uses: dict[str, list[str]] = {}
        """The ids of the numbers of each passage, in order."""
        self._numbers = [node for node in page.css("sup[id]") if self._is_ours(node, "fnref:")]
        for list_ in page.css(".footnote > ol"):
            start = list_.attributes.get("start") or ""
            first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
            items = [node for node in list_.css("li") if node.parent == list_]
            for number, item in enumerate(items, first):
                if self._is_ours(item, "fn:"):
                    self.notes[(item.id or "").removeprefix("fn:")] = (number, item)
        for node in self._numbers:
            name = (node.id or "").removeprefix("fnref:")
            self.uses.setdefault(without_turn(name), []).append(name)

    def _is_ours(self, node: LexborNode, prefix: str) -> bool:
        name = (node.id or "").removeprefix(prefix)
        return (node.id or "").startswith(prefix) and bool(
            self._ours and self._ours.fullmatch(name)
        )

    def check(self) -> None:
        """Enter what is wrong with numbers, with the list of notes and with the links back."""
        for node in self._numbers:
            self._number(node)
        self._strays()
        self._quotations()
        if self.notes or self._numbers:
            self._list()
        for passage, (number, item) in self.notes.items():
            self._back(passage, number, item)

    def _number(self, node: LexborNode) -> None:
        """Check that a number says which note it leads to, and leads there."""
        passage = without_turn((node.id or "").removeprefix("fnref:"))
        if passage not in self.notes:
            self._wrong(f"a number of {passage!r}, which has no note", node)
            return
        said = str(self.notes[passage][0])
        inner = elements(node)
        wanted = {
            "class": "footnote-ref",
            "href": f"#fn:{passage}",
            "aria-label": f"note {said}",
        }
        alone = len(inner) == 1 and not elements(inner[0])
        if (
            not alone
            or even(node.text(deep=True)) != said
            or dict(node.attributes) != {"id": node.id}
        ):
            self._wrong(f"'{seen(node)}' leads to note {said}", node)
        elif dict(inner[0].attributes) != wanted:
            self._wrong(f"a number does not lead to its own note, {said}, or says otherwise", node)

    def _strays(self) -> None:
        """Check that nothing else looks like a number of one of the notes."""
        known = {node.mem_id for node in self._numbers}
        for link in self._page.css('a[href^="#fn:"]'):
            passage = (link.attributes.get("href") or "").removeprefix("#fn:")
            outer = link.parent
            if passage in self.notes and (outer is None or outer.mem_id not in known):
                self._wrong(f"a link to the note of {passage!r} that is none of its numbers", link)

    def _quotations(self) -> None:
        """Check that each quotation has its number after it, in the same block."""
        if LISTING.fullmatch(self._page.url.removesuffix("index.html")) and not self._numbers:
            return
        numbers = {node.id: node for node in self._numbers}
        order = [node.id for node in self._page.css(".quotation[id], sup[id]")]
        turn = {id_: at for at, id_ in enumerate(order)}
        for quoted in self._page.quotations:
            number = numbers.get(f"fnref:{quoted.id}")
            if number is None:
                self._wrong(f"the quotation {quoted.id!r} has no number", quoted.node)
            elif turn[number.id] < turn[quoted.id] or not _together(quoted.node, number):
                self._wrong(f"the number of {quoted.id!r} is not after it", number)
        shown = {quoted.id for quoted in self._page.quotations}
        for id_, node in numbers.items():
            name = (id_ or "").removeprefix("fnref:")
            if name.startswith("q-") and name not in shown:
                self._wrong(f"a number of {name!r}, which is no quotation of its page", node)

    def _list(self) -> None:
        """Check the list of notes, apart from the notes in it."""
        lists = self._page.css(".footnote[data-styles]")
        if len(lists) != 1 or lists[0].tag != "div":
            self._wrong(f"{len(lists)} lists of notes", 'class="footnote')
            return
        attributes = dict(lists[0].attributes)
        # A builder takes this one out when it has made its index for the search.
        hidden = attributes.pop("data-search-exclude", "")
        inner = elements(lists[0])
        own = len(self._page.css(".footnote:not([data-styles]) > ol > li"))
        start = {"start": str(own + 1)} if own else {}
        if (
            attributes != {"class": "footnote", "data-styles": _offered()}
            or hidden
            or [node.tag for node in inner] != ["hr", "ol"]
            or dict(inner[1].attributes) != start
            or len(elements(inner[1])) != len(self.notes)
            or _own_text(lists[0], inner[1])
        ):
            self._wrong("the list of notes holds something else than notes", 'class="footnote')

    def _back(self, passage: str, number: int, item: LexborNode) -> None:
        """Check that a note leads back to each of its numbers, and says so."""
        uses = self.uses.get(passage, [])
        in_turn = [passage, *(f"{passage}--{turn}" for turn in range(2, len(uses) + 1))]
        if uses != in_turn or not uses:
            self._wrong(f"the numbers of note {number} are not {in_turn}", item)
            return
        wanted = []
        for turn, name in enumerate(uses, 1):
            of = f", place {turn} of {len(uses)}" if len(uses) > 1 else ""
            label = f"Back to note {number} in the text{of}"
            wanted.append(
                {
                    "class": "footnote-backref",
                    "href": f"#fnref:{name}",
                    "title": label,
                    "aria-label": label,
                }
            )
        backs = item.css("a.footnote-backref")
        shown = [even(back.text(deep=True)) for back in backs]
        if [dict(back.attributes) for back in backs] != wanted or shown != ["↩"] * len(wanted):
            self._wrong(f"note {number} does not lead back to its numbers, one by one", item)

    def _wrong(self, message: str, at: LexborNode | str) -> None:
        self._page.wrong("proof-note", message, at)


def elements(node: LexborNode) -> list[LexborNode]:
    """Return the elements directly inside *node*, in order."""
    return [child for child in node.iter(include_text=False) if child.is_element_node]


def _own_text(*nodes: LexborNode) -> str:
    return "".join(node.text(deep=False) for node in nodes).strip()


def _offered() -> str:
    """Return the styles in which a reader may copy a reference, as the list of notes has them."""
    styles = [*CITATION_STYLES.values(), BIBTEX]
    return "; ".join(f"{style.name}: {style.label}" for style in styles)


def _together(quotation: LexborNode, number: LexborNode) -> bool:
    """Return whether *number* is in the block of *quotation*, or in its row of a table."""
    blocks = [node for node in _around(quotation) if node.tag in HOLDS]
    if not blocks:
        return False
    block = blocks[0]
    if block.tag in {"td", "th"} and block.parent is not None:
        block = block.parent
    return any(node == block for node in _around(number))


def _around(node: LexborNode) -> Iterator[LexborNode]:
    outer = node.parent
    while outer is not None:
        yield outer
        outer = outer.parent
