"""The page that is being converted: Markdown converts a text and does not know whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..ledger.page import Page


class CurrentPage:
    """Holds the page whose text is converted now."""

    def __init__(self) -> None:
        """Begin before the first page."""
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page that was begun last."""
        assert self._page is not None, "a text is converted before a page is begun"
        return self._page

    def begin(self, page: Page) -> None:
        """Let *page* be the one that is converted next."""
        self._page = page

    @contextmanager
    def within(self, page: Page) -> Iterator[None]:
        """Let *page* be the one for as long as a text of its own is converted."""
        outer, self._page = self._page, page
        try:
            yield
        finally:
            self._page = outer
