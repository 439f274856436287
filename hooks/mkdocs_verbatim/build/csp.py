"""The policy: what browsers may load and run for a site, worked out from its finished pages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

SELF, NONE = "'self'", "'none'"

BASE: Mapping[str, frozenset[str]] = {
    "default-src": frozenset({NONE}),
    "script-src": frozenset({SELF}),
    "style-src": frozenset({SELF}),
    # Themes draw their icons from data: addresses in their stylesheets.
    "img-src": frozenset({SELF, "data:"}),
    # The search index, and pages that a theme fetches ahead.
    "connect-src": frozenset({SELF}),
    "worker-src": frozenset({SELF}),
    "base-uri": frozenset({NONE}),
    "form-action": frozenset({NONE}),
}
"""What every site gets; the rest is added where a page asks for it."""

NEVER = frozenset({"object-src", "base-uri", "frame-src"})
"""Directives that no page widens. That no site may frame ours holds for ours, too."""

LOADS = (
    ("script", "src", "script-src"),
    ("img", "src", "img-src"),
    ("img", "srcset", "img-src"),
    ("source", "srcset", "img-src"),
    ("video", "poster", "img-src"),
    ("iframe", "src", "frame-src"),
    ("audio", "src", "media-src"),
    ("video", "src", "media-src"),
    ("source", "src", "media-src"),
    ("track", "src", "media-src"),
    ("form", "action", "form-action"),
    ("object", "data", "object-src"),
    ("embed", "src", "object-src"),
    ("base", "href", "base-uri"),
    ('link[rel~="stylesheet"]', "href", "style-src"),
    ('link[rel~="icon"]', "href", "img-src"),
    ('link[rel~="manifest"]', "href", "manifest-src"),
)
"""Elements that fetch or send: which, the attribute with the address, the directive over it."""

RUNS = re.compile(
    r"(?:module|importmap|speculationrules|"
    r"(?:text|application)/(?:x-)?(?:java|ecma|live|j)script(?:1\.[0-5])?)?",
    re.IGNORECASE,
)
"""Types of scripts that browsers run or obey; all others are data."""

ELSEWHERE = re.compile(r"[\x00-\x20]*(?://|\\\\|(?!data:)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
"""How an address begins that is not the site's own and not written out in full where it stands."""

CELLS = frozenset({"td", "th"})
ALIGNED = re.compile(r"text-align: (?:left|right|center);?")
"""The one style that Markdown writes by itself: that of an aligned column."""

HANDLER = re.compile(r"on[a-z]+")
MAY_HANDLE = re.compile(r"on[a-z]+\s*=")
BEFORE_NAME = frozenset(" \t\n\r\f\"'/")
"""What a page with a handler has somewhere; to look at every element takes much longer."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a page asks for: a *source* under a *directive*; none can be given to what is stopped.

    *what* says to a reader what was asked for, in the words of the page.
    """

    directive: str
    source: str | None
    what: str = ""


def demands(html: str, home: str) -> Iterator[Demand]:
    """Yield all that the page *html* asks for; addresses that begin with *home* are the site's.

    Scripts and styles get a hash where the theme writes them, never where a page's content stands:
    what was smuggled into a text would have one, too.
    """
    tree = LexborHTMLParser(html)
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        for node in tree.css(f"{tag}:not([src])"):
            if tag == "style" or RUNS.fullmatch(_attribute(node, "type").strip()):
                yield _written(directive, node)
    for node in tree.css("[style]"):
        yield from _styled(node, _attribute(node, "style"))
    for selector, attribute, directive in LOADS:
        for node in tree.css(f"{selector}[{attribute}]"):
            yield _load(directive, _attribute(node, attribute), home)
    yield from _scripts_in_attributes(tree, html)


def _written(directive: str, node: LexborNode) -> Demand:
    text = node.text()
    if _is_content(node):
        return Demand(directive, None, text.strip()[:60] or f"<{node.tag}")
    return Demand(directive, hash_of(text))


def _styled(node: LexborNode, style: str) -> Iterator[Demand]:
    if _is_content(node) and not (node.tag in CELLS and ALIGNED.fullmatch(style)):
        yield Demand("style-src-attr", None, f'style="{style}')
    else:
        yield Demand("style-src-attr", "'unsafe-hashes'")
        yield Demand("style-src-attr", hash_of(style))


def _is_content(node: LexborNode) -> bool:
    """Tell whether *node* stands where themes put what an author wrote."""
    above = node.parent
    while above is not None:
        if above.tag == "article" or above.attributes.get("role") == "main":
            return True
        above = above.parent
    return False


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _load(directive: str, address: str, home: str) -> Demand:
    is_own = not ELSEWHERE.match(address) or (home != "" and address.startswith(home))
    written_out = address.lstrip().startswith("data:")
    if directive in NEVER or not is_own or (written_out and directive != "img-src"):
        return Demand(directive, None, address)
    return Demand(directive, SELF)


def _scripts_in_attributes(tree: LexborHTMLParser, html: str) -> Iterator[Demand]:
    for node in tree.css('[href^="javascript:" i], [action^="javascript:" i]'):
        yield Demand("script-src", None, _attribute(node, "href") or "javascript:")
    for node in tree.css("*") if _may_handle(html) else ():
        for name in _handlers(node):
            yield Demand("script-src-attr", None, f"{name}=")


def _may_handle(html: str) -> bool:
    small = html.lower()
    return any(small[found.start() - 1] in BEFORE_NAME for found in MAY_HANDLE.finditer(small))


def _handlers(node: LexborNode) -> list[str]:
    return [name for name in node.attributes if HANDLER.fullmatch(name)]


def hash_of(text: str) -> str:
    """Return the source that stands for an inline script or style with this *text*."""
    # Browsers see one kind of line end.
    digest = hashlib.sha256(re.sub(r"\r\n?", "\n", text).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(asked: Iterable[Demand]) -> str:
    """Return the policy of a site whose pages ask for *asked*, the same in whatever order."""
    rules = {name: set(sources) for name, sources in BASE.items()}
    for directive, source in sorted({(d.directive, d.source) for d in asked if d.source}):
        rules.setdefault(directive, set()).add(source)
    for sources in rules.values():
        if len(sources) > 1:
            sources.discard(NONE)
    return "; ".join(f"{name} {' '.join(sorted(sources))}" for name, sources in rules.items())
