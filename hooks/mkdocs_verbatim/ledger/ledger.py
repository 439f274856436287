"""The ledger: every use of a source on the pages of one build, entered as pages are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..problem import Problem, Severity
from ..quotations.mark import Item, Mark, cites, parse_citation
from ..quotations.proof import is_emphasis_added
from ..quotations.qualifiers import QualifierLists
from ..sources.library import Library
from ..sources.people import Person
from ..sources.reference import check_lock, check_read
from ..sources.source import Span
from ..sources.speech import Voices, is_sensitive, read_voices
from ..speakers.inline import Block, Finding
from ..speakers.languages import language_of
from ..speakers.verdict import Passage
from ..text.quotation_marks import Pair
from .closed_ledger import ClosedLedger, Excerpt
from .objections import Objection, cites_nothing
from .page import Page
from .page_text import PageText
from .permalinks import Addresses
from .problem_log import ProblemLog
from .quotation_ids import QuotationIds, place_id
from .resolution import Resolved, Resolver, place_named
from .use import Use, cited_passage, in_turn


def open_ledger(
    library: Library,
    severities: Mapping[str, Severity],
    qualifiers: QualifierLists | None = None,
    problems: Sequence[Problem] = (),
    addresses: Addresses | None = None,
) -> Ledger:
    """Return a ledger without uses; *problems* and what is wrong with *library* are entered.

    *qualifiers* finds the words that a cut may not drop unseen; by default those listed here.
    *addresses* are those of quotations that the site has published; by default none.
    """
    log = ProblemLog(severities)
    log.add(problems)
    voices: dict[str, Voices] = {}
    for key, source in library.sources.items():
        voices[key], found = read_voices(source, library.people, people_read=library.people_read)
        log.add(found)
    for person in library.people.by_id.values():
        log.add(_miscited(person, library))
    for key, record in library.records.items():
        log.add(problem for problem in (check_lock(key, record), check_read(record)) if problem)
    lists = qualifiers or QualifierLists()
    return Ledger(
        log=log,
        resolver=Resolver(
            library=library,
            voices=voices,
            qualifiers=lists,
            language=language_of(lists.site),
        ),
        ids=QuotationIds(library),
        addresses=addresses or Addresses(docs="docs"),
    )


def _miscited(person: Person, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the citation that a person's role rests on."""
    body = (person.citation or "").removeprefix("[").removesuffix("]")
    if body and not cites(body):
        message = f"'citation' of {person.id!r} is {body!r}; write it as on a page, [@KEY, para. 4]"
        yield Problem(path=person.path, line=person.line, rule="locator-unknown", message=message)
        return
    for item in parse_citation(body).items if body else ():
        if (found := cites_nothing(item, library)) and not found.recorded:
            rule, message = found.rule, found.message
            yield Problem(path=person.path, line=person.line, rule=rule, message=message)


