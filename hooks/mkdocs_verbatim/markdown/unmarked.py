"""Unmarked words: what a page has from a source, word for word, outside quotation marks."""

from __future__ import annotations

import re

from ..quotations.shingle_index import LEAST_WORDS
from ..quotations.text_reuse import Reuse, TextReuse
from ..text.quotation_marks import DOUBLE
from .block_text import Flat
from .inline_quotations import pairs_in
from .page_context import Desk
from .uncited import blank, count, cut, plain, raw_texts

# Eight words of one letter, with seven spaces, are no shorter.
STRETCH = re.compile(r"[^\0]{15,}")


def warn_of_copied(flat: Flat, desk: Desk, reuse: TextReuse) -> None:
    """Warn of each eight words or more that *flat* has from a source outside marks."""
    if desk.page.made or desk.ledger.severities["words-unmarked"] == "off":
        return
    for match in STRETCH.finditer(outside(flat, desk)):
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
    desk.ledger.enter(desk.page, desk.page.places(words), "words-unmarked", message)


def outside(flat: Flat, desk: Desk) -> str:
    """Return the text of *flat* with NUL for blocks and for what stands in double marks."""
    if flat.outside is None:
        text = plain(flat, desk)
        for pair in pairs_in(flat)[0] if DOUBLE.search(text) else ():
            text = blank(text, pair.start, pair.end, "\0")
        flat.outside = text
    return flat.outside


def _is_code(flat: Flat, start: int, end: int) -> bool:
    """Tell whether the whole of a run stands in one piece of code."""
    return any(
        token.start <= start and end <= token.start + len(token.shown)
        for token in flat.kinds("code")
    )
