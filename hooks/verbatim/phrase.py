"""Phrases: words to look for in a text, found in time that grows with the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .text import Folded, fold

LONGEST = 100
"""Code points of a phrase."""

FORM = re.compile(r"[^\s*]+\*?(?: [^\s*]+\*?)*")

Found = tuple[int, int, str]
"""Where a phrase stands, [start, end), and the words that stand there."""


def wrong_phrase(phrase: str) -> str | None:
    """Say why *phrase* cannot be looked for, or nothing.

    A phrase is words, each of which may end in `*` for any further letters: no pattern of an
    author's is run, so that none can take for ever.
    """
    folded = fold(phrase).text.strip()
    if len(folded) > LONGEST:
        return f"{phrase[:20]!r}… is longer than {LONGEST} characters"
    if FORM.fullmatch(folded) and any(c.isalnum() for c in folded):
        return None
    return f"{phrase!r} is not words, each of which may end in *"


class Phrases:
    """Finds any of some phrases, as whole words.

    Small letters stand for either case, a word with a capital for itself alone. How spaces,
    apostrophes and hyphens are written makes no difference.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        """Make ready to look for *phrases*, which `wrong_phrase` has nothing against."""
        wanted = sorted({fold(phrase).text.strip() for phrase in phrases}, key=len, reverse=True)
        alternatives = "|".join(map(_pattern, wanted))
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if wanted else None
        # Nearly no text holds any: these are looked for first, which costs next to nothing.
        self._stems = tuple(dict.fromkeys(phrase.lower().partition("*")[0] for phrase in wanted))

    def __bool__(self) -> bool:
        return self._pattern is not None

    def may_stand_in(self, lower: str) -> bool:
        """Tell whether any phrase may stand in a folded text, given in small letters."""
        return any(stem in lower for stem in self._stems)

    def find(self, text: Folded, besides: Phrases | None = None) -> Iterator[Found]:
        """Yield each place in the raw text of *text*, less those inside one of *besides*."""
        if self._pattern is None:
            return
        free = [span for span, _ in besides.spans(text.text)] if besides else []
        for (start, end), words in self.spans(text.text):
            if not any(a <= start and end <= b for a, b in free):
                yield text.start(start), text.end(end), words

    def spans(self, text: str) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield the span of each place in the folded *text*, and the words there."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield match.span(), match[0]


def _pattern(phrase: str) -> str:
    words = (_word(word) for word in phrase.split(" "))
    return " ".join(words)


def _word(word: str) -> str:
    pattern = re.escape(word.removesuffix("*")) + (r"\w*+" if word.endswith("*") else "")
    return pattern if any(c.isupper() for c in word) else f"(?i:{pattern})"
