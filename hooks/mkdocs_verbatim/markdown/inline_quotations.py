"""Inline quotations: those of one paragraph, list item or table cell, with its citations."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..ledger.use import Use
from ..problem import Problem, RuleId
from ..quotations.mark import Citation, Mark, parse_citation
from ..quotations.match import holders
from ..speakers.inline import Block, block_of
from ..text.quotation_marks import ATOM, DOUBLE, INCHES, Pair
from ..text.words import count_words
from .attribute_lists import TERM
from .block_text import HEADINGS, Flat
from .edits import Edit, Insert, rebuild
from .page_context import (
    PageContext,
    bracket_defined,
    citation_body,
    foreign,
    is_citation,
    linked,
    stressed,
)

QUOTABLE = frozenset({"p", "li", "td", "th", "dd", "figcaption"})
"""The elements in which a quotation and its citation can be."""

FOLLOWING = re.compile(rf"(?:\s*{ATOM})*[.,;:!?…]+")
MOST_REPEATED = 60
"""Code points of a quotation that a message repeats."""
SPOKEN_WORD = re.compile(r"\S*[^\W_]\S*")
LEAST_BETWEEN = 5
"""Words between two measures, at least, that may be somebody's sentence."""
NUMERALS = "0123456789¼½¾⅓⅔⅛⅜⅝⅞/⁄.,'’′° "
"""What a measure has before its mark."""


@dataclass(slots=True)
class _Cited:
    """A citation in a block: where it is, and the quotations it proves."""

    at: int
    citation: Citation
    runs: list[Pair] = field(default_factory=list)


def set_marks(flat: Flat, context: PageContext, *, editor: bool) -> None:
    """Resolve every mark of the block *flat*, and put what it becomes in its place."""
    block = _Block(flat, context, editor=editor)
    block.read()
    rebuild(flat, block.edits, block.inserts, block.written)


