"""Checks what a finished page lets browsers load, run and follow, against the site's policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from .links import inside
from .page import FinishedPage

HEADERS = "_headers"
HEADER = re.compile(r"\A/\*\n[ \t]+Content-Security-Policy:[ \t]*(?P<policy>[^\n]*?)[ \t]*\n")
"""The policy that the build wrote; what an author adds comes after it, for hosts alone."""

HEADER_ONLY = re.compile(r";\s*(?:frame-ancestors|report-uri|sandbox)\b[^;]*")
"""What browsers take from a header alone, and no page can say."""

PROGRAMS = re.compile(
    r"(?:|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|j|live)script.*)",
    re.IGNORECASE,
)
"""Types of scripts that browsers run; all others are data."""

FETCHED = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("video", "src"): "media-src",
    ("video", "poster"): "img-src",
    ("audio", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("base", "href"): "base-uri",
}
"""What a browser fetches for an element, or sends to, and the directive that decides."""

LINKED = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    "preload": "connect-src",
    "prefetch": "connect-src",
    "preconnect": "connect-src",
    "dns-prefetch": "connect-src",
}
"""The same for elements `link`, by what the link is."""

ASKING = (
    "script, style, link, img, source, video, audio, track, iframe, frame, object, embed, form, "
    "base, [formaction], [style], [srcdoc]"
)
"""All elements that may ask for something, but for those with a script in an attribute."""

HANDLER = re.compile(r"""[\s"'/]on[a-z]+\s*=""", re.IGNORECASE)

FALLING_BACK = frozenset({"form-action", "base-uri"})
"""Directives for which `default-src` does not stand in."""

ADDRESSES = ("href", "action", "formaction", "src", "data", "xlink:href")
SCRIPT_ADDRESS = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20]")


def read_policy(site: Path) -> str | None:
    """Return the policy that each page of *site* must have, as `_headers` says, or None."""
    try:
        text = (site / HEADERS).read_text("utf-8", errors="replace")
    except OSError:
        return None
    found = HEADER.match(text)
    return HEADER_ONLY.sub("", found["policy"]) if found else None


class PolicyCheck:
    """Checks pages one by one."""

    def __init__(self, policy: str | None) -> None:
        """Check against the site's *policy*; without one, only what no page should have."""
        self._policy = policy
        self._rules = _parsed(policy) if policy else None

    def check(self, page: FinishedPage) -> None:
        """Enter what is wrong with the policy of *page*, or is stopped by it."""
        if self._policy is not None:
            self._same(page)
        for message, near in (*self._stopped(page), *_followed(page)):
            page.wrong("proof-policy", message, near)

    def _same(self, page: FinishedPage) -> None:
        """Check that a page has the policy of `_headers`, before all that it is to govern."""
        metas = page.css('meta[http-equiv="content-security-policy" i]')
        said = [node.attributes.get("content") for node in metas]
        if said != [self._policy]:
            message = f"the page has the policy {said}, {HEADERS} has '{self._policy}'"
            page.wrong("proof-policy", message, "Content-Security-Policy")
            return
        first = page.css("script, style, link, base, img, body, meta[http-equiv]")[0]
        if first != metas[0]:
            message = f"<{first.tag}> before the policy, which does not govern it"
            page.wrong("proof-policy", message, f"<{first.tag}")

    def _stopped(self, page: FinishedPage) -> Iterator[tuple[str, str]]:
        """Yield what browsers are told not to load or run, and a part of the page that has it."""
        if self._rules is None:
            return
        home = _home(page)
        # A look at every element of a page takes much longer than one at its text.
        for node in page.css("*" if HANDLER.search(page.html) else ASKING):
            attributes, tag = node.attributes, node.tag or ""
            yield from _inline(node, tag, attributes, self._rules)
            for name, address in attributes.items():
                directive = FETCHED.get((tag, name))
                if tag == "link" and name == "href":
                    directive = _of_link(attributes)
                asked = (address or "").removeprefix(home)
                if directive and not _allowed(asked, directive, self._rules, page.url):
                    what = f"<{tag} {name}={(address or '')[:60]!r}>, which {directive} stops"
                    yield what, (address or "")[:40]


