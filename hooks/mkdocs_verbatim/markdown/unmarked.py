"""Unmarked words: what a page has from a source, word for word, outside quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..sources.shingle_index import LEAST_WORDS
from ..sources.text_reuse import Reuse, TextReuse
from ..text.quotation_marks import DOUBLE
from .block_text import Flat
from .page_context import PageContext
from .uncited import blank, count, cut, plain, raw_texts

# Eight words of one letter, with seven spaces, are no shorter.
STRETCH = re.compile(r"[^\0]{15,}")


@dataclass(frozen=True)
class OwnWords:
    """What the block *flat* says outside quotation marks; looked for once, when asked for."""

    flat: Flat
    context: PageContext

    @cached_property
    def text(self) -> str:
        """The block's text with NUL for blocks and for what is in double marks."""
        text = plain(self.flat, self.context)
        for pair in self.flat.pairs.pairs if DOUBLE.search(text) else ():
            text = blank(text, pair.start, pair.end, "\0")
        return text


def warn_of_copied(own: OwnWords, reuse: TextReuse) -> None:
    """Warn of each eight words or more that a block has from a source outside marks."""
    flat, context = own.flat, own.context
    if context.page.made or context.log.severities["words-unmarked"] == "off":
        return
    for match in STRETCH.finditer(own.text):
        for run in reuse.runs(match[0]):
            start, end = (match.start() + edge for edge in run.span)
            if not _is_code(flat, start, end):
                _warn(match[0], run, context)
    for raw in raw_texts(flat, context, editor=True):
        for run in reuse.runs(raw):
            _warn(raw, run, context)


def _warn(text: str, run: Reuse, context: PageContext) -> None:
    words = text[slice(*run.span)]
    # Joined by a hyphen they are compared one by one, and are one word to a reader.
    if count(words) < LEAST_WORDS:
        return
    key, paragraph = run.source.key, run.source.paragraph(run.place[0])
    message = (
        f"{count(words)} words in a row outside marks that {key!r} has too, para. {paragraph}: "
        f"'{cut(words)}'; put them in marks and cite, or say it in other words"
    )
    context.enter(context.text.places(words), "words-unmarked", message)


def _is_code(flat: Flat, start: int, end: int) -> bool:
    """Return whether the whole of a run is in one piece of code."""
    return any(
        token.start <= start and end <= token.start + len(token.shown)
        for token in flat.kinds("code")
    )