class _Block:
    """One block's marks, and the edits they lead to."""

    def __init__(self, flat: Flat, context: PageContext, *, editor: bool) -> None:
        self._flat, self._context, self._editor = flat, context, editor
        self._cited = [_Cited(at, parse_citation(body)) for at, body in _citations(flat)]
        self._prose = ""
        self.edits: list[Edit] = []
        self.inserts: list[Insert] = []
        self.written: dict[int, str] = {}

    def read(self) -> None:
        """Find the marks and settle each."""
        element = self._flat.element
        for token in self._flat.kinds("escape"):
            if DOUBLE.match(token.shown):
                self._hidden(token.start)
        found = self._flat.pairs
        for at in found.left:
            self._unpaired(at)
        pairs = [pair for pair in found.pairs if not self._is_term(pair)]
        is_title = "admonition-title" in (element.get("class") or "").split()
        if element.tag not in QUOTABLE or is_title:
            self._misplaced(pairs)
            return
        text = list(self._flat.text)
        for pair in pairs:
            text[pair.start : pair.end] = " " * (pair.end - pair.start)
        self._prose = "".join(text)
        if self._cited and found.measures:
            self._measured(found.measures[0], found.measures[-1])
        for pair in pairs:
            cited = next((c for c in self._cited if c.at >= pair.end), None)
            if cited is None:
                self._uncited(pair)
            else:
                cited.runs.append(pair)
        for cited in self._cited:
            self._resolve(cited)

    def _is_term(self, pair: Pair) -> bool:
        """Set a term apart, marks and all: it claims nothing of a source."""
        match = TERM.match(self._flat.text, pair.last)
        if match is not None and match.span() not in self._flat.attributes:
            return False
        if any(pair.first < cited.at < pair.last for cited in self._cited):
            return False
        if match is not None:
            term = etree.Element("span", {"class": "term"})
            self.edits.append(Edit(pair.first, pair.last, term))
            rest = etree.Element("span")
            self.edits.append(Edit(pair.last, match.end(), rest, elements=()))
            self._set_marks(pair)
        return match is not None

    def _set_marks(self, pair: Pair) -> None:
        """Set the marks of *pair* as Markdown sets all: alone beside an element it may not see how.

        One that opens and one that closes look alike until then.
        """
        straight = pair.marks == ('"', '"')
        if straight and (smart := self._context.smart_marks()) is not None:
            self.written[pair.first], self.written[pair.end] = smart

    def _resolve(self, cited: _Cited) -> None:
        number_at = self._number_at(cited)
        proven: set[str] = set()
        for turn, pair in enumerate(cited.runs, 1):
            result = self._proven(pair, cited.citation)
            if isinstance(result, Problem):
                self.inserts.append((pair.last, self._context.problem(result)))
                continue
            proven.add(result.item.key)
            self._name(result, pair)
            wrap = etree.Element("span", self._context.writer.attributes(result))
            self.inserts += [(pair.start, anchor) for anchor in self._context.anchors(result)]
            place = (pair.start, pair.end)
            self.edits.append(self._context.edit(self._flat, place, result, 0, wrap))
            self._set_marks(pair)
            # Of several quotations with one citation, each but the last has its number at once.
            last = turn == len(cited.runs)
            self.inserts.append((number_at if last else pair.last, self._context.number(result)))
        if proven or not cited.runs:
            mark = Mark(kind="citation", citation=cited.citation, editor=self._editor)
            others = [item for item in cited.citation.items if item.key not in proven]
            self.inserts += [(number_at, self._context.cite(mark, item)) for item in others]
        self._remove(cited)

    def _name(self, use: Use, pair: Pair) -> None:
        """Enter a problem if what is around a quotation does not say whose words it has."""
        if found := self._context.ledger.misattributed(use, self._spoken_block, pair):
            words = self._flat.text[pair.start : pair.end]
            places = self._context.text.marked(words, pair.marks)
            self._context.enter(places, *found)

    @cached_property
    def _spoken_block(self) -> Block:
        """The block as who speaks in it is looked for: its quotations hidden."""
        heading = self._context.page.state.heading
        return block_of(self._flat.text, self._flat.pairs.pairs, heading)

    def _remove(self, cited: _Cited) -> None:
        """Take the citation out, and the space before it."""
        start = cited.at
        while start and self._flat.text[start - 1] in " \n\t":
            start -= 1
        self.edits.append(Edit(start, cited.at + 1, etree.Element("span"), elements=()))

    def _number_at(self, cited: _Cited) -> int:
        """Return where the number goes: after the citation and the punctuation that follows it."""
        text = self._flat.text
        match = FOLLOWING.match(text, cited.at + 1)
        if match is None:
            return cited.at + 1
        atoms = [i for i in range(cited.at + 1, match.end()) if text[i] == ATOM]
        known = {other.at for other in self._cited}
        return match.end() if known.issuperset(atoms) else cited.at + 1

    def _proven(self, pair: Pair, citation: Citation) -> Use | Problem:
        words = self._flat.text[pair.start : pair.end]
        if name := linked(self._flat, (pair.start, pair.end), self._context):
            return bracket_defined(name, self._context)
        if what := foreign(self._flat, (pair.start, pair.end), self._context):
            message = f"{what} inside a quotation; put it outside the marks"
            places = self._context.text.marked(words, pair.marks)
            return self._context.enter(places, "raw-quotation", message)
        mark = Mark(
            kind="inline",
            words=(words,),
            citation=citation,
            marks=pair.marks,
            editor=self._editor,
            stressed=stressed(self._flat, (pair.start, pair.end), 0),
        )
        return self._context.ledger.prove(mark, self._context.page)

    def _uncited(self, pair: Pair) -> None:
        message = f"{self._run(pair)} has no citation after it in its paragraph; {self._form}"
        self._refuse(pair, "quote-uncited", message)

    @cached_property
    def _form(self) -> str:
        """Return how to write the citation, as near as possible to what the author wrote."""
        named = re.search(r"(?<![\w@])@(?P<key>[\w-]+)", self._flat.text)
        if named and self._context.ledger.library.records.get(named["key"]):
            return f"write [@{named['key']}] after the quotation"
        if self._cited:
            return "a citation comes after the words it proves"
        return "add one, as in [@key, para. 4]"

    def _hidden(self, at: int) -> None:
        text = self._flat.text
        message = 'a mark hidden by \\"; write the mark itself, and prove the quotation'
        places = self._context.text.marks(text[:at], '\\"', text[at + 1 :])
        self.inserts.append((at, self._context.refuse("raw-quotation", message, places)))

    def _unpaired(self, at: int) -> None:
        text = self._flat.text
        near = text[max(0, at - 20) : at + 21].replace(ATOM, "").replace("\0", " ")
        near = " ".join(near.split())
        found = DOUBLE.match(text, at)
        mark = found[0] if found else text[at]
        message = f"a mark {mark} without its partner, near '{near}'"
        if mark in INCHES and text[at - 1 : at].isdigit():
            message += "; a measure is written out: inches"
        page = self._context.text
        after = at + len(mark)
        places = page.mark(text, at, mark) or page.literal(mark)
        self.inserts.append((after, self._context.refuse("mark-unpaired", message, places)))

    def _measured(self, first: int, last: int) -> None:
        """Warn if what two measures enclose may pass for a quotation."""
        text = self._flat.text
        between = slice(first + 1, last)
        words = len(SPOKEN_WORD.findall(self._prose[between].rstrip(NUMERALS)))
        if words < LEAST_BETWEEN:
            return
        message = (
            f"two measures with {words} words between them, which a reader may take for a "
            f"quotation, '{_cut(text[between])}'; write inches"
        )
        page = self._context.text
        places = page.mark(text, first, text[first])
        self._context.enter(places or page.literal(text[first]), "measure-unclear", message)

    def _misplaced(self, pairs: Sequence[Pair]) -> None:
        tag = self._flat.element.tag
        where = "a heading" if tag in HEADINGS else "a title" if tag == "p" else f"<{tag}>"
        for pair in pairs:
            message = f"{self._run(pair)} in {where}; nothing can be proven there"
            self._refuse(pair, "quote-misplaced", message)
        for cited in self._cited:
            message = f"a citation in {where}; cite in a paragraph"
            places = self._context.text.citation(cited.citation.text)
            self.inserts.append(
                (cited.at, self._context.refuse("quote-misplaced", message, places))
            )

    def _refuse(self, pair: Pair, rule: RuleId, message: str) -> None:
        words = self._flat.text[pair.start : pair.end]
        whole = self._flat.text[pair.first : pair.last]
        before = self._flat.text.count(whole, 0, pair.first)
        places = self._context.text.marked(words, pair.marks, before)
        self.inserts.append((pair.last, self._context.refuse(rule, message, places)))

    def _run(self, pair: Pair) -> str:
        return f"“{_cut(self._flat.text[pair.start : pair.end])}”"


