"""Visible text: what a reader sees of one block of a finished page, and which marks measure."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.quotation_marks import measures


class VisibleText:
    """The text of one block, read piece by piece, and the double marks in it."""

    def __init__(self) -> None:
        """Begin a block."""
        self._parts: list[str] = []
        self._length = 0
        self._loose: list[tuple[int, str]] = []
        self._closing: list[int] = []

    @property
    def last(self) -> str:
        """The last character so far, if there is one."""
        return self._parts[-1][-1] if self._parts else ""

    def add(self, text: str) -> None:
        """Read *text*: one or more characters, or ATOM or UNSEEN in place of something else."""
        self._parts.append(text)
        self._length += len(text)

    def close(self) -> None:
        """Note that the next character closes a quotation."""
        self._closing.append(self._length)

    def loosen(self, at: int, near: str) -> None:
        """Note a mark of no quotation, character *at* of the text to come; *near* shows it."""
        self._loose.append((self._length + at, near))

    def strays(self) -> Iterator[str]:
        """Yield what stands near each mark that belongs to no quotation and is no measure."""
        if not self._loose:
            return
        measured = measures("".join(self._parts))
        # After a quotation that ends in "5" a second 5" may be a measure or its end.
        unsure = min((at for at in self._closing if at in measured), default=self._length)
        yield from (near for at, near in self._loose if at not in measured or at > unsure)
