"""Unmarked words: what a page has from a source, word for word, outside quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..sources.shingle_index import LEAST_WORDS
from ..sources.text_reuse import Reuse, TextReuse
from ..text.quotation_marks import DOUBLE
from .block_text import Flat
from .page_context import Desk
from .uncited import blank, count, cut, plain, raw_texts

# Eight words of one letter, with seven spaces, are no shorter.
STRETCH = re.compile(r"[^\0]{15,}")


@dataclass(frozen=True)
class OwnWords:
    """What the block *flat* says outside quotation marks; looked for once, when asked for."""

    flat: Flat
    desk: Desk

    @cached_property
    def text(self) -> str:
        """The block's text with NUL for blocks and for what is in double marks."""
        text = plain(self.flat, self.desk)
        for pair in self.flat.pairs.pairs if DOUBLE.search(text) else ():
            text = blank(text, pair.start, pair.end, "\0")
        return text


def warn_of_copied(own: OwnWords, reuse: TextReuse) -> None:
    """Warn of each eight words or more that a block has from a source outside marks."""
    flat, desk = own.flat, own.desk
    if desk.page.made or desk.log.severities["words-unmarked"] == "off":
        return
    for match in STRETCH.finditer(own.text):
        for run in reuse.runs(match[0]):
            start, end = (match.start() + edge for edge in run.span)
            if not _is_code(flat, start, end):
                _warn(match[0], run, desk)
    for raw in raw_texts(flat, desk, editor=True):
        for run in reuse.runs(raw):
            _warn(raw, run, desk)


def _warn(text: str, run: Reuse, desk: Desk) -> None:
    words = text[slice(*run.span)]
    # Joined by a hyphen they are compared one by one, and are one word to a reader.
    if count(words) < LEAST_WORDS:
        return
    key, paragraph = run.source.key, run.source.paragraph(run.place[0])
    message = (
        f"{count(words)} words in a row outside marks that {key!r} has too, para. {paragraph}: "
        f"'{cut(words)}'; put them in marks and cite, or say it in other words"
    )
    desk.enter(desk.text.places(words), "words-unmarked", message)


def _is_code(flat: Flat, start: int, end: int) -> bool:
    """Return whether the whole of a run is in one piece of code."""
    return any(
        token.start <= start and end <= token.start + len(token.shown)
        for token in flat.kinds("code")
    )
