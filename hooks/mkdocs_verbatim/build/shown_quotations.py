"""Whether finished pages show every quotation that was proven for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from ..problem import Problem


def lost_quotations(
    site: Path, wanted: Mapping[str, tuple[str, frozenset[str]]]
) -> Iterator[Problem]:
    """Yield a problem for each page of which the finished file below *site* lacks quotations.

    *wanted* are, by path as shown, the file of the finished site and the ids of its quotations.
    """
    for shown, (name, ids) in wanted.items():
        try:
            html = (site / name).read_text("utf-8", errors="replace")
        except OSError:
            # Nobody can read a page that is not there; links to it are MkDocs' to report.
            continue
        there = {node.id for node in LexborHTMLParser(html).css(".quotation[id]")}
        if lost := ids - there:
            message = (
                f"the finished page lacks {len(lost)} of its {len(ids)} quotations; a template, a "
                "plugin or what is not closed on the page has swallowed them"
            )
            yield Problem(path=shown, rule="text-hidden", message=message)
