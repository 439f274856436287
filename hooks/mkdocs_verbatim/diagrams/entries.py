"""Entries: the statements of a data file as they stand on a page, proven like its own words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown.util import AtomicString

from ..datafiles.strict_yaml import Place
from ..datafiles.tree import read_tree
from ..ledger.page import Page
from ..ledger.page_text import PageText
from ..ledger.use import Use
from ..markdown.block_text import CITATION_CLASS
from ..markdown.directives import Settle
from ..markdown.page_context import FINISHED, PageContext
from ..output.html import Html, join, make
from ..output.quotation import ranges
from ..problem import Problem, ProblemError, did_you_mean, near_name
from ..quotations.mark import cites
from ..sources.library import read_text
from ..sources.source import Source
from .line_breaking import Run, Word
from .statements import CITED, Said, Statement

# Plain names alone: none leads upwards.
NAME = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.ya?ml")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement on a page: the paragraphs of its entry, and the *words* of its label."""

    statement: Statement
    blocks: tuple[etree.Element, ...]
    words: tuple[Word, ...]

    def html(self, sources: Mapping[str, Source]) -> Html:
        """Return the label as it stands in links: quoted words prove themselves."""
        return join(
            part
            for turn, word in enumerate(self.words)
            for part in (" " if turn else "", word_html(word, sources))
        )


class DataPage:
    """A data file on a page: its statements are proven there, and its problems are its own."""

    def __init__(self, path: str, text: str, context: PageContext, settle: Settle) -> None:
        """Place problems in the file *path* with *text*, and uses on the page of *context*."""
        self._path, self._text = path, text
        self._context, self._settle = context, settle

    def entry(self, statement: Statement, lead: str, *, editor: bool = False) -> Entry:
        """Return *statement*, led by the words *lead*, with its marks resolved."""
        context = self._part(statement.part)
        block = etree.Element("p", {"class": "entry-label"})
        first = etree.SubElement(block, "strong", {"class": "entry-lead"})
        first.text = f"{lead}:"
        _add_prose(block, f" {statement.label} {statement.citation}")
        known = len(context.ledger.uses)
        self._settle(block, context, editor)
        words = _words(block, {use.id: use for use in context.ledger.uses[known:]})
        block.extend(_unshown(context, context.ledger.uses[known:]))
        blocks = [block]
        if statement.quotation is not None:
            blocks.append(self._quoted(statement, statement.quotation, lead, editor=editor))
        if statement.note is not None:
            name = "entry-note editor" if editor else "entry-note"
            blocks.append(self.said(statement.note, name, editor=editor))
        return Entry(statement, tuple(sealed(block, context) for block in blocks), tuple(words))

    def said(self, said: Said, name: str, *, editor: bool = False) -> etree.Element:
        """Return a paragraph of class *name* that says what *said* does, its marks resolved."""
        block = etree.Element("p", {"class": name})
        _add_prose(block, said.text)
        context = self._part(said.part)
        self._settle(block, context, editor)
        return sealed(block, context)

    def _quoted(
        self, statement: Statement, said: Said, lead: str, *, editor: bool
    ) -> etree.Element:
        block = etree.Element("p", {"class": "entry-quotation"})
        _add_prose(block, f"{lead}: “{said.text}” {statement.citation}")
        context = self._part(statement.part)
        self._settle(block, context, editor)
        return block

    def _part(self, part: tuple[Place, Place]) -> PageContext:
        """Return a context for a part of the file: problems stand there, uses on the page."""
        text = PageText(path=self._path, read=lambda: self._text, part=part)
        page = Page(text=text, url=self._context.page.url, shown_on=self._context.page)
        return replace(
            self._context,
            page=page,
            stash=(),
            references=frozenset(),
            has_attributes=False,
            is_markdown=False,
        )


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder of pages, in messages *shown*, below which data files stand."""

    docs: Path
    shown: str
    opened: set[str] = field(default_factory=set)
    """The paths, as shown, of the files that pages draw: what they say is proven there."""

    def open(self, name: str, context: PageContext, board: etree.Element) -> Opened | None:
        """Return the data file *name*; or put into *board* why it cannot be drawn."""
        message = _unfit(name, self.docs)
        if message is None:
            try:
                text = read_text(self.docs, name, self.shown)
            except ProblemError as error:
                message = error.problem.message
        if message is not None:
            whole = f"no data from {f'{self.shown}/{name}'!r}: {message}"
            places = context.text.literal(name) or context.text.literal("<!-- verbatim:")
            board.append(context.refuse("data-unreadable", whole, places))
            return None
        prefix = _prefix(name)
        if prefix in context.page.state.drawn:
            whole = f"{name!r}, or another file of that name, is drawn on this page already"
            board.append(context.refuse("data-misfit", whole, context.text.literal(name)))
            return None
        context.page.state.drawn.add(prefix)
        self.opened.add(f"{self.shown}/{name}")
        board.set("id", prefix)
        return Opened(f"{self.shown}/{name}", text, prefix)


@dataclass(frozen=True, slots=True)
class Opened:
    """A data file that was read: its path as shown, its text, and what its ids begin with."""

    path: str
    text: str
    prefix: str


def told(problems: Iterable[Problem], context: PageContext, board: etree.Element) -> None:
    """Enter *problems* of a data file, and put them into *board*, where its drawing would be."""
    problems = list(problems)
    context.log.add(problems)
    board.extend(context.problem(problem) for problem in problems)


def _unfit(name: str, docs: Path) -> str | None:
    if not NAME.fullmatch(name):
        return "name a file below the folder of pages, such as data/map.yml"
    if (docs / name).exists():
        return None
    folder, _, last = name.rpartition("/")
    files = [path for path in read_tree(docs).files if path.suffix == ".yml"]
    near = near_name(last, [path.name for path in files if path.parent == docs / folder])
    return f"there is no such file{did_you_mean(f'{folder}/{near}'.lstrip('/') if near else None)}"


def _prefix(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.rpartition("/")[2].rpartition(".")[0].lower())
    return stem.strip("-") or "data"


def sealed(block: etree.Element, context: PageContext) -> etree.Element:
    """Return *block* with all its text out of Markdown's reach: data are no Markdown."""
    for element in block.iter():
        element.text = context.finished.sealed(element.text)
        if element is not block:
            element.tail = context.finished.sealed(element.tail)
    return block


