"""Directives on a page: finds the comments that ask the engine for something, and answers them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ..ledger.page import Page
from ..output.directives import Directive
from ..problem import did_you_mean, near_name
from .block_text import STASHED
from .page_context import PageContext

DIRECTIVE = re.compile(r"<!--\s*verbatim:\s*(?P<name>[a-z]+)\s*(?P<arguments>[^>]*?)\s*-->")
# The name alone, and what is asked for: a comment about the engine goes on after it.
NEARLY = re.compile(
    r"<!--\s*(?!verbatim:)(?i:verbatim)\s*:?\s*(?P<rest>accept\b[^>]*?|[a-z]+)\s*-->"
)
NAMED = re.compile(r"<!--\s*verbatim:\s*(?P<name>[\w-]*)")
ONE_STASHED = re.compile(rf"\s*{STASHED}\s*")

ACCEPT = "accept"
"""The name with which a comment begins that accepts a warning."""

Settle = Callable[[etree.Element, PageContext, bool], None]
"""Resolves the marks in a block of a page; the flag is whether the block is the editor's own."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A directive whose statements are proven on the page: *draw* makes it of a data file."""

    name: str
    draw: Callable[[str, PageContext, Settle], etree.Element]


class Directives:
    """All directives of a site, by name."""

    def __init__(self) -> None:
        """Begin without directives."""
        self._known: dict[str, Directive | Drawing] = {}

    def add(self, directives: Iterable[Directive | Drawing]) -> None:
        """Add *directives* to those known."""
        self._known.update({directive.name: directive for directive in directives})

    def refuse_wrong(self, context: PageContext) -> None:
        """Refuse each comment to the engine that it does not understand, or not on this page."""
        names = sorted({*self._known, ACCEPT})
        for piece in context.stash:
            if isinstance(piece, str) and (nearly := NEARLY.match(piece.strip())):
                message = (
                    f"write <!-- verbatim: {nearly['rest']} -->; this comment asks for nothing"
                )
                places = context.text.literal(piece.strip())
                context.enter(places, "directive-unknown", message)
        for match in _comments(context):
            name = match["name"]
            if name not in names:
                message = f"no directive {name!r}{did_you_mean(near_name(name, names))}"
                context.enter(context.text.literal(match[0]), "directive-unknown", message)
            elif self._is_misplaced(name, context.page):
                message = f"{name!r} shows quotations again"
                message += "; it is allowed only on pages that the build makes"
                context.enter(context.text.literal(match[0]), "directive-misplaced", message)

    def replace(self, element: etree.Element, context: PageContext, settle: Settle) -> bool:
        """Put what a directive asks for in its place, if it is all of *element*; or return False.

        *settle* resolves the marks of what is drawn.
        """
        found = _directive_in(element, context)
        directive = self._known.get(found["name"]) if found else None
        if found is None or directive is None or self._is_misplaced(directive.name, context.page):
            return False
        element.tag = "div"
        arguments, page = found["arguments"], context.page
        if isinstance(directive, Drawing):
            board = directive.draw(arguments, context, settle)
            element.attrib, element.text = board.attrib, None
            element.extend(list(board))
        elif directive.late and not page.made:
            # What is quoted on pages still to come counts, too.
            later = context.later(partial(directive.draw, arguments, page))
            element.text = context.finished.put(later)
        else:
            element.text = context.finished.put(directive.draw(arguments, page))
        return True

    def _is_misplaced(self, name: str, page: Page) -> bool:
        directive = self._known.get(name)
        return isinstance(directive, Directive) and directive.made_only and not page.made


def _directive_in(element: etree.Element, context: PageContext) -> re.Match[str] | None:
    """Return the directive that is all of the paragraph *element*, if it is one."""
    if element.tag != "p" or len(element):
        return None
    match = ONE_STASHED.fullmatch(element.text or "")
    return DIRECTIVE.fullmatch(str(context.stash[int(match["stash"])]).strip()) if match else None


def _comments(context: PageContext) -> Iterator[re.Match[str]]:
    """Yield every comment to the engine on the page."""
    for piece in context.stash:
        if isinstance(piece, str) and "verbatim:" in piece:
            yield from NAMED.finditer(piece)
