"""The Markdown extension: finds marks in a page's tree and puts proven quotations in their place."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from .guard import check_attributes, check_raw
from .inline import CODE, ETX, STASHED, STX, Edit, Flat, Insert, cuts, flatten, rebuild
from .ledger import Ledger, Use
from .mark import (
    ATOM,
    CITATION,
    DOUBLE,
    Citation,
    Mark,
    Pair,
    cites,
    pair_marks,
    parse_citation,
)
from .match import boundaries, paragraph_spans
from .page import Page
from .problem import Problem
from .source import Span

QUOTABLE = frozenset({"p", "li", "td", "th", "dd", "figcaption"})
"""The elements in which a quotation and its citation can stand (design, section 3)."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CITATION_CLASS = "verbatim-citation"
DIRECTIVE = re.compile(r"<!--\s*verbatim:\s*(?P<name>[a-z]+)\s*(?P<arguments>[^>]*?)\s*-->")
TERM = re.compile(r"\{:?[^{}\n]*\.term\b[^{}\n]*\}")
EDITOR = re.compile(r"\{:?[^{}\n]*\.editor\b[^{}\n]*\}\s*$")
DASH = re.compile(r"[^\S\n]*(?:[–—―]|--?)")
FOLLOWING = re.compile(rf"(?:\s*{ATOM})*[.,;:!?…]+")


class Writer(Protocol):
    """Says what stands in place of a mark."""

    def attributes(self, use: Use) -> dict[str, str]:
        """Return the attributes of a quotation's element."""

    def text(self, use: Use, span: Span) -> str:
        """Return as HTML what the source has at *span*."""

    def number(self, use: Use) -> str:
        """Return as HTML the number that leads to a use's note."""

    def caption(self, use: Use, attribution: str) -> str:
        """Return as HTML who said a block quotation, without its number."""

    def problem(self, problem: Problem) -> str:
        """Return as HTML a problem, to be shown at its place."""

    def directive(self, name: str, arguments: str, page: Page) -> str | None:
        """Return as HTML what a directive stands for, or None if there is none of the name."""


class MarkExtension(Extension):
    """Resolves every mark of the pages that are converted, one after the other."""

    def __init__(self, ledger: Ledger, writer: Writer, page: Callable[[], Page]) -> None:
        """Enter marks into *ledger*; *page* says which page is being converted."""
        super().__init__()
        self._ledger, self._writer, self._page = ledger, writer, page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the three steps."""
        shelf = Shelf()
        # Just above footnotes (175) and reference links (170), which would take the brackets.
        md.inlinePatterns.register(_CitationProcessor(CITATION, md), "verbatim", 176)
        # After inline content (20), before attribute lists (8), abbreviations and smarty.
        marks = _MarkTreeprocessor(md, self._ledger, self._writer, self._page, shelf)
        md.treeprocessors.register(marks, "verbatim", 17)
        # After everything that touches text: nothing may change a proven word.
        md.postprocessors.register(_ShelfPostprocessor(md, shelf), "verbatim", -1000)


@dataclass
class Shelf:
    """Keeps finished HTML out of Markdown's reach until the page is text."""

    pieces: list[str] = field(default_factory=list)

    def put(self, piece: str) -> AtomicString:
        """Return what stands for *piece* until then; a page cannot hold it, Markdown removes STX."""
        self.pieces.append(piece)
        return AtomicString(f"{STX}verbatim{len(self.pieces) - 1}q{ETX}")

    def restore(self, text: str) -> str:
        """Return *text* with every piece in its place."""
        return re.sub(f"{STX}verbatim(\\d+)q{ETX}", lambda m: self.pieces[int(m[1])], text)


class _CitationProcessor(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown calls it so
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown passes it
    ) -> tuple[etree.Element | None, int | None, int | None]:
        if not cites(m[1]):
            return None, None, None
        element = etree.Element("span", {"class": CITATION_CLASS})
        element.text = AtomicString(m[1])
        return element, m.start(0), m.end(0)


