"""The stylesheet: the theme's and the site's own as one file, less what no page can use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

DARK = '[data-md-color-scheme="slate"]'
UNCHOSEN = ":root:not([data-md-color-scheme])"
"""The page before a script has run, or without scripts: the system's colours apply."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A string, or a sign that ends or nests something.
SIGN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[{}();,\[\]]", re.DOTALL)
# What is in these need not be on a page for the selector to match.
LOOSE = re.compile(r":(?:not|is|where|has|matches)\((?:[^()]|\([^()]*\))*\)")
NESTS = re.compile(r"[\"'(){}\[\]]")
NAMED = re.compile(r"^([\w-]+) ?: ")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
ATTRIBUTE = re.compile(r"\[(dir|data-[\w-]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\]")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
NESTED = ("@media", "@supports", "@layer", "@container")

# Each begins with plain characters, which are looked for several times faster than a class of them.
SHOWN_CLASS = re.compile(r' class="([^"]*)"')
SHOWN_ATTRIBUTE = re.compile(r' (data-[\w-]+)(?:="([^"]*)")?')
SHOWN_DIRECTION = re.compile(r' (dir)="([^"]*)"')
IDENTIFIER = re.compile(r"-{0,2}[A-Za-z_][\w-]*")


@dataclass(slots=True)
class Seen:
    """What pages and scripts name; a rule for anything else can never apply."""

    words: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)

    def page(self, html: str) -> None:
        """Enter the classes and attributes of a page."""
        for blank in "\n\t\r\f":
            html = html.replace(blank, " ")
        for classes in set(SHOWN_CLASS.findall(html)):
            self.words.update(classes.split())
        shown = {*SHOWN_ATTRIBUTE.findall(html), *SHOWN_DIRECTION.findall(html)}
        self.attributes |= shown
        self.words.update(name for name, _ in shown)

    def script(self, text: str) -> None:
        """Enter all words of a script: any may become a class, an attribute or a value."""
        self.words.update(IDENTIFIER.findall(text))


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule: *head* is its selectors or at-rule, *body* None where it has no braces."""

    head: str
    body: str | None


def bundled(sheets: Iterable[str], seen: Seen) -> str:
    """Return *sheets* as one: rules for what was *seen*, the dark ones also for a dark system."""
    rules = [rule for sheet in sheets for rule in _rules(COMMENT.sub("", sheet))]
    css = "".join(_kept(rules, seen))
    while (fewer := _without_unused(css, seen)) != css:
        css = fewer
    return css + "\n"


def _rules(css: str) -> Iterator[_Rule]:
    start = 0
    while start < len(css):
        sign, at = _next(css, start, "{;}")
        head = " ".join(css[start:at].split())
        if sign != "{":
            if head.startswith("@"):
                yield _Rule(head, None)
            start = at + 1
            continue
        end = _closing(css, at)
        yield _Rule(head, css[at + 1 : end])
        start = end + 1


def _next(css: str, start: int, wanted: str) -> tuple[str, int]:
    """Return which of *wanted* comes first outside strings and brackets, and where."""
    depth = 0
    for match in SIGN.finditer(css, start):
        sign = match[0]
        if depth == 0 and sign in wanted:
            return sign, match.start()
        depth += (sign in "([") - (sign in ")]")
    return "", len(css)


def _closing(css: str, opening: int) -> int:
    depth = 0
    for match in SIGN.finditer(css, opening):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.start()
    return len(css)


def _kept(rules: Iterable[_Rule], seen: Seen) -> Iterator[str]:
    for rule in rules:
        if rule.body is None:
            # The bundle is UTF-8 as served; a second @charset would say nothing.
            if not rule.head.startswith("@charset"):
                yield f"{rule.head};"
        elif rule.head.startswith(NESTED):
            inner = "".join(_kept(_rules(rule.body), seen))
            if inner:
                yield f"{_tight(rule.head)}{{{inner}}}"
        elif rule.head.startswith("@"):
            yield f"{rule.head}{{{_squeezed(rule.body)}}}"
        else:
            yield from _style(rule, seen)


def _style(rule: _Rule, seen: Seen) -> Iterator[str]:
    assert rule.body is not None
    selectors = [s for s in _split(rule.head, ",") if _may_match(s, seen)]
    declarations = ";".join(_split(rule.body, ";")) if selectors else ""
    if not declarations:
        return
    yield f"{','.join(map(_tight, selectors))}{{{declarations}}}"
    quoted = [s.replace("[data-md-color-scheme=slate]", DARK) for s in selectors]
    dark = [s.replace(DARK, UNCHOSEN) for s in quoted if DARK in s]
    if dark:
        chosen = f"{','.join(map(_tight, dark))}{{{declarations}}}"
        yield f"@media (prefers-color-scheme:dark){{{chosen}}}"


def _split(text: str, sign: str) -> list[str]:
    """Return the parts of *text* between *sign*, outside strings and brackets, without blanks."""
    pieces = _cut(text, sign) if NESTS.search(text) else text.split(sign)
    parts = (" ".join(piece.split()) for piece in pieces)
    # Few have such a blank, and to look for it first is faster than the pattern.
    return [NAMED.sub(r"\1:", part, count=1) if ": " in part else part for part in parts if part]


def _cut(text: str, sign: str) -> Iterator[str]:
    start = 0
    while start <= len(text):
        _, at = _next(text, start, sign)
        yield text[start:at]
        start = at + 1


def _may_match(selector: str, seen: Seen) -> bool:
    strict = LOOSE.sub("", selector) if "(" in selector else selector
    for name, value in ATTRIBUTE.findall(strict) if "[" in strict else ():
        # A script that names an attribute may give it any value that it names, or that a page does.
        if name not in seen.words:
            return False
        if value and (name, value) not in seen.attributes and value not in seen.words:
            return False
    without = ATTRIBUTE.sub("", strict)
    return all(name in seen.words for name in CLASS.findall(without))


def _tight(head: str) -> str:
    return re.sub(r"\s*([>,])\s*", r"\1", head)


def _squeezed(body: str) -> str:
    return " ".join(body.split())


def _without_unused(css: str, seen: Seen) -> str:
    """Return *css* without custom properties that nothing in it reads; icons are most of them."""
    used = {*VARIABLE.findall(css), *(word for word in seen.words if word.startswith("--"))}
    return "".join(_lean(_rules(css), used))


def _lean(rules: Iterable[_Rule], used: Set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.body is None:
            yield f"{rule.head};"
        elif rule.head.startswith(NESTED):
            inner = "".join(_lean(_rules(rule.body), used))
            yield f"{rule.head}{{{inner}}}" if inner else ""
        elif rule.head.startswith("@") or "--" not in rule.body:
            yield f"{rule.head}{{{rule.body}}}"
        else:
            kept = [
                part
                for part in _split(rule.body, ";")
                if not part.startswith("--") or part.partition(":")[0].strip() in used
            ]
            yield f"{rule.head}{{{';'.join(kept)}}}" if kept else ""