def _home(page: FinishedPage) -> str:
    """Return the address of the site as far as *page* says it, or an empty text."""
    for node in page.css('link[rel="canonical"]'):
        address = node.attributes.get("href") or ""
        if address.endswith(f"/{page.url}"):
            return address.removesuffix(page.url)
    return ""


def _parsed(policy: str) -> dict[str, frozenset[str]]:
    """Return what a policy allows, by directive."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): frozenset(sources) for name, *sources in parts}


def _sources(directive: str, rules: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Return what *rules* allow for a directive, or None if they say nothing of it."""
    if directive in FALLING_BACK:
        return rules.get(directive)
    if directive in {"script-src-attr", "style-src-attr"} and directive not in rules:
        directive = directive.removesuffix("-attr")
    return rules.get(directive, rules.get("default-src"))


def _inline(
    node: LexborNode,
    tag: str,
    attributes: Mapping[str, str | None],
    rules: Mapping[str, frozenset[str]],
) -> Iterator[tuple[str, str]]:
    """Yield each script and style that is written out in an element, and is not allowed."""
    if tag == "script" and "src" not in attributes:
        if PROGRAMS.fullmatch((attributes.get("type") or "").strip()):
            text = node.text(deep=True)
            if not _is_hashed(text, _sources("script-src", rules)):
                yield f"a script in the page: {text.strip()[:40]!r}", "<script"
    elif tag == "style" and not _is_hashed(node.text(deep=True), _sources("style-src", rules)):
        yield "a style in the page", "<style"
    style = attributes.get("style")
    if style and not _is_hashed(style, _sources("style-src-attr", rules)):
        yield f"the style {style[:40]!r} of <{tag}>", f'style="{style[:40]}'
    for name in attributes:
        handled = re.fullmatch(r"on[a-z]+", name)
        if handled and not _is_hashed(None, _sources("script-src-attr", rules)):
            yield f"a script in {name!r} of <{tag}>", f"{name}="
    if attributes.get("srcdoc"):
        yield f"a page in 'srcdoc' of <{tag}>", "srcdoc="


def _is_hashed(text: str | None, sources: frozenset[str] | None) -> bool:
    """Return whether *sources* allow a script or style with just this *text*."""
    if sources is None or "'unsafe-inline'" in sources:
        return True
    if text is None:
        return False
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'" in sources


def _of_link(attributes: Mapping[str, str | None]) -> str | None:
    names = (attributes.get("rel") or "").lower().split()
    return next((LINKED[name] for name in names if name in LINKED), None)


def _allowed(address: str, directive: str, rules: Mapping[str, frozenset[str]], url: str) -> bool:
    """Return whether *rules* let a page at *url* fetch or send to *address*."""
    sources = _sources(directive, rules)
    plain = UNSEEN.sub("", address)
    if sources is None or "*" in sources or not plain:
        return True
    if inside(url, plain) is not None:
        return "'self'" in sources
    try:
        asked = urlsplit(plain if ":" in plain.partition("/")[0] else f"https:{plain}")
        host = asked.hostname or ""
    except ValueError:
        return False
    return f"{asked.scheme}:" in sources or any(_names(source, host) for source in sources)


def _names(source: str, host: str) -> bool:
    """Return whether *source* of a policy names *host*."""
    named = re.sub(r"^[a-z]+://|[:/].*$", "", re.sub(r"^[a-z]+://", "", source.lower()))
    if named.startswith("*."):
        return host.endswith(named[1:])
    return bool(host) and named == host


def _followed(page: FinishedPage) -> Iterator[tuple[str, str]]:
    """Yield where a page leads by itself, or by a script in an address: no policy stops that."""
    for node in page.css('meta[http-equiv="refresh" i]'):
        content = node.attributes.get("content") or ""
        address = page.leads_on or ""
        if (
            page.css(".quotation, .receipt, .footnote, article")
            or inside(page.url, address) is None
        ):
            yield f"leads on by itself: {content[:60]!r}", "refresh"
    for name in ADDRESSES:
        selector = name.replace(":", r"\:")
        for node in page.css(f"[{selector}]"):
            address = UNSEEN.sub("", node.attributes.get(name) or "")
            if SCRIPT_ADDRESS.match(address) or address.lower().startswith("data:text/html"):
                yield f"<{node.tag} {name}={address[:40]!r}> runs a script", f"{name}="