class _ShelfPostprocessor(Postprocessor):
    def __init__(self, md: Markdown, shelf: Shelf) -> None:
        super().__init__(md)
        self._shelf = shelf

    def run(self, text: str) -> str:
        return self._shelf.restore(text)


@dataclass(slots=True)
class _Cited:
    """A citation in a block: where it stands, and the quotations it proves."""

    at: int
    citation: Citation
    runs: list[Pair] = field(default_factory=list)


class _MarkTreeprocessor(Treeprocessor):
    """Walks the tree block by block, in the order in which a reader meets them."""

    def __init__(
        self,
        md: Markdown,
        ledger: Ledger,
        writer: Writer,
        page: Callable[[], Page],
        shelf: Shelf,
    ) -> None:
        super().__init__(md)
        self._markdown = md
        self._ledger, self._writer, self._current, self._shelf = ledger, writer, page, shelf

    @property
    def _stash(self) -> Sequence[object]:
        return self._markdown.htmlStash.rawHtmlBlocks

    @property
    def _page(self) -> Page:
        return self._current()

    def run(self, root: etree.Element) -> None:
        """Resolve every mark below *root*."""
        for message, text in check_raw(self._stash):
            self._refuse("raw-quotation", message, self._page.places(text))
        for message, text in check_attributes(root, self._stash):
            message = f"{message}; nothing can be proven there"
            self._refuse("quote-misplaced", message, self._page.places(text))
        self._walk(root, editor=False)

    def _refuse(self, rule: str, message: str, places: Sequence[tuple[int, int]]) -> etree.Element:
        return self._shown(self._ledger.enter(self._page, places, rule, message))

    def _shown(self, problem: Problem) -> etree.Element:
        element = etree.Element("span", {"class": "verbatim-problem", "role": "alert"})
        element.text = self._shelf.put(self._writer.problem(problem))
        return element

    def _walk(self, element: etree.Element, *, editor: bool) -> None:
        if element.tag in CODE:
            return
        editor = editor or "editor" in (element.get("class") or "").split()
        if self._directed(element):
            return
        flat = flatten(element, self._stash)
        blocks = [token.element for token in flat.kinds("block") if token.element is not None]
        if DOUBLE.search(flat.text) or ATOM in flat.text:
            self._block(flat, editor=editor or bool(EDITOR.search(flat.text)))
        for block in blocks:
            if block.tag == "blockquote":
                self._quotations(block, editor=editor)
            else:
                self._walk(block, editor=editor)

    def _directed(self, element: etree.Element) -> bool:
        """Carry out the directive that is all of *element*, if it is one."""
        match = re.fullmatch(rf"\s*{STASHED}\s*", element.text or "")
        if element.tag != "p" or match is None or len(element):
            return False
        found = DIRECTIVE.fullmatch(str(self._stash[int(match["stash"])]).strip())
        if found is None:
            return False
        shown = self._writer.directive(found["name"], found["arguments"], self._page)
        if shown is None:
            return False
        element.tag = "div"
        element.text = self._shelf.put(shown)
        return True

    def _block(self, flat: Flat, *, editor: bool) -> None:
        element = flat.element
        masked = _masked(flat)
        inserts: list[Insert] = [(at, self._hidden_mark(flat, at)) for at in _hidden_marks(flat)]
        pairs, left = pair_marks(masked)
        inserts += [(at + 1, self._unpaired(flat, at)) for at in left]
        edits = [
            Edit(pair.start - 1, end, _term(), texts=[flat.text[pair.start - 1 : pair.end + 1]])
            for pair in pairs
            if (end := _term_end(flat.text, pair))
        ]
        pairs = [pair for pair in pairs if not _term_end(flat.text, pair)]
        cited = [_Cited(at, parse_citation(body)) for at, body in _citations(flat)]
        is_title = "admonition-title" in (element.get("class") or "").split()
        if element.tag not in QUOTABLE or is_title:
            inserts += self._misplaced(flat, pairs, cited)
            rebuild(flat, edits, inserts)
            return
        for pair in pairs:
            citation = next((c for c in cited if c.at >= pair.end), None)
            if citation is None:
                message = f"{_run(flat, pair)} has no citation behind it in its paragraph{self._form(flat)}"
                places = self._page.places(flat.text[pair.start : pair.end], marked=True)
                inserts.append((pair.end + 1, self._refuse("quote-uncited", message, places)))
            else:
                citation.runs.append(pair)
        for citation in cited:
            self._resolve(flat, citation, edits, inserts, editor=editor)
        rebuild(flat, edits, inserts)

    def _form(self, flat: Flat) -> str:
        """Say how a citation is written, if the block looks as if its author meant to cite."""
        named = re.search(r"(?<![\w@])@(?P<key>[\w-]+)", flat.text)
        if named and self._ledger.library.record(named["key"]):
            return f"; write [@{named['key']}] behind the quotation"
        if any(citation for citation in _citations(flat)):
            return "; a citation stands behind the words it proves"
        return "; add one, as in [@key, para. 4]"

    def _hidden_mark(self, flat: Flat, at: int) -> etree.Element:
        message = 'a mark hidden by \\"; write the mark itself, and prove the quotation'
        places = self._page.marks(flat.text[:at], '\\"', flat.text[at + 1 :])
        return self._refuse("raw-quotation", message, places)

    def _unpaired(self, flat: Flat, at: int) -> etree.Element:
        mark = flat.text[at]
        near = flat.text[max(0, at - 20) : at + 21].replace(ATOM, "").strip()
        message = f"a mark {mark} without its partner, near '{near}'"
        places = self._page.marks(flat.text[:at], mark, flat.text[at + 1 :])
        return self._refuse("mark-unpaired", message, places or self._page.places(mark))

    def _misplaced(
        self, flat: Flat, pairs: Sequence[Pair], cited: Sequence[_Cited]
    ) -> Iterator[Insert]:
        tag = flat.element.tag
        where = "a heading" if tag in HEADINGS else "a title" if tag == "p" else f"<{tag}>"
        for pair in pairs:
            message = f"{_run(flat, pair)} in {where}; nothing can be proven there"
            places = self._page.places(flat.text[pair.start : pair.end], marked=True)
            yield pair.end + 1, self._refuse("quote-misplaced", message, places)
        for citation in cited:
            message = f"a citation in {where}; cite in a paragraph"
            places = self._page.places(f"[{citation.citation.text}]")
            yield citation.at, self._refuse("quote-misplaced", message, places)

    def _resolve(
        self, flat: Flat, cited: _Cited, edits: list[Edit], inserts: list[Insert], *, editor: bool
    ) -> None:
        behind, proven = self._number_at(flat, cited), set()
        for turn, pair in enumerate(cited.runs, 1):
            last = turn == len(cited.runs)
            result = self._proven(flat, pair, cited.citation, editor=editor)
            if isinstance(result, Problem):
                inserts.append((pair.end + 1, self._shown(result)))
                continue
            proven.add(result.item.key)
            edits.append(self._quotation(flat, pair, result))
            # Of several quotations with one citation, each but the last has its number at once.
            inserts.append((behind if last else pair.end + 1, self._number(result)))
        start = cited.at
        while start and flat.text[start - 1] in " \n\t":
            start -= 1
        failed = cited.runs and not proven
        for item in cited.citation.items:
            if item.key in proven or failed:
                continue
            mark = Mark(kind="citation", citation=cited.citation, editor=editor)
            use = self._ledger.cite(mark, item, self._page)
            shown = self._shown(use) if isinstance(use, Problem) else self._number(use)
            inserts.append((behind, shown))
        edits.append(Edit(start, cited.at + 1, etree.Element("span"), elements=()))

    def _number_at(self, flat: Flat, cited: _Cited) -> int:
        """Return where the number goes: behind the citation and the punctuation after it."""
        match = FOLLOWING.match(flat.text, cited.at + 1)
        if match is None:
            return cited.at + 1
        others = [at for at, _ in _citations(flat)]
        atoms = [i for i in range(cited.at + 1, match.end()) if flat.text[i] == ATOM]
        return match.end() if all(at in others for at in atoms) else cited.at + 1

    def _number(self, use: Use) -> etree.Element:
        element = etree.Element("sup", {"id": use.reference})
        element.text = self._shelf.put(self._writer.number(use))
        return element

    def _proven(
        self, flat: Flat, pair: Pair, citation: Citation, *, editor: bool
    ) -> Use | Problem:
        words = flat.text[pair.start : pair.end]
        mark = Mark(kind="inline", words=(words,), citation=citation, editor=editor)
        if what := _foreign(flat, pair.start, pair.end):
            places = self._page.places(words, marked=True)
            message = f"{what} inside a quotation; put it outside the marks"
            return self._ledger.enter(self._page, places, "raw-quotation", message)
        return self._ledger.prove(mark, self._page)

    def _quotation(self, flat: Flat, pair: Pair, use: Use) -> Edit:
        wrap = etree.Element("span", self._writer.attributes(use))
        assert use.span is not None
        return self._edit(flat, pair.start, pair.end, use, use.span, wrap)

    def _edit(
        self, flat: Flat, start: int, end: int, use: Use, span: Span, wrap: etree.Element
    ) -> Edit:
        assert use.source is not None
        edges = cuts(flat, start, end)
        spans = boundaries(flat.text[start:end], span, use.source, edges)
        texts = [self._shelf.put(self._writer.text(use, part)) for part in spans]
        return Edit(start, end, wrap, texts=texts, cuts=edges)

    def _quotations(self, block: etree.Element, *, editor: bool) -> None:
        """Make a figure of each quotation of the blockquote *block*."""
        figures: list[etree.Element] = []
        paragraphs: list[Flat] = []
        for child in list(block):
            # A last line "- Name [@key]" behind a blank one is a list to Markdown.
            is_list = child.tag == "ul" and len(child) == 1 and bool(paragraphs)
            flat = flatten(child[0] if is_list else child, self._stash)
            found = _attribution(f"- {flat.text}" if is_list else flat.text)
            if child.tag != "p" and not (is_list and found):
                message = f"<{child.tag}> in a block quotation; it holds paragraphs alone"
                places = self._page.places(flat.text[:200])
                figures.append(self._refuse("raw-quotation", message, places))
                continue
            paragraphs.append(flat)
            if found:
                figures.append(self._figure(paragraphs, found, editor=editor))
                paragraphs = []
        if paragraphs or not figures:
            text = " ".join(flat.text.replace(ATOM, "") for flat in paragraphs)
            message = "a block quotation without attribution; end it with — Name [@key, para. 4]"
            figures.append(self._refuse("quote-uncited", message, self._page.places(text)))
            figures += [flat.element for flat in paragraphs]
        for child in list(block):
            block.remove(child)
        block.text = None
        if len(figures) == 1 and figures[0].tag == "figure":
            block.tag, block.attrib = "figure", figures[0].attrib
            block.extend(list(figures[0]))
        else:
            block.tag = "div"
            block.extend(figures)

    def _figure(
        self, flats: Sequence[Flat], attribution: tuple[int, str], *, editor: bool
    ) -> etree.Element:
        """Return the figure of the quotation in *flats*, the last of which has *attribution*."""
        end, who = attribution
        ends = [*(len(flat.text) for flat in flats[:-1]), end]
        ranges = [_stripped(flat.text, stop) for flat, stop in zip(flats, ends, strict=True)]
        kept = [(f, r) for f, r in zip(flats, ranges, strict=True) if r[0] < r[1]]
        words = tuple(flat.text[a:b] for flat, (a, b) in kept)
        body = [element.text for element in flats[-1].element.iter() if _is_citation(element)][-1]
        mark = Mark(
            kind="block",
            words=words or ("",),
            citation=parse_citation(body or ""),
            attribution=who,
            editor=editor,
        )
        result = self._block_proven(mark, kept, who)
        figure = etree.Element("figure", {"class": "quotation-figure"})
        if isinstance(result, Problem):
            figure.append(self._shown(result))
            for flat in flats:
                figure.append(flat.element)
            return figure
        assert result.source is not None
        assert result.span is not None
        quotation = etree.SubElement(figure, "blockquote", self._writer.attributes(result))
        spans = paragraph_spans(result.span, result.source)
        for (flat, (a, b)), span in zip(kept, spans, strict=True):
            paragraph = etree.Element("p")
            rest = Edit(b, len(flat.text), etree.Element("span"), elements=())
            edits = [self._edit(flat, a, b, result, span, paragraph)]
            rebuild(flat, [*edits, rest] if b < len(flat.text) else edits)
            quotation.append(paragraph)
        caption = etree.SubElement(figure, "figcaption")
        caption.text = self._shelf.put(self._writer.caption(result, who))
        caption.append(self._number(result))
        for item in mark.citation.items:
            if item.key != result.item.key:
                use = self._ledger.cite(mark, item, self._page)
                caption.append(
                    self._shown(use) if isinstance(use, Problem) else self._number(use)
                )
        return figure

    def _block_proven(
        self, mark: Mark, kept: Sequence[tuple[Flat, Span]], who: str
    ) -> Use | Problem:
        places = self._page.places(" ".join(mark.words))
        if DOUBLE.search(who):
            message = "double marks in an attribution; nothing can be proven there"
            return self._ledger.enter(self._page, places, "quote-misplaced", message)
        for flat, (a, b) in kept:
            if what := _foreign(flat, a, b):
                message = f"{what} inside a quotation; put it outside"
                return self._ledger.enter(self._page, places, "raw-quotation", message)
        return self._ledger.prove(mark, self._page)


