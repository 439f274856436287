"""Changes: the log of corrections and changes of a site, written once, shown in page and feed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from ..datafiles.form import Choice, Form, Items, Text, one_of
from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node, parse_data
from ..datafiles.tree import read_file, refusal
from ..ledger.front_matter import front_matter
from ..ledger.page import Page
from ..ledger.page_text import PageText
from ..problem import Problem, ProblemError
from ..sources.csl import date_parts
from ..sources.people import SLUG
from .citation import date as shown_date
from .directives import Directive
from .html import Html, join, make
from .quotation import Address, page_url, relative

FILE = "data/changes.yml"
"""The log, below docs/."""

CHANGE_KINDS = ("correction", "change")
FIELDS = {"was": "Stood there", "now": "Stands there now", "why": "Why"}
"""The texts of a change, and what readers see before each."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")

CHANGE = Form(
    about="A correction or change of a page.",
    fields={
        "id": Text(
            "What feeds know it by; it never changes: small letters, digits and single hyphens.",
            "a-name-corrected",
            required=True,
            pattern=SLUG,
        ),
        "date": Text(
            "The day of it.", "2024-05-17", required=True, pattern=DAY, to_editors=one_of("string")
        ),
        "kind": Choice("What it is.", "correction", CHANGE_KINDS, required=True),
        "page": Text("The page, below the folder of pages.", "index.md", required=True),
        "was": Text("What the page said before.", "The page had the wrong name.", required=True),
        "now": Text("What it says now.", "Doe is named.", required=True),
        "why": Text("Why it was changed.", "A slip in copying.", required=True),
    },
)
LOG = Form(
    about="The log of corrections and changes.",
    fields={
        "begun": Text(
            "The day since which it is kept.",
            "2024-05-17",
            required=True,
            pattern=DAY,
            to_editors=one_of("string"),
        ),
        "changes": Items("The corrections and changes, in any order.", CHANGE),
    },
)

Convert = Callable[[str, Page], str]
"""Makes HTML of a Markdown text, its marks proven; problems are those of the page given."""

Url = Callable[[str], str]
"""Returns the address of the page of a Markdown file, from the site's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry; *texts* are Markdown by the names of FIELDS, *page* is a file below docs/."""

    id: str
    date: str
    kind: str
    page: str
    title: str
    """That of the page, as its front matter has it."""
    texts: dict[str, str]
    line: int

    @property
    def heading(self) -> str:
        """What begins the entry's title, in front of the page's."""
        return f"{shown_date(self.date)}: {self.kind} on "

    @property
    def anchor(self) -> str:
        """The id of the entry on the page that shows the log."""
        return f"change-{self.id}"


@dataclass(kw_only=True, eq=False)
class Log:
    """The changes of a site, the latest first; *begun* is the day since which they are kept."""

    path: str
    text: str
    begun: str
    changes: tuple[Change, ...]
    url: str | None = None
    """The address of the page that shows the log, once one does."""
    shown: dict[str, dict[str, str]] = field(default_factory=dict)
    """Each text as a reader reads it, by change and name."""

    def show(self, page: Page, url: Url, convert: Convert) -> Html:
        """Return the log as HTML on *page*; every text is converted, and proven, there."""
        self.url = page.url if self.url is None else self.url
        if not self.changes:
            return make("p", None, f"Nothing since {shown_date(self.begun)}, when this log began.")
        text = PageText(path=self.path, read=lambda: self.text)
        data = Page(text=text, url=page.url, shown_on=page)
        return join(self._entry(change, page, data, url, convert) for change in self.changes)

    def _entry(self, change: Change, page: Page, data: Page, url: Url, convert: Convert) -> Html:
        parts: list[str] = []
        for name, label in FIELDS.items():
            # All of it is the editors' own. Markdown wrote it, and our marks in it.
            html = convert(f"{change.texts[name]}\n{{.editor}}", data)
            self.shown.setdefault(change.id, {})[name] = plain(html)
            parts += [make("dt", None, label), make("dd", None, Html(html))]
        where = make("a", {"href": relative(url(change.page), page)}, change.title)
        title = make("strong", None, change.heading, where)
        head = make("p", {"class": "change-title"}, title)
        texts = make("dl", {"class": "source-record"}, *parts)
        return make("div", {"class": "change", "id": change.anchor}, head, texts)


