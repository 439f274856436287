"""The policy in every finished page, and `_headers` for hosts that read it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

from ..datafiles.tree import refusal
from ..output.html import make
from ..problem import Problem, ProblemError
from ..sources.text_file import read_text_file
from .csp import HOST_KINDS, INLINE, SELF, Demand, Policy, demands

FILE = "_headers"
"""What Netlify, Cloudflare Pages and others read in a site's root."""

PAGES = frozenset({".html", ".htm"})
"""How the names of pages end, in capital letters, too."""
META = "Content-Security-Policy"

HEADER_ONLY = "; frame-ancestors 'none'"
"""What browsers do not take from a page, only from a header."""

HEADERS = {
    # A year; what holds for subdomains is not a site's to say.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer browsing-topics camera display-capture geolocation gyroscope "
            "magnetometer microphone midi payment usb"
        ).split()
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What a host says with every file, besides the policy."""

# Of pages and the search index, which keep their names, nothing is said: hosts that read this file
# let browsers ask for them anew each time, and where two rules meet they join both values into one.
FOREVER = "public, max-age=31536000, immutable"
HASHED = re.compile(r"\.(?=\d*[a-f])[0-9a-f]{8,}\.(?:min\.)?[a-z0-9]+(?:\.map)?$")
"""A name that holds a hash of the content, as themes give it; a date is not one."""

_GAP = r"(?:\s|<!--.*?-->)*"
HEAD = re.compile(
    rf"\ufeff?{_GAP}(?:<!doctype[^>]*>{_GAP})?(?:<html\b[^>]*>{_GAP})?(?:<head\b[^>]*>{_GAP})?"
    r"(?:<meta\s+charset=[^>]*>)?",
    re.IGNORECASE | re.DOTALL,
)
"""What comes before the policy: a page's encoding, which must be in the first kilobyte."""

OLD = re.compile(rf'\s*<meta http-equiv="{META}" content="[^"]*">')


def protect(site: Path, own: Path, home: str, policy: Policy | None) -> list[Problem]:
    """Write the *policy*, if any, into every page below *site*, and the headers; return what stops.

    *own* is where an author may have written headers, *home* the site's address or empty.
    """
    files = sorted(path for path in site.rglob("*") if path.is_file())
    problems: list[Problem] = []
    for path in files:
        if policy is not None and path.suffix.lower() in PAGES:
            shown = (Path(site.name) / path.relative_to(site)).as_posix()
            problems += _protect(path, shown, home, policy)
    names = [path.relative_to(site).as_posix() for path in files]
    more, unreadable = _own(own)
    (site / FILE).write_bytes(headers(policy, names, more).encode("utf-8"))
    return problems + unreadable


def _protect(path: Path, shown: str, home: str, policy: Policy) -> list[Problem]:
    """Write the *policy* into the page *path*, and return what it stops there."""
    html, problems = _read(path, shown)
    if not problems:
        stopped = {d: None for d in demands(html, home) if not policy.allows(d)}
        problems = [_stopped(shown, html, demand) for demand in stopped]
        path.write_bytes(with_policy(html, str(policy)).encode("utf-8"))
    return problems


def _read(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Return the text at *path*, or an empty one and a problem if it cannot be read."""
    try:
        remedy = "save it as UTF-8"
        return read_text_file(path, shown=shown, rule="page-unreadable", remedy=remedy), []
    except ProblemError as error:
        return "", [error.problem]


def _own(path: Path) -> tuple[str, list[Problem]]:
    """Return the headers that an author wrote at *path*, if any, as *_read* does."""
    refused = refusal(path, os.path.realpath(path.parent)) is not None
    return ("", []) if refused or not path.is_file() else _read(path, path.name)


def _stopped(path: str, html: str, demand: Demand) -> Problem:
    offset = max(0, html.lower().find(demand.what.lower()))
    return Problem(
        path=path,
        line=html.count("\n", 0, offset) + 1,
        column=offset - html.rfind("\n", 0, offset),
        rule="policy-stops",
        message=f"browsers are told not to follow {demand.what[:80]!r} ({demand.directive}); "
        f"{_remedy(demand)}",
    )


def _remedy(demand: Demand) -> str:
    """Return what an author can do where *demand* is stopped."""
    kind = next((kind for kind, name in HOST_KINDS.items() if name == demand.directive), None)
    if demand.source == INLINE:
        return "put scripts and styles into files of their own"
    if kind is None:
        return "leave it out; no site can allow it"
    if demand.source == SELF:
        return f"add '{kind}: [self]' to 'extra.verbatim.allow'"
    asked = urlsplit(demand.source)
    line = f"'{kind}: [{asked.scheme}://{asked.netloc}]'"
    return f"keep the file in docs/, or add {line} to 'extra.verbatim.allow'"


def with_policy(html: str, rules: str) -> str:
    """Return the page *html* with the policy *rules* before all that they govern."""
    found = HEAD.match(html)
    end = found.end() if found else 0
    rest = OLD.sub("", html[end:], count=1) if OLD.match(html, end) else html[end:]
    meta = make("meta", {"http-equiv": META, "content": rules})
    return f"{html[:end]}{meta}{rest}"


def headers(policy: Policy | None, names: Iterable[str], own: str) -> str:
    """Return the file of headers of a site with this *policy* and files with *names*.

    The author's *own* come last: hosts join what two rules say of one file.
    """
    lines = ["/*"]
    if policy is not None:
        lines.append(f"  {META}: {policy}{HEADER_ONLY}")
    lines += [f"  {name}: {value}" for name, value in HEADERS.items()]
    for name in sorted(names):
        if HASHED.search(name):
            lines += ["", f"/{quote(name)}", f"  Cache-Control: {FOREVER}"]
    return "\n".join(lines) + "\n" + (f"\n{own}" if own else "")
