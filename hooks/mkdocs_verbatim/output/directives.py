"""A directive: a comment in a page's Markdown that the build replaces by HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..ledger.page import Page
from .html import Html

Draw = Callable[[str, Page], Html]
"""Makes the HTML of a directive from its arguments, on a page."""


@dataclass(frozen=True, slots=True)
class Directive:
    """What `<!-- verbatim: NAME ARGUMENTS -->` is replaced by.

    A *late* one counts over the whole site: it is drawn when every page has been read. One of
    *made_only* shows a source's words again: on pages that the build makes, and on no other.
    """

    name: str
    draw: Draw
    late: bool = False
    made_only: bool = False
