"""The text of a page as it is on disk, and where in it something is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..datafiles.strict_yaml import Place
from ..text.quotation_marks import ATOM, DOUBLE

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<data>.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
# What may be in a file between two words of a text, never letters of its own. Each alternative but
# the first has a letter inside, so that no text is read in two ways.
SIGN = r"[\W_]"
ADDRESS = r"\]\([^()\w]{0,99}+\w[^()\n]{0,500}+\)"
BRACKET = r"\[[^\[\]\w]{0,99}+\w[^\[\]]{0,500}+\]"
PARENTHESIS = r"\([^()\w\s]{0,99}+\w[^()\n]{0,500}+\)"
TAG = r"<[^<>\w]{0,9}+\w[^<>]{0,500}+>"
ENTITY = r"&#?\w{1,31}+;"
MARKUP = f"(?:{'|'.join((SIGN, ADDRESS, BRACKET, PARENTHESIS, TAG, ENTITY))})"
BETWEEN = f"{MARKUP}{{1,200}}?"
"""A pattern for what separates two words of a text."""
GAP = f"{MARKUP}{{0,200}}?"
"""A pattern for what may be between a mark and the word beside it."""

MARK = rf"(?:{DOUBLE.pattern}|{ENTITY})"
"""A pattern for a mark as its file may have it."""
# What is before the first word of a block: signs of lists and tables, without letters.
BLOCK_SIGNS = re.compile(r"\W*(?:\d{1,9}[.)]\W*)?")

MOST_WORDS = 40
"""Words of a text that are looked for; more do not make the place surer."""

UNLIKE = f"\0\n{ATOM}"
"""What a text has where its file has something else."""

LINE = re.compile(rf"[^{UNLIKE}]*")
ROUND = 60
"""Code points beside a place that nearly always distinguish it from others."""

NEAR = 8
"""Words beside a place that distinguish it from others."""

WORD = re.compile(r"[^\W\d_]+")
FEW = 5
"""Words by which a passage is looked for where it may be in pieces."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PageText:
    """The text of a page, or of a data file that one shows: *path* as shown in messages.

    *read* returns the text as on disk; it is asked for only when there is a problem to place.
    """

    path: str
    read: Callable[[], str]
    part: tuple[Place, Place] | None = None
    """From where to where in the file the text goes, if that is not all of it."""

    @cached_property
    def content(self) -> str:
        """The whole file, front matter included."""
        return self.read()

    @cached_property
    def body_from(self) -> int:
        """The offset at which the front matter ends."""
        if self.part is not None:
            return self._offset(self.part[0])
        match = FRONT_MATTER.match(self.content)
        return match.end() if match else 0

    @cached_property
    def _body(self) -> str:
        end = None if self.part is None else self._offset(self.part[1])
        return self.content[self.body_from : end]

    @property
    def start(self) -> Place:
        """Where a problem is shown that has no place of its own."""
        return self.part[0] if self.part is not None else (1, 1)

    def _offset(self, place: Place) -> int:
        line, column = place
        return self._line_from[min(line, len(self._line_from)) - 1] + column - 1

    @cached_property
    def _line_from(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.content))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of *offset*."""
        line = bisect_right(self._line_from, offset)
        return line, offset - self._line_from[line - 1] + 1

    def literal(self, text: str) -> list[tuple[int, int]]:
        """Return where the file has just *text*, as line and column, in order."""
        if not text:
            return []
        found = re.finditer(re.escape(text), self._body)
        return [self.position(self.body_from + match.start()) for match in found]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where the file has the words of *text*, as line and column, in order.

        What is between words does not count: the file has markup there that a reader does not
        see.
        """
        return self._search(f"(?P<at>{_words(text)})") if _words(text) else self.literal(text)

    def loosely(self, text: str) -> list[tuple[int, int]]:
        """Return where the first words of *text* are in the whole file, front matter included.

        In any case, and with whatever divides items, cells and lines between them.
        """
        words = [re.escape(word) for word in WORD.findall(text)[:FEW]]
        pattern = r"[\W\d_]{1,40}?".join(words)
        found = re.finditer(pattern, self.content, re.IGNORECASE) if words else ()
        return [self.position(match.start()) for match in found]

    def openings(self, text: str) -> list[tuple[int, int]]:
        """Return where the first line of *text* begins a line, or where its words are."""
        line = text.strip().partition("\n")[0].rstrip()
        found = [m.start() for m in re.finditer(re.escape(line), self.content)] if line else []
        starts = [(self._line_from[self.position(at)[0] - 1], at) for at in found]
        begun = [at for start, at in starts if BLOCK_SIGNS.fullmatch(self.content, start, at)]
        return [self.position(at) for at in begun if at >= self.body_from] or self.places(text)

    def citation(self, body: str) -> list[tuple[int, int]]:
        """Return where the first key of the citation with *body* in its brackets is."""
        at = 1 + body.find("@") + 1
        exact = self.inside(f"[{body}]", at)
        return exact or self.places(body)

    def inside(self, piece: str, offset: int) -> list[tuple[int, int]]:
        """Return where the character *offset* of *piece* is, for each place of *piece*."""
        if not piece.strip():
            return []
        text, lead = piece.strip(), len(piece) - len(piece.lstrip())
        found = re.finditer(re.escape(text), self._body)
        shift = self.body_from + max(0, offset - lead)
        return [self.position(match.start() + shift) for match in found]

    def marked(self, words: str, marks: tuple[str, str]) -> list[tuple[int, int]]:
        """Return where *words* are between *marks*, an opening and a closing one."""
        exact = self.literal(f"{marks[0]}{words}{marks[1]}")
        if exact or not _words(words):
            return exact
        return (
            self._search(f"(?P<at>{MARK}){GAP}{_words(words)}{GAP}{MARK}")
            or self._search(f"(?P<at>{MARK}){GAP}{_words(words)}")
            or self.places(words)
        )

    def marks(self, before: str, mark: str, after: str) -> list[tuple[int, int]]:
        """Return where *mark* is between the words *before* and *after*."""
        left, right = _words(before, last=True), _words(after)
        pattern = f"{left}{GAP if left else ''}(?P<at>{re.escape(mark)})"
        return self._search(f"{pattern}{GAP if right else ''}{right}")

    def beside(
        self, text: str, at: tuple[int, int], before: str, after: str
    ) -> list[tuple[int, int]]:
        """Return where text[at] is, found by the words beside it.

        *before* and *after* are the texts of the blocks on either side, for when these are few.
        """
        if exact := self._exactly(text, at, after):
            return exact
        words, left, right = text[slice(*at)], text[: at[0]], text[at[1] :]
        found = self._between(left, words, right)
        if len(found) > 1:
            wide = self._between(f"{before} {left}", words, f"{right} {after}")
            return wide if 0 < len(wide) < len(found) else found
        # A label may be one that Markdown has made up.
        return found or self.places(words) or self.openings(after)

    def _exactly(self, text: str, at: tuple[int, int], after: str) -> list[tuple[int, int]]:
        """Return where text[at] is, if the line round it is there once, as it nearly always is.

        Of several, it is the last before the text that comes *after*, if that is there once.
        """
        start, end = at
        while start and text[start - 1] not in UNLIKE and at[0] - start < ROUND:
            start -= 1
        while end < len(text) and text[end] not in UNLIKE and end - at[1] < ROUND:
            end += 1
        found = self._all(text[start:end])
        anchor = self._all(_first_line(after)) if len(found) > 1 and after else []
        if len(anchor) == 1:
            found = [place for place in found if place < anchor[0]][-1:]
        return [self.position(found[0] + at[0] - start)] if len(found) == 1 else []

    def _all(self, line: str) -> list[int]:
        """Return every offset of *line*."""
        found = re.finditer(re.escape(line), self.content[self.body_from :]) if line else ()
        return [self.body_from + match.start() for match in found]

    def _between(self, before: str, words: str, after: str) -> list[tuple[int, int]]:
        left, right = _words(before, last=True), _words(after, most=NEAR)
        at = f"(?P<at>{_words(words) or re.escape(words)})"
        return self._search(f"{left}{GAP if left else ''}{at}{GAP if right else ''}{right}")

    def lines(self, text: str) -> list[tuple[int, int]]:
        """Return where the lines with *text* begin, after the signs of a quotation."""
        found: list[tuple[int, int]] = []
        for line, _ in self.literal(text):
            start = self._line_from[line - 1]
            match = re.compile(r"[\s>]*").match(self.content, start)
            assert match is not None
            found.append(self.position(match.end()))
        return found

    def _search(self, pattern: str) -> list[tuple[int, int]]:
        found = re.finditer(pattern, self._body)
        return [self.position(self.body_from + match.start("at")) for match in found]


def _first_line(text: str) -> str:
    """Return how *text* begins in its file, as far as that is sure."""
    line = LINE.match(text.lstrip())
    return line[0][: ROUND // 2].strip() if line else ""


def _words(text: str, *, last: bool = False, most: int = MOST_WORDS) -> str:
    """Return a pattern for the words of *text*, at most *most*, or NEAR of the *last*."""
    words = re.findall(r"[^\W_]+", text)
    kept = words[-NEAR:] if last else words[:most]
    pattern = BETWEEN.join(map(re.escape, kept))
    return rf"(?<![^\W_]){pattern}(?![^\W_])" if kept else ""
