"""Checks that links to a finished site lead where they should: ids, and pages that lead on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from ..problem import Problem
from ..sources.library import Library
from .excerpts import passages
from .page import FinishedPage, is_anchor, leading_ids, without_turn
from .quotation_ids import QuotationIds


def check_ids(page: FinishedPage, library: Library, ids: QuotationIds) -> None:
    """Enter what is wrong with the ids on *page*, whose quotations are checked already."""
    counts = Counter(node.id or "" for node in page.css("[id]"))
    for id_, count in counts.items():
        if count > 1:
            page.wrong("proof-id", f"{count} elements have the id {id_!r}", f'id="{id_}"')
    for id_, (source, spans) in passages(page, library).items():
        wanted = ids.of(source, spans)
        if id_ != wanted:
            message = f"id {id_!r} is not that of the words, {wanted!r}"
            page.wrong("proof-id", message, f'="{id_}"')
    known = {former for quoted in page.quotations for former in quoted.former}
    for piece in page.css(".source-excerpt[id]"):
        page.excerpts[piece.id or ""] = leading_ids(piece)
        known.update(page.excerpts[piece.id or ""])
    keys = tuple(f"q-{key}-" for key in (*library.records, *library.was))
    for node in page.css('span[id^="q-"]'):
        # An author may have questions, with ids such as q-why.
        if is_anchor(node) and (node.id or "").startswith(keys) and node.id not in known:
            page.wrong("proof-id", f"id {node.id!r} is before no quotation", node)


def check_addresses(pages: Sequence[FinishedPage], library: Library) -> Iterator[Problem]:
    """Yield what is wrong with ids of before and with former keys, over all *pages*."""
    yield from _listed(pages)
    by_url = {page.url: page for page in pages}
    for old, key in library.was.items():
        for end in ("/", ".html"):
            there, page = f"sources/{key}{end}", by_url.get(f"sources/{old}{end}")
            if there not in by_url:
                continue
            if page is None:
                message = f"no page at 'sources/{old}{end}' leads on to it, as its record says"
                yield Problem(path=by_url[there].path, rule="proof-id", message=message)
            elif page.leads_on is None or urljoin(page.url, page.leads_on) != there:
                message = f"leads on to {page.leads_on!r}, not to {there!r}"
                yield Problem(path=page.path, rule="proof-id", message=message)


def _listed(pages: Sequence[FinishedPage]) -> Iterator[Problem]:
    """Yield each difference between the ids of before on pages that quote and in listings."""
    published: dict[str, set[str]] = {}
    for page in pages:
        for quoted in page.numbered():
            there = published.setdefault(quoted.passage, set())
            there.update(without_turn(former) for former in quoted.former)
    for page in pages:
        numbered = {quoted.id for quoted in page.numbered()}
        listed = {q.id: q.former for q in page.quotations if q.id not in numbered}
        for id_, former in {**listed, **page.excerpts}.items():
            wanted = published.get(without_turn(id_), set())
            if set(former) != wanted:
                message = f"{id_!r} has the former ids {sorted(former)}, not {sorted(wanted)}"
                yield Problem(path=page.path, rule="proof-id", message=message)
