"""Furniture: lines of a new copy that its author may not have written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..text.markup import LINK

LONGEST_STUB = 14
"""Words of a headline or link at most; a line of more is a sentence."""

LONGEST_ENTRY = 3
"""Words of a menu's entry at most; and short lines in a row at most that are not a menu."""

SERVICES = (
    "facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|bluesky|instagram|youtube|rss"
)
SHARED = (
    "share|tweet|e-?mail|print|save|copy link|this|page|article|story|on|via|by|with|to|follow us"
)
# For each kind of furniture the most words of such a line, and patterns of what it says.
_PATTERNS: dict[str, tuple[int, *tuple[str, ...]]] = {
    "cookie notice": (
        60,
        r"(?=.*\bcookies?\b).*\b(?:uses?|accept|consent|settings?|preferences|policy|reject|agree)\b",
        r"(?=.*\bcookies?\b).*\b(?:experience|site|website)\b",
        r"^(?:accept|reject|manage|customi[sz]e)(?: all| cookies| settings| choices)*$",
    ),
    "sharing": (
        8,
        rf"^(?:{SERVICES}|{SHARED}|[|·•/,\s])+$",
        r"^\d+ shares?$",
        r"^share (?:this|on)\b",
    ),
    "subscription": (
        25,
        r"^(?:subscribe|sign (?:up|in)|log ?in|register|donate|become a|already a)\b",
        r"^(?:support|join) (?:us|our)\b|^get (?:the|our) (?:latest|best|news)\b",
        r"\bnewsletters?\b|\bsubscri(?:be|bers?|ptions?) (?:now|today|only|from)\b",
    ),
    "advertisement": (
        8,
        r"^(?:advertisements?|advertising|ads?|sponsored|promoted)(?: content| by .*|:.*)?$",
        r"^(?:story|article) continues below|^continue reading",
    ),
    "image credit": (
        40,
        r"^(?:file )?(?:photo(?:graph)?|image|picture|illustration)s?(?: credits?| by)?\s?[:/]",
        r"^(?:credit|caption)s?\s?[:/]",
        r"\b(?:photo(?:graph)?|image|picture|illustration)s?(?: credit)?:\s",
        r"\b(?:getty images|shutterstock)\b|/(?:afp|reuters|ap|epa|getty)\b",
    ),
    "related links": (
        9,
        r"^(?:related|latest|trending|recommended|popular)(?: \w+)?:?$",
        r"^(?:read (?:more|next|also)|also read|see also|editor.s picks?)\b",
        r"^(?:most (?:read|popular|viewed|shared)|more (?:from|on|stories|news|like this))\b",
        r"^you (?:may|might) (?:also )?(?:like|have missed)\b",
    ),
    "foot of the page": (
        25,
        r"©|^copyright\b|\ball rights reserved\b",
        r"^terms(?: (?:of|and|&) (?:use|service|conditions))?$",
        r"^(?:privacy(?: \w+)?|contact(?: us)?|about(?: us)?)$",
        r"^(?:site ?map|accessibility|back to top|follow us|useful links|careers|imprint)$",
    ),
    "navigation": (
        20,
        r"^skip to\b|^(?:menu|search|home|start)$",
        r"^(?:toggle|main|open|close) (?:navigation|menu|search)",
        r"^[^>›»|·•]{1,40}(?:\s?[>›»|·•]\s?[^>›»|·•]{1,40}){2,}$",
    ),
    "comments and counters": (
        6,
        r"^(?:\d+ |view |post |add |leave a |all )?comments?(?: \(?\d+\)?)?$",
        r"^\d+ min(?:ute)?s?(?: to)? read$|^listen(?: to (?:this )?(?:article|story))?$",
    ),
}
FURNITURE = [
    (what, most, re.compile("|".join(forms), re.IGNORECASE))
    for what, (most, *forms) in _PATTERNS.items()
]
LONGEST_WORD = 20
"""Code points of a word on average at most: longer ones count as several words."""

