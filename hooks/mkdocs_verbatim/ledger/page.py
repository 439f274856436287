"""A page of the site: its text, its address, and what is known of it once it is converted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .page_text import PageText

POSTPONED = "<!-- verbatim: postponed {} -->"
"""Placeholder of what is drawn later, by number; from an author it is an unknown directive."""


@dataclass(kw_only=True, eq=False)
class PageState:
    """What the conversion of a page has found and passes on."""

    title: str | None = None
    """The title to show, once it is known."""
    notes_before: int = 0
    """How many footnotes of the author's own come before the notes."""
    section: str = ""
    """The heading over what is being converted, below the page's own; as text."""
    heading: str = ""
    """The nearest heading over what is being converted, of any level, or the title of its box;
    in a table what heads row and column, and that in the next line."""
    drawn: set[str] = field(default_factory=set)
    """What the ids begin with of the data that are drawn on the page."""
    postponed: list[Callable[[], str]] = field(default_factory=list)
    """Each draws a part of the page as HTML, when the page is finished; a check needs none."""

    def postpone(self, draw: Callable[[], str]) -> str:
        """Return the comment that marks in the page's HTML where *draw* is called later."""
        self.postponed.append(draw)
        return POSTPONED.format(len(self.postponed))


@dataclass(kw_only=True, eq=False)
class Page:
    """A page with its *text*; *url* is its address from the site's root."""

    text: PageText
    url: str = ""
    name: str = ""
    """The path below docs/, by which a configuration names it."""
    made: bool = False
    """The build made the page: nobody wrote it."""
    file: str | None = None
    """The path of its file, below the folder of pages, where the builder moves links from there."""
    shown_on: Page | None = None
    """The page that shows this text, if that is in a file of its own."""
    state: PageState = field(default_factory=PageState)

    @property
    def path(self) -> str:
        """The path of its file as shown in messages."""
        return self.text.path

    @property
    def reader_page(self) -> Page:
        """The page on which a reader meets this one: its own, unless another shows it."""
        return self if self.shown_on is None else self.shown_on

    @property
    def title(self) -> str:
        """The page's title, or its path while none is known."""
        return self.path if self.state.title is None else self.state.title
