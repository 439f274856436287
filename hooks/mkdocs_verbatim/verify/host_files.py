"""Host files: works out anew what hosts and search engines are told: headers, robots, the map."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as etree
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from .site_facts import SiteFacts

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

SAID = (
    "Strict-Transport-Security: max-age=31536000",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    "Referrer-Policy: no-referrer",
    (
        "Permissions-Policy: accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
)
"""What a host says with every file, besides the policy, which pages must have, too."""

POLICY = "Content-Security-Policy: "
KEPT = "Cache-Control: public, max-age=31536000, immutable"
HASHED = re.compile(r"\.(?=\d*[a-f])[0-9a-f]{8,}\.(?:min\.)?[a-z0-9]+(?:\.map)?$")
"""A name that holds a hash of what the file holds."""


def wrong_headers(text: str, names: Iterable[str]) -> Iterator[str]:
    """Yield where the headers *text* of a site of files with *names* begin otherwise than ours.

    After ours may come the author's own.
    """
    lines = text.split("\n")
    # A builder without hooks writes none; there an author's own are all that there is.
    if not any(f"  {said}" in lines for said in SAID):
        return
    has_policy = len(lines) > 1 and lines[1].startswith(f"  {POLICY}")
    wanted = ["/*", *lines[1:2] * has_policy, *(f"  {said}" for said in SAID)]
    for name in sorted(names):
        if HASHED.search(name):
            wanted += ["", f"/{quote(name)}", f"  {KEPT}"]
    wanted.append("")
    for shown, anew in zip([*lines, *[""] * len(wanted)], wanted, strict=False):
        if shown != anew:
            yield f"'{shown.strip()[:80]}' here, not '{anew.strip()[:80]}'"
            return


def wrong_robots(text: str, facts: SiteFacts) -> Iterator[str]:
    """Yield what is wrong with *text*, which tells search engines where the map of the site is.

    An author may write it otherwise, but not lead to another site's map.
    """
    there = f"{facts.base}sitemap.xml"
    known = [there] if facts.base else []
    found = [line.partition(":")[2].strip() for line in text.splitlines() if _is_map(line)]
    if found != known and (found or text.startswith("User-agent: *\nAllow: /\n")):
        yield f"maps {found}, but this site has {known}"


def _is_map(line: str) -> bool:
    return line.lower().lstrip().startswith("sitemap:")


def wrong_map(text: str, facts: SiteFacts) -> Iterator[str]:
    """Yield each difference between the map of the site and its pages."""
    try:
        root = etree.fromstring(text)  # noqa: S314 - of the site itself; expat bounds entities
    except etree.ParseError as error:
        yield f"no XML: {error}"
        return
    listed = {
        unquote((entry.findtext(f"{LOCATION}loc") or "").strip()): entry.findtext(
            f"{LOCATION}lastmod"
        )
        for entry in root.iter(f"{LOCATION}url")
    }
    if len(listed) != sum(1 for _ in root.iter(f"{LOCATION}url")):
        yield "an address is listed twice"
    pages = {
        unquote(page.address): page.updated
        for url, page in facts.pages.items()
        if page.address is not None and not page.leads_on and url != "404.html"
    }
    for address in sorted({*listed} ^ {*pages}):
        yield f"{address!r} is no page" if address in listed else f"{address!r} is left out"
    undated = {listed[address] for address in listed if pages.get(address, "") is None}
    for address, day in listed.items():
        wanted = pages.get(address)
        if wanted is not None and day != wanted:
            yield f"{address!r} is said to have changed on {day!r}, the page says {wanted!r}"
    if len(undated) > 1:
        yield f"pages without a date of their own have several days: {sorted(map(str, undated))}"


def wrong_packed(path: Path, plain: Path) -> Iterator[str]:
    """Yield a message if the packed map at *path* is not the one at *plain*."""
    content = plain.read_bytes()
    try:
        with gzip.open(path) as packed:
            # One byte more than it may have shows that it has more.
            is_same = packed.read(len(content) + 1) == content
    except (OSError, EOFError, zlib.error) as error:
        yield f"cannot be read: {error}"
        return
    if not is_same:
        yield f"is not {plain.name}, packed"
