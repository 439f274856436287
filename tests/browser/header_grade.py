"""A score in the manner of Mozilla's HTTP Observatory, of what a host says with a page.

The tests and what each is worth are those published at
https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, as far as they look at
headers and pages; cookies, redirections and sharing with other origins, of which a static site has
none, count nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

GRADES = (
    *((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+")),
    *((50, "C"), (45, "C-"), (40, "D+"), (30, "D"), (25, "D-"), (0, "F")),
)
BROAD = frozenset({"*", "http:", "https:", "ftp:"})
PRIVATE = frozenset("no-referrer same-origin strict-origin strict-origin-when-cross-origin".split())
HALF_A_YEAR = 15_768_000
ENOUGH_FOR_BONUS = 90

Policy = dict[str, set[str]]


def grade(headers: Mapping[str, str], html: str) -> tuple[int, str]:
    """Return score and grade of a page *html* that comes with *headers*."""
    sent = {name.lower(): value for name, value in headers.items()}
    points = [
        _policy(sent, html),
        _framing(sent),
        _transport(sent.get("strict-transport-security", "")),
        5 if sent.get("referrer-policy") in PRIVATE else 0,
        0 if sent.get("x-content-type-options") == "nosniff" else -5,
        10 if sent.get("cross-origin-resource-policy") in {"same-origin", "same-site"} else 0,
        _scripts(html),
    ]
    score = 100 + sum(number for number in points if number < 0)
    if score >= ENOUGH_FOR_BONUS:
        score += sum(number for number in points if number > 0)
    return max(score, 0), next(name for least, name in GRADES if max(score, 0) >= least)


def _read(policy: str) -> Policy:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: set(part[1:]) for part in parts}


def _policy(sent: Mapping[str, str], html: str) -> int:
    in_page = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    policies = [_read(text) for text in (*in_page, sent.get("content-security-policy", "")) if text]
    if not policies:
        return -25
    return max(map(_one_policy, policies))


def _one_policy(policy: Policy) -> int:
    fallback = policy.get("default-src", {"*"})
    script, style, plugin = (
        policy.get(name, fallback) for name in ("script-src", "style-src", "object-src")
    )
    loose = BROAD | {"data:", "'unsafe-inline'"}
    if script & loose or plugin & BROAD:
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if style & loose:
        return 0
    return 10 if fallback == {"'none'"} else 5


def _framing(sent: Mapping[str, str]) -> int:
    # A page cannot say this of itself: only the header counts.
    if not _read(sent.get("content-security-policy", "")).get("frame-ancestors", BROAD) & BROAD:
        return 5
    return 0 if sent.get("x-frame-options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def _transport(value: str) -> int:
    found = re.search(r"max-age=(\d+)", value)
    if found is None:
        return -20
    return 0 if int(found[1]) >= HALF_A_YEAR else -10


def _scripts(html: str) -> int:
    elsewhere = re.findall(r'<script[^>]*\ssrc="(?:(https:)|http:)?//[^"]*"[^>]*>', html)
    if not elsewhere:
        return 0
    return -5 if all(elsewhere) else -50
