"""The text of a page as it is on disk, and where in it something is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count, islice

from ..datafiles.strict_yaml import Place
from ..text.quotation_marks import ATOM, DOUBLE
from .block_finder import BlockFinder, Extent
from .first_lines import FRONT_MATTER, fields

# What may be in a file between two words of a text, never letters of its own. Each alternative but
# the first has a letter inside, so that no text is read in two ways.
SIGN = r"[\W_]"
ADDRESS = r"\]\([^()\w]{0,99}+\w[^()\n]{0,500}+\)"
BRACKET = r"\[[^\[\]\w]{0,99}+\w[^\[\]]{0,500}+\]"
PARENTHESIS = r"\([^()\w\s]{0,99}+\w[^()\n]{0,500}+\)"
TAG = r"<[^<>\w]{0,9}+\w[^<>]{0,500}+>"
ENTITY = r"&#?\w{1,31}+;"
MARKUP = f"(?:{'|'.join((SIGN, ADDRESS, BRACKET, PARENTHESIS, TAG, ENTITY))})"
BEFORE_WORDS = 80
"""Code points before words in which their mark is: markup may be between."""
BETWEEN = f"{MARKUP}{{1,200}}?"
"""A pattern for what separates two words of a text."""
GAP = f"{MARKUP}{{0,200}}?"
"""A pattern for what may be between a mark and the word beside it."""

MARK = re.compile(rf"{DOUBLE.pattern}|{ENTITY}")
"""A mark as its file may have it."""
# What is before the first word of a block: signs of lists and tables, without letters.
BLOCK_SIGNS = re.compile(r"\W*(?:\d{1,9}[.)]\W*)?")

# A line of a block quotation, in a list, too.
QUOTATION = re.compile(r"^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<sign>>)", re.MULTILINE)

NOT_BLANK = re.compile(r"\S")

MOST_WORDS = 40
"""Words of a text that are looked for; more do not make the place surer."""

MOST_READ = 2000
"""Code points of a text in which these words are."""

UNLIKE = f"\0\n{ATOM}"
"""What a text has where its file has something else."""

LINE = re.compile(rf"[^{UNLIKE}]*")
ROUND = 60
"""Code points beside a place that nearly always distinguish it from others."""

BESIDE_MARK = 12
"""Code points on either side of a mark that mostly distinguish it from others of its block."""

NEAR = 8
"""Words beside a place that distinguish it from others."""

WORD = re.compile(r"[^\W\d_]+")
FEW = 5
"""Words by which a passage is looked for where it may be in pieces."""


Find = Callable[[int, int], Iterator[int]]
"""Yields the offsets of what is looked for between two offsets of a file."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PageText:
    """The text of a page, or of a data file that one shows: *path* as shown in messages.

    *read* returns the text as on disk; it is asked for only when there is a problem to place.
    """

    path: str
    read: Callable[[], str]
    part: tuple[Place, Place] | None = None
    """From where to where in the file the text goes, if that is not all of it."""
    has_metadata: bool = True
    """The page may begin with metadata."""
    _begun: list[str] = field(default_factory=list, init=False)

    @cached_property
    def content(self) -> str:
        """The whole file, front matter included."""
        return self.read()

    @cached_property
    def body_from(self) -> int:
        """The offset at which the front matter ends."""
        if self.part is not None:
            return self._offset(self.part[0])
        if not self.has_metadata:
            return 0
        match = FRONT_MATTER.match(self.content)
        return match.end() if match else fields(self.content)[1]

    @cached_property
    def _body(self) -> str:
        end = None if self.part is None else self._offset(self.part[1])
        return self.content[self.body_from : end]

    @property
    def start(self) -> Place:
        """Where a problem is shown that has no place of its own: here, or where the text begins."""
        if self.part is not None:
            return self.part[0]
        extent = self._extent
        match = NOT_BLANK.search(self.content, extent.start) if extent else None
        return self.position(match.start()) if match else (1, 1)

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

    @cached_property
    def _blocks(self) -> BlockFinder:
        end = None if self.part is None else self._offset(self.part[1])
        return BlockFinder(self.content[:end], self.body_from)

    def begin(self, text: str) -> None:
        """Begin the next block of the page, of which a reader sees *text*.

        What is looked for from now on is in this block, if the block has it.
        """
        if self.part is None:
            self._begun.append(text)

    def leave(self) -> None:
        """Begin no block: what is looked for from now on is anywhere in the file."""
        self._begun.clear()
        if "_blocks" in self.__dict__:
            self._blocks.leave()

    def literal(self, text: str, nth: int | None = None) -> list[tuple[int, int]]:
        """Return where the file has just *text*, as line and column, in order.

        With *nth* it is one place of the block that is begun: the one after that many others.
        """
        return self._placed(self._finder(text), nth=nth)

    def _finder(self, text: str) -> Find:
        return lambda start, end: iter(_occurrences(text, self.content, start, end))

    def _placed(self, *ways: Find, nth: int | None = None) -> list[tuple[int, int]]:
        """Return the places of what the first of *ways* finds: at best in the block begun."""
        end = self.body_from + len(self._body)
        extent = self._extent
        if inside := self._within(ways, nth):
            return inside
        if extent is not None:
            for find in ways:
                if (after := next(find(extent.start, end), None)) is not None:
                    return [self.position(after)]
        for find in ways:
            if found := [*find(self.body_from, end)]:
                return [self.position(offset) for offset in found]
        return []

    def _within(self, ways: Iterable[Find], nth: int | None) -> list[tuple[int, int]]:
        """Return the places, in the block that is begun, of what the first of *ways* finds."""
        extent = self._extent
        if extent is None or extent.end is None:
            return []
        most = None if nth is None else nth + 1
        for find in ways:
            if found := [*islice(find(extent.start, extent.end), most)]:
                return [self.position(offset) for offset in found[-1 if most else 0 :]]
        return []

    @property
    def _extent(self) -> Extent | None:
        if not self._begun and "_blocks" not in self.__dict__:
            return None
        for text in self._begun:
            self._blocks.begin(text)
        self._begun.clear()
        return self._blocks.extent

    def places(self, text: str, nth: int | None = None) -> list[tuple[int, int]]:
        """Return where the file has the words of *text*, as line and column, in order.

        What is between words does not count: the file has markup there that a reader does not
        see.
        """
        return self._placed(self._words_finder(text) or self._finder(text), nth=nth)

    def _words_finder(self, text: str) -> Find | None:
        pattern = _words(text)
        return self._pattern_finder(f"(?P<at>{pattern})") if pattern else None

    def _pattern_finder(self, pattern: str) -> Find:
        # Compiled only where no surer way has found the place: that takes longer than to look.
        return lambda start, end: (
            match.start("at") for match in re.compile(pattern).finditer(self.content, start, end)
        )

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
        if not text.strip():
            return []
        if self._extent is not None and (opening := self._blocks.opening(text)) is not None:
            return [self.position(opening)]
        line = text.strip().partition("\n")[0].rstrip()
        found = [*_all(line, self.content, self.body_from, len(self.content))]
        starts = [(self._line_from[self.position(at)[0] - 1], at) for at in found]
        begun = [at for start, at in starts if BLOCK_SIGNS.fullmatch(self.content, start, at)]
        return [self.position(at) for at in begun] or self.places(text)

    def quotation(self) -> list[tuple[int, int]]:
        """Return where the block quotation is that is begun, or the next one."""
        extent = self._extent
        start = self.body_from if extent is None else extent.start
        first = self._line_from[self.position(start)[0] - 1]
        match = QUOTATION.search(self.content, first)
        return [self.position(match.start("sign"))] if match else []

    def citation(self, body: str) -> list[tuple[int, int]]:
        """Return where the first key of the citation with *body* in its brackets is."""
        at = 1 + body.find("@") + 1
        exact = self.inside(f"[{body}]", at)
        return exact or self.places(body)

    def inside(self, piece: str, offset: int) -> list[tuple[int, int]]:
        """Return where the character *offset* of *piece* is, for each place of *piece*."""
        text, lead = piece.strip(), len(piece) - len(piece.lstrip())
        find, shift = self._finder(text), max(0, offset - lead)
        return self._placed(lambda start, end: (at + shift for at in find(start, end)))

    def marked(
        self, words: str, marks: tuple[str, str], nth: int | None = None
    ) -> list[tuple[int, int]]:
        """Return where *words* are between *marks*, an opening and a closing one.

        With *nth* it is one place of the block that is begun: the one after that many others.
        """
        exact = self._finder(f"{marks[0]}{words}{marks[1]}")
        alone = self._words_finder(words)
        if alone is None:
            return self._placed(exact, nth=nth)
        pattern = _words(words)
        between: Find = lambda start, end: self._marks_before(pattern, start, end)  # noqa: E731
        return self._placed(exact, between, alone, nth=nth)

    def _marks_before(self, words: str, start: int, end: int) -> Iterator[int]:
        """Yield where the last mark before each place of the pattern *words* is."""
        for match in re.compile(words).finditer(self.content, start, end):
            first = max(start, match.start() - BEFORE_WORDS)
            marks = [*MARK.finditer(self.content, first, match.start())]
            if marks and re.fullmatch(GAP, self.content[marks[-1].end() : match.start()]):
                yield marks[-1].start()

    def mark(self, text: str, at: int, mark: str) -> list[tuple[int, int]]:
        """Return where the *mark* text[at] is, by the characters beside it or else by the words."""
        start, end = self._alike(text, at, at + len(mark), BESIDE_MARK)
        find = self._finder(text[start:end])
        before = text.count(text[start:end], 0, end - 1)
        after = at + len(mark)
        places = self._within(
            [lambda *part: (offset + at - start for offset in find(*part))], before
        )
        return places or self.marks(text[:at], mark, text[after:])

    def _alike(self, text: str, start: int, end: int, most: int) -> tuple[int, int]:
        """Return text[start:end] with what is beside it, and is in the file as it is there."""
        first, last = start, end
        while first and text[first - 1] not in UNLIKE and start - first < most:
            first -= 1
        while last < len(text) and text[last] not in UNLIKE and last - end < most:
            last += 1
        return first, last

    def marks(self, before: str, mark: str, after: str) -> list[tuple[int, int]]:
        """Return where *mark* is between the words *before* and *after*."""
        left, right = _words(before, last=True), _words(after, most=NEAR)
        pattern = f"{left}{GAP if left else ''}(?P<at>{re.escape(mark)})"
        return self._placed(self._pattern_finder(f"{pattern}{GAP if right else ''}{right}"))

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
        start, end = self._alike(text, *at, ROUND)
        found = self._everywhere(text[start:end])
        anchor = self._everywhere(_first_line(after)) if len(found) > 1 and after else []
        if len(anchor) == 1:
            found = [place for place in found if place < anchor[0]][-1:]
        return [self.position(found[0] + at[0] - start)] if len(found) == 1 else []

    def _everywhere(self, line: str) -> list[int]:
        """Return every offset of *line*."""
        return [*_all(line, self.content, self.body_from, len(self.content))]

    def _between(self, before: str, words: str, after: str) -> list[tuple[int, int]]:
        left, right = _words(before, last=True), _words(after, most=NEAR)
        at = f"(?P<at>{_words(words) or re.escape(words)})"
        return self._placed(
            self._pattern_finder(f"{left}{GAP if left else ''}{at}{GAP if right else ''}{right}")
        )

    def lines(self, text: str) -> list[tuple[int, int]]:
        """Return where the lines with *text* begin, after the signs of a quotation."""
        found: list[tuple[int, int]] = []
        for line, _ in self.literal(text):
            start = self._line_from[line - 1]
            match = re.compile(r"[\s>]*").match(self.content, start)
            assert match is not None
            found.append(self.position(match.end()))
        return found