BULLET = re.compile(r"^\s*(?:[-*+•]\s+|\d+[.)]\s+|#{1,6}\s+|>\s*)+")
HEADING = re.compile(r"^\s*#{1,6}\s")
PICTURE = re.compile(r"!\[(?P<text>[^\[\]]*)\]\([^()\s]*\)")
PROSE_END = re.compile(r"[.!…;,:”\"’')\]]$")
SENTENCES_TOO = frozenset({"links", "image credit", "cookie notice", "subscription"})
"""Kinds of furniture that may be whole sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """Lines of a copy, from 1, that may be furniture; if not *sure*, a person must decide."""

    first: int
    last: int
    what: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number, from 1, and its words without link and list markup.

    *kind* is its kind of furniture, if its words match one or it consists of links.
    """

    number: int
    text: str
    kind: str | None
    heading: bool

    @property
    def is_stub(self) -> bool:
        """Whether it is as short as a headline, and ends like one."""
        return len(self.text.split()) <= LONGEST_STUB and not PROSE_END.search(self.text)


def read_lines(texts: Sequence[str]) -> list[Line]:
    """Return the lines *texts* that are not blank."""
    lines: list[Line] = []
    for number, raw in enumerate(texts, 1):
        unlinked = LINK.sub(r"\g<text>", PICTURE.sub(r"\g<text>", BULLET.sub("", raw)))
        text = " ".join(unlinked.replace("*", "").replace("\ufeff", "").split())
        if raw.strip().strip("\ufeff"):
            rest = LINK.sub("", PICTURE.sub("", BULLET.sub("", raw))).strip(" |·•,\t")
            kind = _kind(text) or (None if rest else "links")
            heading = HEADING.match(raw) is not None
            lines.append(Line(number, text, None if heading and rest else kind, heading))
    return lines


def _kind(text: str) -> str | None:
    count = max(len(text.split()), len(text) // LONGEST_WORD)
    for what, most, pattern in FURNITURE:
        if count <= most and pattern.search(text):
            return what
    return None


def suspects(lines: Sequence[Line]) -> list[Suspect]:
    """Return the ranges of *lines* that may be furniture, in order; none overlap."""
    found: list[Suspect] = []
    prose = [line.number for line in lines if not (line.kind or line.is_stub)]
    top = prose[0] if prose else 0
    for stubs, run in groupby(lines, key=lambda line: bool(line.kind or line.is_stub)):
        if stubs:
            group = list(run)
            found += _top(group) if group[0].number < top else _run(group, last=lines[-1])
    return found


def _top(run: Sequence[Line]) -> Iterator[Suspect]:
    """Yield the furniture above the first sentence, where title and author may be, too."""
    marked = [line.kind or ("menu" if _is_entry(line) else None) for line in run]
    for known, group in groupby(zip(run, marked, strict=True), key=lambda pair: bool(pair[1])):
        part = list(group)
        names = [line for line, _ in part]
        if known and (any(line.kind for line in names) or len(part) > LONGEST_ENTRY):
            yield _suspect(names, [what for _, what in part if what], sure=True)


def _is_entry(line: Line) -> bool:
    words = line.text.split()
    plain = not any(c.isdigit() for c in line.text) and words[:1] != ["By"]
    return len(words) <= LONGEST_ENTRY and plain and line.is_stub and not line.heading


def _run(run: Sequence[Line], last: Line) -> Iterator[Suspect]:
    """Yield the furniture in *run*, short lines between two sentences or after the last."""
    if not any(line.kind for line in run):
        if len(run) > LONGEST_ENTRY:
            yield _suspect(run, ["short lines in a row"], sure=False)
        return
    first = next(i for i, line in enumerate(run) if line.kind)
    # A list before a sentence is furniture as a whole; at the end the text's own lines come first.
    begin = first if run[-1] is last or len(run) <= LONGEST_ENTRY else 0
    # A last short line with a blank line above may be the heading of the text after it.
    alone = len(run) < 2 or run[-1].number > run[-2].number + 1
    own = int(run[-1] is not last and not run[-1].kind and alone)
    end = len(run) - own
    kinds = [line.kind for line in run[begin:end] if line.kind]
    sure = any(line.is_stub or line.kind in SENTENCES_TOO for line in run[begin:end])
    yield _suspect(run[begin:end], kinds, sure=sure)
    if own:
        yield _suspect(run[end:], ["a last link, or the heading of what follows"], sure=False)


def _suspect(lines: Sequence[Line], kinds: Iterable[str], *, sure: bool) -> Suspect:
    what = ", ".join(dict.fromkeys(kinds))
    return Suspect(first=lines[0].number, last=lines[-1].number, what=what, sure=sure)
