"""Exports: what other programs can read of a site."""

from __future__ import annotations

import json

from ..sources.library import Library
from ..sources.reference import known_item


def references_json(library: Library) -> str:
    """Return all references as CSL-JSON."""
    items = [known_item(key, record) for key, record in sorted(library.records.items())]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def references_bib(library: Library) -> str:
    """Return all references that are formatted as BibTeX."""
    locked = [record.cited for _, record in sorted(library.records.items())]
    return "\n".join(cited.bibtex for cited in locked if cited is not None)


def robots_txt(base: str) -> str:
    """Return what tells search engines that all may be read, and where the map of the site is.

    *base* is the site's address, or nothing: then there is no map to name.
    """
    map_ = f"Sitemap: {base}sitemap.xml\n" if base else ""
    return f"User-agent: *\nAllow: /\n{map_}"
