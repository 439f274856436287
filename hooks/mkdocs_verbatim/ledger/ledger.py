"""The ledger: every use and every problem of one build, and what may be shown of each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..problem import Problem, Severity, did_you_mean, in_order, page_order
from ..quotations import hints
from ..quotations.mark import Citation, Item, Mark, parse_citation
from ..quotations.match import unknown_places
from ..quotations.proof import Proof, is_emphasis_added
from ..quotations.proving import fetched, prove
from ..quotations.qualifiers import QUALIFIERS, Qualifiers, findings
from ..sources.library import Library
from ..sources.limits import Counter, Shares, exceeded, excess, settle, unshown
from ..sources.reference import check_lock
from ..sources.source import Source, Span
from ..sources.speech import Chain, Voices, chain, is_sensitive, read_voices
from .page import Page
from .use import Use, passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A warning that an author accepts at its place, and the reason; *message* is the warning's."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    reason: str


class Excerpt(NamedTuple):
    """What a quotation on the page *path* shows of the source *key*, in spans of its reading.

    *told* are the words that its receipt alone shows.
    """

    path: str
    key: str
    spans: tuple[Span, ...]
    told: tuple[Span, ...]


@dataclass(kw_only=True, eq=False)
class Ledger:
    """All uses and problems of one build. *severities* says how bad a breach of each rule is."""

    library: Library
    severities: Mapping[str, Severity]
    qualifiers: Qualifiers = field(default_factory=lambda: Qualifiers(QUALIFIERS))
    """Finds the words that a cut may not drop unseen."""
    uses: list[Use] = field(default_factory=list)
    """Those not released."""
    excerpts: list[Excerpt] = field(default_factory=list)
    """What all quotations show, in the order in which they were entered."""
    citations: int = 0
    """How many uses are citations without a quotation."""
    voices: dict[str, Voices] = field(default_factory=dict)
    shares: dict[str, Shares] = field(default_factory=dict)
    """How much of each source is quoted and published; filled by *close*."""
    accepted: list[Accepted] = field(default_factory=list)
    """The warnings that are no problems any more."""
    _problems: list[Problem] = field(default_factory=list)
    _numbers: dict[str, dict[str, list[Use]]] = field(default_factory=dict)
    _by_key: dict[str, list[Use]] = field(default_factory=dict)
    _contexts: dict[tuple[str, Span], Span] | None = None

    def add(self, problems: Iterable[Problem]) -> None:
        """Enter *problems*."""
        self._problems += problems

    def read_voices(self) -> None:
        """Find out who speaks in each source, and enter what is wrong with that."""
        for key, source in self.library.sources.items():
            self.voices[key], problems = read_voices(
                source, self.library.people, people_read=self.library.people_read
            )
            self.add(problems)

    def check_locks(self) -> None:
        """Enter each record whose formatted citations are not those of its reference."""
        for key, record in self.library.records.items():
            if problem := check_lock(key, record):
                self.add([problem])

    def read_people(self) -> None:
        """Enter what is wrong with the citations that people's roles rest on."""
        for person in self.library.people.by_id.values():
            if person.citation is None:
                continue
            body = person.citation.removeprefix("[").removesuffix("]")
            for item in parse_citation(body).items:
                found = self.misnamed(item)
                if found:
                    rule, message = found
                    self.add(
                        [Problem(path=person.path, line=person.line, rule=rule, message=message)]
                    )

    @property
    def problems(self) -> list[Problem]:
        """All errors and warnings in page order, with the severities of this site."""
        return [p for p in self._chosen() if p.severity in {"error", "warning"}]

    @property
    def remarks(self) -> list[Problem]:
        """What is worth knowing but not wrong."""
        return [p for p in self._chosen() if p.severity == "info"]

    def _chosen(self) -> list[Problem]:
        return in_order(replace(p, severity=self.severities[p.rule]) for p in self._problems)

    def prove(self, mark: Mark, page: Page) -> Use | Problem:
        """Return the use that the quotation *mark* is, or why it is none; enter either."""
        items = [item for item in mark.citation.items if item.key in self.library.sources]
        if problem := self._uncitable(mark, page):
            return problem
        if not items:
            return self._unproven(page, mark)
        proven = [(item, _proofs(mark, self.library.sources[item.key], item)) for item in items]
        found = [(item, proofs) for item, proofs in proven if proofs]
        if len(found) == 1 and len(found[0][1]) == 1:
            item, proofs = found[0]
            return self._spoken(mark, page, item, proofs[0])
        return self._enter(page, mark, *self._unclear(mark, items, found))

    def _unclear(
        self, mark: Mark, items: Sequence[Item], found: Sequence[tuple[Item, list[Proof]]]
    ) -> tuple[str, str]:
        """Return rule and message for words that stand nowhere or in several places."""
        sources = self.library.sources
        if not found and mark.fetch is not None:
            what = f"para. {mark.fetch} of {items[0].key!r} is furniture"
            return "quote-not-found", f"{what}; nobody is quoted with it"
        if not found:
            inline = mark.kind == "inline"
            return "quote-not-found", hints.missing(mark.words, items, sources, inline=inline)
        if len(found) > 1:
            keys = " and ".join(repr(item.key) for item, _ in found)
            message = f"{hints.quoted(mark.words)} stands in {keys}; cite the one that is meant"
            return "quote-ambiguous", message
        item, proofs = found[0]
        places = [proof.span for proof in proofs]
        return "quote-ambiguous", hints.ambiguous(mark.words, places, sources[item.key])

    def cite(self, mark: Mark, item: Item, page: Page) -> Use | Problem:
        """Return the use that *item* of a citation is, without a quotation; or why it is none."""
        if problem := self._uncitable(
            replace(mark, citation=Citation(mark.citation.text, (item,))), page
        ):
            return problem
        record = self.library.records.get(item.key)
        if record is None:
            return self._unproven(page, mark)
        author = self.library.people.exactly(record.attribution)
        assert author is not None
        return self._use(mark, page, item, None, Chain(head=author))

    def _unproven(self, page: Page, mark: Mark) -> Problem:
        """Return what is shown where a source has a problem of its own; that one is entered."""
        keys = " and ".join(repr(item.key) for item in mark.citation.items)
        message = f"not proven: {keys} has a problem of its own"
        return Problem(path=page.path, rule="quote-not-found", message=message)

    def _uncitable(self, mark: Mark, page: Page) -> Problem | None:
        for item in mark.citation.items:
            if found := self.misnamed(item):
                return self._enter(page, mark, *found)
            quoting = mark.words or mark.fetch is not None
            if item.key in self.library.references and (quoting or not mark.editor):
                what = "is never quoted" if quoting else "is cited only in an editor's block"
                message = f"{item.key!r} has no copy: it {what}"
                return self._enter(page, mark, "reference-misused", message)
        return None

    def misnamed(self, item: Item) -> tuple[str, str] | None:
        """Return the rule and the message if *item* names no source, or no place in one."""
        if not (self.library.records.get(item.key) or item.key in self.library.broken):
            hint = did_you_mean(self.library.near(item.key))
            return "key-unknown", f"no source {item.key!r}{hint}"
        if not item.understood:
            message = f"locator {item.locator!r} is not understood; write para. 4 or line 12"
            return "locator-unknown", message
        source = self.library.sources.get(item.key)
        if source and (wrong := unknown_places(item, source)):
            message = (
                f"{', '.join(wrong)}: {item.key!r} has paragraphs 1 to "
                f"{len(source.paragraphs)} and lines 1 to {len(source.line_from)}"
            )
            return "locator-unknown", message
        return None

    def _spoken(self, mark: Mark, page: Page, item: Item, proof: Proof) -> Use | Problem:
        source = self.library.sources[item.key]
        spoken = chain(proof.spans, source, self.voices[item.key])
        if spoken is None:
            there = hints.place_label(proof.span, source)
            message = (
                f"{hints.quoted(mark.words)} runs from one voice into another "
                f"({item.key}, {there}); make two quotations"
            )
            return self._enter(page, mark, "voices-mixed", message)
        if mark.attribution is not None and self.library.people_read:
            named = self.library.people.named(mark.attribution)
            if named is None or named.id != spoken.head.id:
                who = named.name if named else mark.attribution
                there = hints.place_label(proof.span, source)
                message = (
                    f"attributed to '{who}', but these are {_possessive(spoken.head.name)} "
                    f"({item.key}, {there.partition(',')[0]})"
                )
                return self._enter(page, mark, "wrong-speaker", message)
        if too_long := excess(proof.spans, source):
            self._enter(page, mark, "excerpt-long", too_long)
        if too_much := unshown(proof.spans, source, self.voices[item.key]):
            self._enter(page, mark, "sensitive-long", too_much)
        typed = mark.kind == "block" and mark.fetch is None
        for rule, message in findings(proof, self.qualifiers, block=typed):
            self._enter(page, mark, rule, message)
        return self._use(mark, page, item, proof, spoken)

    def _use(self, mark: Mark, page: Page, item: Item, proof: Proof | None, spoken: Chain) -> Use:
        assert self._contexts is None, "a mark after the ledger was closed"
        source = self.library.sources.get(item.key)
        voices = self.voices.get(item.key)
        spans = proof.spans if proof else ()
        slug = passage(item, source, spans)
        # Numbers and notes are those of the page that a reader sees.
        page = page.sheet
        passages = self._numbers.setdefault(page.path, {})
        others = passages.setdefault(slug, [])
        use = Use(
            mark=mark,
            item=item,
            page=page,
            source=source,
            proof=proof,
            chain=spoken,
            emphasis_added=proof is not None and is_emphasis_added(proof, mark.stressed),
            sensitive=any(voices and is_sensitive(span, voices) for span in spans),
            passage=slug,
            number=others[0].number if others else page.notes_before + len(passages),
            turn=len(others) + 1,
            order=self.citations + len(self.excerpts),
            section=page.section,
        )
        others.append(use)
        self.uses.append(use)
        if use.proof:
            told = tuple(part.span for part in use.replaced)
            self.excerpts.append(Excerpt(page.path, item.key, use.spans, told))
        else:
            self.citations += 1
        return use

    def release(self) -> None:
        """Forget the uses so far; what they show of the sources still counts."""
        self.uses.clear()
        self._numbers.clear()

    def forget(self, since: int) -> None:
        """Forget every use, what all of them show, and the problems behind *since*."""
        self.release()
        self.excerpts.clear()
        self.citations = 0
        del self._problems[since:]

    def notes(self, page: Page) -> list[list[Use]]:
        """Return the uses on *page*, those of one passage together, by number."""
        return list(self._numbers.get(page.path, {}).values())

    def _enter(self, page: Page, mark: Mark, rule: str, message: str) -> Problem:
        return self.enter(page, place_of(mark, page), rule, message)

    def enter(
        self, page: Page, places: Sequence[tuple[int, int]], rule: str, message: str
    ) -> Problem:
        """Enter and return a problem of *page* at the first of *places*, naming the others."""
        return self.enter_at(page.path, places or [page.start], rule, message)

    def enter_at(
        self, path: str, places: Sequence[tuple[int, int]], rule: str, message: str
    ) -> Problem:
        """Enter and return a problem of the file *path* at the first of *places*; see *enter*."""
        (line, column), *others = places or [(1, 1)]
        if others:
            shown = ", ".join(f"{a}:{b}" for a, b in others[:5])
            message = f"{message} (or at {shown})"
        problem = Problem(path=path, line=line, column=column, rule=rule, message=message)
        self._problems.append(problem)
        return replace(problem, severity=self.severities[rule])

    @property
    def entered(self) -> int:
        """How many problems there are so far; what a block adds stands behind them."""
        return len(self._problems)

    def entered_since(self, since: int) -> list[Problem]:
        """Return the problems behind *since*, before anything says how bad they are."""
        return self._problems[since:]

    def has_entered(self, rule: str, since: int) -> bool:
        """Tell whether a problem of *rule* is among those behind *since*."""
        return any(problem.rule == rule for problem in self._problems[since:])

    def has_error(self, since: int) -> bool:
        """Tell whether any problem among those behind *since* is an error."""
        return any(self.severities[p.rule] == "error" for p in self._problems[since:])

    def accept(self, rule: str, reason: str, since: int) -> bool:
        """Accept the first problem of *rule* among those behind *since*; tell if there was one."""
        there = [problem for problem in self._problems[since:] if problem.rule == rule]
        if not there:
            return False
        first = min(there, key=lambda problem: (problem.line, problem.column))
        self._problems[since:] = [p for p in self._problems[since:] if p != first]
        self.accepted.append(
            Accepted(
                path=first.path,
                line=first.line,
                column=first.column,
                rule=rule,
                message=first.message,
                reason=reason,
            )
        )
        return True

    def quotations(self) -> list[Use]:
        """Return the uses that are quotations."""
        return [use for use in self.uses if use.proof]

    def uses_of(self, key: str) -> list[Use]:
        """Return the uses of the source *key*, in page order; the ledger is closed by that."""
        self.close()
        return self._by_key.get(key, [])

    def close(self) -> None:
        """Settle what may be shown around each quotation, and enter what is over a limit."""
        if self._contexts is not None:
            return
        self._contexts = {}
        for use in sorted(self.uses, key=lambda use: (page_order(use.page.path), use.order)):
            self._by_key.setdefault(use.item.key, []).append(use)
        if not self.excerpts:
            message = "no quotation on any page: a build that proved nothing has failed"
            self.add([Problem(path="docs", rule="nothing-checked", message=message)])
        shown: dict[str, list[Excerpt]] = {}
        for excerpt in sorted(self.excerpts, key=lambda excerpt: page_order(excerpt.path)):
            shown.setdefault(excerpt.key, []).append(excerpt)
        for key, source in self.library.sources.items():
            self._settle(key, source, shown.get(key, ()))

    def _settle(self, key: str, source: Source, excerpts: Sequence[Excerpt]) -> None:
        assert self._contexts is not None
        spans = list(dict.fromkeys(span for excerpt in excerpts for span in excerpt.spans))
        told = [span for excerpt in excerpts for span in excerpt.told]
        around, self.shares[key] = settle(spans, source, self.voices[key], told)
        self._contexts.update({(key, span): wider for span, wider in around.items()})
        self.add(exceeded(source, self.shares[key]))

    def context(self, use: Use) -> list[tuple[Span, tuple[Span, ...]]]:
        """Return the spans that may be shown around a quotation, and what in each it shows."""
        self.close()
        assert self._contexts is not None
        shown: list[tuple[Span, tuple[Span, ...]]] = []
        for span in use.spans:
            start, end = self._contexts.get((use.item.key, span), span)
            if shown and start <= shown[-1][0][1]:
                (first, last), lit = shown[-1]
                shown[-1] = ((first, max(last, end)), (*lit, span))
            else:
                shown.append(((start, end), (span,)))
        return shown


