"""Where the blocks of a page begin in its file, found in the order in which they are read."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

WORD = re.compile(r"[^\W_]+")
SIGNS = r"(?:<[^<>\n]*>|!\[[^\]\n]*\]\([^)\n]*\)|[^\w\n|]|_)*"
# Where a line or cell begins, after the signs of Markdown, tags and pictures.
BEGINNING = re.compile(
    rf"(?:^|\|)(?:[ \t>]*\[\^[^\]\n]+\]:)?{SIGNS}(?:(\d{{1,9}})[.)]{SIGNS})?", re.MULTILINE
)
BLANK_LINE = re.compile(r"\n[ \t>]*\n")

MOST_WORDS = 8
"""Words by which a block is known."""
FEWEST_WORDS = 3
"""Words that are enough, where the rest is written otherwise in the file."""
MOST_BETWEEN = 12
"""Words of an address or a tag that may be in the file between two words of a text."""
FAR = 1000
"""Code points of a file in which the first words of a block are."""
SPREAD = 4
"""Code points of a file, at most, for each that a reader sees."""
MOST_TRIED = 200
"""Places that are tried, before and after the block before: more may take long."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a block is in its file, as far as known: *end* is None if only what is before is."""

    start: int
    end: int | None


@dataclass(eq=False)
class BlockFinder:
    """Finds the blocks of *content* from the offset *first* on.

    A block is looked for after the one before it, and only once something in it has no place.
    """

    content: str
    first: int
    _unread: list[str] = field(default_factory=list)
    _extent: Extent | None = None
    _found: dict[str, int] = field(default_factory=dict)
    _last: int = -1
    _last_text: str = ""

    def begin(self, text: str) -> None:
        """Begin the next block, of which a reader sees *text*."""
        self._unread.append(text)

    def leave(self) -> None:
        """Begin no block: what is looked for from now on is anywhere."""
        self._unread.clear()
        self._found.clear()
        self._extent, self._last, self._last_text = None, -1, ""

    @property
    def extent(self) -> Extent | None:
        """Where the block is that was begun last, or None if no block is begun."""
        found: int | None = None
        for text in self._unread:
            found = self._find(text, self._last + 1)
            if found is not None:
                self._last, self._last_text = found, text
                self._found[text] = found
        if self._unread:
            # What has no words of its own comes after the block before it.
            end = self._end(self._last_text, self._last) if self._last >= 0 else self.first
            self._extent = Extent(end, None) if found is None else Extent(self._before(found), end)
        self._unread.clear()
        return self._extent

    def _before(self, start: int) -> int:
        """Return where what is before the first word of a line or cell begins, such as a mark."""
        while start > self.first:
            before = self.content[start - 1]
            if before.isalnum() or before in "\n|":
                break
            start -= 1
        return start

    def opening(self, text: str) -> int | None:
        """Return where *text* begins, that of a block begun or of the next one."""
        if self.extent is None:
            return None
        found = self._found.get(text)
        if found is None:
            found = self._find(text, self._last)
        first = WORD.search(text)
        if found is None or first is None:
            return None
        # A mark before the first word is of the text, a sign of a list is not.
        lead = text[: first.start()].lstrip()
        return found - len(lead) if self.content.endswith(lead, 0, found) else found

    @cached_property
    def _beginnings(self) -> dict[str, list[int]]:
        """Where lines and cells begin, by their first words."""
        found: dict[str, list[int]] = {}
        for match in BEGINNING.finditer(self.content, self.first):
            if match[1] is not None:
                found.setdefault(match[1], []).append(match.start(1))
            if word := WORD.match(self.content, match.end()):
                found.setdefault(word[0], []).append(word.start())
        return found

    def _find(self, text: str, start: int) -> int | None:
        """Return where a block with *text* begins, at best after *start*."""
        words = _words(text.partition("\0")[0], MOST_WORDS)
        places = self._beginnings.get(words[0], []) if words else []
        after = bisect_left(places, start)
        likely: int | None = None
        for place in (*places[after : after + MOST_TRIED], *places[: min(after, MOST_TRIED)]):
            same = self._in_common(words, place)[0]
            if same == len(words):
                return place
            if likely is None and same >= FEWEST_WORDS:
                likely = place
        return likely

    def _end(self, text: str, start: int) -> int:
        """Return where the block with *text* ends that begins at *start*: with a line."""
        own = text.partition("\0")[0]
        end = self._in_common(_words(own), start, FAR + SPREAD * len(own))[1]
        line = self.content.find("\n", end)
        return len(self.content) if line < 0 else line

    def _in_common(self, words: list[str], start: int, far: int = FAR) -> tuple[int, int]:
        """Return how many of *words* the file has from *start* on, and where they end.

        No more than *far* code points are looked at.
        """
        blank = BLANK_LINE.search(self.content, start, start + far)
        stop = blank.start() if blank else min(start + far, len(self.content))
        same, between, end = 0, 0, start
        for match in WORD.finditer(self.content, start, stop):
            if same == len(words) or between > MOST_BETWEEN:
                break
            if match[0] == words[same]:
                same, between, end = same + 1, 0, match.end()
            else:
                between += 1
        # What is written otherwise in the file is in the same paragraph.
        return same, end if same == len(words) else stop


def _words(text: str, most: int | None = None) -> list[str]:
    words = WORD.findall(text)
    return words if most is None else words[:most]
