"""The text of one block of a finished page as a reader sees it, and which marks in it stray."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..text.quotation_marks import DOUBLE, SPACES, UNSEEN, Pair, measures
from ..text.quoted_runs import QuotedRuns, quoted_runs
from ..text.saying import Saying
from ..text.single_marks import SINGLE

CHARACTERS_NEAR = 25
"""Characters shown on each side of a stray mark."""

NO_MARK = "a"
"""In place of a mark that is not looked at; a letter cannot follow a measure."""

OWN_POINTS = ".,"
"""What a page may have of its own before a closing mark, as American houses do."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in the text of a block: text[start:end], found on the page by *near*."""

    start: int
    end: int
    near: str


@dataclass(slots=True)
class Strays:
    """What is out of balance: texts near *marks*, and which mark a quotation is *lacking*."""

    marks: list[str] = field(default_factory=list)
    lacking: list[tuple[str, str]] = field(default_factory=list)


class VisibleText:
    """The text of one block, read piece by piece, with the quotations and citations in it."""

    def __init__(self) -> None:
        """Begin an empty block."""
        self.length = 0
        self.quotations: list[Quoted] = []
        self.touched = False
        """A quotation or a mark is in it."""
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._unseen: list[int] = []
        self._cited: list[int] = []

    def add(self, text: str) -> None:
        """Read *text*, in which marks are looked at."""
        if not self.touched and (DOUBLE.search(text) or SINGLE.search(text)):
            self.touched = True
        self._starts.append(self.length)
        self._parts.append(text)
        self.length += len(text)

    def add_masked(self, text: str) -> None:
        """Read *text* whose marks are looked at elsewhere, or need no proof."""
        masked = DOUBLE.sub(lambda match: NO_MARK * len(match[0]), text)
        self.add(SINGLE.sub(NO_MARK, masked))

    def add_sign(self, sign: str, *, cites: bool = False) -> None:
        """Read something else than text, such as a picture or the number of a note."""
        if cites:
            self._cited.append(self.length)
        self.add(sign)

    def add_unseen(self) -> None:
        """Note that something may be hidden here."""
        self._unseen.append(self.length)

    def strays(self, saying: Saying) -> Strays:
        """Return what is out of balance in the whole block."""
        found = Strays()
        if not self.touched:
            return found
        text = "".join(self._parts)
        runs = quoted_runs(text, self._measured(text), saying, self._cited)
        begins = {quoted.start for quoted in self.quotations}
        ends = {quoted.end for quoted in self.quotations}
        opened, closed = set[int](), set[int]()
        stray = set(runs.left)
        for pair in self._looked_at(text, runs):
            start, end = pair.words(text)
            if start in begins:
                opened.add(start)
            elif pair in runs.pairs:
                stray.add(pair.first)
            last = next((at for at in _ends(text, end) if at in ends), None)
            if last is not None:
                closed.add(last)
            elif pair in runs.pairs:
                stray.add(pair.end)
        for quoted in self.quotations:
            lone = _beside(text, quoted, runs.left)
            stray.difference_update(lone.values())
            lacks = [
                which
                for which, at, known in (
                    ("opening", quoted.start, opened),
                    ("closing", quoted.end, closed),
                )
                if at not in known and which not in lone
            ]
            if len(lone) == len(SIDES):
                lacks.append("closing")
            found.lacking += [(which, quoted.near) for which in lacks]
        found.marks = [self._near(at) for at in sorted(stray)]
        return found

    def _looked_at(self, text: str, runs: QuotedRuns) -> Iterator[Pair]:
        """Yield each run that must hold a quotation, and each other one that does."""
        yield from runs.pairs
        begins = {quoted.start for quoted in self.quotations}
        yield from (pair for pair in runs.terms if pair.words(text)[0] in begins)

    def _measured(self, text: str) -> frozenset[int]:
        """Return where a mark may measure: after digits that a reader sees."""
        if not self._unseen:
            return measures(text)
        parts: list[str] = []
        done = 0
        for at in self._unseen:
            parts += [text[done:at], UNSEEN]
            done = at
        found = measures("".join([*parts, text[done:]]))
        # Each sign before a place moves it by one.
        shifted = [at + turn for turn, at in enumerate(self._unseen)]
        return frozenset(at - bisect_right(shifted, at) for at in found)

    def _near(self, at: int) -> str:
        """Return the text near the mark at *at*, as far as it is in one piece of the page."""
        part = bisect_right(self._starts, at) - 1
        text, place = self._parts[part], at - self._starts[part]
        start = max(0, place - CHARACTERS_NEAR)
        return " ".join(text[start : place + CHARACTERS_NEAR + 1].split())


SIDES = ("opening", "closing")


def _ends(text: str, end: int) -> Iterator[int]:
    """Yield where a quotation may end before a closing mark: a comma may be the page's."""
    yield end
    if text[end - 1 : end] in OWN_POINTS:
        yield end - 1


def _beside(text: str, quoted: Quoted, left: Sequence[int]) -> dict[str, int]:
    """Return which of the marks that are *left* over are directly beside a quotation."""
    found: dict[str, int] = {}
    for at in left:
        mark = DOUBLE.match(text, at)
        end = mark.end() if mark else at + 1
        if not text[end : quoted.start].strip(SPACES) and end <= quoted.start:
            found["opening"] = at
        if quoted.end <= at and not text[quoted.end : at].strip(SPACES + OWN_POINTS):
            found.setdefault("closing", at)
    return found
