"""Page order: pages in the order of their files, a folder's own page first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

Key = tuple[str, ...]

MOST = 200
"""Lists of pages that are looked at: a large site has more than it needs."""


class PageOrder:
    """The order of the pages with the addresses *urls*.

    The page at `a/` is made of the file a.md or of a/index.md, which come at different places. The
    one is taken with which most of the lists *shown* agree.
    """

    def __init__(self, urls: Iterable[str], shown: Iterable[Sequence[str]]) -> None:
        """Find out which pages are those of folders."""
        known = list(urls)
        in_order = sorted(_file(url) for url in known)
        unsure = [url for url in known if _is_unsure(url, in_order)]
        lists = [each for _, each in zip(range(MOST), shown, strict=False)] if unsure else []
        self._folders: set[str] = set()
        for url in unsure:
            if _faults(url, _folder(url), lists) < _faults(url, _file(url), lists):
                self._folders.add(url)

    def of(self, urls: Iterable[str]) -> list[str]:
        """Return *urls* in order."""
        return sorted(urls, key=lambda url: _folder(url) if url in self._folders else _file(url))


def _file(url: str) -> Key:
    """Return the sort key of the page at *url*, as the page of a file of its own."""
    *folders, last = url.split("/")
    if last:
        name = last.removesuffix(".html")
        return (*folders, "" if name == "index" else f"{name}.md")
    return (*folders[:-1], f"{folders[-1]}.md") if folders else ("",)


def _folder(url: str) -> Key:
    """Return the sort key of the page at *url*, as the page of a folder."""
    return (*url.split("/")[:-1], "")


def _is_unsure(url: str, in_order: Sequence[Key]) -> bool:
    """Return whether another page is between the two places that the page at *url* may have."""
    if not url.endswith("/"):
        return False
    places = [bisect_left(in_order, key) for key in (_folder(url), _file(url))]
    return places[0] != places[1]


def _faults(url: str, key: Key, lists: Iterable[Sequence[str]]) -> int:
    """Return how many neighbours of *url* in *lists* are on the wrong side, if *key* is its own."""
    count = 0
    for listed in lists:
        for one, other in pairwise(listed):
            if one == url:
                count += key > _file(other)
            elif other == url:
                count += _file(one) > key
    return count
