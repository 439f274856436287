"""Back links: how lists name the places at which a site uses a source, worked out anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..text.words import single
from .outline import made
from .page_names import NAME
from .uses import Use


def back_links(uses: Iterable[Use]) -> str:
    """Return the outline of links to *uses*, which are in the order of their pages."""
    by_page: dict[str, list[Use]] = {}
    for use in uses:
        by_page.setdefault(use.url, []).append(use)
    return "; ".join(
        f"{NAME.format(url)}: {', '.join(_sections(there))}" for url, there in by_page.items()
    )


def _sections(uses: Sequence[Use]) -> list[str]:
    by_section: dict[str, dict[int, Use]] = {}
    for use in uses:
        by_section.setdefault(use.section, {}).setdefault(use.number, use)
    said: list[str] = []
    for section, numbered in by_section.items():
        links = [_link(n, use, n == min(numbered)) for n, use in sorted(numbered.items())]
        named = f"{made('i', None, single(section))} " if section else ""
        said.append(named + ", ".join(links))
    return said


def _link(number: int, use: Use, is_first: bool) -> str:  # noqa: FBT001 - of two forms one
    label = f"note {number}"
    attributes = {"href": f"{use.url}#{use.anchor}", "aria-label": label}
    return made("a", attributes, label if is_first else str(number))
