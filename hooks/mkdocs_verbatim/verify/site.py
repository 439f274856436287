"""Verification: the finished site against the sources alone; nothing of the rendering is used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..problem import Problem, in_order
from ..sources.library import Library, read_library
from ..sources.republished import Held, held_by_files, outside, too_much, union
from ..sources.speech import read_voices
from ..sources.text_reuse import Copies
from .captions import Evidence, record_texts
from .exports import prove_files
from .page import Sheet, places, without_seams
from .page_metadata import Heads
from .quotations import Prover
from .receipts import Notes


@dataclass(kw_only=True)
class Report:
    """What a site holds and what in it is not proven."""

    pages: int = 0
    quotations: int = 0
    receipts: int = 0
    files: int = 0
    """Exports, feeds and indexes, whose quotations are proven, too."""
    problems: list[Problem] = field(default_factory=list)


def verify(site: Path, sources: Path) -> Report:
    """Return the report on the HTML below *site*, proven from the folder *sources* alone."""
    library, problems = read_library(sources, sources.name)
    voices = {}
    for key, source in library.sources.items():
        voices[key], found = read_voices(source, library.people)
        problems += found
    report = Report(problems=problems)
    evidence = Evidence(library, voices, record_texts(library))
    heads = Heads(library)
    sheets: list[Sheet] = []
    shown: Held = {}
    for sheet in _sheets(site, report):
        Prover(sheet, library, voices).run()
        evidence.prove(sheet)
        Notes(sheet, library, voices).prove()
        heads.prove(sheet)
        _add_shown(sheet, library, shown)
        sheet.close()
        sheets.append(sheet)
        report.pages += 1
        report.quotations += sheet.claims
        report.receipts += sheet.receipts
        report.problems += sheet.problems
    report.files, found = prove_files(site, sheets, library)
    report.problems += found
    report.problems += _copied(site, library, shown, report)
    if not report.quotations:
        message = "no quotation on any page: nothing was proven"
        report.problems.append(Problem(path=site.name, rule="nothing-checked", message=message))
    report.problems = in_order(report.problems)
    return report


def _add_shown(sheet: Sheet, library: Library, shown: Held) -> None:
    """Add to *shown* what quotations and receipts on *sheet* show of each source."""
    for node in sheet.css(".quotation[data-spans], .receipt[data-spans]"):
        source = library.sources.get(node.attributes.get("data-source") or "")
        found = source and places(node.attributes.get("data-spans") or "", len(source.text))
        if source and found:
            shown.setdefault(source.key, []).extend(without_seams(found, source))


def _copied(site: Path, library: Library, shown: Held, report: Report) -> list[Problem]:
    """Return a problem for each file, pages too, with most of a source besides what is *shown*."""
    files = {(Path(site.name) / path.relative_to(site)).as_posix(): path for path in _files(site)}
    problems: list[Problem] = []
    found = held_by_files(files, Copies(library.sources), problems)
    known = {key: union(spans) for key, spans in shown.items()}
    left = {name: outside(by_key, known, library.sources) for name, by_key in found.items()}
    told = {problem.path for problem in report.problems if problem.rule == "page-unreadable"}
    unread = [problem for problem in problems if problem.path not in told]
    return [*unread, *too_much(left, library.sources)]


def _sheets(site: Path, report: Report) -> Iterator[Sheet]:
    for path in sorted(_pages(site)):
        inside = path.relative_to(site)
        shown = (Path(site.name) / inside).as_posix()
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            what = getattr(error, "strerror", None) or "not UTF-8"
            message = f"cannot be read: {what}"
            report.problems.append(Problem(path=shown, rule="page-unreadable", message=message))
            continue
        yield Sheet(path=shown, url=inside.as_posix().removesuffix("index.html"), html=text)


def _pages(site: Path) -> Iterator[Path]:
    return (path for path in _files(site) if path.name.endswith((".html", ".htm")))


def _files(site: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(site):
        yield from (Path(folder, name) for name in names)
