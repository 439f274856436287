"""The closed ledger: what listings, receipts and exports read when every mark is entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..problem import Problem, page_order
from ..sources.library import Library
from ..sources.limits import Counter, Shares, exceeded, settle
from ..sources.source import Span
from ..sources.speech import Voices
from .page import Page
from .problem_log import Accepted, ProblemLog
from .quotation_ids import QuotationIds
from .use import Use

Context = tuple[Span, tuple[Span, ...]]
"""A span that may be shown around a quotation, and what of it is quoted."""


class Excerpt(NamedTuple):
    """What a quotation on the page *path* shows of the source *key*, in spans of its reading.

    *told* are the words that its receipt alone shows.
    """

    path: str
    key: str
    spans: tuple[Span, ...]
    told: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class ClosedLedger:
    """All uses of one build, and what may be shown around them; nothing is entered any more."""

    library: Library
    voices: Mapping[str, Voices]
    log: ProblemLog
    uses: tuple[Use, ...]
    """Those of pages that are not released, in the order in which they were entered."""
    excerpts: tuple[Excerpt, ...]
    ids: QuotationIds
    shares: dict[str, Shares] = field(init=False, default_factory=dict)
    """How much of each source is quoted and published."""
    published: dict[str, tuple[Span, ...]] = field(init=False, default_factory=dict)
    """What quotations, receipts and source pages show of each source."""
    too_much: list[Problem] = field(init=False, default_factory=list)
    """What is wrong with all quotations together, which the log does not hold yet."""
    _by_key: dict[str, list[Use]] = field(init=False, default_factory=dict)
    _by_page: dict[str, dict[tuple[str, tuple[Span, ...]], list[Use]]] = field(
        init=False, default_factory=dict
    )
    _contexts: dict[tuple[str, Span], Span] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Put the uses in order, and settle what is shown of each source."""
        for use in self.uses:
            passages = self._by_page.setdefault(use.page.path, {})
            passages.setdefault((use.passage, use.spans), []).append(use)
        for use in sorted(self.uses, key=lambda use: (page_order(use.page.path), use.order)):
            self._by_key.setdefault(use.item.key, []).append(use)
        if not self.excerpts:
            message = "no quotation on any page: a build that proved nothing has failed"
            self.too_much.append(Problem(path="docs", rule="nothing-checked", message=message))
        shown: dict[str, list[Excerpt]] = {}
        for excerpt in sorted(self.excerpts, key=lambda excerpt: page_order(excerpt.path)):
            shown.setdefault(excerpt.key, []).append(excerpt)
        for key in self.library.sources:
            self._settle(key, shown.get(key, ()))

    def _settle(self, key: str, excerpts: Sequence[Excerpt]) -> None:
        source = self.library.sources[key]
        spans = list(dict.fromkeys(span for excerpt in excerpts for span in excerpt.spans))
        told = [span for excerpt in excerpts for span in excerpt.told]
        around, self.shares[key] = settle(spans, source, self.voices[key], told)
        self._contexts.update({(key, span): wider for span, wider in around.items()})
        self.published[key] = (*spans, *told, *around.values())
        self.too_much.extend(exceeded(source, self.shares[key]))
        self.too_much.extend(self._same_ids(excerpts))

    def _same_ids(self, excerpts: Sequence[Excerpt]) -> Iterator[Problem]:
        """Yield a problem for each quotation that has the id of another place of its source."""
        first: dict[str, tuple[Span, ...]] = {}
        told: set[tuple[Span, ...]] = set()
        for path, key, spans, _ in excerpts:
            id_ = self.ids.of(key, spans)
            if first.setdefault(id_, spans) != spans and spans not in told:
                told.add(spans)
                words = " […] ".join(self.library.sources[key].reading[slice(*s)] for s in spans)
                message = (
                    f"'{' '.join(words.split())[:60]}' of {key!r} has the id of other words, "
                    f"'q-{id_}'; quote a word more or less"
                )
                yield Problem(path=path, rule="id-taken", message=message)

    @property
    def problems(self) -> list[Problem]:
        """All errors and warnings in page order, with the severities of this site."""
        return self.log.problems

    @property
    def remarks(self) -> list[Problem]:
        """What is worth knowing but not wrong."""
        return self.log.remarks

    @property
    def accepted(self) -> list[Accepted]:
        """The warnings that authors accept."""
        return self.log.accepted

    def quotations(self) -> list[Use]:
        """Return the uses that are quotations."""
        return [use for use in self.uses if use.proof]

    def uses_of(self, key: str) -> Sequence[Use]:
        """Return the uses of the source *key*, in page order."""
        return self._by_key.get(key, ())

    def notes(self, page: Page) -> list[list[Use]]:
        """Return the uses on *page*, those of one passage together, by number."""
        return list(self._by_page.get(page.path, {}).values())

    def context(self, use: Use) -> list[Context]:
        """Return the spans that may be shown around a quotation, and what in each it shows."""
        shown: list[Context] = []
        for span in use.spans:
            start, end = self._contexts.get((use.item.key, span), span)
            if shown and start <= shown[-1][0][1]:
                (first, last), lit = shown[-1]
                shown[-1] = ((first, max(last, end)), (*lit, span))
            else:
                shown.append(((start, end), (span,)))
        return shown


def words_by_speaker(uses: Iterable[Use]) -> dict[str, int]:
    """Return how many words of each speaker *uses* quote, those quoted twice once; most first."""
    counters: dict[tuple[str, str], Counter] = {}
    for use in uses:
        if use.proof is None or use.source is None:
            continue
        place = (use.chain.head.name, use.item.key)
        counter = counters.setdefault(place, Counter(use.source.reading))
        for span in use.spans:
            counter.add(span)
    words: dict[str, int] = {}
    for (name, _), counter in counters.items():
        words[name] = words.get(name, 0) + counter.count
    return dict(sorted(words.items(), key=lambda item: (-item[1], item[0])))
