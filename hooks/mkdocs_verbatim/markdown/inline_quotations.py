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
from ..quotations.proving import prove
from ..sources.source import Span
from ..speakers.inline import Block, block_of
from ..text.quotation_marks import ATOM, DOUBLE, INCHES, Pair
from ..text.single_marks import SINGLE
from ..text.words import count_loosely
from .attribute_lists import TERM
from .block_text import HEADINGS, Flat
from .edits import Edit, Insert, rebuild
from .page_context import (
    PageContext,
    as_title,
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
MOST_OF_TERM = 6
"""Words that a term may have; more may be somebody's sentence."""
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
    if block.edits or block.inserts:
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
        self._refuse_lone()
        found = self._flat.quoted(self._context.saying)
        for pair in found.terms:
            self._is_term(pair)
        pairs = [pair for pair in found.pairs if not self._is_term(pair)]
        if not self._is_quotable():
            self._misplaced(pairs)
            return
        pairs = [pair for pair in pairs if not self._is_title(pair)]
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

    def _refuse_lone(self) -> None:
        """Refuse marks that a backslash hides, and those without a partner."""
        for token in self._flat.kinds("escape"):
            if DOUBLE.match(token.shown):
                self._hidden(token.start)
        for at in self._flat.quoted(self._context.saying).left:
            self._unpaired(at)

    def _is_quotable(self) -> bool:
        element = self._flat.element
        is_title = "admonition-title" in (element.get("class") or "").split()
        return element.tag in QUOTABLE and not is_title

    def _is_term(self, pair: Pair) -> bool:
        """Set a term apart, marks and all: it claims nothing of a source."""
        match = TERM.match(self._flat.text, pair.last)
        if match is None or match.span() not in self._flat.attributes:
            return False
        if any(pair.first < cited.at < pair.last for cited in self._cited):
            return False
        self._set_apart(pair)
        rest = etree.Element("span")
        self.edits.append(Edit(pair.last, match.end(), rest, elements=()))
        saying, text = self._context.saying, self._flat.text
        unlisted = text[: pair.last] + text[match.end() :]
        if saying.ends(text, pair.first) or saying.follows(unlisted, pair.last):
            message = (
                f"{self._run(pair)} is marked as a term beside a verb of saying: readers take it "
                f"for somebody's words; take out {match[0]} and cite, or say it without marks"
            )
            self._refuse(pair, "term-said", message)
        elif (words := count_loosely(text[pair.start : pair.end], signs=False)) > MOST_OF_TERM:
            message = (
                f"a term of {words} words, {self._run(pair)}: nothing in it is proven; "
                f"quote it with a citation, or name less"
            )
            self._context.enter(self._places(pair), "term-long", message)
        return True

    def _is_title(self, pair: Pair) -> bool:
        """Set the title of a record apart, unless a verb of saying leads to it."""
        words = self._flat.text[slice(*pair.words(self._flat.text))]
        if as_title(words) not in self._context.titles:
            return False
        if self._context.saying.leads_to(self._flat.text, pair.first):
            return False
        self._set_apart(pair)
        return True

    def _set_apart(self, pair: Pair) -> None:
        term = etree.Element("span", {"class": "term"})
        self.edits.append(Edit(pair.first, pair.last, term))
        self._set_marks(pair)

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
            place = self._words(pair, cited.citation)
            self.inserts += [(place[0], anchor) for anchor in self._context.anchors(result)]
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
            self._context.enter(self._places(pair), *found)

    @cached_property
    def _spoken_block(self) -> Block:
        """The block as who speaks in it is looked for: its quotations hidden."""
        heading = self._context.page.state.heading
        return block_of(self._flat.text, self._flat.quoted(self._context.saying).pairs, heading)

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

    def _words(self, pair: Pair, citation: Citation) -> Span:
        """Return where the words of *pair* are that claim a source.

        Less the spaces that belong to the marks, and less a point or comma of the page's own.
        """
        start, end = pair.words(self._flat.text)
        if self._context.american and self._has_own_point(start, end, citation):
            return start, end - 1
        return start, end

    def _has_own_point(self, start: int, end: int, citation: Citation) -> bool:
        """Return whether flat[start:end] ends in a point or comma that its source lacks there."""
        words = self._flat.text[start:end]
        sources = self._context.ledger.library.sources
        items = [item for item in citation.items if item.key in sources]
        if words[-1:] not in {".", ","} or words[-2:] == ".." or not items:
            return False
        whole, less = (
            any(prove((said,), sources[item.key], item, inline=True) for item in items)
            for said in (words, words[:-1])
        )
        return less and not whole

    def _proven(self, pair: Pair, citation: Citation) -> Use | Problem:
        place = self._words(pair, citation)
        words = self._flat.text[slice(*place)]
        if name := linked(self._flat, place, self._context):
            return bracket_defined(name, self._context)
        if what := foreign(self._flat, place, self._context):
            message = f"{what} inside a quotation; put it outside the marks"
            return self._context.enter(self._places(pair), "raw-quotation", message)
        if not self._context.american and self._has_own_point(*place, citation):
            sign = "comma" if words.endswith(",") else "full stop"
            marks = pair.marks
            message = (
                f"the {sign} before {marks[1]} is not in the source: write it after the mark, "
                f"{marks[0]}{_cut(words[:-1])[-MOST_REPEATED:]}{marks[1]}{words[-1]} "
                f"or set extra.verbatim.punctuation: american"
            )
            return self._context.enter(self._places(pair), "quote-not-found", message)
        mark = Mark(
            kind="inline",
            words=(words,),
            citation=citation,
            marks=pair.marks,
            editor=self._editor,
            stressed=stressed(self._flat, place, 0),
        )
        return self._context.ledger.prove(mark, self._context.page)

    def _places(self, pair: Pair) -> list[tuple[int, int]]:
        """Return where the file has the run *pair*."""
        text = self._flat.text
        before = text.count(text[pair.first : pair.last], 0, pair.first)
        return self._context.text.marked(text[pair.start : pair.end], pair.marks, before)

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
        self.inserts.append((pair.last, self._context.refuse(rule, message, self._places(pair))))

    def _run(self, pair: Pair) -> str:
        """Return the run as a message repeats it."""
        opening, closing = pair.marks if SINGLE.match(pair.opening) else ("“", "”")
        return f"{opening}{_cut(self._flat.text[pair.start : pair.end])}{closing}"


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
