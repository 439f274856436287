"""Files beside a site's pages: whose place they take, and what in them nothing proves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from pathspec import GitIgnoreSpec

from ..problem import Problem, RuleId
from ..sources.files_beside import findings
from ..sources.source import Source
from ..text.shown_text import decoded, kind_of
from .author_styles import hiding_names, style_problems
from .csp import HOST_KINDS, SELF, Demand, Policy, source_of
from .headers import FILE as HEADERS_FILE
from .headers import HEADERS, META

LATER = (
    "404.html",
    "assets/first.js",
    "assets/site.css",
    "assets/site.js",
    "oembed.json",
    "report.json",
    "search.json",
    "search/search_index.json",
    "site.sha256",
    "sitemap.xml",
    "sitemap.xml.gz",
)
"""What a build writes besides the files that it hands to the builder."""

INDEX = frozenset({"index.md", "README.md"})
HEADER = re.compile(r"[ \t]+(?P<off>!?)[ \t]*(?P<name>[\w-]+)")
ACCEPT = "'extra.verbatim.files'"


@dataclass(kw_only=True, eq=False)
class FilesBeside:
    """The files beside the pages of one site; *shown* is what the folder of pages is called."""

    shown: str
    accepted: GitIgnoreSpec
    """What `extra.verbatim.files` accepts, as paths below the folder of pages."""
    patterns: tuple[str, ...] = ()
    policy: Policy
    home: str = ""
    listed: tuple[str, ...] = ()
    """The scripts and stylesheets that the configuration names."""
    directory_urls: bool = True
    files: Mapping[str, Path] = field(default_factory=dict)
    """Those that are published as they are, by path as shown."""
    written: Mapping[str, str] = field(default_factory=dict)
    """The pages that an author wrote: by path as shown, the path below the folder of pages."""
    themes: Sequence[Path] = ()
    """The stylesheets beside the site's own templates."""

    def is_accepted(self, shown: str) -> bool:
        """Return whether the site accepts by name the file *shown*."""
        return self.accepted.match_file(shown.removeprefix(f"{self.shown}/"))

    def allows(self, tag: str, given: Mapping[str, str]) -> bool:
        """Return whether the configuration names what an element of a page loads or sends."""
        address = given.get("src") or given.get("action") or given.get("href") or ""
        kinds = {"iframe": "frame", "frame": "frame", "form": "form", "script": "script"}
        kind = kinds.get(tag, "style" if tag == "link" else "")
        if not kind or any(name.startswith("on") for name in given):
            return False
        source = source_of(address, self.home)
        if source == SELF and kind in {"script", "style"}:
            plain = address.partition("?")[0].partition("#")[0].lstrip("./")
            return plain != "" and plain in self.listed
        return self.policy.allows(Demand(HOST_KINDS[kind], source))

    @cached_property
    def styled(self) -> Mapping[str, str]:
        """What the site's own stylesheets do to the elements of a class or id of theirs."""
        found: dict[str, str] = {}
        for _, text in self._sheets():
            found.update(hiding_names(text))
        return found

    def problems(self, sources: Mapping[str, Source], made: Iterable[str]) -> Iterator[Problem]:
        """Yield what is wrong with the files; *made* are those of the build, as finished."""
        yield from self._taken({*made, *LATER})
        for shown, path in self.files.items():
            if not self.is_accepted(shown):
                yield from _said(shown, path, sources)
        for shown, text in self._sheets():
            for line, column, message in style_problems(text):
                place = f"{message}, or accept the file under {ACCEPT}"
                yield _problem(shown, "style-hides", place, line, column)
        for pattern in self.patterns:
            one = GitIgnoreSpec.from_lines([pattern])
            if not any(one.match_file(self._below(path)) for path in (*self.files, *self.written)):
                message = (
                    f"{ACCEPT} has {pattern!r}, which is no file beside the pages; take it out"
                )
                yield _problem("mkdocs.yml", "accept-unused", message)

    def _below(self, shown: str) -> str:
        return shown.removeprefix(f"{self.shown}/")

    def _sheets(self) -> Iterator[tuple[str, str]]:
        """Yield each stylesheet of the author's, as shown and as text, unless it is accepted."""
        beside = {s: p for s, p in self.files.items() if kind_of(s) == "style"}
        for shown, path in {**beside, **{path.name: path for path in self.themes}}.items():
            if self.is_accepted(shown):
                continue
            try:
                text = decoded(path.read_bytes())
            except OSError:
                continue
            if text is not None:
                yield shown, text

    def _taken(self, made: set[str]) -> Iterator[Problem]:
        """Yield each file that takes the place of one of *made*, or of another of the author's."""
        # On some hosts capital letters make no difference.
        ours = {name.casefold(): name for name in made}
        taken: dict[str, str] = {}
        pages = {shown: self._finished(name) for shown, name in self.written.items()}
        files = {shown: self._below(shown) for shown in self.files}
        for shown, name in (*pages.items(), *files.items()):
            if self.is_accepted(shown):
                continue
            other = taken.setdefault(name.casefold(), shown)
            if name == HEADERS_FILE:
                yield from self._headers(shown)
            elif name.casefold() in ours:
                message = f"takes the place of {ours[name.casefold()]!r}, which the build makes"
                yield _problem(shown, "file-taken", f"{message}; {_rename()}")
            elif other != shown:
                message = f"and {other!r} are the same file of the site, {name!r}"
                yield _problem(shown, "file-taken", f"{message}; give one of them another name")

    def _finished(self, name: str) -> str:
        """Return the file of the finished site that the page *name* becomes."""
        path = PurePosixPath(name)
        if path.name in INDEX:
            return path.with_name("index.html").as_posix()
        return (
            f"{path.with_suffix('')}/index.html"
            if self.directory_urls
            else path.with_suffix(".html").as_posix()
        )

    def _headers(self, shown: str) -> Iterator[Problem]:
        """Yield each header of the author's that the build sets, and would so be weakened."""
        ours = {name.lower() for name in (*HEADERS, META)}
        text = decoded(self.files[shown].read_bytes()) or ""
        for number, line in enumerate(text.splitlines(), 1):
            found = HEADER.match(line)
            if found and found["name"].lower() in ours:
                verb = "takes out" if found["off"] else "sets anew"
                message = f"{verb} the header {found['name']!r}, which the build sets"
                remedy = f"take it out, or accept the file under {ACCEPT}"
                yield _problem(shown, "file-taken", f"{message}; {remedy}", number)


