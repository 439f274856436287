"""References: files from which other programs and search engines read a site."""

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
    """Return a robots.txt that lets search engines read all and names the map of the site.

    *base* is the site's address; if it is empty, no map is named.
    """
    map_ = f"Sitemap: {base}sitemap.xml\n" if base else ""
    return f"User-agent: *\nAllow: /\n{map_}"