def _proofs(mark: Mark, source: Source, item: Item) -> list[Proof]:
    if mark.fetch is not None:
        return [proof] if (proof := fetched(mark.fetch, source)) else []
    return prove(mark.words, source, item, inline=mark.kind == "inline")


def place_of(mark: Mark, page: Page) -> list[tuple[int, int]]:
    """Return where on *page* an author wrote *mark*: every place that fits."""
    bracket = f"[{mark.citation.text}]"
    if mark.kind == "citation" or mark.fetch is not None:
        return page.citation(mark.citation.text)
    if mark.kind == "inline":
        return page.marked(mark.words[0], mark.marks)
    return page.places(" ".join(mark.words)) or page.lines(bracket)


def _possessive(name: str) -> str:
    return f"the words of {name}" if "," in name else f"{name}'s words"


def words_by_speaker(ledger: Ledger) -> dict[str, int]:
    """Return how many words of each speaker are quoted, those quoted twice once; the most first."""
    counters: dict[tuple[str, str], Counter] = {}
    for use in ledger.quotations():
        assert use.source is not None, "a quotation has a source"
        place = (use.chain.head.name, use.item.key)
        counter = counters.setdefault(place, Counter(use.source.reading))
        for span in use.spans:
            counter.add(span)
    words: dict[str, int] = {}
    for (name, _), counter in counters.items():
        words[name] = words.get(name, 0) + counter.count
    return dict(sorted(words.items(), key=lambda item: (-item[1], item[0])))