@dataclass(kw_only=True, eq=False)
class Ledger:
    """All uses of one build so far; *log* holds its problems, *resolver* proves its marks."""

    log: ProblemLog
    resolver: Resolver
    ids: QuotationIds
    addresses: Addresses
    uses: list[Use] = field(default_factory=list)
    """Those of pages that are not released."""
    excerpts: list[Excerpt] = field(default_factory=list)
    """What all quotations show, in the order in which they were entered."""
    citations: int = 0
    """How many uses are citations without a quotation."""
    _by_page: dict[str, dict[tuple[str, tuple[Span, ...]], list[Use]]] = field(default_factory=dict)
    _closed: ClosedLedger | None = None

    @property
    def library(self) -> Library:
        """The sources that are quoted."""
        return self.resolver.library

    @property
    def voices(self) -> Mapping[str, Voices]:
        """Who speaks where, by source."""
        return self.resolver.voices

    def misattributed(self, use: Use, block: Block, pair: Pair) -> Finding | None:
        """Return the rule and the message if the words at *pair* of *block* seem another's."""
        if not self.resolver.knows_speakers(use.item.key) or use.source is None or use.span is None:
            return None
        passage = Passage(
            chain=use.chain,
            record=use.source.record,
            place=place_named(use.span, use.source),
        )
        return self.resolver.speakers.finding(block, pair, passage)

    def prove(self, mark: Mark, page: Page) -> Use | Problem:
        """Return the use that the quotation *mark* is, or why it is not proven; enter either."""
        return self._entered(self.resolver.quotation(mark), mark, page)

    def cite(self, mark: Mark, item: Item, page: Page) -> Use | Problem:
        """Return the use that *item* of a citation is, or why it may not be cited; enter either."""
        return self._entered(self.resolver.citation(mark, item), mark, page)

    def _entered(self, found: Resolved | Objection, mark: Mark, page: Page) -> Use | Problem:
        if isinstance(found, Objection):
            if found.recorded:
                return Problem(path=page.path, rule=found.rule, message=found.message)
            return self._object(found, mark, page)
        for warning in found.warnings:
            self._object(warning, mark, page)
        return self._use(mark, page, found)

    def _object(self, found: Objection, mark: Mark, page: Page) -> Problem:
        return self.log.enter(page.text, place_of(mark, page.text), found.rule, found.message)

    def _use(self, mark: Mark, page: Page, found: Resolved) -> Use:
        self._closed = None
        item, proof = found.item, found.proof
        source = self.library.sources.get(item.key)
        voices = self.voices.get(item.key)
        spans = proof.spans if proof else ()
        quoted = source is not None and bool(spans)
        slug = f"q-{self.ids.of(item.key, spans)}" if quoted else cited_passage(item)
        # Numbers and notes are those of the page that a reader sees.
        page = page.reader_page
        passages = self._by_page.setdefault(page.path, {})
        others = passages.setdefault((slug, spans), [])
        turn = len(others) + 1
        use = Use(
            mark=mark,
            item=item,
            page=page,
            source=source,
            proof=proof,
            chain=found.chain,
            emphasis_added=proof is not None and is_emphasis_added(proof, mark.stressed),
            sensitive=any(voices and is_sensitive(span, voices) for span in spans),
            passage=slug,
            number=others[0].number if others else page.state.notes_before + len(passages),
            turn=turn,
            order=self.citations + len(self.excerpts),
            section=page.state.section,
            former=self._former(page, in_turn(slug, turn), item.key, spans, turn) if quoted else (),
        )
        others.append(use)
        self.uses.append(use)
        if use.proof:
            told = tuple(part.span for part in use.replaced)
            self.excerpts.append(Excerpt(page.path, item.key, use.spans, told))
        else:
            self.citations += 1
        return use

    def _former(
        self, page: Page, id_: str, key: str, spans: Sequence[Span], turn: int
    ) -> tuple[str, ...]:
        """Return under which other ids the quotation *id_* was published on *page*."""
        if not self.addresses.published:
            return ()
        source = self.library.sources[key]
        was = [old for old, _ in source.record.was]
        older = [place_id(old, source, spans) for old in (key, *was)]
        older += [self.ids.of(key, spans, called=old) for old in was]
        return self.addresses.former(page.path, id_, [in_turn(f"q-{old}", turn) for old in older])

    def take(self, excerpts: Sequence[Excerpt], citations: int) -> None:
        """Count uses that were entered in another process, too."""
        self._closed = None
        self.excerpts += excerpts
        self.citations += citations

    def release(self) -> None:
        """Forget the uses so far; what they show of the sources still counts."""
        self._closed = None
        self.uses.clear()
        self._by_page.clear()

    def forget(self) -> None:
        """Forget every use, what all of them show, and the problems of the pages."""
        self.release()
        self.excerpts.clear()
        self.citations = 0
        self.log.forget_pages()

    def closed(self) -> ClosedLedger:
        """Return what is settled when all marks are entered; after another mark, a new one."""
        if self._closed is None:
            self._closed = ClosedLedger(
                library=self.library,
                voices=self.voices,
                log=self.log,
                uses=tuple(self.uses),
                excerpts=tuple(self.excerpts),
                ids=self.ids,
            )
        return self._closed


def place_of(mark: Mark, page: PageText) -> list[tuple[int, int]]:
    """Return where on *page* an author wrote *mark*: every place that fits."""
    bracket = f"[{mark.citation.text}]"
    if mark.kind == "citation" or mark.fetch is not None:
        return page.citation(mark.citation.text)
    if mark.kind == "inline":
        return page.marked(mark.words[0], mark.marks)
    return page.places(" ".join(mark.words)) or page.lines(bracket)
