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
from .copied_words import CopiedWords
from .exports import check_exports, check_host_files
from .files import read_site_files
from .hiding import HidingCheck, SiteStyles
from .listings import Owner
from .made_pages import MadePages
from .map_section import check_maps
from .other_files import Accepts, check_files, is_page, read_styles, style_problems
from .page import FinishedPage, places, without_seams
from .page_labels import check_labels
from .page_metadata import MetadataCheck
from .page_policy import PolicyCheck, read_policy
from .quotation_form import QuotationForm
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
    accepted: list[str] = field(default_factory=list)
    """Files that are published unproven, as their maintainer says."""

    def add(self, page: FinishedPage) -> None:
        """Add what *page* holds and what is wrong on it."""
        self.pages += 1
        self.quotations += page.claims
        self.receipts += page.receipts
        self.problems += page.problems


def _nothing(name: str) -> bool:
    del name
    return False


def verify(
    site: Path, sources: Path, accepts: Accepts = _nothing, owner: Owner | None = None
) -> Verification:
    """Return what the files below *site* hold, proven from the folder *sources* alone.

    *accepts* says which files beside the pages the site's maintainer publishes unproven; *owner*
    is what the configuration states of the site's owner, if there is one.
    """
    files = read_site_files(site)
    styles = read_styles(site, files.files, accepts)
    checks, problems = read_checks(sources, read_policy(site), styles)
    library = checks.library
    result = Verification(problems=problems)
    pages: list[FinishedPage] = []
    made = MadePages(library, checks.voices, owner)
    result.problems += files.problems
    result.accepted = [name for name in _names(site, files.files) if accepts(name)]
    unaccepted = [path for path in files.files if not accepts(path.relative_to(site).as_posix())]
    for page in _pages(site, unaccepted, result):
        checks.check(page)
        result.add(page)
        made.add(page)
        page.release()
        pages.append(page)
    result.problems += style_problems(site, styles)
    result.problems += check_files(site, files.files, library, accepts)
    result.problems += check_addresses(pages, library)
    result.problems += made.problems(result.problems)
    result.files, found = check_exports(site, pages, library, made)
    result.problems += found
    result.problems += check_host_files(site, files.files, made.facts())
    result.problems += _copied(site, files.files, checks, result.problems)
    if not result.quotations:
        message = "no quotation on any page: nothing was proven"
        result.problems.append(Problem(path=site.name, rule="nothing-checked", message=message))
    result.problems = in_order(result.problems)
    return result


def read_checks(
    sources: Path, policy: str | None, styles: SiteStyles
) -> tuple[PageChecks, list[Problem]]:
    """Return the checks of pages that must have *policy*, and what is wrong with *sources*.

    *styles* are the stylesheets of their site.
    """
    library, problems = read_library(sources, sources.name)
    voices = {}
    for key, source in library.sources.items():
        voices[key], found = read_voices(source, library.people)
        problems += found
    return PageChecks(library, voices, policy, styles), problems


class PageChecks:
    """All that is checked of each page, and what the pages show of each source."""

    def __init__(
        self, library: Library, voices: dict[str, Voices], policy: str | None, styles: SiteStyles
    ) -> None:
        """Check pages of a site with this *policy* and *styles* against *library*."""
        self.library, self.voices = library, voices
        self._captions = CaptionCheck(library, voices, record_texts(library))
        self._metadata = MetadataCheck(library)
        self._policy = PolicyCheck(policy)
        self.copies = TextReuse(library.sources)
        self._words = CopiedWords(self.copies)
        self._ids = QuotationIds()
        self._hiding = HidingCheck(styles)
        self.shown: Held = {}

    def check(self, page: FinishedPage) -> None:
        """Enter on *page* what is wrong on it."""
        QuotationCheck(page, self.library, self.voices, self._ids).run()
        QuotationForm(page, self.library).check()
        check_ids(page, self.library, self._ids)
        self._captions.check(page)
        ReceiptCheck(page, self.library, self.voices).check()
        self._metadata.check(page)
        self._policy.check(page)
        self._words.check(page)
        check_labels(page)
        self._hiding.check(page)
        check_maps(page)
        check_timelines(page)
        self._add_shown(page)

    def _add_shown(self, page: FinishedPage) -> None:
        """Add what quotations and receipts on *page* show of each source."""
        for node in page.css(".quotation[data-spans], .receipt[data-spans]"):
            source = self.library.sources.get(node.attributes.get("data-source") or "")
            found = source and places(node.attributes.get("data-spans") or "", len(source.text))
            if source and found:
                self.shown.setdefault(source.key, []).extend(without_seams(found, source))


def _copied(
    site: Path, paths: Sequence[Path], checks: PageChecks, known_problems: Sequence[Problem]
) -> list[Problem]:
    """Return a problem for each file, pages too, with most of a source besides what is shown."""
    files = {(Path(site.name) / path.relative_to(site)).as_posix(): path for path in paths}
    problems: list[Problem] = []
    sources = checks.library.sources
    found = held_by_files(files, checks.copies, problems)
    quoted = {key: union(spans) for key, spans in checks.shown.items()}
    left = {name: outside(by_key, quoted, sources) for name, by_key in found.items()}
    known = {problem.path for problem in known_problems if problem.rule == "page-unreadable"}
    unread = [problem for problem in problems if problem.path not in known]
    return [*unread, *too_much(left, sources)]


def _names(site: Path, paths: Sequence[Path]) -> Iterator[str]:
    return (path.relative_to(site).as_posix() for path in paths)


def _pages(site: Path, paths: Sequence[Path], result: Verification) -> Iterator[FinishedPage]:
    """Yield each page among *paths*, and enter in *result* which cannot be read."""
    for path in paths:
        if not is_page(path.name):
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
