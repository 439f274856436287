"""Quotation index: works out anew the list of all quotations, by speaker, source and page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..sources.library import Library
from ..sources.speech import Voices
from ..text.locators import located
from ..text.words import capital, single
from .back_links import back_links
from .outline import SELF, made
from .page import Quoted
from .page_names import NAME
from .record_words import author
from .uses import SiteUses, Use, sensitive

MOST = 500
"""Quotations that are listed on one page; of more it has the counts alone."""

TITLE = "Every quotation"
SAYS = (
    "Each stands here once, with its way from mouth to page, the pages that quote it, "
    "and its place in our copy of the source."
)

Passage = Sequence[Use]
"""All uses of the same words."""


class QuotationIndex:
    """Works the list out from *site*; *there* says where the page of a source is."""

    def __init__(
        self,
        site: SiteUses,
        library: Library,
        voices: Mapping[str, Voices],
        there: Callable[[str], str],
    ) -> None:
        """Read all quotations of *site*."""
        self._library, self._voices, self._there = library, voices, there
        self._passages, self._order = self._all(site), site.order

    def parts(self) -> Iterator[str]:
        """Yield the outlines of all that the page of the list has, in order."""
        speakers = self._groups(_speaker, lambda use: _head(use)[1])
        many = len(self._passages)
        is_whole = many <= MOST
        yield made("h1", None, TITLE)
        yield made("p", None, SAYS)
        yield _form()
        yield self._choices(speakers, is_whole=is_whole)
        counted = f"{many} quotation{'' if many == 1 else 's'}."
        yield made("p", {"class": "quotes-count", "role": "status"}, counted)
        for id_, passages in speakers.items() if is_whole else ():
            who = single(capital(_head(passages[0][0])[1]))
            yield made("h2", {"id": f"speaker-{id_}"}, who)
            yield made("ul", {"class": "quotes"}, *map(self._entry, passages))

    def names(self) -> dict[str, str]:
        """Return the name under which each speaker is listed, by the address of the heading."""
        groups = self._groups(_speaker, lambda use: _head(use)[1])
        return {
            f"#speaker-{id_}": single(capital(_head(passages[0][0])[1]))
            for id_, passages in groups.items()
        }

    def _all(self, site: SiteUses) -> list[Passage]:
        found: dict[tuple[str, str], list[Use]] = {}
        for use in site.uses:
            if use.quoted is not None:
                found.setdefault((use.key, use.quoted.passage), []).append(use)
        return sorted(found.values(), key=_place)

    def _groups(
        self, by: Callable[[Use], str], named: Callable[[Use], str]
    ) -> dict[str, list[Passage]]:
        """Return the passages in groups, by name; those of sensitive words alone come last."""
        groups: dict[str, list[Passage]] = {}
        for uses in self._passages:
            groups.setdefault(by(uses[0]), []).append(uses)

        def order(id_: str) -> tuple[bool, str]:
            is_hidden = all(self._is_sensitive(use) for uses in groups[id_] for use in uses)
            return is_hidden, named(groups[id_][0][0]).casefold()

        return {id_: groups[id_] for id_ in sorted(groups, key=order)}

    def _is_sensitive(self, use: Use) -> bool:
        return sensitive(use, self._voices[use.key])

    def _author(self, use: Use) -> str:
        return author(self._library.records[use.key])

    def _choices(self, speakers: Mapping[str, Sequence[Passage]], *, is_whole: bool) -> str:
        rows = [made("dt", None, "Speaker")]
        rows += _facets(
            (
                "speaker",
                id_,
                single(capital(_head(passages[0][0])[1])),
                self._leads(id_, passages[0], is_whole=is_whole),
                len(passages),
            )
            for id_, passages in speakers.items()
        )
        rows.append(made("dt", None, "Source"))
        rows += _facets(
            ("source", key, single(self._author(passages[0][0])), self._there(key), len(passages))
            for key, passages in self._groups(lambda use: use.key, self._author).items()
        )
        rows.append(made("dt", None, "Page"))
        counts: dict[str, int] = {}
        for uses in self._passages:
            for url in {use.url for use in uses}:
                counts[url] = counts.get(url, 0) + 1
        rows += _facets(
            ("page", _slug(url), NAME.format(url), url, counts[url])
            for url in self._order.of(counts)
        )
        return made(
            "details",
            {"class": "quotes-choice", "open": ""},
            made("summary", None, "By speaker, source or page"),
            made("dl", {"class": "quotes-facets"}, *rows),
        )

    def _leads(self, id_: str, first: Passage, *, is_whole: bool) -> str:
        return f"{SELF}#speaker-{id_}" if is_whole else self._there(first[0].key)

    def _entry(self, uses: Passage) -> str:
        use = uses[0]
        one = use.quoted
        assert one is not None
        links = one.chain.links if one.chain is not None else ()
        way = made("span", {"class": "quotation-chain"}, " → ".join(links))
        said = f"{way} " if len(links) > 1 else ""
        there = {"href": f"{self._there(use.key)}#{one.passage}"}
        at = made("a", there, f"{self._author(use)}, {_where(one)}")
        attributes = {"data-pages": " ".join(dict.fromkeys(_slug(each.url) for each in uses))}
        if self._is_sensitive(use):
            attributes["class"] = "sensitive"
        words = made("quotation", {"id": one.passage}, one.shown)
        return made(
            "li",
            attributes,
            made("p", None, f"“{words}”"),
            made("p", {"class": "quotes-place"}, f"{said}{back_links(uses)}. {at}."),
        )


def _form() -> str:
    asked = {
        "type": "search",
        "name": "words",
        "aria-label": "Words of a quotation, or a name",
        "placeholder": "Words or a name",
        "autocomplete": "off",
    }
    around = {
        "class": "quotes-filter",
        "role": "search",
        "aria-label": "Quotations",
        "hidden": "",
    }
    return made("form", around, made("input", asked))


def _place(uses: Passage) -> tuple[str, tuple[tuple[int, int], ...]]:
    return uses[0].key, uses[0].quoted.spans if uses[0].quoted is not None else ()


def _where(one: Quoted) -> str:
    source, first, last = one.source, one.spans[0][0], one.spans[-1][1]
    lines = (source.line(first), source.line(last - 1))
    return f"{located('para', source.paragraphs_of((first, last)))}, {located('line', lines)}"


def _head(use: Use) -> tuple[str, str]:
    """Return the id and the name of who said the words of *use*."""
    spoken = use.quoted.chain if use.quoted is not None else None
    return (spoken.head.id, spoken.head.name) if spoken is not None else ("", "")


def _speaker(use: Use) -> str:
    return _head(use)[0]


def _slug(url: str) -> str:
    return url.removesuffix(".html").strip("/") or "index"


def _facets(choices: Iterator[tuple[str, str, str, str, int]]) -> list[str]:
    known = list(choices)
    return [
        made(
            "dd",
            None,
            made("a", {"data-name": kind, "data-value": value, "href": there}, name),
            f" {count}{'' if turn == len(known) - 1 else ','}",
        )
        for turn, (kind, value, name, there, count) in enumerate(known)
    ]
