"""Findings: what a check has found on some of a site's pages, as far as it counts over the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ..house_style.site_check import Measured
from ..ledger.closed_ledger import Excerpt
from ..problem import Problem


class Shard(NamedTuple):
    """A share of a site's pages: the *number*th, from 1, *of* so many."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def pages(self, pages: Sequence[Path]) -> Sequence[Path]:
        """Return which of all *pages* are this share's, in order."""
        return pages[self.number - 1 :: self.of]


@dataclass(kw_only=True, eq=False)
class Findings:
    """What was found on some pages, in their order."""

    pages: list[str] = field(default_factory=list)
    """The names of those that were checked by the site's own rules."""
    problems: list[Problem] = field(default_factory=list)
    """Without severities: those are the site's settings."""
    excerpts: list[Excerpt] = field(default_factory=list)
    """One for each quotation."""
    citations: int = 0
    """How many there are without a quotation."""
    addresses: list[str] = field(default_factory=list)
    """Those of quotations, on a site that has published some."""
    measured: list[Measured] = field(default_factory=list)
    log: str | None = None
    """The address of the page that shows the log of changes, if one of these does."""
    drawn: list[str] = field(default_factory=list)
    """The paths of the data files that these pages draw."""


def findings_fields(findings: Findings) -> dict[str, object]:
    """Return *findings* as documents have them."""
    by_page = groupby(findings.excerpts, lambda excerpt: excerpt.path)
    return {
        "pages": findings.pages,
        "problems": [_without_severity(problem) for problem in findings.problems],
        "excerpts": [{"page": path, "shown": [one[1:] for one in own]} for path, own in by_page],
        "citations": findings.citations,
        "addresses": findings.addresses,
        "measured": [one._asdict() for one in findings.measured],
        "log": findings.log,
        "drawn": findings.drawn,
    }


def _without_severity(problem: Problem) -> dict[str, object]:
    return {name: value for name, value in asdict(problem).items() if name != "severity"}


def read_findings(fields: Mapping[str, Any]) -> Findings:
    """Return the findings that *fields* of the right form are, as *findings_fields* made them."""
    return Findings(
        pages=fields["pages"],
        problems=[Problem(**problem) for problem in fields["problems"]],
        excerpts=[
            Excerpt(page["page"], key, _pairs(spans), _pairs(told))
            for page in fields["excerpts"]
            for key, spans, told in page["shown"]
        ],
        citations=fields["citations"],
        addresses=fields["addresses"],
        measured=[
            Measured(**{**one, "places": _pairs(one["places"])}) for one in fields["measured"]
        ],
        log=fields["log"],
        drawn=fields["drawn"],
    )


def _pairs(listed: Iterable[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, second) for first, second in listed)


VERSION = 1
"""That of the documents, whose forms are in schemas/; it changes with every change of them."""
