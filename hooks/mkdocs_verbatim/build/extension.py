"""The Markdown extension: finds the marks in a page's tree and replaces them by proven words."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as etree
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from markdown import Markdown

from ..datafiles.strict_yaml import Place
from ..house_style.site_check import HouseStyle
from ..ledger.closed_ledger import Excerpt
from ..ledger.ledger import Ledger
from ..ledger.page import Page
from ..ledger.problem_log import Entered, ProblemLog
from ..markdown.block_text import CITATION_CLASS, ESCAPED, HELD, STX
from ..markdown.directives import Directives
from ..markdown.guards import check_attributes, check_raw, stashed_code
from ..markdown.hiding import Watch, check_active, check_controls, check_hidden, check_raw_tags
from ..markdown.page_context import FinishedStash, PageContext, Writer, citation_defined, titles_of
from ..markdown.page_limits import refusal
from ..quotations.mark import CITATION, cites, parse_citation
from ..sources.republished import copied_whole, held, outside, union
from ..sources.source import Span
from ..sources.text_reuse import TextReuse
from ..text.decoding import ways
from ..text.saying import Saying
from .current_page import CurrentPage
from .page_walk import PageWalk, Shared


@dataclass(frozen=True)
class Marking:
    """How a site writes quotations: its verbs of *saying*, and points before closing marks."""

    saying: Saying = field(default_factory=Saying)
    american: bool = False


class MarkExtension(Extension):
    """Resolves every mark of the pages that are converted, one after the other."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of one build
        self,
        ledger: Ledger,
        writer: Writer,
        current: CurrentPage,
        directives: Directives,
        house_style: HouseStyle | None = None,
        watch: Watch | None = None,
        marking: Marking | None = None,
    ) -> None:
        """Enter marks of the *current* page into *ledger*, and check *house_style*, if any.

        *directives* may be added to until the first page is converted. *watch* says what raw HTML
        may load, and what the site's own stylesheets hide; *marking* is how the
        site writes quotations.
        """
        super().__init__()
        self._ledger, self._writer, self._current = ledger, writer, current
        self._marking = marking or Marking()
        self._titles = titles_of(ledger.library)
        self._shared = Shared(TextReuse(ledger.library.sources), directives, house_style)
        self._watch = watch or Watch()

    def convert(self, text: str, page: Page) -> str:
        """Return the Markdown *text* as HTML, its marks proven and its problems those of *page*."""
        with self._current.within(page):
            return Markdown(extensions=[self, AttrListExtension()]).convert(text)

    @property
    def copies(self) -> TextReuse:
        """The copies of all sources, in which words of pages and files are looked up."""
        return self._shared.copies

    def read_sources(self) -> None:
        """Index all sources now, which else is done at the first page."""
        self._shared.copies.build_index()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the steps."""
        finished = FinishedStash()
        # Before everything that reads the text.
        limits = _LimitsPreprocessor(md, self._ledger.log, self._current)
        md.preprocessors.register(limits, "verbatim", 1000)
        # Just above footnotes (175) and reference links (170), which would take the brackets.
        citations = _CitationProcessor(md, self._is_key)
        md.inlinePatterns.register(citations, "verbatim", 176)
        # After inline content (20), before attribute lists (8), abbreviations and smarty.
        context = functools.partial(self._context, md, finished)
        marks = _MarkTreeprocessor(md, context, self._shared, self._watch)
        md.treeprocessors.register(marks, "verbatim", 17)
        # After everything that makes elements: what attributes show is known only then.
        guard = _AttributeTreeprocessor(md, context, self._watch)
        md.treeprocessors.register(guard, "verbatim-attributes", -1000)
        # After everything that touches text: nothing may change a proven word.
        md.postprocessors.register(_FinishedPostprocessor(md, finished), "verbatim", -1000)

    def _is_key(self, key: str) -> bool:
        library = self._ledger.library
        return key in library.records or key in library.broken

    def _context(self, md: Markdown, finished: FinishedStash) -> PageContext:
        return PageContext(
            ledger=self._ledger,
            writer=self._writer,
            finished=finished,
            page=self._current.page,
            stash=md.htmlStash.rawHtmlBlocks,
            references=frozenset(name.lower() for name in md.references),
            has_attributes="attr_list" in md.treeprocessors,
            smart_marks=functools.cache(functools.partial(_smart_marks, md)),
            saying=self._marking.saying,
            titles=self._titles,
            american=self._marking.american,
        )


class _LimitsPreprocessor(Preprocessor):
    """Leaves out the text of a page that is not to be read, and enters why."""

    def __init__(self, md: Markdown, log: ProblemLog, current: CurrentPage) -> None:
        super().__init__(md)
        self._log, self._current = log, current

    def run(self, lines: list[str]) -> list[str]:
        """Return *lines*, or none of them."""
        refused = refusal("\n".join(lines))
        if refused is None:
            return lines
        page = self._current.page.text
        self._log.enter(page, page.literal(refused.at)[:1], "page-unreadable", refused.message)
        return []


# Innermost, as Markdown reads comments.
COMMENT = r"<!--(?P<comment>(?:(?!<!--|-->).)*)-->"
DIRECTIVE = re.compile(r"\s*verbatim:")
ESCAPED_ALONE = re.compile(ESCAPED)
NEXT_BRACKET = re.compile(r"\[(?P<name>[^\[\]]*)\]")


class _CitationProcessor(InlineProcessor):
    """Finds citations; what else is in brackets, or in a comment, is left to Markdown."""

    def __init__(self, md: Markdown, is_key: Callable[[str], bool]) -> None:
        super().__init__(f"{COMMENT}|{CITATION}", md)
        self._is_key = is_key

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown calls it so
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        comment, body = m.groups()
        if comment is not None:
            if not DIRECTIVE.match(comment):
                return None, None, None
            # To the engine: taken out as it is written.
            return self.md.htmlStash.store(self.unescape(m[0])), m.start(), m.end()
        body = self._said(body)
        if not cites(body) or self._is_link(body, data, m.end()):
            return None, None, None
        element = etree.Element("span", {"class": CITATION_CLASS})
        # With its brackets, which Markdown puts back where it stands in an address or a title.
        element.text = AtomicString(f"[{body}]")
        return element, m.start(0), m.end(0)

    def _said(self, body: str) -> str:
        """Return *body* with the text of code, and of escaped characters, in its place."""
        if STX not in body:
            return body
        text = ESCAPED_ALONE.sub(lambda match: chr(int(match["escape"])), self.unescape(body))
        return unescape(HELD.sub("", text))

    def _is_link(self, body: str, data: str, end: int) -> bool:
        """Return whether the bracket with *body*, which ends at *end*, is one of a link."""
        first = parse_citation(body).items[0]
        if first.prefix or self._is_key(first.key):
            return False
        follows = NEXT_BRACKET.match(data, end)
        is_followed = follows is not None and not cites(follows["name"])
        return is_followed or " ".join(body.split()).lower() in self.md.references


def _smart_marks(md: Markdown) -> tuple[str, str] | None:
    """Return what the page's Markdown makes of two straight marks; None if it leaves them."""
    if "smarty" not in md.treeprocessors:
        return None
    page = etree.Element("div")
    paragraph = etree.SubElement(page, "p")
    paragraph.text = '"a"'
    md.treeprocessors["smarty"].run(page)
    opening, _, closing = paragraph.text.partition("a")
    return None if '"' in (opening, closing) else (opening, closing)


