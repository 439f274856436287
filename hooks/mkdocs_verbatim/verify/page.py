"""A page of a finished site as it is read, and what was found wrong on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..problem import Problem, RuleId
from ..sources.source import Source, Span
from ..sources.speech import Chain
from ..text.single_marks import has_marks

SPANS = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9})*")
TURN = re.compile(r"--(?:[2-9]|[1-9]\d+)$")
"""How the id of a page's second quotation of the same words ends, and of any after it."""

SPOKEN = "for-screen-readers"
NOTHING = LexborHTMLParser("<p>").css("p")[0]
"""Placeholder for the element of a quotation whose page is released."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation of a finished page, compared with its source.

    *places* count characters of the copy, *spans* those of the reading. *chain* is None where the
    quotation runs from one voice into another. *shown* is its text as a reader sees it. *former*
    are the ids of before, at empty elements directly before it.
    """

    node: LexborNode
    id: str
    source: Source
    places: tuple[Span, ...]
    spans: tuple[Span, ...]
    chain: Chain | None
    shown: str
    former: tuple[str, ...]
    proven: bool
    """Its words are the source's; if not, the page has that problem and no further one."""

    @property
    def passage(self) -> str:
        """Its id without the number of its turn on the page: that of its words."""
        return without_turn(self.id)

    @property
    def is_block(self) -> bool:
        """Return whether it is a block of its own."""
        return self.node.tag == "blockquote"


@dataclass(kw_only=True, eq=False)
class FinishedPage:
    """One page: *path* is shown in messages, *url* is its address from the site's root."""

    path: str
    url: str
    html: str
    quotations: list[Quoted] = field(default_factory=list)
    receipts: int = 0
    claims: int = 0
    """How many elements claim to be quotations, proven or not."""
    problems: list[Problem] = field(default_factory=list)
    references: frozenset[str] = frozenset()
    """The ids of the numbers that lead to notes."""
    marked: tuple[str, ...] = ()
    """The texts with quotation marks that need no proof: terms, titles, code."""
    prose: str = ""
    """All its text that is neither proven nor a reference, a term or code."""
    entries: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and text of each entry of the log of changes, by its id."""
    excerpts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of before of each passage that the page of a source shows, by the id of now."""
    leads_on: str | None = None
    """Where the page leads on to at once, if it does."""
    root: LexborNode | None = None
    language: str = "en"
    """The language that the page states for the whole of it."""

    def __post_init__(self) -> None:
        """Parse the page as a browser does."""
        self.root = LexborHTMLParser(self.html).root
        if self.root is not None:
            self.language = self.root.attributes.get("lang") or self.language
        for node in self.css('meta[http-equiv="refresh" i]'):
            self.leads_on = (node.attributes.get("content") or "").partition("url=")[2].strip()
        self.references = frozenset(node.id or "" for node in self.css("sup[id]"))
        allowed = self.css(".reference, .term, .receipt, code, pre, kbd, samp")
        self.marked = tuple(even(n.text(deep=True)) for n in allowed if has_marks(n.text()))
        for entry in self.css(".change[id]"):
            labels, texts = entry.css("dt"), entry.css("dd")
            pairs = zip(labels, texts, strict=False)
            lines = [f"{seen(dt)}: {''.join(_seen(dd, numbers=False)).strip()}" for dt, dd in pairs]
            title = " ".join(seen(node) for node in entry.css(".change-title"))
            self.entries[entry.id or ""] = (even(title), even(" ".join(lines)))

    def css(self, selector: str) -> list[LexborNode]:
        """Return the elements that *selector* names, in order."""
        return [] if self.root is None else self.root.css(selector)

    def wrong(self, rule: RuleId, message: str, at: LexborNode | str) -> None:
        """Enter a problem at an element with an id, or where the file has the text *at*."""
        wanted = at if isinstance(at, str) else f'id="{at.id}"'
        offset = max(0, self.html.find(wanted))
        line = self.html.count("\n", 0, offset) + 1
        column = offset - self.html.rfind("\n", 0, offset)
        self.problems.append(
            Problem(path=self.path, line=line, column=column, rule=rule, message=message)
        )

    def quoted(self, passage: str) -> Quoted | None:
        """Return the first quotation of the words with the id *passage*."""
        return next((quoted for quoted in self.quotations if quoted.passage == passage), None)

    def numbered(self) -> list[Quoted]:
        """Return the quotations that have a number which leads to a note."""
        return [quoted for quoted in self.quotations if f"fnref:{quoted.id}" in self.references]

    def release(self) -> None:
        """Free the parsed page, as a site may have many; keep what exports are compared with."""
        self.root, self.html, self.prose = None, "", ""
        self.quotations = [replace(quoted, node=NOTHING) for quoted in self.quotations]


