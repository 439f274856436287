"""Markup: the emphasis and link markup of a Markdown copy, which its readers do not see."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
TICKS = re.compile(r"`+")
# Link text may hold pictures and, one level deep, brackets.
LINK_TEXT = r"""(?:
    \\.  # an escape
  | !\[ [^\[\]]*+ \] \( [^()]*+ \)  # a picture
  | [^\[\]\\]
  | \[ (?: \\. | [^\[\]\\] )*+ \] (?!\()  # brackets that are not a link themselves
)*+"""
# An address without < and > may hold parentheses once.
LINK_ADDRESS = r"(?: <[^<>\n]*+> | [^\s()<>]*+ (?: \([^\s()]*+\) [^\s()]*+ )? )"
LINK_TITLE = r"""(?: "[^"]*+" | '[^']*+' )"""
LINK = re.compile(
    rf"""
    (?<![!\\])
    \[ (?P<text>{LINK_TEXT}) \]
    \( \s*+ {LINK_ADDRESS} (?: \s++ {LINK_TITLE} )? \s*+ \)
    """,
    re.VERBOSE,
)
EMPHASIS_MARKS = re.compile(r"\*+|_+")


@dataclass(slots=True)
class _Marks:
    """Emphasis marks of one sort in a row: `*` or `_`.

    Of *length* marks those from *start* up to *end*, *left* in number, are not yet paired.
    """

    mark: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool

    @property
    def left(self) -> int:
        return self.end - self.start


def markup(text: str) -> list[tuple[int, int]]:
    """Return the spans of *text*, one paragraph, that are emphasis or link markup, in order.

    Spans are in code points. Emphasis follows CommonMark 0.31, section 6.2. Code, escapes, comments
    and ~~struck~~ words are words: if they were skipped, a source could hide a *not*.
    """
    opaque = _opaque(text)
    links = [match for match in LINK.finditer(text) if not _inside(match.start(), opaque)]
    spans: list[tuple[int, int]] = []
    for link in links:
        spans += [(link.start(), link.start("text")), (link.end("text"), link.end())]
    masked = _masked(text, sorted([*opaque, *spans]))
    # Emphasis that opens in the text of a link ends there: each link text is read by itself.
    regions = [link.span("text") for link in links]
    runs = [_marks(text, match) for match in EMPHASIS_MARKS.finditer(masked)]
    outer: list[_Marks] = []
    inner: dict[int, list[_Marks]] = {}
    for run in runs:
        region = bisect_right(regions, (run.start, len(text))) - 1
        inside = region >= 0 and run.start < regions[region][1]
        (inner.setdefault(region, []) if inside else outer).append(run)
    for group in (outer, *inner.values()):
        spans += _emphasis(group)
    return sorted(spans)


def _opaque(text: str) -> list[tuple[int, int]]:
    """Return the spans of code and of escapes, in order: nothing in them is markup."""
    ticks = [match.span() for match in TICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for start, end in ticks:
        by_length.setdefault(end - start, []).append(start)
    spans: list[tuple[int, int]] = []
    done = 0
    for start, end in ticks:
        others = by_length[end - start]
        # Code ends where the same number of ticks follows.
        after = bisect_right(others, start)
        if start >= done and after < len(others):
            done = others[after] + end - start
            spans.append((start, done))
    escapes = [match.span() for match in ESCAPE.finditer(text)]
    return sorted([*spans, *(span for span in escapes if not _inside(span[0], spans))])


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return *text* with a letter in place of each character of *spans*."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], "x" * max(0, end - max(start, done)))
        done = max(done, end)
    return "".join([*parts, text[done:]])


def _inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (offset, len(spans) and spans[-1][1])) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]


def _marks(text: str, match: re.Match[str]) -> _Marks:
    start, end = match.span()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = _flanks(before, after)
    right = _flanks(after, before)
    opens, closes = left, right
    if match[0][0] == "_":
        opens = left and (not right or _is_punctuation(before))
        closes = right and (not left or _is_punctuation(after))
    return _Marks(match[0][0], start, end, end - start, opens, closes)


def _flanks(outside: str, inside: str) -> bool:
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _emphasis(runs: list[_Marks]) -> Iterator[tuple[int, int]]:
    openers: list[_Marks] = []
    # No opener before this index fits a closer of the kind: without this, marks that nothing closes
    # would take quadratic time.
    bottom: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        kind = (run.mark, run.opens, run.length % 3)
        while run.closes and run.left:
            lowest = bottom.get(kind, 0)
            at = next(
                (i for i in reversed(range(lowest, len(openers))) if _pair(openers[i], run)), None
            )
            if at is None:
                bottom[kind] = len(openers)
                break
            opener = openers[at]
            used = 2 if opener.left >= 2 and run.left >= 2 else 1
            yield opener.end - used, opener.end
            yield run.start, run.start + used
            opener.end -= used
            run.start += used
            del openers[at + 1 if opener.left else at :]
            bottom = {key: min(low, len(openers)) for key, low in bottom.items()}
        if run.opens and run.left:
            openers.append(run)


def _pair(opener: _Marks, closer: _Marks) -> bool:
    if opener.mark != closer.mark:
        return False
    # CommonMark, rules 9 and 10.
    both = opener.closes or closer.opens
    return not (
        both
        and (opener.length + closer.length) % 3 == 0
        and not (opener.length % 3 == 0 and closer.length % 3 == 0)
    )