def _cut(text: str) -> str:
    """Return the first words of *text*, as a message repeats them."""
    text = " ".join(text.replace(ATOM, "").replace("\0", " ").split())
    return f"{text[:MOST_REPEATED]}…" if len(text) > MOST_REPEATED else text


def _citations(flat: Flat) -> list[tuple[int, str]]:
    return [
        (token.start, citation_body(token.element))
        for token in flat.kinds("atom")
        if token.element is not None and is_citation(token.element)
    ]


# From a mark before a word to one after a word; an apostrophe has letters on both sides.
SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)(?P<words>[^‘\0]{9,600}?)(?<=[\w.,!?])[’'](?!\w)")
MOST_SINGLE = 4
"""Words in single marks that may be a term or a title."""


def warn_of_single_marks(flat: Flat, context: PageContext) -> None:
    """Warn of each longer run in single marks that a source has."""
    pairs = flat.pairs.pairs
    for match in SINGLE.finditer(flat.masked):
        words = match["words"]
        nested = any(pair.start <= match.start() < pair.end for pair in pairs)
        if nested or count_words(words) <= MOST_SINGLE or ATOM in words:
            continue
        key, _ = next(holders((words,), context.ledger.library.sources), (None, None))
        if key is not None:
            message = (
                f"{key!r} has the words in single marks, ‘{words[:MOST_REPEATED]}’; quote them"
            )
            places = context.text.literal(match[0]) or context.text.places(words)
            context.enter(places, "single-marks", message)
