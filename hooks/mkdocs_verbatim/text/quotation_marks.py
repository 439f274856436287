"""Quotation marks: which runs of a text they enclose, and which of them are left over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .boundaries import UNSPACED
from .fold import DASHES, HYPHENS, WHITE

SPACES = " \u00a0\u2009\u202f"
"""Spaces that may be between a mark and the words, as in French."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A run in quotation marks: text[start:end] are its words, without the marks.

    The marks are text[first:start] and text[end:last]; two single ones in a row are one mark.
    """

    start: int
    end: int
    opening: str = "“"
    closing: str = "”"

    @property
    def first(self) -> int:
        """Where the opening mark begins."""
        return self.start - len(self.opening)

    @property
    def last(self) -> int:
        """Where the closing mark ends."""
        return self.end + len(self.closing)

    def words(self, text: str) -> tuple[int, int]:
        """Return where in *text* its words are, less the spaces that belong to the marks."""
        said = text[self.start : self.end]
        start = self.start + len(said) - len(said.lstrip(SPACES))
        return start, max(start, self.start + len(said.rstrip(SPACES)))

    @property
    def marks(self) -> tuple[str, str]:
        """The opening mark and the closing one."""
        return self.opening, self.closing


@dataclass(slots=True)
class Pairing:
    """The double marks of a text, by what they do."""

    pairs: list[Pair] = field(default_factory=list)
    """The outermost runs, in order."""
    left: list[int] = field(default_factory=list)
    """Offsets of marks that belong to no run and do not measure, in order."""
    measures: list[int] = field(default_factory=list)
    """Offsets of marks that measure, outside every run, in order."""


CLOSING: Mapping[str, str] = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "〝": "〞〟",
    "❝": "❞",
    "🙶": "🙷",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "｢": "｣",
    "《": "》",
    "〈": "〉",
    "⟪": "⟫",
    "≪": "≫",
    "❮": "❯",
    "⹂": "”“‟",
    # Swedish and Finnish, and German books, have a closing mark on both sides or turned round.
    "”": "”",
    "»": "«»",
}
"""The marks that may close what a mark opens, in the pairings that a language has.

Those of Unicode's property Quotation_Mark, and what readers take for them.
"""

EVERYWHERE = frozenset(CLOSING) - {"”", "»"}
"""Marks that open wherever they are; others open or close by what is around them."""

SAME: Mapping[str, str] = {
    '"': '"',
    "＂": "＂",
    "″": "″",
    "‶": "″‶",
    "ʺ": "ʺ",
    "״": "״",
    "˝": "˝",
    "ˮ": "ˮ",
    "〃": "〃",
    "🙸": "🙸",
}
"""Marks that look alike on both sides of a run, or nearly so."""

DOUBLED: Mapping[str, tuple[str, ...]] = {
    "''": ("''",),
    "＇＇": ("＇＇",),
    "‘‘": ("’’",),
    "’’": ("’’",),
    "‚‚": ("‘‘", "’’"),
    "‹‹": ("››",),
    "››": ("‹‹", "››"),
}
"""Single marks in pairs that look like a double one, and the pairs that may close the run.

