"""Checks captions, chains of attribution and references of a finished page against the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from ..sources.people import Person
from ..sources.speech import Chain, Voices, chain
from ..text.quoted_runs import quoted_runs
from .emphasis import is_added, unmarked
from .excerpts import passages
from .page import FinishedPage, Quoted, even, places, seen, without_turn
from .receipt_words import lit

CHAINS = ".quotation-chain, .receipt-chain"
MOST_BEFORE = 7
"""Words before a name: a form of address, an office."""
DENYING = frozenset("not never no nobody against nicht nie kein non pas jamais nunca niet".split())
"""Words before a name by which it is not the name of who speaks."""
ADDED = "(emphasis added)"
PLACE = re.compile(r"Paragraph (?P<paragraph>\d{1,9}), line (?P<line>\d{1,9})(?!\d)")


class CaptionCheck:
    """Checks pages one by one."""

    def __init__(
        self, library: Library, voices: Mapping[str, Voices], texts: frozenset[str]
    ) -> None:
        """Check against the sources of *library*; *voices* say who speaks in each.

        *texts* are all texts of the records, in which titles in double marks must be found.
        """
        self._library, self._voices, self._texts = library, voices, texts

    def check(self, page: FinishedPage) -> None:
        """Enter what is wrong on *page*, whose quotations are checked already."""
        by_id = {quoted.id: quoted for quoted in page.quotations}
        for figure in page.css("figure.quotation-figure"):
            inside = figure.css_first(".quotation")
            quoted = by_id.get(inside.id or "") if inside is not None else None
            if quoted is not None:
                self._caption(figure, quoted, page)
        self._chains(page)
        self._paragraphs(page)
        for node in page.css(".reference"):
            self._reference(node, page)

    def _caption(self, figure: LexborNode, quoted: Quoted, page: FinishedPage) -> None:
        """Check who is named under a block quotation, and that nothing else is said there."""
        caption = figure.css_first("figcaption")
        speaker = None if caption is None else caption.css_first(".quotation-speaker")
        if caption is None or speaker is None:
            page.wrong("proof-speaker", "a block quotation without its speaker", quoted.node)
            return
        said = seen(speaker)
        named = self._named(said.removeprefix("— "))
        head = quoted.chain.head if quoted.chain and self._library.people_read else named
        if not said.startswith("— ") or named is None or head is None or named.id != head.id:
            who = head.name if head else "nobody known"
            message = f"attributed to '{said}', but {quoted.source.key!r} says {who}"
            page.wrong("proof-speaker", message, quoted.node)
        if is_added(quoted) not in {None, ADDED in said}:
            message = f"the caption must say '{ADDED}' where it was, and nowhere else"
            page.wrong("proof-speaker", message, quoted.node)
        if quoted.chain and len(quoted.chain.links) > 1 and not caption.css(".quotation-chain"):
            page.wrong("proof-speaker", "a caption without the chain of its words", quoted.node)
        if others := even("".join(_others(caption))):
            message = f"'{others[:60]}' in a caption, beside speaker and chain"
            page.wrong("proof-speaker", message, quoted.node)

    def _named(self, said: str) -> Person | None:
        """Return the person whose name comes first in *said*, after an office at most."""
        before, _, _ = said.partition(",")
        for match in [*re.finditer(r"\S+", before)][: MOST_BEFORE + 1]:
            if person := self._library.people.named(said[match.start() :]):
                return person
            if match[0].lower() in DENYING:
                return None
        return None

    def _chains(self, page: FinishedPage) -> None:
        """Check every chain: it is that of the words before it."""
        chains, receipt = self._chains_by_passage(page), None
        wanted: list[Chain] = []
        for node in page.css(f"[id], [data-passage], .receipt, {CHAINS}"):
            attributes = node.attributes
            classes = (attributes.get("class") or "").split()
            id_ = (attributes.get("id") or attributes.get("data-passage") or "").removeprefix("fn:")
            if id_.startswith("q-"):
                spoken = chains.get(without_turn(id_))
                wanted = [spoken] if spoken else []
            if "receipt" in classes:
                receipt = node
            if not {"quotation-chain", "receipt-chain"}.isdisjoint(classes):
                self._chain(node, [*wanted, *self._chain_in(receipt)], page)

    def _chain(self, node: LexborNode, wanted: list[Chain], page: FinishedPage) -> None:
        shown = tuple(even(seen(item)) for item in node.css("li")) or seen(node)
        for one in wanted:
            joined = even(" → ".join(one.links))
            noted = even(f"{joined}. {one.note}") if one.note else joined
            if shown in (tuple(even(link) for link in one.links), joined, noted):
                return
        says = " → ".join(wanted[0].links) if wanted else "of no source"
        text = " → ".join(shown) if isinstance(shown, tuple) else shown
        message = f"the chain '{text}' is not that of the words, '{says}'"
        page.wrong("proof-speaker", message, text[:40])

    def _chains_by_passage(self, page: FinishedPage) -> dict[str, Chain | None]:
        """Return the chain of the words of each id on *page*, as far as they have one."""
        found = {quoted.passage: quoted.chain for quoted in page.quotations}
        for id_, (source, spans) in passages(page, self._library).items():
            found[id_] = chain(spans, source, self._voices[source.key])
        return found

    def _chain_in(self, receipt: LexborNode | None) -> Iterator[Chain]:
        """Yield the chain of the words that are lit in a receipt, if they have one."""
        key = receipt.attributes.get("data-source") if receipt is not None else None
        source = self._library.sources.get(key or "")
        if receipt is None or source is None:
            return
        spans = lit(receipt, source)
        spoken = chain(spans, source, self._voices[source.key]) if spans else None
        if spoken is not None:
            yield spoken

    def _paragraphs(self, page: FinishedPage) -> None:
        """Check the paragraph and line that the headings of a source's page name."""
        for section in page.css("section.source-paragraph"):
            receipt, heading = section.css_first(".receipt"), section.css_first("h3")
            key = receipt.attributes.get("data-source") if receipt is not None else None
            source = self._library.sources.get(key or "")
            match = PLACE.match(seen(heading)) if heading is not None else None
            if source is None or receipt is None:
                continue
            found = places(receipt.attributes.get("data-spans") or "", len(source.text))
            number = source.paragraph(source.index(found[0][0])) if found else 0
            line = source.paragraphs[number - 1].line if number else 0
            if match is None or (int(match[1]), int(match[2])) != (number, line):
                message = f"the heading of paragraph {number}, line {line} says otherwise"
                page.wrong("proof-text", message, section)

    def _reference(self, node: LexborNode, page: FinishedPage) -> None:
        """Check that what a reference has in double marks is a title or note of a record."""
        text = node.text(deep=True)
        proven = self._passages(node)
        for pair in quoted_runs(text).pairs:
            run = even(text[pair.start : pair.end])
            if run not in proven and not any(run in known for known in self._texts):
                message = f"'{run[:60]}' in quotation marks is in no record"
                page.wrong("proof-mark", message, run[:30])

    def _passages(self, node: LexborNode) -> set[str]:
        """Return the words of the receipts in *node*; those next to each other in the copy joined.

        A label is broken into lines between words, each of which proves itself.
        """
        found: list[str] = []
        last: tuple[str | None, int] = (None, 0)
        for inner in node.css(".receipt"):
            key = inner.attributes.get("data-source")
            source = self._library.sources.get(key or "")
            spans = (
                places(inner.attributes.get("data-spans") or "", len(source.text)) if source else []
            )
            words = even(inner.text(deep=True))
            between = source.text[last[1] : spans[0][0]] if source and spans else "?"
            follows = key == last[0] and spans and last[1] <= spans[0][0]
            if follows and not any(character.isalnum() for character in between):
                found[-1] += f" {words}"
            else:
                found.append(words)
            last = (key, spans[-1][1]) if spans else (None, 0)
        return set(found)


def _others(caption: LexborNode) -> Iterator[str]:
    """Yield the texts of a caption besides speaker, chain and numbers."""
    child = caption.child
    while child is not None:
        classes = (child.attributes.get("class") or "").split() if child.is_element_node else []
        known = {"quotation-speaker", "quotation-chain"}.intersection(classes)
        if not (known or child.tag == "sup"):
            yield child.text(deep=True) if child.is_element_node else child.text_content or ""
        child = child.next


def record_texts(library: Library) -> frozenset[str]:
    """Return every text of the records of *library*, as readers see it."""
    return frozenset(
        text for record in library.records.values() for text in _strings(asdict(record))
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield unmarked(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