class _Occurrences:
    """The offsets of *text* in content[start:end], in order; none is looked for twice."""

    def __init__(self, text: str, content: str, start: int, end: int) -> None:
        self._found: list[int] = []
        self._rest = _all(text, content, start, end)

    def __iter__(self) -> Iterator[int]:
        for number in count():
            if number == len(self._found):
                following = next(self._rest, None)
                if following is None:
                    return
                self._found.append(following)
            yield self._found[number]


# The same words are often looked for several times in one block.
_occurrences = lru_cache(maxsize=16)(_Occurrences)


def _all(text: str, content: str, start: int, end: int) -> Iterator[int]:
    """Yield every offset of *text* in content[start:end], in order."""
    at = content.find(text, start, end) if text else -1
    while at >= 0:
        yield at
        at = content.find(text, at + len(text), end)


def _first_line(text: str) -> str:
    """Return how *text* begins in its file, as far as that is sure."""
    line = LINE.match(text.lstrip())
    return line[0][: ROUND // 2].strip() if line else ""


def _words(text: str, *, last: bool = False, most: int = MOST_WORDS) -> str:
    """Return a pattern for the words of *text*, at most *most*, or NEAR of the *last*."""
    words = re.findall(r"[^\W_]+", text[-MOST_READ:] if last else text[:MOST_READ])
    kept = words[-NEAR:] if last else words[:most]
    pattern = BETWEEN.join(map(re.escape, kept))
    return rf"(?<![^\W_]){pattern}(?![^\W_])" if kept else ""