def _masked(flat: Flat) -> str:
    """Return the text of *flat* with code and escaped characters hidden: no mark is read there."""
    text = list(flat.text)
    for token in flat.tokens:
        if token.kind in {"code", "escape"}:
            text[token.start : token.start + len(token.shown)] = "x" * len(token.shown)
    return "".join(text)


def _hidden_marks(flat: Flat) -> list[int]:
    return [token.start for token in flat.kinds("escape") if DOUBLE.match(token.shown)]


def _is_citation(element: etree.Element) -> bool:
    return element.get("class") == CITATION_CLASS


def _citations(flat: Flat) -> list[tuple[int, str]]:
    return [
        (token.start, token.element.text or "")
        for token in flat.kinds("atom")
        if token.element is not None and _is_citation(token.element)
    ]


def _foreign(flat: Flat, start: int, end: int) -> str | None:
    """Say what between *start* and *end* is no text, if anything."""
    for token in flat.tokens:
        inside = start <= token.start < end
        if inside and token.kind == "raw":
            return "raw HTML"
        if inside and token.kind == "atom" and token.shown == ATOM:
            assert token.element is not None
            return "a citation" if _is_citation(token.element) else "a picture or note"
    return None


def _run(flat: Flat, pair: Pair) -> str:
    text = " ".join(flat.text[pair.start : pair.end].split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _term_end(text: str, pair: Pair) -> int:
    match = TERM.match(text, pair.end + 1)
    return match.end() if match else 0


def _term() -> etree.Element:
    return etree.Element("span", {"class": "term"})


def _attribution(text: str) -> tuple[int, str] | None:
    """Return where the attribution line that ends *text* begins, and what it says; or None.

    It is the last line, begins with a dash and ends in a citation.
    """
    whole = text.rstrip()
    if not whole.endswith(ATOM):
        return None
    start = whole.rfind("\n") + 1
    match = DASH.match(whole, start)
    return (start, whole[match.end() : -1].strip()) if match else None


def _stripped(text: str, end: int) -> Span:
    part = text[:end]
    return len(part) - len(part.lstrip()), len(part.rstrip())
