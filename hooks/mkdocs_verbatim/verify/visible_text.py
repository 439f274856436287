"""The text of one block of a finished page as a reader sees it, and which marks in it measure."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.quotation_marks import DOUBLE, IN_WORDS, LOOK_ALIKE, measures, pair_marks

NO_MARK = "a"
"""In place of a mark that is not looked at; a letter cannot follow a measure."""


class VisibleText:
    """The text of one block, read piece by piece, and the double marks in it."""

    def __init__(self) -> None:
        """Begin an empty block."""
        self._parts: list[str] = []
        self._length = 0
        self._unquoted: list[tuple[int, str]] = []
        self._closing: list[int] = []

    @property
    def last(self) -> str:
        """The last character read, or "" if there is none."""
        return self._parts[-1][-1] if self._parts else ""

    def add_quoted(self, text: str) -> None:
        """Read *text* whose marks are looked at elsewhere, or need no proof."""
        self.add(DOUBLE.sub(lambda match: NO_MARK * len(match[0]), text))

    def add(self, text: str) -> None:
        """Read *text*: one or more characters, or ATOM or UNSEEN in place of something else."""
        self._parts.append(text)
        self._length += len(text)

    def note_closing(self) -> None:
        """Note that the next character closes a quotation."""
        self._closing.append(self._length)

    def note_unquoted(self, at: int, near: str) -> None:
        """Note a mark outside quotations: character *at* of the text to come, with *near* round it.

        It is a stray one unless it measures, which depends on what follows.
        """
        self._unquoted.append((self._length + at, near))

    def strays(self) -> Iterator[str]:
        """Yield the text near each mark that neither belongs to a quotation nor measures."""
        if not self._unquoted:
            return
        text = "".join(self._parts)
        measured = measures(text)
        # After a quotation that ends in "5" a second 5" may be a measure or its end.
        unsure = min((at for at in self._closing if at in measured), default=self._length)
        pairing = pair_marks(text, measured)
        marks = {at for pair in pairing.pairs for at in (pair.first, pair.end)}
        marks.update(pairing.left, (at for at, _ in self._unquoted if not _has_other_use(text, at)))
        for at, near in self._unquoted:
            if at in marks and (at not in measured or at > unsure):
                yield near


def _has_other_use(text: str, at: int) -> bool:
    """Return whether the mark at *at* is none without a partner, or as a part of a word."""
    mark = DOUBLE.match(text, at)
    return mark is not None and (mark[0] in LOOK_ALIKE or mark[0] in IN_WORDS)