An apostrophe may come before a single mark: without a partner they are no mark.
"""

LOOK_ALIKE = frozenset("″‶ʺ״˝ˮ〃≪≫⟪⟫❮❯〈〉") | DOUBLED.keys()
"""What has another use, too: without a partner it is no mark."""

IN_WORDS = frozenset('"״ʺˮ')
"""Between two letters these are part of a word, such as a Hebrew acronym."""
IN_WORD = re.compile(rf"(?<=[^\W\d_])[{''.join(sorted(IN_WORDS))}](?=[^\W\d_])")
HEBREW = re.compile("[\u05d0-\u05ea]{2}")

MOST_TURNS = 5
"""How often marks are paired anew without those that have no partner."""

_SINGLES = "".join(sorted({*CLOSING, *SAME, *"".join((*CLOSING.values(), *SAME.values()))}))
DOUBLE = re.compile("|".join((*map(re.escape, DOUBLED), f"[{re.escape(_SINGLES)}]")))
"""The double marks of every language: a run in any of them must be proven."""

MARK_OR_BLOCK = re.compile(f"{DOUBLE.pattern}|\0")
ATOM = "\ufffc"
"""Placeholder for what is not text: a citation, a picture, the number of a footnote."""

BEFORE_OPENING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0([{{</'‘{ATOM}。，、；：！？（「『《〈")
AFTER_CLOSING = frozenset(
    f" {WHITE}{DASHES}{HYPHENS}\0.,:;!?)]}}>…/'’[{{{ATOM}。，、；：！？）」』》〉"
)

INCHES = frozenset({'"', "″", "''"})
"""Double marks that may be a measure, in inches or seconds."""
# ASCII digits only: a raised digit is an exponent or the number of a note, and nobody writes a
# straight mark after full-width ones.
DIGITS = frozenset("0123456789")
FRACTIONS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
DIGITS_OF_MEASURE = 3
"""Most digits of a measure: a year, which may end a quotation, has four."""
UNSEEN = "\x1a"
"""Placeholder in a text for something on the page that a reader may not see."""
NOT_SEEN = frozenset({"Cf", "Mn", "Me"})
"""Unicode categories of characters without a width of their own."""
AFTER_MEASURE = re.compile(
    r"""
    (?P<compass> [NSEWO] ) (?! [^\W_] )    # no letter or digit follows; O is east or west
  | (?P<times> [x×] ) (?! [^\W\d_] )       # between two measures: no letter follows
  | (?P<no_letter_or_digit> (?!×) [\W_] )
  | (?P<end_of_text> \Z )
    """,
    re.VERBOSE,
)
"""What may follow the mark of a measure."""


def measures(text: str) -> frozenset[int]:
    """Return the offsets of marks that may measure in *text* as a reader sees it.

    One of them does not measure if it closes a run; *pair_marks* decides that.
    """
    found = (match for match in DOUBLE.finditer(text) if match[0] in INCHES)
    return frozenset(
        match.start()
        for match in found
        if follows_number(text, match.start()) and _may_follow(text, match.end())
    )


def follows_number(text: str, at: int) -> bool:
    """Return whether a fraction or one to three digits end directly before text[at]."""
    first = at
    while first and text[first - 1] in DIGITS:
        first -= 1
    # Two digits are one number if a reader sees nothing between them.
    before = first
    while before and _is_unseen(text[before - 1]):
        before -= 1
    longer = text[before - 1 : before].isdigit()
    is_fraction = at > 0 and text[at - 1] in FRACTIONS
    return is_fraction or (0 < at - first <= DIGITS_OF_MEASURE and not longer)


def _may_follow(text: str, at: int) -> bool:
    """Return whether text[at:] may follow the mark of a measure."""
    while at < len(text) and text[at] != ATOM and _is_unseen(text[at]):
        at += 1
    return AFTER_MEASURE.match(text, at) is not None


def _is_unseen(character: str) -> bool:
    return character in {UNSEEN, ATOM} or unicodedata.category(character) in NOT_SEEN


def pair_marks(text: str, measured: Collection[int] | None = None) -> Pairing:
    """Return the runs in *text*, and the double marks that measure or are left over.

    A mark closes the run that is open if it can; else it opens one, if it may open: a mark that
    also closes must come after a space or bracket and before a word. One that does neither
    measures if its offset is in *measured*; without *measured* that is what *measures* returns.
    """
    measured = measures(text) if measured is None else measured
    ignored: set[int] = set()
    for _ in range(MOST_TURNS):
        found, alone = _pair(text, measured, ignored)
        if not alone:
            return found
        # What has another use, too, and no partner is no mark: the others pair without it.
        ignored |= alone
    found.left = sorted([*found.left, *alone])
    return found


def _pair(
    text: str, measured: Collection[int], ignored: Collection[int]
) -> tuple[Pairing, set[int]]:
    """Return what *pair_marks* does, without the *ignored* marks; and which have no partner."""
    found = Pairing()
    open_: list[tuple[str, int]] = []
    alone: set[int] = set()
    closed_at_digit = False
    state = _State(text)
    for match in MARK_OR_BLOCK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\0":
            # A block inside this one: a quotation does not run across it.
            _leave(found, open_, alone)
            closed_at_digit = False
        elif at in ignored:
            continue
        elif open_ and state.closes(mark, at, open_[-1][0]):
            opener, start = open_.pop()
            closed_at_digit |= opener in INCHES and at in measured
            if not open_:
                found.pairs.append(Pair(start + len(opener), at, opener, mark))
        elif state.opens(mark, at):
            open_.append((mark, at))
        elif closed_at_digit or at not in measured:
            # After "5" a second 5" may be a measure or an end: not known, so left over.
            if not state.is_none(mark, at):
                found.left.append(at)
        elif not open_:
            found.measures.append(at)
    _leave(found, open_, alone)
    found.left.sort()
    return found, alone


def _leave(found: Pairing, open_: list[tuple[str, int]], alone: set[int]) -> None:
    """Enter the marks *open_* as left over, or as *alone* if they may be no marks."""
    for mark, at in open_:
        if mark in LOOK_ALIKE:
            alone.add(at)
        else:
            found.left.append(at)
    open_.clear()


class _State:
    """What the marks of one *text* may do by what is around them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lasts: dict[str, int] = {}

    def closes(self, mark: str, at: int, opener: str) -> bool:
        """Return whether *mark*, which begins at *at*, closes the run that *opener* opened."""
        if opener in DOUBLED:
            return mark in DOUBLED[opener]
        if opener in SAME:
            return mark in SAME[opener] and self._ends(mark, at)
        return mark in CLOSING[opener]

    def opens(self, mark: str, at: int) -> bool:
        """Return whether *mark* opens a run at *at*."""
        if mark in EVERYWHERE:
            # What has another use opens before a word alone.
            return mark not in LOOK_ALIKE or self._begins(mark, at)
        if mark in DOUBLED:
            return self._begins(mark, at) and self._last(DOUBLED[mark]) > at
        return (mark in SAME or mark in CLOSING) and self._begins(mark, at)

    def is_none(self, mark: str, at: int) -> bool:
        """Return whether *mark*, without a partner, is no quotation mark."""
        return mark in LOOK_ALIKE or (mark in IN_WORDS and self._is_in_word(at))

    def _is_in_word(self, at: int) -> bool:
        beside = self._text[at - 1 : at] + self._text[at + 1 : at + 2]
        # Of other letters one alone is a slip; two may enclose words.
        return HEBREW.fullmatch(beside) is not None or (
            beside.isalpha() and len(beside) == 2 and len(self._in_words) == 1
        )

    @cached_property
    def _in_words(self) -> list[int]:
        return [match.start() for match in IN_WORD.finditer(self._text)]

    def _last(self, marks: tuple[str, ...]) -> int:
        """Return where the last of any of *marks* is."""
        for mark in marks:
            if mark not in self._lasts:
                self._lasts[mark] = self._text.rfind(mark)
        return max(self._lasts[mark] for mark in marks)

    def _begins(self, mark: str, at: int) -> bool:
        """Return whether words begin after the mark, which nothing joins to those before it."""
        before = self._text[at - 1] if at else "\0"
        after = self._text[at + len(mark) : at + len(mark) + 1] or "\0"
        if after.isspace() or after == "\0":
            return False
        return before in BEFORE_OPENING or before in EVERYWHERE or bool(UNSPACED.match(before))

    def _ends(self, mark: str, at: int) -> bool:
        after = self._text[at + len(mark) : at + len(mark) + 1] or "\0"
        return (
            after in AFTER_CLOSING
            or DOUBLE.match(after) is not None
            or UNSPACED.match(after) is not None
        )
