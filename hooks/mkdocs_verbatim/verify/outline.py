"""Outlines: what a page has and what it should have, in one form that shows every difference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborNode

from .page import FinishedPage, difference, even, is_anchor, seen
from .tree import BLOCKS, read_tree

OPEN, SHUT = "\1", "\2"
"""What begins and ends a tag in an outline; no text of a page has either."""

SELF = "\4"
"""Placeholder in an outline for the address of the page that it is of."""

AROUND = re.compile(rf" *({OPEN}/?(?:{'|'.join(sorted(BLOCKS))})\b[^{SHUT}]*{SHUT}) *")
BAR = re.compile(f"{OPEN}/?[^{SHUT}]*{SHUT}")

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LED_TO = "speaker-"
"""How the id of a heading begins to which a list leads."""

ADDRESSED = frozenset({"data-value", "data-pages"})
"""Attributes with parts of addresses, in which letters may be written as bytes."""

UNTOLD = frozenset({"data-search-exclude"})
"""Attributes that a search reads, and is done with where the page is finished."""

Attributes = Mapping[str, str | None]


def made(tag: str, attributes: Attributes | None = None, *children: str) -> str:
    """Return the outline of an element with *children*, outlines and texts.

    An attribute without a value is None. Addresses are those that `target` returns.
    """
    return "".join([_begin(tag, attributes or {}), *children, _end(tag)])


def outline(node: LexborNode, page: FinishedPage) -> str:
    """Return the outline of *node* on *page*; of a quotation its place and words, proven already.

    Left out are links at headings, ids of headings, which a builder gives, and ids of before.
    """
    reader = _Reader(page)
    read_tree(node, reader)
    return tidy("".join(reader.parts))


def tidy(text: str) -> str:
    """Return an outline with its white space folded, and none where an element parts blocks."""
    return AROUND.sub(r"\1", even(text))


def target(address: str, page_url: str) -> str:
    """Return where a link on the page with the address *page_url* leads, from the site's root.

    Where it leads out of the site, the address is returned as it is.
    """
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        return address
    where, hash_, anchor = urljoin(f"/{page_url}", address).removeprefix("/").partition("#")
    plain = unquote(where)
    return f"{plain.removesuffix('index.html') if _is_index(plain) else plain}{hash_}{anchor}"


def wrong(shown: str, wanted: str) -> str:
    """Return a message on where the outline *shown* first differs from the one *wanted*."""
    if BAR.sub("", shown) != BAR.sub("", wanted):
        return difference(even(BAR.sub(" ", shown)), even(BAR.sub(" ", wanted)))
    return difference(_readable(shown), _readable(wanted))


def _readable(text: str) -> str:
    return text.replace(OPEN, "<").replace(SHUT, ">")


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def _begin(tag: str, attributes: Attributes) -> str:
    told = "".join(
        f' {name}="{even(value or "")}"'
        for name, value in sorted(attributes.items())
        if name not in UNTOLD
        and not (name == "id" and tag in HEADINGS and not (value or "").startswith(LED_TO))
    )
    return f"{OPEN}{tag}{told}{SHUT}"


def _end(tag: str) -> str:
    return f"{OPEN}/{tag}{SHUT}"


class _Reader:
    """Writes the outline of a tree."""

    def __init__(self, page: FinishedPage) -> None:
        self._page = page
        self.parts: list[str] = []
        self._open: list[str] = []
        self._skipped = 0

    def begin(self, node: LexborNode) -> None:
        tag, attributes = node.tag or "", node.attributes
        classes = (attributes.get("class") or "").split()
        self._open.append(tag)
        if self._skipped:
            self._skipped += 1
        elif "headerlink" in classes or is_anchor(node):
            self._skipped = 1
        elif "quotation" in classes:
            self.parts.append(_begin("quotation", {"id": node.id}))
            self.parts.append(seen(node))
            self._skipped = 1
            self._open[-1] = "quotation"
        else:
            self.parts.append(_begin(tag, self._led(attributes)))

    def _led(self, attributes: Attributes) -> Attributes:
        led = dict(attributes)
        for name in ADDRESSED.intersection(led):
            led[name] = unquote(led[name] or "")
        if "href" in led:
            led["href"] = target(led["href"] or "", self._page.url)
        return led

    def end(self) -> None:
        tag = self._open.pop()
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and tag == "quotation":
                self.parts.append(_end(tag))
            return
        self.parts.append(_end(tag))

    def text(self, text: str) -> None:
        if not self._skipped:
            self.parts.append(text)

    def comment(self) -> None:
        """Read nothing: a reader does not see it."""
