"""The site: one build's pages and ledger, for MkDocs and for `verbatim check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..datafiles.tree import Tree
from ..house_style.site_check import HouseStyle
from ..ledger.closed_ledger import ClosedLedger
from ..ledger.front_matter import check_first_lines, check_titles, front_matter, misshapen
from ..ledger.ledger import Ledger
from ..ledger.page import POSTPONED, Page
from ..ledger.page_text import PageText
from ..ledger.permalinks import PUBLISHED, RETIRED, Addresses
from ..markdown.accessible import AccessibleExtension
from ..output.changelog import FILE as CHANGES
from ..output.changelog import Log
from ..output.feed import FEED
from ..output.html import Html, join, make
from ..output.page_metadata import About, head
from ..output.quotation import Address, relative
from ..output.receipt import notes
from ..problem import Problem
from ..sources.republished import held_by_files, outside, too_much, union, unmarked
from ..sources.text_file import unreadable_page
from .beside import FilesBeside
from .checksums import write_checksums
from .csp import Policy
from .current_page import CurrentPage
from .extension import MarkExtension
from .findings import Findings
from .generated import GeneratedFiles
from .headers import protect
from .settings import Settings
from .shown_quotations import lost_quotations
from .stylesheet import Seen, bundled


@dataclass(kw_only=True, eq=False)
class Site:
    """One build. Pages are begun one after the other, and their marks entered as they render."""

    ledger: Ledger
    extension: MarkExtension
    accessible: AccessibleExtension = field(default_factory=AccessibleExtension)
    """For what readers get; `check` has no use for it."""
    settings: Settings
    house_style: HouseStyle | None
    seen: Seen = field(default_factory=Seen)
    """What pages and scripts need of the stylesheets."""
    pages: dict[str, Page] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    """The pages that the build makes, by path as shown."""
    changes: Log | None = None
    """The log of corrections and changes, if the site keeps one."""
    generated: GeneratedFiles
    addresses: Addresses
    handed_over: tuple[str, ...] = ()
    """What `verbatim pages` put into docs/, as paths below it; a build makes that anew."""
    trees: Mapping[Path, Tree] = field(default_factory=dict)
    """What is in the folders from which files get to readers, by folder, in a build."""
    links: Sequence[Problem] = ()
    """What is wrong with links there."""
    beside: FilesBeside
    """The files beside the pages."""
    drawn_data: set[str]
    """The paths, as shown, of the data files that pages draw, and so prove."""
    published: set[str] = field(default_factory=set)
    """The addresses of quotations so far, as far as uses were released."""
    address: Address
    """Returns the address of a source's page."""
    current: CurrentPage

    def begin(
        self,
        path: str,
        read: Callable[[], str],
        url: str,
        data: Mapping[str, object],
        name: str = "",
    ) -> Mapping[str, object]:
        """Begin the page *path*, which is *name* below docs/ and whose front matter is *data*.

        Return the front matter, or an empty one if it cannot be used.
        """
        text = PageText(path=path, read=read, has_metadata=bool(data))
        page = Page(text=text, url=url, name=name, made=path in self.made)
        self.pages[path] = page
        self.current.begin(page)
        if (problem := misshapen(data, path)) is not None:
            self.ledger.log.add([problem])
            data = {}
        self.ledger.log.add(check_titles(text, data))
        if not page.made:
            self.ledger.log.add(check_first_lines(text, data))
        if self.house_style and not page.made:
            self.house_style.read_titles(page, data)
        return data

    def check_front_matter(self, path: str, text: str) -> None:
        """Enter what is wrong with the front matter of the page *path*, which holds *text*."""
        self.ledger.log.add(front_matter(text, path)[2])

    def unreadable(self, path: str, error: OSError | ValueError) -> None:
        """Enter that the page *path* cannot be read."""
        self.ledger.log.add([unreadable_page(error, path)])

    def finished(self, path: str, html: str) -> str:
        """Return *html*, the page *path*, with its notes and all that was left to be drawn."""
        return self.drawn(path, html) + self.notes(path)

    def drawn(self, path: str, html: str) -> str:
        """Return *html*, the page *path*, with what counts over all pages, and pictures."""
        for number, draw in enumerate(self.pages[path].state.postponed, 1):
            html = html.replace(POSTPONED.format(number), draw())
        return html

    def notes(self, path: str) -> str:
        """Return the notes of the page *path* as HTML."""
        return notes(self.pages[path], self.ledger.closed(), self.address)

    def release(self, path: str) -> None:
        """Forget of the page *path* what only a build needs; it is not to be finished."""
        self.published |= self.addresses.of(self.ledger.uses)
        self.ledger.release()
        self.pages.pop(path, None)

    def forget(self) -> None:
        """Forget all that was found on the pages so far: another process has it."""
        self.ledger.forget()
        self.published.clear()
        if self.house_style:
            self.house_style.pages.clear()
            self.house_style.measured.clear()
        if self.changes:
            self.changes.url = None

    def found(self) -> Findings:
        """Return what was found on the pages so far, all of them released."""
        return Findings(
            pages=self.house_style.pages if self.house_style else [],
            problems=self.ledger.log.on_pages,
            excerpts=self.ledger.excerpts,
            citations=self.ledger.citations,
            addresses=sorted(self.published),
            measured=self.house_style.measured if self.house_style else [],
            log=self.changes.url if self.changes else None,
            drawn=sorted(self.drawn_data),
        )

    def take(self, findings: Findings) -> None:
        """Take what was found on other pages of the site as if they had been read here."""
        self.ledger.log.add(findings.problems)
        self.ledger.take(findings.excerpts, findings.citations)
        self.published |= set(findings.addresses)
        self.drawn_data |= set(findings.drawn)
        if self.house_style:
            self.house_style.pages += findings.pages
            self.house_style.measured += findings.measured
        if self.changes is not None and self.changes.url is None:
            self.changes.url = findings.log

    def close(self) -> None:
        """Settle what depends on the whole site, when the last page has been read."""
        entered = self.ledger.log
        if self.changes is not None and self.changes.url is None:
            message = "no page shows the log; put <!-- verbatim: changes --> on one"
            entered.add([Problem(path=self.changes.path, rule="changes-invalid", message=message)])
        unread = any(problem.rule == "page-unreadable" for problem in entered.on_pages)
        # What rests on a file that cannot be read is not gone.
        if not (unread or self.ledger.library.misread):
            entered.add(self.addresses.gone(self.published | self.addresses.of(self.ledger.uses)))
        if self.house_style:
            self.house_style.close()
        closed = self.ledger.closed()
        entered.add(closed.too_much)
        files = self.beside.files.items()
        self.beside.files = {n: path for n, path in files if n not in self.drawn_data}
        entered.add(self._copied(closed))
        entered.add(self.beside.problems(closed.library.sources, self.generated.names()))

    def _copied(self, closed: ClosedLedger) -> list[Problem]:
        """Return a problem for each file beside the pages that holds too much of a source."""
        problems: list[Problem] = []
        found = held_by_files(self.beside.files, self.extension.copies, problems)
        sources = closed.library.sources
        large = [*too_much(found, sources, closed.published)]
        known = {problem.path for problem in large}
        quoted = {key: union(spans) for key, spans in closed.published.items()}
        few = {
            name: outside(held, quoted, sources)
            for name, held in found.items()
            if name not in known
        }
        return [*problems, *large, *unmarked(few, sources)]

    @property
    def kept(self) -> tuple[str, ...]:
        """The files of data below docs/ that are no part of the finished site."""
        return CHANGES, PUBLISHED, RETIRED

    def head(self, path: str, about: About) -> Html:
        """Return as HTML what the head of the page *path* says to other programs."""
        page = self.pages[path]
        html = head(about, page, self.ledger.closed(), self.address)
        if self.changes is None:
            return html
        feed = {"rel": "alternate", "type": "application/atom+xml", "href": relative(FEED, page)}
        return join([html, make("link", {**feed, "title": "Corrections and changes"}), "\n"])

    def stylesheet(self, sheets: Iterable[str]) -> str:
        """Return *sheets* as one, without the rules that no page needs."""
        return bundled(sheets, self.seen)

    def protect(self, folder: Path, own: Path, *, known: bool) -> list[Problem]:
        """Write what browsers let the pages in *folder* do; return what that stops, as problems.

        *own* is where the site's author may have written headers; *known* is whether all that
        pages load is, so that they have a policy unless the configuration says otherwise.
        """
        before = set(self.ledger.log.problems)
        home = self.settings.owner.site_url or ""
        is_on = known if self.settings.policy is None else self.settings.policy
        policy = Policy(self.settings.allow) if is_on else None
        self.ledger.log.add(protect(folder, own, home, policy))
        self.ledger.log.add(lost_quotations(folder, self._shown()))
        return [problem for problem in self.ledger.log.problems if problem not in before]

    def _shown(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Return finished file and ids of the quotations of each page that an author wrote."""
        ids: dict[str, tuple[str, set[str]]] = {}
        for use in self.ledger.uses:
            page = use.page.reader_page
            if use.proof is not None and not page.made:
                url = page.url
                name = f"{url}index.html" if url == "" or url.endswith("/") else url
                ids.setdefault(page.path, (name, set()))[1].add(use.id)
        return {path: (name, frozenset(own)) for path, (name, own) in ids.items()}

    def seal(self, folder: Path) -> None:
        """List in *folder* the checksum of each file, when nothing in it changes any more."""
        write_checksums(folder)
