"""Page names: what lists call the pages to which they lead, as the menu or the page itself does."""

from __future__ import annotations

import re

from ..text.words import single
from .uses import SiteUses

NAME = "\3{}\3"
"""Placeholder in an outline for the name of the page with that address."""

NAMED = re.compile("\3([^\3]*)\3")


class PageNames:
    """Puts names in place of their addresses; a page has one name in all lists."""

    def __init__(self, uses: SiteUses, *, is_astray: bool = False) -> None:
        """Know the names that the pages of *uses* and their menu have.

        *is_astray* is whether the builder has moved links, so that addresses say nothing.
        """
        self.is_astray = is_astray
        self.known = {url: {single(name) for name in names} for url, names in uses.names.items()}
        for url, names in self.known.items():
            names |= {name.rpartition(" - ")[0] for name in names if " - " in name}
            names |= {single(name) for name in uses.menu.get(url, ())}
        """What each page may be called, by its address."""
        self._chosen: dict[str, str] = {}

    def filled(self, wanted: str, shown: str) -> str:
        """Return the outline *wanted* with the names that *shown* has in their places, if known."""
        parts = NAMED.split(wanted)
        done, at = [parts[0]], len(parts[0])
        for url, after in zip(parts[1::2], parts[2::2], strict=True):
            name = self._name(url, shown[at:], after)
            done += [name, after]
            at += len(name) + len(after)
        return "".join(done)

    def _name(self, url: str, shown: str, after: str) -> str:
        known = self.known.get(url, set())
        if url not in self._chosen:
            begins = [n for n in known if n and shown.startswith(n)]
            # Of names that begin alike the one after which the rest is right.
            fits = [n for n in begins if shown[len(n) :].startswith(after)]
            most = max(fits or begins, key=len, default=None)
            if most is None:
                return min(known, key=len, default=url)
            self._chosen[url] = most
        return self._chosen[url]
