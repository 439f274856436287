"""Verification: the finished site against the sources alone; nothing of the rendering is used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..problem import Problem, ProblemError, in_order
from ..sources.library import read_library
from ..sources.speech import read_voices
from ..sources.text_file import read_text_file
from .captions import Evidence, record_texts
from .exports import prove_files
from .page import Sheet
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
    for sheet in _sheets(site, report):
        Prover(sheet, library, voices).run()
        evidence.prove(sheet)
        Notes(sheet, library, voices).prove()
        heads.prove(sheet)
        sheet.close()
        sheets.append(sheet)
        report.pages += 1
        report.quotations += sheet.claims
        report.receipts += sheet.receipts
        report.problems += sheet.problems
    report.files, found = prove_files(site, sheets, library)
    report.problems += found
    if not report.quotations:
        message = "no quotation on any page: nothing was proven"
        report.problems.append(Problem(path=site.name, rule="nothing-checked", message=message))
    report.problems = in_order(report.problems)
    return report


def _sheets(site: Path, report: Report) -> Iterator[Sheet]:
    for path in sorted(_pages(site)):
        inside = path.relative_to(site)
        shown = (Path(site.name) / inside).as_posix()
        try:
            text = read_text_file(path, shown=shown, rule="page-unreadable")
        except ProblemError as error:
            report.problems.append(error.problem)
            continue
        yield Sheet(path=shown, url=inside.as_posix().removesuffix("index.html"), html=text)


def _pages(site: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(site):
        yield from (Path(folder, name) for name in names if name.endswith((".html", ".htm")))
