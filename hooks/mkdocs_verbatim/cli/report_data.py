"""Report: how much of each source is used and how, by whom words are, what each page rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..ledger.closed_ledger import ClosedLedger, words_by_speaker
from ..ledger.problem_log import Accepted
from ..ledger.use import Use
from ..problem import Problem
from ..sources.limits import Shares
from ..sources.record import Limits
from ..sources.source import Source

UNCITED = "paragraph-uncited"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How each paragraph of a source is used, by number; each is in one of the four lists.

    *told* are cited and not quoted. A source that may be published whole has no *limits*.
    """

    key: str
    quoted: tuple[int, ...]
    told: tuple[int, ...]
    unused: tuple[int, ...]
    furniture: tuple[int, ...]
    whole: int
    """How often the source is cited without a place."""
    shares: Shares
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """What a page quotes and cites, and the lines of its paragraphs without a citation."""

    path: str
    quotations: int
    citations: int
    uncited: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """All that a site's owner may ask of a ledger; *words* are those quoted, by who says them."""

    sources: tuple[SourceReport, ...]
    references: Mapping[str, int]
    """How often each record without a copy is cited."""
    words: Mapping[str, int]
    pages: tuple[PageReport, ...]
    accepted: tuple[Accepted, ...]
    files: tuple[str, ...]
    """Files beside the pages that are published though nothing proves them."""
    remarks: tuple[Problem, ...]


def make_report(
    ledger: ClosedLedger, pages: Sequence[str], files: Sequence[str] = ()
) -> SiteReport:
    """Return the report on the *ledger* of a site of *pages*; its *files* are accepted unproven."""
    uses: dict[str, list[Use]] = {}
    for use in ledger.uses:
        uses.setdefault(use.page.path, []).append(use)
    uncited: dict[str, list[int]] = {}
    for problem in (*ledger.problems, *ledger.remarks):
        if problem.rule == UNCITED:
            uncited.setdefault(problem.path, []).append(problem.line)
    return SiteReport(
        sources=tuple(
            _source(source, ledger) for _, source in sorted(ledger.library.sources.items())
        ),
        references={key: len(ledger.uses_of(key)) for key in sorted(ledger.library.references)},
        words=words_by_speaker(ledger.uses),
        pages=tuple(_page(path, uses.get(path, ()), uncited.get(path, ())) for path in pages),
        accepted=tuple(ledger.accepted),
        files=tuple(files),
        remarks=tuple(problem for problem in ledger.remarks if problem.rule != UNCITED),
    )


def _source(source: Source, ledger: ClosedLedger) -> SourceReport:
    uses = ledger.uses_of(source.key)
    quoted = {n for use in uses for span in use.spans for n in source.paragraphs_of(span)}
    told = {n for use in uses if not use.spans for n in use.told} - quoted
    own = {paragraph.number for paragraph in source.paragraphs if paragraph.reading}
    every = {paragraph.number for paragraph in source.paragraphs}
    return SourceReport(
        key=source.key,
        quoted=tuple(sorted(quoted)),
        told=tuple(sorted(told)),
        unused=tuple(sorted(own - quoted - told)),
        furniture=tuple(sorted(every - own)),
        whole=sum(1 for use in uses if not (use.spans or use.item.paragraphs or use.item.lines)),
        shares=ledger.shares[source.key],
        limits=Limits() if source.record.full else source.record.limits,
    )


def _page(path: str, uses: Sequence[Use], uncited: Sequence[int]) -> PageReport:
    quotations = sum(1 for use in uses if use.spans)
    return PageReport(
        path=path,
        quotations=quotations,
        citations=len(uses) - quotations,
        uncited=tuple(uncited),
    )
