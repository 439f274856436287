"""Moved page: what is left at an address that was published, and leads on without a script."""

from __future__ import annotations

from ..text.words import single
from .html import Html, join, make


def moved_page(name: str, link: str) -> Html:
    """Return the page that leads on to *link*, the page called *name*."""
    head = make(
        "head",
        None,
        make("meta", {"charset": "utf-8"}),
        make("meta", {"http-equiv": "refresh", "content": f"0; url={link}"}),
        make("meta", {"name": "robots", "content": "noindex"}),
        make("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        make("title", None, f"Moved: {single(name)}"),
    )
    said = make("p", None, "This page has moved: ", make("a", {"href": link}, single(name)), ".")
    html = make("html", {"lang": "en"}, head, make("body", None, make("main", None, said)))
    return join([Html("<!doctype html>\n"), html, "\n"])
