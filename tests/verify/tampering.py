"""Tampering: seeded edits of a finished site, one at a time, each of which a reader would notice.

An edit changes a word or a letter, or a number, in one text of one of the places below: what a
page shows of quotations, speakers, chains and receipts, and what it and its exports tell programs.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs_verbatim.verify.files import read_site_files
from mkdocs_verbatim.verify.other_files import read_styles
from mkdocs_verbatim.verify.page import FinishedPage
from mkdocs_verbatim.verify.page_policy import read_policy
from mkdocs_verbatim.verify.site import read_checks
from tests.support import sites
from tests.verify import page_edits

TOKEN = re.compile(r"\d+|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Span = tuple[int, int]


@dataclass(frozen=True)
class Edit:
    """*text* is what the file *path* holds instead, *how* says what was changed."""

    path: Path
    text: str
    how: str


Find = Callable[[str], Iterator[Span]]
"""Yields where in a file the texts of one place stand."""


def changed(text: str, place: Span, chance: random.Random) -> tuple[str, str]:
    """Return *text* with one word, letter or number at *place* changed, and how."""
    tokens = [m for m in TOKEN.finditer(text, *place) if not _is_markup(text, m, place)]
    token = chance.choice(tokens)
    new = _number(token[0], chance) if token[0].isdigit() else _word(token[0], chance)
    near = " ".join(text[max(place[0], token.start() - 25) : token.end() + 25].split())
    whole = text[: token.start()] + new + text[token.end() :]
    return whole, f"{token[0]!r} -> {new!r} in '…{near}…'"


def _is_markup(text: str, token: re.Match[str], place: Span) -> bool:
    """Tell whether *token* is part of a tag, an entity or an escape."""
    at = token.start()
    inside = text.rfind("<", place[0], at) > text.rfind(">", place[0], at)
    return inside or text[at - 1 : at] == "&" or text[at - 1 : at] == "\\"


def _number(token: str, chance: random.Random) -> str:
    ways = [str(int(token) + 1), f"{token}{chance.randrange(10)}", str(int(token) + 10)]
    return chance.choice(ways)


def _word(token: str, chance: random.Random) -> str:
    at = chance.randrange(len(token))
    other = chance.choice([c for c in LETTERS if c != token[at].lower()])
    letters = (token[at].swapcase(), other, token[at] + other, token[at] * 2)
    new = token[:at] + chance.choice(letters) + token[at + 1 :]
    ways = [new, f"not {token}", f"{token} never", "perhaps" if token != "perhaps" else "surely"]
    made = chance.choice(ways)
    return made if made != token else f"{token}{other}"


def _inside(pattern: str) -> Find:
    """Return what finds every group `text` of *pattern* that holds a word or number."""
    compiled = re.compile(pattern, re.DOTALL)

    def find(text: str) -> Iterator[Span]:
        for match in compiled.finditer(text):
            span = match.span("text")
            tokens = TOKEN.finditer(text, *span)
            if any(not _is_markup(text, token, span) for token in tokens):
                yield span

    return find


def _strings(*keys: str) -> Find:
    """Return what finds the values of *keys* in JSON, strings and numbers."""
    names = "|".join(map(re.escape, keys))
    return _inside(rf'"(?:{names})":\s*(?:\[\s*)?"?(?P<text>(?:[^"\\\n]|\\.)+?)"?\s*[,\n\]}}]')


def _quoted_in_index(text: str) -> Iterator[Span]:
    """Yield where the search index has words between double marks."""
    for match in re.finditer(r"\\u201c(?P<text>(?:(?!\\u201[cd]).)+?)\\u201d", text):
        yield match.span("text")


PAGE = r"(?:{tag})[^>]*class=\"{name}\"[^>]*>(?P<text>.*?)</(?:{tag})>"
PAGES: dict[str, Find] = {
    "quotations": _inside(PAGE.format(tag="span|blockquote", name="quotation")),
    "speakers under quotations": _inside(PAGE.format(tag="span", name="quotation-speaker")),
    "chains": _inside(PAGE.format(tag="span", name="quotation-chain")),
    "citations of receipts": _inside(PAGE.format(tag="p", name="receipt-citation")),
    "chains of receipts": _inside(PAGE.format(tag="p|ol", name="receipt-chain")),
    "sentences of receipts": _inside(PAGE.format(tag="p", name="receipt-sentence")),
    "places of receipts": _inside(r'class="receipt-foot"><a href="[^"]*">(?P<text>[^<:]*)'),
    "edits told in receipts": _inside(PAGE.format(tag="p", name="receipt-edits")),
    "fingerprints": _inside(r'SHA-256 [0-9a-f]{64}">(?P<text>[0-9a-f]{12})<'),
    "numbers": _inside(r'class="footnote-ref"[^>]*>(?P<text>\d+)<'),
    "excerpts of sources": _inside(PAGE.format(tag="p", name="source-excerpt")),
    "places on sources’ pages": _inside(
        r"<h3>(?P<text>Paragraph \d+, line \d+)</h3><p class=\"source-excerpt"
    ),
    "JSON-LD": _inside(
        r'"(?:text|creditText|headline|description|name|datePublished)":"(?P<text>[^"]*)"'
        r'(?=[^<]*</script>)(?!\}\}?,"citation)'
    ),
    "OpenGraph": _inside(r'<meta property="og:(?:title|description)" content="(?P<text>[^"]*)"'),
}
"""Places in pages, by what stands there."""

EXPORTS: dict[str, tuple[str, Find]] = {
    "quotes.json, words": ("quotes.json", _strings("exact", "prefix", "suffix")),
    "quotes.json, voices": ("quotes.json", _strings("name", "chain")),
    "quotes.json, places": ("quotes.json", _strings("start", "end", "sha256", "cached")),
    "references.json": ("references.json", _strings("title", "URL", "family", "literal")),
    "references.bib": ("references.bib", _inside(r" = \{(?P<text>[^{}]+)\}")),
    "feed": ("feed.xml", _inside(r'<content type="text">(?P<text>[^<]*)</content>')),
    "search index": ("search/search_index.json", _quoted_in_index),
}
"""Places in files for programs."""


def edits(site: Path, place: str, count: int, chance: random.Random) -> Iterator[Edit]:
    """Yield *count* edits at *place* of the finished *site*; none where it has nothing of it."""
    if place in PAGES:
        paths, find = sorted(site.rglob("*.html")), PAGES[place]
    else:
        name, find = EXPORTS[place]
        paths = [site / name]
    found = [(p, span) for p in paths for span in find(p.read_text("utf-8"))]
    for _ in range(count if found else 0):
        path, span = chance.choice(found)
        text = path.read_text("utf-8")
        new, how = changed(text, span, chance)
        if _read(new) != _read(text):
            yield Edit(path, new, f"{place}: {path.relative_to(site)}: {how}")


MADE = re.compile(r"(?:sources|quotes|rules)/|404\.html")
"""Pages that the build makes by itself, which have other kinds of places."""


class ProvenSite:
    """A finished site that is proven, read once, to ask what is wrong with one page of it."""

    def __init__(self, site: Path, sources: Path) -> None:
        """Read the site in the folder *site*, and *sources*."""
        self._site = site
        styles = read_styles(site, read_site_files(site).files, lambda _: False)
        checks, _ = read_checks(sources, read_policy(site), styles)
        self._checks = checks
        self.pages = {
            path.relative_to(site).as_posix(): path.read_text("utf-8")
            for path in sorted(site.rglob("*.html"))
        }

    def problems(self, name: str, html: str) -> list[str]:
        """Return what is wrong with the page *name* while it is *html*."""
        url = name.removesuffix("index.html")
        page = FinishedPage(path=f"site/{name}", url=url, html=html)
        self._checks.check(page)
        return [str(problem) for problem in page.problems]

    def edits(
        self, change: page_edits.Edit, count: int, chance: random.Random
    ) -> Iterator[tuple[str, str]]:
        """Yield name and text of *count* pages that *change* has edited, each as chance has it."""
        names = [name for name in self.pages if not MADE.match(name)]
        tried = 0
        while tried < count and names:
            name = chance.choice(names)
            html = change(self.pages[name], chance)
            if html == self.pages[name]:
                names.remove(name)
                continue
            tried += 1
            yield name, html


def place(old: str, new: str) -> str:
    """Return what *new* has where it first differs from *old*, with a little round it."""
    pairs = enumerate(zip(old, new, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
    return f"'…{old[max(0, at - 60) : at + 60]}…' -> '…{new[max(0, at - 60) : at + 60]}…'"


def _read(text: str) -> str:
    """Return *text* as it is once read: an entity or escape for a letter changes nothing."""
    return html.unescape(text)


def build_log_site(folder: Path) -> Path:
    """Return *folder*, new, with the real site, built, and changes in its log and so in its feed.

    One of them quotes with every editorial mark.
    """
    site = sites.real_site(folder)
    write_log(site / "docs")
    result = sites.run("mkdocs", "build", "--quiet", cwd=site)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return site


def write_log(docs: Path) -> None:
    """Put changes into the log of the site with the folder *docs*."""
    data = {
        "begun": "2026-11-21",
        "changes": [
            {
                "id": "wrong-table",
                "date": "2026-11-22",
                "kind": "correction",
                "page": "remark.md",
                "was": "The page had another verb in the fragment.",
                "now": "It has “get round the table” [@rt-2016, para. 2].",
                "why": "A slip of the keyboard.",
            },
            {
                "id": "marks",
                "date": "2026-11-23",
                "kind": "change",
                "page": "remark.md",
                "was": "Nothing.",
                "now": "It has “[A]ll of the actors […] **need** [surely] to be "
                "[part]{for='involved'}” [@rt-2016, para. 8].",
                "why": "To have every mark of the editor’s.",
            },
        ],
    }
    (docs / "data" / "changes.yml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
