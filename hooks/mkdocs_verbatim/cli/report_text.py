"""A report in lines for people, and in fields for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ..problem import printable
from .document import fields_of
from .report_data import PageReport, SiteReport, SourceReport
from .terminal import Paint, count


def report_lines(report: SiteReport, paint: Paint) -> Iterator[str]:
    """Yield the lines of *report*, one heading a part that has anything to say."""
    yield paint("Sources", "head")
    for source in report.sources:
        yield from _source_lines(source, paint)
    for key, number in report.references.items():
        yield f"{paint(key, 'place')}: no copy, {count(number, 'citation')}"
    yield from _part(
        "Words by speaker",
        paint,
        [f"{words:6} {printable(name)}" for name, words in report.words.items()],
    )
    yield from _part("Pages", paint, [_page_line(page) for page in report.pages])
    yield from _part(
        "Accepted warnings",
        paint,
        [
            f"{printable(f'{w.path}:{w.line}:{w.column}: {w.rule}: {w.reason} ({w.message})')}"
            for w in report.accepted
        ],
    )
    yield from _part("Files accepted by name, not proven", paint, [*map(printable, report.files)])
    yield from _part("Remarks", paint, [str(problem) for problem in report.remarks])


def _part(name: str, paint: Paint, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield paint(name, "head")
        yield from lines


def _source_lines(source: SourceReport, paint: Paint) -> Iterator[str]:
    shares, limits = source.shares, source.limits
    quoted = _share(shares.quoted, shares.words, limits.quoted_share)
    published = _share(shares.published, shares.words, limits.published_share)
    yield (
        f"{paint(source.key, 'place')}: {quoted} quoted, {published} published, "
        f"of {count(shares.words, 'word')}"
    )
    if limits.author_share is not None:
        own = _share(shares.author_quoted, shares.author_words, limits.author_share)
        yield f"  of the author's own {count(shares.author_words, 'word')}: {own} quoted"
    for name, numbers in (
        ("quoted", source.quoted),
        ("told in our words", source.told),
        ("never used", source.unused),
        ("furniture", source.furniture),
    ):
        if numbers:
            yield f"  {name}: {_ranges(numbers)}"
    if source.whole:
        yield f"  cited as a whole: {count(source.whole, 'time')}"


def _share(words: int, whole: int, limit: float | None) -> str:
    """Return what share *words* are, and of how much that is allowed."""
    share = words / whole if whole else 0
    return f"{share:.1%}" if limit is None else f"{share:.1%} (limit {limit:.0%})"


def _ranges(numbers: Sequence[int]) -> str:
    """Return paragraph *numbers*, in order, as an author would cite them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"{'para.' if len(numbers) == 1 else 'paras.'} {listed}"


def _page_line(page: PageReport) -> str:
    line = (
        f"{printable(page.path)}: {count(page.quotations, 'quotation')}, "
        f"{count(page.citations, 'citation')}"
    )
    if not page.uncited:
        return line
    number = len(page.uncited)
    listed = ", ".join(map(str, page.uncited))
    lines = f"line {listed}" if number == 1 else f"lines {listed}"
    return f"{line}, {count(number, 'paragraph')} without a citation ({lines})"


def report_fields(report: SiteReport) -> dict[str, object]:
    """Return *report* as its document has it."""
    return {
        "sources": [_source_fields(source) for source in report.sources],
        "references": [{"key": k, "citations": n} for k, n in report.references.items()],
        "speakers": [{"name": name, "words": words} for name, words in report.words.items()],
        "pages": [asdict(page) for page in report.pages],
        "accepted": [asdict(warning) for warning in report.accepted],
        "files": list(report.files),
        "remarks": [fields_of(problem) for problem in report.remarks],
    }


def _source_fields(source: SourceReport) -> dict[str, object]:
    shares, limits = source.shares, source.limits
    return {
        "key": source.key,
        "words": shares.words,
        "quoted": {"words": shares.quoted, "limit": limits.quoted_share},
        "published": {"words": shares.published, "limit": limits.published_share},
        "paragraphs": {
            "quoted": source.quoted,
            "told": source.told,
            "unused": source.unused,
            "furniture": source.furniture,
        },
        "cited_whole": source.whole,
    }