def directive(log: Log | None, address: Address, convert: Convert) -> Directive:
    """Return the directive that shows *log* on a page; *address* is that of a source's page."""

    def changes(_: str, page: Page) -> Html:
        if log is None:
            return make("p", None, "This site keeps no log of changes.")
        return log.show(page, lambda name: page_url(name, address), convert)

    return Directive("changes", changes)


def read_log(docs: Path, shown: str) -> tuple[Log | None, list[Problem]]:
    """Return the log in the folder *docs*, called *shown* in messages, and what is wrong with it.

    A site without the file has no log.
    """
    path = f"{shown}/{FILE}"
    try:
        text = read_file(docs, FILE).decode("utf-8-sig")
    except FileNotFoundError:
        return None, []
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "not UTF-8"
        return None, [_problem(path, 1, f"cannot be read: {what}; save the file as UTF-8")]
    try:
        node = parse_data(text, path)
    except ProblemError as error:
        return None, [replace(error.problem, rule="changes-invalid")]
    problems: list[Problem] = []
    reader = Reader(node, path, "the log", problems, LOG)
    begun = _day(reader, "begun", node, problems, path)
    changes = [_change(item, docs, path, problems) for item in reader.items("changes")]
    reader.finish()
    known = [change for change in changes if change is not None]
    problems += _repeated(known, path)
    latest = sorted(known, key=lambda change: change.date, reverse=True)
    log = Log(path=path, text=text, begun=begun or "", changes=tuple(latest)) if begun else None
    return log, [replace(problem, rule="changes-invalid") for problem in problems]


def _repeated(changes: list[Change], path: str) -> list[Problem]:
    """Return a problem for each change with an id that one before it has."""
    ids = [change.id for change in changes]
    return [
        _problem(
            path, change.line, f"id {change.id!r} is given twice; feeds tell changes apart by it"
        )
        for turn, change in enumerate(changes)
        if change.id in ids[:turn]
    ]


def _change(node: Node, docs: Path, path: str, problems: list[Problem]) -> Change | None:
    before = len(problems)
    reader = Reader(node, path, "a change", problems, CHANGE)
    id_, page = reader.text("id"), reader.text("page")
    day = _day(reader, "date", node, problems, path)
    kind = reader.choice("kind")
    texts = {name: reader.text(name) or "" for name in FIELDS}
    reader.finish()
    if id_ is not None and not SLUG.fullmatch(id_):
        reader.wrong(node, f"id {id_!r} must be small letters and digits, parted by hyphens")
    if page is not None and not _is_page(docs, page):
        problems.append(_problem(path, node.line, f"no page {page!r} in {docs.name}/"))
    for name, text in texts.items():
        if "\n" in text.strip():
            reader.wrong(node, f"{name!r} must be one paragraph")
    if len(problems) > before or not (id_ and page and day and kind):
        return None
    return Change(
        id=id_,
        date=day,
        kind=kind,
        page=page,
        title=_title(docs / page),
        texts={name: text.strip() for name, text in texts.items()},
        line=node.line,
    )


def _title(path: Path) -> str:
    """Return the title that the front matter of the page *path* gives, or its first heading."""
    text = path.read_bytes().decode("utf-8", "replace")
    data, body, _ = front_matter(text, path.name)
    heading = re.search(r"^#\s+(.+?)\s*#*\s*$", body, re.MULTILINE)
    return str(data.get("title") or (heading[1] if heading else path.stem))


def _is_page(docs: Path, name: str) -> bool:
    path = docs / name
    inside = refusal(path, os.path.realpath(docs)) is None
    return inside and path.suffix == ".md" and path.is_file()


def _day(reader: Reader, key: str, node: Node, problems: list[Problem], path: str) -> str | None:
    value = reader.text(key)
    if value is None or (DAY.fullmatch(value) and date_parts(value)):
        return value
    problems.append(_problem(path, node.line, f"{key!r} must be a day such as 2016-08-17"))
    return None


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(path=path, line=line, rule="changes-invalid", message=message)


def plain(html: str) -> str:
    """Return what a reader reads of *html* but the numbers of notes, white space folded."""
    tree = LexborHTMLParser(html)
    for node in tree.css("sup, .for-screen-readers"):
        node.decompose()
    return " ".join((tree.body.text() if tree.body else "").split())
