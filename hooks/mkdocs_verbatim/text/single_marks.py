"""Single quotation marks: which runs they enclose, where they are no apostrophes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .fold import DASHES, HYPHENS, WHITE
from .quotation_marks import ATOM, DOUBLE, Pair

SINGLE = re.compile(r"[‘’‚‛‹›'＇❛❜]")
CLOSING = {
    "‘": "’'",
    "‚": "‘’'",
    "‛": "’",
    "‹": "›",
    "❛": "❜",
    "›": "‹›",
    "'": "'’",
    "＇": "＇",
    "’": "’",
}
"""The single marks that may close what one opens."""
BOTH_SIDES = frozenset("sv fi se".split())
"""Languages that have ’ on both sides of a run."""
APOSTROPHES = frozenset("'’‘＇")
POINTED = frozenset("‹›")

BEFORE = frozenset(
    f' {WHITE}{DASHES}{HYPHENS}\0([{{</“„«»‟”"‘‚‹›❝「『《〈*_{ATOM}\u00bf\u00a1（：，。、'
)
CLIPPED = re.compile(
    r"(?:tis|twas|twere|twill|em|n|til|till|cause|cos|coz|round|bout|neath|gainst|fraid|nuff|ere"
    r"|twixt|tween|scuse|struth|zat|t|s|k|m|ns|sup)(?![\w])|\d\ds?(?![\d\w])",
    re.IGNORECASE,
)
"""Words that have lost their beginning, and years that have lost their century."""
YEARS = re.compile(r"\d\ds?(?![\d\w])")
AND = re.compile(r"(?<![\w])['’‘][nN]['’](?![\w])")
"""The *’n’* of rock ’n’ roll."""
SENTENCE_END = re.compile(r"[.!?…][’'”\")]*\s|\0")


@dataclass(slots=True)
class SingleRuns:
    """The runs in single marks of a text, and the marks that would open one but have no partner."""

    pairs: list[Pair] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


def single_runs(text: str, doubles: Sequence[Pair] = (), language: str = "en") -> SingleRuns:
    """Return the outermost runs in single marks in *text*, outside its *doubles*.

    A run may hold some of *doubles* whole; what is in them is theirs.
    """
    found = SingleRuns()
    if not SINGLE.search(text):
        return found
    marks = _Marks(text, doubles, language)
    turn = 0
    while turn < len(marks.at):
        at = marks.at[turn]
        if not marks.opens(at):
            turn += 1
            continue
        close = marks.partner(turn)
        if close is None:
            found.alone.append(at)
            turn += 1
            continue
        end = marks.at[close]
        found.pairs.append(Pair(at + 1, end, text[at], text[end]))
        turn = close + 1
    return found


def has_marks(text: str) -> bool:
    """Return whether *text* has any character that may be a quotation mark, single or double."""
    return DOUBLE.search(text) is not None or SINGLE.search(text) is not None


class _Marks:
    """The single marks of one *text* outside its double ones."""

    def __init__(self, text: str, doubles: Sequence[Pair], language: str) -> None:
        self._text, self._both = text, language in BOTH_SIDES
        inside = [(pair.first, pair.last) for pair in doubles]
        words = [match.span() for match in AND.finditer(text)]
        self.at: list[int] = []
        skipped = sorted([*inside, *words])
        turn = 0
        for match in SINGLE.finditer(text):
            while turn < len(skipped) and skipped[turn][1] <= match.start():
                turn += 1
            if turn < len(skipped) and skipped[turn][0] <= match.start():
                continue
            self.at.append(match.start())
        self._last = {mark: text.rfind(mark) for mark in set(text) & set("’'‘›‹＇❜")}

    def opens(self, at: int) -> bool:
        """Return whether the mark at *at* may open a run, by what is around it."""
        text = self._text
        mark = text[at]
        if mark == "’" and not self._both:
            return False
        before = text[at - 1] if at else "\0"
        after = text[at + 1] if at + 1 < len(text) else "\0"
        if before not in BEFORE or after in {"\0", ATOM}:
            return False
        if after.isspace():
            return mark == "‹" and before not in POINTED
        if mark not in APOSTROPHES or not (clipped := CLIPPED.match(text, at + 1)):
            return True
        # ‘24 hours are too few’ may be somebody's words; '24 is a year.
        return mark == "‘" and YEARS.match(text, at + 1) is not None and self._goes_on(clipped)

    def _goes_on(self, clipped: re.Match[str]) -> bool:
        rest = self._text[clipped.end() :]
        return not clipped[0].endswith("s") and re.match(r"\s+[^\W\d_]", rest) is not None

    def partner(self, turn: int) -> int | None:
        """Return which mark closes the run that the mark number *turn* opens, or None."""
        text, start = self._text, self.at[turn]
        stop = text.find("\0", start)
        stop = len(text) if stop < 0 else stop
        wanted = CLOSING[text[start]]
        if max(self._last.get(mark, -1) for mark in wanted) <= start:
            return None
        depth, last = 1, None
        for number in range(turn + 1, len(self.at)):
            at = self.at[number]
            if at >= stop:
                break
            if text[at] in wanted and self._closes(number, wanted):
                depth, last = depth - 1, number
                if not depth:
                    return number
            elif self._opens_inside(at, text[start]):
                depth += 1
        return last

    def _opens_inside(self, at: int, opener: str) -> bool:
        """Return whether the mark at *at* opens a run of the same marks inside another."""
        return self._text[at] == opener and self.opens(at)

    def _closes(self, number: int, wanted: str) -> bool:
        text, at = self._text, self.at[number]
        before, after = text[at - 1], text[at + 1] if at + 1 < len(text) else "\0"
        if text[at] in POINTED:
            return not (before.isspace() and after.isspace() and text[at] == "‹")
        if before.isspace() or after.isalnum():
            return False
        if self.opens(at) and text[at] == "‘":
            return False
        return before not in "sS" or not self._another(number, wanted)

    def _another(self, number: int, wanted: str) -> bool:
        """Return whether after an s another mark may close the run, so that this is a genitive's.

        Another one after an s is in the same sentence; one after another letter may be further.
        """
        text, at = self._text, self.at[number]
        same_sentence = True
        done = at
        for other in self.at[number + 1 :]:
            same_sentence = same_sentence and not SENTENCE_END.search(text, done, other)
            done = other
            if "\0" in text[at:other] or self.opens(other):
                return False
            after = text[other + 1] if other + 1 < len(text) else "\0"
            before = text[other - 1]
            if text[other] not in wanted or after.isalnum() or before.isspace():
                continue
            if same_sentence or before not in "sS":
                return True
        return False
