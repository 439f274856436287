"""Source excerpts: works out anew what the page of a source shows of its text, and where used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ..sources.source import Paragraph, Source
from ..text.fold import PARAGRAPH
from .back_links import back_links
from .outline import SELF, made
from .record_words import address
from .uses import SiteUses, Use

STATES = {
    "quoted": "quoted",
    "cited": "told in our words",
    "unused": "not used",
    "furniture": "not the text’s own",
}
"""The class of a paragraph's cell in the strip, and what readers see of it, in this order."""

EDGE = 4
"""Words that the address of a long passage names at its beginning, and at its end."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page shows of a passage in one paragraph: its *sentence*, with links to its *uses*."""

    sentence: str
    uses: Sequence[Use]
    is_first: bool


def source_excerpts(source: Source, site: SiteUses) -> Iterator[str]:
    """Yield the outlines of what the page of *source* shows of it."""
    uses = site.of(source.key)
    quoted = _quoted(uses, site)
    cited = _cited(source, uses)
    yield from _strip(source, quoted, cited)
    for paragraph in source.paragraphs:
        yield from _paragraph(paragraph, quoted, cited)
    if whole := [use for use in uses if use.is_whole]:
        yield _told("Cited as a whole:", " ", whole, {"class": "source-told"})
    if not quoted and not cited:
        yield made("p", None, "Nothing is quoted from this text yet.")


def _quoted(uses: Sequence[Use], site: SiteUses) -> dict[int, list[_Shown]]:
    """Return what is shown of quoted passages, by paragraph, as the notes of their pages show it.

    A note shows a passage paragraph by paragraph; so does the page of the source.
    """
    by_passage: dict[str, list[Use]] = {}
    for use in uses:
        if use.quoted is not None:
            by_passage.setdefault(use.quoted.passage, []).append(use)
    found: dict[int, list[_Shown]] = {}
    for passage, there in sorted(by_passage.items(), key=lambda item: _spans(item[1][0])):
        for turn, (number, sentence) in enumerate(site.sentences.get(passage, ())):
            found.setdefault(number, []).append(_Shown(sentence, there, turn == 0))
    return found


def _spans(use: Use) -> tuple[tuple[int, int], ...]:
    return use.quoted.spans if use.quoted is not None else ()


def _cited(source: Source, uses: Sequence[Use]) -> dict[int, list[Use]]:
    """Return the bare citations of each paragraph."""
    found: dict[int, list[Use]] = {}
    for use in uses:
        for number in use.told(source) if use.quoted is None else ():
            found.setdefault(number, []).append(use)
    return found


def _paragraph(
    paragraph: Paragraph, quoted: dict[int, list[_Shown]], cited: dict[int, list[Use]]
) -> Iterator[str]:
    number = paragraph.number
    place = f"Paragraph {number}, line {paragraph.line}"
    told = cited.get(number, [])
    if number in quoted:
        inside = [made("h3", None, place)]
        for shown in quoted[number]:
            inside += _passage(shown)
        if told:
            inside.append(_told("Told in our words:", " ", told, {"class": "source-told"}))
        yield made("section", {"class": "source-paragraph", "id": f"p{number}"}, *inside)
    elif told:
        spot = {"class": "source-told", "id": f"p{number}"}
        yield _told(f"{place}:", " told in our words, ", told, spot)


def _passage(shown: _Shown) -> Iterator[str]:
    one = shown.uses[0].quoted
    assert one is not None
    name = "id" if shown.is_first else "data-passage"
    yield made("p", {"class": "source-excerpt", name: one.passage}, shown.sentence)
    chain = " → ".join(one.chain.links) if one.chain is not None else ""
    yield made(
        "p",
        {"class": "source-uses"},
        made("span", {"class": "quotation-chain"}, chain),
        " ",
        made("strong", None, "Quoted:"),
        f" {back_links(shown.uses)}.",
        _link_out(shown.uses[0]) if shown.is_first else "",
    )


def _link_out(use: Use) -> str:
    """Return the outline of the link to a passage on the source's own page, if it may have one."""
    one = use.quoted
    there = address(one.source.record) if one is not None else None
    if one is None or there is None:
        return ""
    passages = [p for a, b in one.spans for p in one.source.reading[a:b].split(PARAGRAPH)]
    told = "&".join(f"text={_directions(passage.split())}" for passage in passages)
    link = {
        "class": "source-out",
        "rel": "external",
        "href": f"{there}{'' if '#' in there else '#'}:~:{told}",
    }
    return f" {made('a', link, 'Find the words on its own page')}."


def _directions(words: Sequence[str]) -> str:
    ends = [words] if len(words) <= 2 * EDGE else [words[:EDGE], words[-EDGE:]]
    return ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)


def _told(lead: str, says: str, uses: Sequence[Use], attributes: dict[str, str]) -> str:
    """Return the outline of folded links to citations."""
    many = len({(use.url, use.section, use.number) for use in uses})
    counted = f"{says}{many} place{'' if many == 1 else 's'}"
    summary = made("summary", None, made("strong", None, lead), counted)
    return made("details", attributes, summary, made("p", None, f"{back_links(uses)}."))


def _strip(source: Source, quoted: Container[int], cited: Container[int]) -> Iterator[str]:
    states = [_state(paragraph, quoted, cited) for paragraph in source.paragraphs]
    many = len(states)
    said = f"Our copy has {many} paragraph{'' if many == 1 else 's'}, shown here in order."
    yield made("p", {"class": "source-strip-said"}, said)
    counts = Counter(states)
    signs = [
        made(
            "li",
            None,
            made("span", {"class": f"source-cell {state}", "aria-hidden": "true"}, "¶"),
            f" {counts[state]} {words}",
        )
        for state, words in STATES.items()
        if counts[state]
    ]
    yield made("ul", {"class": "source-strip-key"}, *signs)
    cells = [_cell(p, state) for p, state in zip(source.paragraphs, states, strict=True)]
    named = {"class": "source-strip", "aria-label": "Paragraphs of our copy"}
    yield made("ol", named, *cells)


def _state(paragraph: Paragraph, quoted: Container[int], cited: Container[int]) -> str:
    if paragraph.reading is None:
        return "furniture"
    if paragraph.number in quoted:
        return "quoted"
    return "cited" if paragraph.number in cited else "unused"


def _cell(paragraph: Paragraph, state: str) -> str:
    number, words = paragraph.number, STATES[state]
    label = f"Paragraph {number}, line {paragraph.line}: {words}"
    look = {"class": f"source-cell {state}", "title": label}
    if state in {"quoted", "cited"}:
        link = {**look, "aria-label": label, "href": f"{SELF}#p{number}"}
        return made("li", None, made("a", link, str(number)))
    heard = made("span", {"class": "for-screen-readers"}, f", {words}")
    return made("li", {"id": f"p{number}"}, made("span", look, f"{number}{heard}"))
