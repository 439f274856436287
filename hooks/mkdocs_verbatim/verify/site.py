"""Checks a finished site against the sources alone, without any of the code that wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..problem import Problem, ProblemError, in_order
from ..sources.library import Library, read_library
from ..sources.republished import Held, held_by_files, outside, too_much, union
from ..sources.speech import Voices, read_voices
from ..sources.text_file import read_text_file
from ..sources.text_reuse import TextReuse
from .addresses import check_addresses, check_ids
from .captions import CaptionCheck, record_texts
from .exports import check_exports, check_host_files
from .files import read_site_files
from .listings import Owner
from .made_pages import MadePages
from .map_section import check_maps
from .page import FinishedPage, places, without_seams
from .page_metadata import MetadataCheck
from .quotation_ids import QuotationIds
from .quotations import QuotationCheck
from .receipts import ReceiptCheck
from .timeline_section import check_timelines


@dataclass(kw_only=True)
class Verification:
    """What a site holds and what in it is not proven."""

    pages: int = 0
    quotations: int = 0
    receipts: int = 0
    files: int = 0
    """Exports, feeds and indexes, whose quotations are proven, too."""
    problems: list[Problem] = field(default_factory=list)

    def add(self, page: FinishedPage) -> None:
        """Add what *page* holds and what is wrong on it."""
        self.pages += 1
        self.quotations += page.claims
        self.receipts += page.receipts
        self.problems += page.problems


def verify(site: Path, sources: Path, owner: Owner | None = None) -> Verification:
    """Return what the files below *site* hold, proven from the folder *sources* alone.

    *owner* is what the configuration states of the site's owner, if there is one.
    """
    library, problems = read_library(sources, sources.name)
    voices = {}
    for key, source in library.sources.items():
        voices[key], found = read_voices(source, library.people)
        problems += found
    result = Verification(problems=problems)
    checks = PageChecks(library, voices)
    pages: list[FinishedPage] = []
    made = MadePages(library, voices, owner)
    files = read_site_files(site)
    result.problems += files.problems
    for page in _pages(site, files.files, result):
        checks.check(page)
        result.add(page)
        made.add(page)
        page.release()
        pages.append(page)
    result.problems += check_addresses(pages, library)
    result.problems += made.problems(result.problems)
    result.files, found = check_exports(site, pages, library, made)
    result.problems += found
    result.problems += check_host_files(site, files.files, made.facts())
    result.problems += _copied(site, files.files, library, checks.shown, result.problems)
    if not result.quotations:
        message = "no quotation on any page: nothing was proven"
        result.problems.append(Problem(path=site.name, rule="nothing-checked", message=message))
    result.problems = in_order(result.problems)
    return result


class PageChecks:
    """All that is checked of each page, and what the pages show of each source."""

    def __init__(self, library: Library, voices: dict[str, Voices]) -> None:
        self._library, self._voices = library, voices
        self._captions = CaptionCheck(library, voices, record_texts(library))
        self._metadata = MetadataCheck(library)
        self._ids = QuotationIds()
        self.shown: Held = {}

    def check(self, page: FinishedPage) -> None:
        """Enter on *page* what is wrong on it."""
        QuotationCheck(page, self._library, self._voices, self._ids).run()
        check_ids(page, self._library, self._ids)
        self._captions.check(page)
        ReceiptCheck(page, self._library, self._voices).check()
        self._metadata.check(page)
        check_maps(page)
        check_timelines(page)
        self._add_shown(page)

    def _add_shown(self, page: FinishedPage) -> None:
        """Add what quotations and receipts on *page* show of each source."""
        for node in page.css(".quotation[data-spans], .receipt[data-spans]"):
            source = self._library.sources.get(node.attributes.get("data-source") or "")
            found = source and places(node.attributes.get("data-spans") or "", len(source.text))
            if source and found:
                self.shown.setdefault(source.key, []).extend(without_seams(found, source))


def _copied(
    site: Path,
    paths: Sequence[Path],
    library: Library,
    shown: Held,
    known_problems: Sequence[Problem],
) -> list[Problem]:
    """Return a problem for each file, pages too, with most of a source besides what is *shown*."""
    files = {(Path(site.name) / path.relative_to(site)).as_posix(): path for path in paths}
    problems: list[Problem] = []
    found = held_by_files(files, TextReuse(library.sources), problems)
    quoted = {key: union(spans) for key, spans in shown.items()}
    left = {name: outside(by_key, quoted, library.sources) for name, by_key in found.items()}
    known = {problem.path for problem in known_problems if problem.rule == "page-unreadable"}
    unread = [problem for problem in problems if problem.path not in known]
    return [*unread, *too_much(left, library.sources)]


def _pages(site: Path, paths: Sequence[Path], result: Verification) -> Iterator[FinishedPage]:
    """Yield each page among *paths*, and enter in *result* which cannot be read."""
    for path in paths:
        if not path.name.endswith((".html", ".htm")):
            continue
        inside = path.relative_to(site)
        shown = (Path(site.name) / inside).as_posix()
        try:
            text = read_text_file(path, shown=shown, rule="page-unreadable")
        except ProblemError as error:
            result.problems.append(error.problem)
            continue
        url = inside.as_posix().removesuffix("index.html")
        yield FinishedPage(path=shown, url=url, html=text)
