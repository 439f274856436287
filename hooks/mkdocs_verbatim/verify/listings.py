"""Listings: works out anew what is said of the whole site: bibliography, shares, words, owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..sources.library import Library
from ..sources.record import Record
from ..sources.source import Source, Span
from ..text.words import WORDS, capital
from .outline import made
from .record_words import in_bibliography, name
from .uses import SiteUses

There = Callable[[str], str]
"""Returns the address of the page of a source."""

OWNER = {
    "site_url": "Address of this site",
    "run_by": "Who runs it",
    "funding": "Who pays for it",
    "contact": "Contact",
    "licence_holder": "Holder of the rights in its own texts",
}
"""What is stated of the owner, by its name in a configuration, in this order."""

Owner = Mapping[str, str | None]
"""What a configuration states of the owner, by the names of OWNER."""


def bibliography(records: Mapping[str, Record], says: str, there: There) -> str:
    """Return the outline of a list of *records*, each with a link that *says* where it leads."""
    items = [
        made(
            "li",
            {"id": f"source-{key}"},
            f"{in_bibliography(record)} {made('a', {'href': there(key)}, says)}.",
        )
        for key, record in sorted(records.items(), key=lambda item: name(item[1]).lower())
    ]
    return made("ul", {"class": "bibliography"}, *items)


def shares(library: Library, site: SiteUses, there: There) -> str:
    """Return the outline of the table that says how much of each text is shown."""
    head = ("Text", "Words", "Quoted", "Shown in any way", "Allowed")
    rows = [_share(source, site, there, head[1:]) for source in library.sources.values()]
    attributes = {"class": "labelled shares", "aria-label": "Shares"}
    return made("table", attributes, *_table(head, rows))


def _share(source: Source, site: SiteUses, there: There, labels: Sequence[str]) -> str:
    quoted = _counted(source, _quoted(source.key, site))
    shown = _counted(source, site.shown.get(source.key, ()))
    cells = [
        str(source.words),
        f"{quoted} ({quoted / source.words:.1%})",
        f"{shown} ({shown / source.words:.1%})",
        _allowed(source.record),
    ]
    link = made("a", {"href": there(source.key)}, name(source.record))
    row = [
        made("td", {"data-label": label}, cell) for label, cell in zip(labels, cells, strict=True)
    ]
    return made("tr", None, made("th", {"scope": "row"}, link), *row)


def _allowed(record: Record) -> str:
    if record.full:
        return "free to republish"
    limits = record.limits
    both = (limits.quoted_share, limits.published_share)
    said = " and ".join("no limit" if most is None else f"{most:.0%}" for most in both)
    own = limits.author_share
    return said if own is None else f"{said}; of the author’s own words {own:.0%}"


def speakers(library: Library, site: SiteUses) -> str:
    """Return the outline of the table that says how many words of each speaker are quoted."""
    spans: dict[tuple[str, str], set[Span]] = {}
    for use in site.uses:
        if use.quoted is not None and use.quoted.chain is not None:
            place = (use.quoted.chain.head.name, use.key)
            spans.setdefault(place, set()).update(use.quoted.spans)
    words: dict[str, int] = {}
    for (who, key), there in spans.items():
        words[who] = words.get(who, 0) + _counted(library.sources[key], there)
    most = max(words.values(), default=1)
    rows = [
        made(
            "tr",
            None,
            made("th", {"scope": "row"}, capital(who)),
            made("td", None, str(count), _bar(count / most)),
        )
        for who, count in sorted(words.items(), key=lambda item: (-item[1], item[0]))
    ]
    caption = "Words quoted on the pages of this site; words quoted twice count once."
    inside = (made("caption", None, caption), *_table(("Speaker", "Words quoted"), rows))
    around = {
        "class": "source-table",
        "tabindex": "0",
        "role": "region",
        "aria-label": "Words by speaker",
    }
    return made("div", around, made("table", {"class": "voices"}, *inside))


def owner_list(stated: Owner) -> str:
    """Return the outline of what is *stated* of the owner."""
    rows = [
        made("dt", None, label) + made("dd", None, stated.get(name) or "not stated")
        for name, label in OWNER.items()
    ]
    return made("dl", {"class": "source-record"}, *rows)


def _quoted(key: str, site: SiteUses) -> set[Span]:
    return {span for use in site.of(key) if use.quoted is not None for span in use.quoted.spans}


def _counted(source: Source, spans: Iterable[Span]) -> int:
    """Return how many words of the reading any of *spans* touches."""
    words = [match.span() for match in WORDS.finditer(source.reading)]
    count, at = 0, 0
    for start, end in sorted(spans):
        while at < len(words) and words[at][1] <= start:
            at += 1
        while at < len(words) and words[at][0] < end:
            count += 1
            at += 1
    return count


def _table(head: Sequence[str], rows: Sequence[str]) -> tuple[str, str]:
    titles = made("tr", None, *(made("th", {"scope": "col"}, title) for title in head))
    return made("thead", None, titles), made("tbody", None, *rows)


def _bar(share: float) -> str:
    size = {"width": f"{share:.1%}", "height": "100%"}
    return made("svg", {"aria-hidden": "true"}, made("rect", size))