def even(text: str) -> str:
    """Return *text* with one space for each run of white space, and none at its ends."""
    return " ".join(text.split())


def seen(node: LexborNode) -> str:
    """Return the text of *node* as it is seen: without what only screen readers say."""
    return even("".join(_seen(node)))


def _seen(node: LexborNode, *, numbers: bool = True) -> Iterator[str]:
    child = node.child
    while child is not None:
        if child.is_text_node:
            yield child.text_content or ""
        elif child.is_element_node and SPOKEN not in (child.attributes.get("class") or "").split():
            # Words of two paragraphs do not join to one.
            yield " " if child.tag in {"p", "li"} else ""
            if numbers or child.tag != "sup":
                yield from _seen(child, numbers=numbers)
        child = child.next


def without_turn(id_: str) -> str:
    """Return *id_* as the first quotation of the same words on a page has it."""
    return TURN.sub("", id_)


def former_ids(node: LexborNode | None) -> tuple[str, ...]:
    """Return the ids of the empty elements directly before *node*, in order."""
    found: list[str] = []
    before = node.prev if node is not None else None
    while before is not None and is_anchor(before):
        found.append(before.id or "")
        before = before.prev
    return tuple(reversed(found))


def leading_ids(node: LexborNode) -> tuple[str, ...]:
    """Return the ids of the empty elements with which the content of *node* begins."""
    found: list[str] = []
    inner = node.child
    while inner is not None and is_anchor(inner):
        found.append(inner.id or "")
        inner = inner.next
    return tuple(found)


def is_anchor(node: LexborNode) -> bool:
    """Return whether *node* is an empty element that has the id of a quotation and nothing else."""
    if node.tag != "span" or node.child is not None or set(node.attributes) != {"id"}:
        return False
    return (node.id or "").startswith("q-")


def places(spans: str, length: int) -> list[Span] | None:
    """Return the spans that an attribute names, or None if they are not in order or too far."""
    if not SPANS.fullmatch(spans):
        return None
    found: list[Span] = []
    for part in spans.split(" "):
        start, end = map(int, part.split("-"))
        if not (found[-1][1] if found else 0) <= start < end <= length:
            return None
        found.append((start, end))
    return found


def without_seams(found: Sequence[Span], source: Source) -> list[Span]:
    """Return places of the copy as spans of the reading, joined where the reading joins them."""
    spans: list[Span] = []
    for first, last in found:
        start, end = source.index(first), source.index(last - 1) + 1
        if spans and spans[-1][1] == start - 1 and source.follows_seam(start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def leads_to(address: str, key: str) -> bool:
    """Return whether *address* is that of the page of the source *key*."""
    return re.search(rf"(?:^|/){re.escape(key)}(?:/|\.html)(?:index\.html)?$", address) is not None


def difference(shown: str, wanted: str) -> str:
    """Return a message on where *shown* first differs from *wanted*."""
    pairs = enumerate(zip(shown, wanted, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(shown), len(wanted)))
    begin = max(0, at - 20)
    return f"shown '…{shown[begin : at + 20]}…', wanted '…{wanted[begin : at + 20]}…'"
