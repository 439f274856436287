"""Hosting: the policy in every finished page, and `_headers` for hosts that read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from ..output.html import make
from ..problem import Problem, ProblemError
from ..sources.text_file import read_text_file
from .csp import SELF, Demand, demands, policy

FILE = "_headers"
"""What Netlify, Cloudflare Pages and others read in a site's root."""

PAGES = frozenset({".html", ".htm"})
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
"""A name that holds a hash of the content, as themes give it; a date is none."""

NEEDED_BY_FILES = {
    "font-src": frozenset({".woff2", ".woff", ".ttf", ".otf"}),
    "media-src": frozenset({".mp3", ".mp4", ".ogg", ".oga", ".ogv", ".opus", ".webm", ".vtt"}),
}
"""Files that stylesheets and scripts may ask for, and the directive over them."""

_GAP = r"(?:\s|<!--.*?-->)*"
HEAD = re.compile(
    rf"\ufeff?{_GAP}(?:<!doctype[^>]*>{_GAP})?(?:<html\b[^>]*>{_GAP})?(?:<head\b[^>]*>{_GAP})?"
    r"(?:<meta\s+charset=[^>]*>)?",
    re.IGNORECASE | re.DOTALL,
)
"""What stands before the policy. A page's encoding does: it must be in the first kilobyte."""

OLD = re.compile(rf'\s*<meta http-equiv="{META}" content="[^"]*">')


def protect(site: Path, own: Path, home: str) -> list[Problem]:
    """Write the policy into every page below *site*, and the headers; return what it stops.

    *own* is where an author may have written headers, *home* the site's address or empty.
    """
    files = sorted(path for path in site.rglob("*") if path.is_file())
    asked = {
        Demand(directive, SELF)
        for path in files
        for directive, suffixes in NEEDED_BY_FILES.items()
        if path.suffix in suffixes
    }
    problems: list[Problem] = []
    pages = []
    for path in files:
        if path.suffix not in PAGES:
            continue
        shown = (Path(site.name) / path.relative_to(site)).as_posix()
        html, unreadable = _read(path, shown)
        problems += unreadable
        if not unreadable:
            pages.append(path)
            found = set(demands(html, home))
            asked |= found
            problems += [_stopped(shown, html, demand) for demand in found if not demand.source]
    rules = policy(asked)
    for path in pages:
        path.write_bytes(with_policy(path.read_bytes().decode("utf-8"), rules).encode("utf-8"))
    names = [path.relative_to(site).as_posix() for path in files]
    more, unreadable = _read(own, own.name) if own.is_file() else ("", [])
    (site / FILE).write_bytes(headers(rules, names, more).encode("utf-8"))
    return problems + unreadable


def _read(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Return the text at *path*, or an empty one and a problem if it cannot be read."""
    try:
        remedy = "save it as UTF-8"
        return read_text_file(path, shown=shown, rule="page-unreadable", remedy=remedy), []
    except ProblemError as error:
        return "", [error.problem]


def _stopped(path: str, html: str, demand: Demand) -> Problem:
    offset = max(0, html.lower().find(demand.what.lower()))
    return Problem(
        path=path,
        line=html.count("\n", 0, offset) + 1,
        column=offset - html.rfind("\n", 0, offset),
        rule="policy-stops",
        message=f"browsers are told not to follow {demand.what[:80]!r} ({demand.directive}); "
        "keep files in docs/, scripts and styles in files of their own",
    )


def with_policy(html: str, rules: str) -> str:
    """Return the page *html* with the policy *rules* before all that it rules."""
    found = HEAD.match(html)
    end = found.end() if found else 0
    rest = OLD.sub("", html[end:], count=1) if OLD.match(html, end) else html[end:]
    meta = make("meta", {"http-equiv": META, "content": rules})
    return f"{html[:end]}{meta}{rest}"


def headers(rules: str, names: Iterable[str], own: str) -> str:
    """Return the file of headers of a site with the policy *rules* and files with *names*.

    The author's *own* stand behind: hosts join what two rules say of one file.
    """
    lines = ["/*", f"  {META}: {rules}{HEADER_ONLY}"]
    lines += [f"  {name}: {value}" for name, value in HEADERS.items()]
    for name in sorted(names):
        if HASHED.search(name):
            lines += ["", f"/{quote(name)}", f"  Cache-Control: {FOREVER}"]
    return "\n".join(lines) + "\n" + (f"\n{own}" if own else "")
