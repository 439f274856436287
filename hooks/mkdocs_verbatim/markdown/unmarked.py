"""Unmarked words: what a page has from a source, word for word, outside quotation marks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ..sources.republished import Held
from ..sources.shingle_index import LEAST_WORDS
from ..sources.text_reuse import Reuse, TextReuse, is_name
from ..text.decoding import ways
from .block_text import BLOCKS, Flat
from .page_context import PageContext
from .uncited import blank, count, cut, plain, raw_pieces

# Eight words of one letter, with seven spaces, are no shorter.
STRETCH = re.compile(r"[^\0]{15,}")

SAYING = frozenset({"alt", "title", "label", "aria-label", "aria-description", "placeholder"})
"""Attributes that say something to a reader."""


@dataclass(frozen=True)
class OwnWords:
    """What the block *flat* says outside quotation marks; looked for once, when asked for."""

    flat: Flat
    context: PageContext

    @cached_property
    def text(self) -> str:
        """The block's text with NUL for blocks and for what is in quotation marks."""
        text = plain(self.flat)
        for pair in self.flat.quoted(self.context.saying).pairs:
            text = blank(text, pair.start, pair.end, "\0")
        return text


class CopiedWords:
    """Finds the words that one page has from the sources of *reuse* outside quotation marks."""

    def __init__(self, context: PageContext, reuse: TextReuse) -> None:
        """Begin with a page of which nothing is read; what the build made is not searched."""
        self._context, self._reuse = context, reuse
        self._is_on = not context.page.made and context.log.severities["words-unmarked"] != "off"
        self.told: Held = {}
        """The spans of each source of which authors are told, or have accepted to be."""

    def in_block(self, own: OwnWords) -> None:
        """Warn of each eight words or more that a block has, code and attributes included."""
        if not self._is_on:
            return
        for match in STRETCH.finditer(own.text):
            self._in_text(match[0])
        for raw in raw_pieces(own.flat, self._context):
            for text in ways(raw):
                self._in_text(text)
        for text in _attributes(own.flat.element):
            self._in_text(text)

    def across(self, texts: Sequence[str]) -> None:
        """Warn of what goes on from one of *texts* to the next: items of a list, cells of a table.

        NUL in them is for what is no text of theirs, such as a quotation.
        """
        if not self._is_on:
            return
        said = [" ".join(text.split()) for text in texts if text.strip(" \0\n")]
        whole = " ".join(said)
        ends = list(accumulate(len(text) + 1 for text in said))
        for match in STRETCH.finditer(whole):
            for run in self._reuse.runs(match[0]):
                start, end = (match.start() + edge for edge in run.span)
                goes_on = any(start < at <= end for at in ends[:-1])
                # A list inside a list is looked at by itself, too.
                if goes_on and not self._is_told(run):
                    self._warn(match[0], run)

    def elsewhere(self, left: Held) -> None:
        """Warn of what the file of the page has besides: *left* are spans of each source.

        In front matter, comments, definitions of links and abbreviations, over several blocks.
        """
        sources = self._context.ledger.library.sources
        for key, spans in left.items() if self._is_on else ():
            source = sources[key]
            for span in spans:
                said = source.reading[slice(*span)]
                if not is_name(said, source):
                    self._enter(said, key, source.paragraph(span[0]))

    def _in_text(self, text: str) -> None:
        for run in self._reuse.runs(text):
            self._warn(text, run)

    def _warn(self, text: str, run: Reuse) -> None:
        words = text[slice(*run.span)]
        # Joined by a hyphen they are compared one by one, and are one word to a reader.
        if count(words) < LEAST_WORDS or is_name(words, run.source):
            return
        self.told.setdefault(run.source.key, []).append(run.place)
        self._enter(words, run.source.key, run.source.paragraph(run.place[0]))

    def _is_told(self, run: Reuse) -> bool:
        first, last = run.place
        told = self.told.get(run.source.key, ())
        return any(start <= first and last <= end for start, end in told)

    def _enter(self, words: str, key: str, paragraph: int) -> None:
        text = self._context.text
        places = text.places(words) or text.loosely(words)
        message = (
            f"{count(words)} words in a row outside marks that {key!r} has too, para. {paragraph}: "
            f"'{cut(words)}'; put them in marks and cite, or say it in other words"
        )
        self._context.enter(places, "words-unmarked", message)


def _attributes(element: etree.Element) -> Iterator[str]:
    """Yield what the attributes of *element* and of what is inline in it say."""
    for each in (element, *(e for e in element.iter() if e.tag not in BLOCKS)):
        for name, value in each.items():
            if name in SAYING and isinstance(value, str):
                yield value
