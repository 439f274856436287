"""A finished site of which all pages are read once, to ask what is wrong with one file of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from mkdocs_verbatim.problem import Problem
from mkdocs_verbatim.verify.exports import check_exports, check_host_files
from mkdocs_verbatim.verify.files import read_site_files
from mkdocs_verbatim.verify.made_pages import MadePages
from mkdocs_verbatim.verify.other_files import read_styles
from mkdocs_verbatim.verify.page import FinishedPage
from mkdocs_verbatim.verify.page_policy import read_policy
from mkdocs_verbatim.verify.site import read_checks
from tests.support import sites
from tests.verify.list_edits import Edit
from tests.verify.tampering import write_log

ADDRESS = "https://example.org/"


def build_lists_site(folder: Path) -> Path:
    """Return *folder*, new, with the real site, built, with an address and changes in its log."""
    site = sites.real_site(folder)
    write_log(site / "docs")
    config = site / "mkdocs.yml"
    text = config.read_text("utf-8")
    sites.put(config, re.sub(r"(?m)^# site_url: .*$", f"site_url: {ADDRESS}", text))
    result = sites.run("mkdocs", "build", "--quiet", cwd=site)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return site


class ProvenLists:
    """The site in the folder *site*, which this alone changes, and puts back."""

    def __init__(self, site: Path, sources: Path) -> None:
        """Read the site and *sources*."""
        self._site = site
        self._files = read_site_files(site).files
        styles = read_styles(site, self._files, lambda _: False)
        self._checks, _ = read_checks(sources, read_policy(site), styles)
        self._library = self._checks.library
        self._made = MadePages(self._library, self._checks.voices, {"site_url": ADDRESS})
        self.texts = {
            path.relative_to(site).as_posix(): path.read_text("utf-8")
            for path in self._files
            if path.suffix in {".html", ".json", ".bib", ".xml", ".txt"} or path.name == "_headers"
        }
        self._pages = [self._read(name) for name in self.texts if name.endswith(".html")]

    def _read(self, name: str) -> FinishedPage:
        page = FinishedPage(
            path=f"site/{name}", url=name.removesuffix("index.html"), html=self.texts[name]
        )
        self._checks.check(page)
        self._made.add(page)
        page.release()
        return page

    def problems(self, name: str, text: str) -> list[str]:
        """Return what is wrong with the site while the file *name* is *text*."""
        kept = self.texts[name]
        try:
            self.texts[name] = text
            if name.endswith(".html"):
                page = self._read(name)
                found: list[Problem] = [*page.problems, *self._made.problems(page.problems)]
                others = [one for one in self._pages if one.url != page.url]
                found += self._of_files([*others, page]) if page.entries else []
            else:
                sites.put(self._site / name, text)
                found = self._of_files(self._pages)
        finally:
            self.texts[name] = kept
            if name.endswith(".html"):
                self._read(name)
            else:
                sites.put(self._site / name, kept)
        return [str(problem) for problem in found]

    def _of_files(self, pages: list[FinishedPage]) -> list[Problem]:
        _, found = check_exports(self._site, pages, self._library, self._made)
        return [*found, *check_host_files(self._site, self._files, self._made.facts())]

    def edits(
        self, where: str, change: Edit, count: int, chance: random.Random
    ) -> Iterator[tuple[str, str]]:
        """Yield name and text of *count* files at *where* that *change* has edited, by chance."""
        names = [name for name in self.texts if fnmatch(name, where)]
        tried = 0
        while tried < count and names:
            name = chance.choice(names)
            text = change(self.texts[name], chance)
            if text == self.texts[name]:
                names.remove(name)
                continue
            tried += 1
            yield name, text


def differing(old: str, new: str) -> str:
    """Return what *new* has where it first differs from *old*, with a little round it."""
    pairs = enumerate(zip(old, new, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
    return f"'…{old[max(0, at - 60) : at + 60]}…' -> '…{new[max(0, at - 60) : at + 60]}…'"