class _FinishedPostprocessor(Postprocessor):
    def __init__(self, md: Markdown, finished: FinishedStash) -> None:
        super().__init__(md)
        self._finished = finished

    def run(self, text: str) -> str:
        return self._finished.restore(text)


class _MarkTreeprocessor(Treeprocessor):
    """Resolves the marks of a page as soon as its tree is there."""

    def __init__(
        self, md: Markdown, context: Callable[[], PageContext], shared: Shared, watch: Watch
    ) -> None:
        super().__init__(md)
        self._open_context, self._shared, self._watch = context, shared, watch

    def run(self, root: etree.Element) -> None:
        """Resolve every mark below *root*."""
        context = self._open_context()
        with context.log.block() as entered:
            self._resolve(root, context, entered)

    def _resolve(self, root: etree.Element, context: PageContext, entered: Entered) -> None:
        known = len(context.ledger.excerpts)
        context.finished.holds_problems = True
        self._refuse_raw(root, context)
        self._refuse_definitions(context)
        if not context.page.made:
            self._refuse_hiding(context)
        self._shared.directives.refuse_wrong(context)
        # The author's own footnotes come first: no two notes have one number.
        own = [div for div in root.iter("div") if div.get("class") == "footnote"]
        context.page.state.notes_before = sum(len(list(div.iter("li"))) for div in own)
        # Only whole pages are judged: not what the build makes, nor one entry of a log.
        judged = not context.page.made and context.page.shown_on is None
        shared = self._shared if judged else self._shared._replace(house_style=None)
        walk = PageWalk(root, context, shared)
        walk.block(root)
        walk.finish(entered)
        if judged:
            self._refuse_copies(walk, context, context.ledger.excerpts[known:], entered)

    def _refuse_hiding(self, context: PageContext) -> None:
        """Refuse raw HTML that loads, runs or hides, and controls that reorder what is shown."""
        for rule, message, piece, offset in check_raw_tags(context.stash, self._watch):
            context.enter(context.text.inside(piece, offset), rule, message)
        # An entry of a log is in the file of all of them, which is looked at as that of its page.
        text = context.text
        for message, offset in () if text.part else check_controls(text.content):
            context.enter([text.position(offset)], "text-hidden", message)

    def _refuse_raw(self, root: etree.Element, context: PageContext) -> None:
        """Refuse each quotation in the page's raw HTML."""
        places: dict[tuple[str, int, str], deque[Place]] = {}
        for message, piece, offset, text in check_raw(context.stash, stashed_code(root)):
            key = piece, offset, message
            if key not in places:
                found = context.text.inside(piece, offset) or context.text.places(text)
                places[key] = deque(found)
            context.refuse("raw-quotation", message, [*islice(places[key], 1)])
            # Of equal pieces each has its place, in order.
            if len(places[key]) > 1:
                places[key].popleft()

    def _refuse_definitions(self, context: PageContext) -> None:
        """Refuse each definition that would make a link of a citation."""
        library = context.ledger.library
        for name in sorted(context.references):
            first = parse_citation(name).items[0] if cites(name) else None
            if first and not first.prefix and library.records.get(first.key):
                citation_defined(name, context)

    def _refuse_copies(
        self, walk: PageWalk, context: PageContext, excerpts: Sequence[Excerpt], entered: Entered
    ) -> None:
        """Look for words of the sources wherever in a page's file, outside *excerpts*.

        Most of a source is refused; eight words that *walk* has not told of are warned of.
        """
        sources = context.ledger.library.sources
        quoted: dict[str, list[Span]] = {}
        for excerpt in excerpts:
            quoted.setdefault(excerpt.key, []).extend((*excerpt.spans, *excerpt.told))
        known = {key: union(spans) for key, spans in quoted.items()}
        found = held(ways(context.text.content), self._shared.copies)
        left = outside(found, known, sources)
        for message in copied_whole(left, sources):
            context.enter([], "copy-published", message)
        # Words in marks that could not be proven are told of already.
        if not entered.has_error:
            told = {key: union(spans) for key, spans in walk.copied.told.items()}
            walk.copied.elsewhere(outside(left, told, sources))


class _AttributeTreeprocessor(Treeprocessor):
    """Looks at what attributes show, once every element is there."""

    def __init__(self, md: Markdown, context: Callable[[], PageContext], watch: Watch) -> None:
        super().__init__(md)
        self._open_context, self._watch = context, watch

    def run(self, root: etree.Element) -> None:
        """Refuse below *root* double marks in attributes, and what hides words, loads or runs."""
        context = self._open_context()
        context.finished.holds_problems = False
        if not context.page.made:
            for message, text in check_hidden(root, self._watch):
                context.refuse("text-hidden", message, context.text.places(text))
            for message, text in check_active(root, self._watch):
                context.refuse("html-loads", message, context.text.literal(text))
        for (message, text), times in Counter(check_attributes(root, context.stash)).items():
            whole = f"{message}; nothing can be proven there"
            places = context.text.literal(text) or context.text.places(text)
            # As many places as texts: each has its own.
            for place in places if len(places) == times else ():
                context.enter([place], "quote-misplaced", whole)
            if len(places) != times:
                context.enter(places, "quote-misplaced", whole)
