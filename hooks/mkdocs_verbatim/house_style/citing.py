"""Citing: whether what a block quotes or cites is what a house-style rule names."""

from __future__ import annotations

from collections.abc import Sequence

from ..ledger.use import Use
from ..quotations.mark import Item

Cited = tuple[str, frozenset[int]]
"""The key of a source, and the numbers of its paragraphs that are quoted or cited."""


def cited(use: Use) -> Cited:
    """Return what *use* quotes or cites."""
    return use.item.key, frozenset(use.paragraphs)


def cites_all(items: Sequence[Item], cited: Sequence[Cited]) -> bool:
    """Return whether *cited* has every paragraph that *items* name; False if they name nothing."""
    for item in items:
        there = [paragraphs for key, paragraphs in cited if key == item.key]
        wanted = (n for first, last in item.paragraphs for n in range(first, last + 1))
        if not there or not frozenset[int]().union(*there).issuperset(wanted):
            return False
    return bool(items)


def cites_any_of(cited: Cited, item: Item) -> bool:
    """Return whether *cited* is of the source of *item*, and of a paragraph if it names some."""
    key, paragraphs = cited
    if key != item.key or not item.paragraphs:
        return key == item.key
    return any(first <= n <= last for n in paragraphs for first, last in item.paragraphs)


def cites_only(cited: Cited, items: Sequence[Item]) -> bool:
    """Return whether *cited* is paragraphs, and each of them one that *items* name."""
    key, paragraphs = cited
    ranges = [pair for item in items if item.key == key for pair in item.paragraphs]
    return bool(paragraphs) and all(any(a <= n <= b for a, b in ranges) for n in paragraphs)


def named(item: Item) -> str:
    """Return *item* as an author writes it, without brackets and `@`."""
    return f"{item.key}{', ' if item.locator else ''}{item.locator}"
