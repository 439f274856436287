"""Where the links of a finished page lead, and whether that is the page of a source."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

ANYWHERE = "https://site.invalid/"
"""Placeholder for the address of the site, which a finished page does not say."""


def inside(url: str, address: str) -> tuple[str, str] | None:
    """Return page and anchor to which *address* leads from *url*, or None if not in the site."""
    try:
        found = urlsplit(urljoin(ANYWHERE + url, address))
    except ValueError:
        return None
    if f"{found.scheme}://{found.netloc}/" != ANYWHERE or found.query:
        return None
    return unquote(found.path[1:]), unquote(found.fragment)


def source_anchor(url: str, address: str, key: str) -> str | None:
    """Return at what on the page of the source *key* an *address* on the page *url* leads.

    None if it leads elsewhere.
    """
    there = inside(url, address)
    known = re.compile(rf"sources/{re.escape(key)}(?:/(?:index\.html)?|\.html)")
    return there[1] if there and known.fullmatch(there[0]) else None
