"""Content security policy: what browsers may load and run, and what of a page it would stop."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

SELF, NONE = "'self'", "'none'"


def hash_of(text: str) -> str:
    """Return the source expression for an inline script or style with just this *text*."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


ALIGNED = tuple(f"text-align: {side};" for side in ("left", "center", "right"))
"""The styles that Markdown writes by itself: those of aligned columns."""

BASE: Mapping[str, tuple[str, ...]] = {
    "default-src": (NONE,),
    "script-src": (SELF,),
    "style-src": (SELF,),
    "style-src-attr": ("'unsafe-hashes'", *map(hash_of, ALIGNED)),
    # Themes draw their icons from data: addresses in their stylesheets.
    "img-src": (SELF, "data:"),
    "font-src": (SELF,),
    "media-src": (SELF,),
    "manifest-src": (SELF,),
    # The search index, and pages that a theme fetches ahead.
    "connect-src": (SELF,),
    "worker-src": (SELF,),
    "frame-src": (NONE,),
    "base-uri": (NONE,),
    "form-action": (NONE,),
}
"""What every site gets, whatever its pages ask for."""

HOST_KINDS = {
    "connect": "connect-src",
    "font": "font-src",
    "form": "form-action",
    "frame": "frame-src",
    "img": "img-src",
    "media": "media-src",
    "script": "script-src",
    "style": "style-src",
}
"""What a site may allow hosts for, and the directive that says so to browsers."""

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
"""How an address begins that is not the site's own and not written out in full where it is."""

CELLS = frozenset({"td", "th"})
HANDLER = re.compile(r"on[a-z]+")
MAY_HANDLE = re.compile(r"on[a-z]+\s*=")
BEFORE_NAME = frozenset(" \t\n\r\f\"'/")
"""What every page with an event handler contains; looking at every element takes much longer."""

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(
    rf"""
    (?:(?P<scheme>https?|wss?)://)?
    (?P<host> localhost | {LABEL}(?:\.{LABEL})+ | \*(?:\.{LABEL}){{2,}} )
    (?: :(?P<port>\d{{1,5}}) )?
    (?P<path> /[\w./~%@+-]* )?
    """,
    re.VERBOSE | re.ASCII,
)
"""A host as a site allows it: one, or with a star all below a domain."""

INLINE = ""
"""The source of what is written out in a page: no site can allow it."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a page asks for: a *source* under a *directive*, an address or one of those above.

    *what* says to a reader what was asked for, in the words of the page.
    """

    directive: str
    source: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What browsers may load and run on a site that allows some *hosts*, by kind."""

    hosts: Mapping[str, tuple[str, ...]]

    def __str__(self) -> str:
        """Return it as browsers read it, the same in whatever order hosts are allowed."""
        rules = {name: {*sources} for name, sources in BASE.items()}
        for kind, hosts in self.hosts.items():
            rules[HOST_KINDS[kind]] |= {SELF if host == "self" else host for host in hosts}
        for sources in rules.values():
            if len(sources) > 1:
                sources.discard(NONE)
        return "; ".join(f"{name} {' '.join(sorted(sources))}" for name, sources in rules.items())

    def allows(self, demand: Demand) -> bool:
        """Return whether browsers follow *demand*."""
        hosts = [
            host
            for kind in self.hosts
            if HOST_KINDS[kind] == demand.directive
            for host in self.hosts[kind]
        ]
        if demand.source == SELF:
            return SELF in BASE.get(demand.directive, ()) or "self" in hosts
        return demand.source != INLINE and any(_covers(host, demand.source) for host in hosts)


def _covers(host: str, address: str) -> bool:
    """Return whether browsers take the absolute *address* for one of the allowed *host*."""
    allowed, asked = HOST.fullmatch(host), urlsplit(address)
    if allowed is None or asked.hostname is None:
        return False
    scheme, name, path = allowed["scheme"] or "https", allowed["host"], allowed["path"] or ""
    # A policy's http: covers https:, too.
    same_scheme = asked.scheme in {scheme, f"{scheme}s"}
    port = {"http": 80, "https": 443, "ws": 80, "wss": 443}.get(asked.scheme)
    same_port = (asked.port or port) == int(allowed["port"] or port or 0)
    inside = asked.hostname.endswith(name[1:]) if name.startswith("*") else asked.hostname == name
    below = asked.path.startswith(path) if path.endswith("/") else path in {"", asked.path}
    return same_scheme and same_port and inside and below


def demands(html: str, home: str) -> Iterator[Demand]:
    """Yield what the page *html* asks for; addresses that begin with *home* are the site's own."""
    tree = LexborHTMLParser(html)
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        for node in tree.css(f"{tag}:not([src])"):
            if tag == "style" or RUNS.fullmatch(_attribute(node, "type").strip()):
                yield Demand(directive, INLINE, node.text().strip()[:60] or f"<{tag}")
    for node in tree.css("[style]"):
        style = _attribute(node, "style")
        if not (node.tag in CELLS and style in ALIGNED):
            yield Demand("style-src-attr", INLINE, f'style="{style}')
    for selector, attribute, directive in LOADS:
        for node in tree.css(f"{selector}[{attribute}]"):
            address = _attribute(node, attribute)
            if not (directive == "img-src" and address.lstrip().startswith("data:")):
                yield Demand(directive, source_of(address, home), address)
    yield from _scripts_in_attributes(tree, html)


def source_of(address: str, home: str) -> str:
    """Return what a policy calls the *address*; those that begin with *home* are the site's own."""
    if address.lstrip().startswith("data:"):
        return INLINE
    if not ELSEWHERE.match(address) or (home != "" and address.startswith(home)):
        return SELF
    # Of several pictures for several screens the first; to browsers a backslash is a slash.
    first = " ".join(re.split(r"[\x00-\x20]+", address)).split()[0].replace("\\", "/")
    whole = f"https:{first}" if first.startswith("//") else first
    return whole if _is_address(whole) else INLINE


def _is_address(text: str) -> bool:
    """Return whether *text* names a host, and a port that can be."""
    try:
        split = urlsplit(text)
        port = split.port
    except ValueError:
        return False
    return bool(split.hostname) and port != 0


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _scripts_in_attributes(tree: LexborHTMLParser, html: str) -> Iterator[Demand]:
    for node in tree.css('[href^="javascript:" i], [action^="javascript:" i]'):
        yield Demand("script-src", INLINE, _attribute(node, "href") or "javascript:")
    for node in tree.css("*") if _may_handle(html) else ():
        for name in _handlers(node):
            yield Demand("script-src-attr", INLINE, f"{name}=")


def _may_handle(html: str) -> bool:
    small = html.lower()
    return any(small[found.start() - 1] in BEFORE_NAME for found in MAY_HANDLE.finditer(small))


def _handlers(node: LexborNode) -> list[str]:
    return [name for name in node.attributes if HANDLER.fullmatch(name)]
