"""House: a site's own rules on one page after the other, and what they compare over pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property, partial
from typing import NamedTuple

from ..ledger.ledger import Ledger
from ..ledger.page import Page
from ..problem import did_you_mean, near_name
from ..text.fold import fold
from .page_check import COUNTED, Breach, PageReader
from .page_voice import Voice
from .phrases import Text
from .rule_kinds import Balance, ContentRule, Naming, Never, Words

RUN = 4
"""Words in a row that a title has from a sensitive passage only by taking them from there."""

WORD = re.compile(r"\w+")


class Measured(NamedTuple):
    """How many words a section has on a page, which *rule* compares; None if it has no such one.

    *path* is the page's in messages, *name* that below docs/; *places* are those of the heading.
    """

    rule: str
    section: str
    path: str
    name: str
    words: int | None
    places: tuple[tuple[int, int], ...]


@dataclass(eq=False)
class House:
    """The rules of one build; *config* is the file in which they stand, read when asked for."""

    rules: Sequence[ContentRule]
    ledger: Ledger
    config: Page
    measured: list[Measured] = field(default_factory=list)
    """What is compared over pages."""
    pages: list[str] = field(default_factory=list)
    """The names of the pages so far."""

    @property
    def late(self) -> frozenset[str]:
        """The ids of all rules: what they warn of is known when a page is read to its end."""
        return frozenset(rule.id for rule in self.rules)

    def judge(self, voice: Voice, *, whole: bool = True) -> list[Breach]:
        """Return every breach on the page of *voice*, block by block.

        Where not the *whole* of the page is proven, nothing is missed or counted.
        """
        page = voice.desk.page
        rules = [rule for rule in self.rules if rule.holds_on(page.name)]
        reader = PageReader(voice, whole=whole)
        found = [breach for rule in rules for breach in reader.read(rule)]
        for number, block in enumerate(voice.blocks):
            if block.role == "heading":
                for rule, what in self._taken(block.shown, rules):
                    message = f"{what} in a heading; {rule.say}"
                    places = partial(block.page.openings, block.text)
                    found.append(Breach(number, block.page, rule.id, message, places))
        for rule in rules:
            if whole and isinstance(rule.kind, Balance):
                for section in rule.kind.sections:
                    words = _length(section, voice)
                    there = () if words is None else tuple(page.openings(section))
                    one = Measured(rule.id, section, page.path, page.name, words, there)
                    self.measured.append(one)
        return sorted(found, key=lambda breach: breach.block)

    def read_titles(self, page: Page, data: Mapping[str, object]) -> None:
        """Enter what is wrong with the titles in the front matter *data* of *page*."""
        self.pages.append(page.name)
        rules = [rule for rule in self.rules if rule.holds_on(page.name)]
        for key in ("title", "description"):
            if isinstance(value := data.get(key), str):
                for rule, words, what in self._wrong(value, rules):
                    begin = re.search(rf"^{key}\s*:", page.text, re.MULTILINE)
                    at = begin.end() if begin else 0
                    places = [page.position(max(at, page.text.find(words, at)))]
                    message = f"{what} in the front matter's {key!r}; {rule.say}"
                    self.ledger.enter(page, places, rule.id, message)

    def read_names(self, names: Iterable[str]) -> None:
        """Enter what is wrong with the *names* that the configuration gives the site and pages."""
        rules = [rule for rule in self.rules if not rule.only_in]
        for name in names:
            for rule, _, what in self._wrong(name, rules):
                places = self.config.literal(f"- {name}:") or self.config.literal(name)
                message = f"{what} in the title {name!r}; {rule.say}"
                self.ledger.enter(self.config, places, rule.id, message)

    def read_citations(self) -> None:
        """Enter each rule that names a source or a paragraph which there is not."""
        for rule in self.rules:
            for item in rule.items:
                if found := self.ledger.misnamed(item):
                    message = f"{found[1]}, in content rule {rule.id!r}"
                    self.ledger.enter(self.config, [], "settings-invalid", message)

    def close(self) -> None:
        """Enter what can be told only of all pages together."""
        measured: dict[tuple[str, str], list[Measured]] = {}
        for one in self.measured:
            measured.setdefault((one.rule, one.section), []).append(one)
        for rule in self.rules:
            for pattern in (*rule.only_in, *rule.except_in):
                if not any(fnmatchcase(page, pattern) for page in self.pages):
                    hint = did_you_mean(near_name(pattern, self.pages))
                    message = f"no page {pattern!r}{hint}, in content rule {rule.id!r}"
                    self.ledger.enter(self.config, [], "settings-invalid", message)
            if isinstance(rule.kind, Balance):
                for section in rule.kind.sections:
                    self._compare(rule, section, measured.get((rule.id, section), []))

    def _wrong(
        self, text: str, rules: Iterable[ContentRule]
    ) -> Iterator[tuple[ContentRule, str, str]]:
        """Yield each rule that the title *text* breaks: with the words, and what is wrong."""
        searched = Text([text])
        for rule in rules:
            match rule.kind:
                case Words(titles=True, phrases=phrases, besides=besides):
                    found = searched.find(phrases, besides)
                case Naming(others=others, headings=headings):
                    found = searched.find(others, headings)
                case _:
                    continue
            for placed in found:
                yield rule, text[placed.start : placed.end], repr(placed.words)
        for rule, what in self._taken(text, rules):
            yield rule, text, what

    def _taken(self, text: str, rules: Iterable[ContentRule]) -> Iterator[tuple[ContentRule, str]]:
        """Yield each rule by which *text* has too many words of a sensitive passage."""
        wanting = [r for r in rules if isinstance(r.kind, Never) and r.kind.titles]
        runs = _runs(text) if wanting and self._sensitive else ()
        run = next((run for run in runs if run in self._sensitive), None)
        for rule in wanting if run else ():
            yield rule, f"{' '.join(run or ())!r}, words of a sensitive passage,"

    @cached_property
    def _sensitive(self) -> frozenset[tuple[str, ...]]:
        """Every run of words in a sensitive passage."""
        sources = self.ledger.library.sources
        return frozenset(
            run
            for key, voices in self.ledger.voices.items()
            for span in voices.sensitive
            for run in _runs(sources[key].reading[slice(*span)])
        )

    def _compare(self, rule: ContentRule, section: str, measured: Sequence[Measured]) -> None:
        assert isinstance(rule.kind, Balance)
        for path in (one.path for one in measured if one.words is None):
            message = f"no section {section!r} on this page; {rule.say}"
            self.ledger.enter_at(path, [], rule.id, message)
        there = [(one.words, one) for one in measured if one.words is not None]
        there.sort(key=lambda pair: pair[1].name)
        if len(there) < 2:
            return
        longest, page = max(there, key=lambda pair: pair[0])
        if longest <= (1 + rule.kind.share) * min(words for words, _ in there):
            return
        counts = ", ".join(f"{words} on {other.name}" for words, other in there)
        message = (
            f"section {section!r} is not of one length: {counts} words; at most "
            f"{rule.kind.share:.0%} more; {rule.say}"
        )
        self.ledger.enter_at(page.path, page.places, rule.id, message)


def _length(section: str, voice: Voice) -> int | None:
    """Return the words of a *section*, less the editor's own and folded detail, if it is there."""
    if not any(b.role == "heading" and fold(b.shown).text.strip() == section for b in voice.blocks):
        return None
    return sum(
        block.words
        for block in voice.blocks
        if section in block.under
        and block.role in COUNTED
        and not block.editor
        and not block.folded
    )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each RUN words in a row of *text*, in small letters."""
    words = WORD.findall(fold(text).text.lower())
    return zip(*(words[i:] for i in range(RUN)), strict=False)