def word_html(word: Word, sources: Mapping[str, Source], tag: str = "span") -> Html:
    """Return *word* as HTML; what is quoted in it is an element *tag* that proves itself."""
    return join(_run_html(run, sources, tag) for run in word)


def _run_html(run: Run, sources: Mapping[str, Source], tag: str) -> str:
    """Return *run* as it is, or if it is quoted, as an element *tag* that proves itself."""
    if run.proof is None:
        return run.text
    key, span = run.proof
    spans = ranges(sources[key].text_spans(span))
    return make(tag, {"class": "receipt", "data-source": key, "data-spans": spans}, run.text)


def _unshown(context: PageContext, uses: Iterable[Use]) -> Iterator[etree.Element]:
    """Refuse editorial marks in the quotations of a label: a picture cannot show them."""
    for use in uses:
        if use.proof is not None and (use.proof.changes or len(use.spans) > 1):
            words = " ".join(use.mark.words)
            message = (
                f"editorial marks in a label's quotation, '{words[:60]}'; quote it in the "
                f"field 'quotation'"
            )
            yield context.refuse("data-invalid", message, context.text.places(words))


def _add_prose(block: etree.Element, text: str) -> None:
    """Put *text* behind what is in *block*, its citations as Markdown would leave them."""
    done = 0
    for match in CITED.finditer(text):
        if cites(match[1]):
            _add(block, text[done : match.start()])
            element = etree.SubElement(block, "span", {"class": CITATION_CLASS})
            element.text = AtomicString(f"[{match[1]}]")
            done = match.end()
    _add(block, text[done:])


def _add(block: etree.Element, text: str) -> None:
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text


def _words(block: etree.Element, uses: Mapping[str, Use]) -> list[Word]:
    """Return the words of the label in *block*, those of its quotations with their proof."""
    words: list[list[Run]] = []
    glued = False
    for run in _runs(block, uses):
        if run.text.isspace():
            glued = False
            continue
        if glued:
            words[-1].append(run)
        else:
            words.append([run])
        glued = True
    return [tuple(word) for word in words]


def _runs(block: etree.Element, uses: Mapping[str, Use]) -> Iterator[Run]:
    """Yield the label's text in runs, white space apart; numbers and problems are left out."""
    for child in block:
        use = uses.get(child.get("id") or "")
        if child.tag == "span" and use is not None:
            yield from _quoted_runs(use)
        elif child.get("class") == "term":
            yield from _split(child.text or "")
        yield from _split(child.tail or "")


def _quoted_runs(use: Use) -> Iterator[Run]:
    assert use.source is not None
    for start, end in use.spans:
        at = start
        for piece in _split(use.source.reading[start:end]):
            stop = at + len(piece.text)
            yield piece if piece.text.isspace() else Run(piece.text, (use.item.key, (at, stop)))
            at = stop


def _split(text: str) -> Iterator[Run]:
    """Yield the words of *text* and the white space between them; a held place is nothing."""
    start = 0
    held = FINISHED.sub("", text)
    for at in range(1, len(held) + 1):
        if at == len(held) or held[at].isspace() != held[at - 1].isspace():
            yield Run(held[start:at])
            start = at