def _rename() -> str:
    return f"give it another name, or accept it under {ACCEPT}"


def _said(shown: str, path: Path, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield what is wrong in the file *path*."""
    try:
        # A pipe would never end; what cannot be read is told of already.
        found = [*findings(shown, path, sources)] if path.is_file() else []
    except OSError:
        return
    for finding in found:
        rule: RuleId = "file-unproven" if finding.weighty else "file-data"
        remedy = "quote on a page" if finding.kind == "words" else "take it out"
        message = f"{finding.message}; {remedy}, or accept the file under {ACCEPT}"
        yield _problem(shown, rule, message, finding.line)


def _problem(path: str, rule: RuleId, message: str, line: int = 1, column: int = 1) -> Problem:
    return Problem(path=path, line=line, column=column, rule=rule, message=message)


def local_names(config: Mapping[str, object]) -> tuple[str, ...]:
    """Return the scripts and stylesheets of the site's own that *config* names."""
    found: list[str] = []
    for key in ("extra_css", "extra_javascript"):
        given = config.get(key)
        for item in given if isinstance(given, list) else ():
            name = item.get("path") if isinstance(item, Mapping) else item
            if (text := str(name)) and not urlsplit(text).netloc:
                found.append(text.lstrip("./"))
    return tuple(found)
