"""Applies the site's house-style rules to each page, and compares pages at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property, partial
from typing import NamedTuple

from ..ledger.ledger import Ledger
from ..ledger.objections import cites_nothing
from ..ledger.page import Page
from ..ledger.page_text import PageText
from ..problem import RuleId, did_you_mean, near_name
from ..text.fold import fold
from .page_check import COUNTED, PageCheck, Violation
from .page_voice import PageVoice
from .phrases import SearchedText
from .rule_kinds import Balance, ContentRule, Naming, Never, Words

LEAST_TAKEN = 4
"""Words in a row that a title shares with a sensitive passage only if they were taken from it."""

TITLE_WORD = re.compile(r"\w+")


class Measured(NamedTuple):
    """How many words a section has on a page, for *rule* to compare; None without that section.

    *path* is the page's path in messages, *name* its path below docs/; *places* are those of the
    heading.
    """

    rule: RuleId
    section: str
    path: str
    name: str
    words: int | None
    places: tuple[tuple[int, int], ...]


@dataclass(eq=False)
class HouseStyle:
    """The house-style rules of one build; *config* is the file that holds them.

    What is wrong with titles, names and citations is entered into *ledger*.
    """

    rules: Sequence[ContentRule]
    ledger: Ledger
    config: PageText
    measured: list[Measured] = field(default_factory=list)
    """What is compared when all pages have been read."""
    pages: list[str] = field(default_factory=list)
    """The names of the pages so far."""

    @property
    def late(self) -> frozenset[str]:
        """The ids of all rules: their warnings are only known at the end of a page."""
        return frozenset(rule.id for rule in self.rules)

    def check(self, voice: PageVoice, *, whole: bool = True) -> list[Violation]:
        """Return every violation on the page of *voice*, block by block.

        Unless the *whole* page is proven, rules that require or count are skipped.
        """
        page = voice.context.page
        rules = [rule for rule in self.rules if rule.holds_on(page.name)]
        page_check = PageCheck(voice, whole=whole)
        found = [one for rule in rules for one in page_check.violations(rule)]
        found += self._sensitive_headings(voice, rules)
        if whole:
            self._measure(voice, rules)
        return sorted(found, key=lambda violation: violation.block)

    def _sensitive_headings(
        self, voice: PageVoice, rules: Sequence[ContentRule]
    ) -> Iterator[Violation]:
        for number, block in enumerate(voice.blocks):
            if block.role == "heading":
                for rule, what in self._taken(block.shown, rules):
                    message = f"{what} in a heading; {rule.say}"
                    places = partial(block.page.openings, block.text)
                    yield Violation(number, block.page, rule.id, message, places)

    def _measure(self, voice: PageVoice, rules: Iterable[ContentRule]) -> None:
        """Count the words of the sections that a rule compares over pages."""
        page = voice.context.page
        for rule in rules:
            for section in rule.kind.sections if isinstance(rule.kind, Balance) else ():
                words = _length(section, voice)
                places = () if words is None else tuple(page.text.openings(section))
                one = Measured(rule.id, section, page.path, page.name, words, places)
                self.measured.append(one)

    def read_titles(self, page: Page, data: Mapping[str, object]) -> None:
        """Enter the problems of the titles in *data*, the front matter of *page*."""
        self.pages.append(page.name)
        rules = [rule for rule in self.rules if rule.holds_on(page.name)]
        for key in ("title", "description"):
            if isinstance(value := data.get(key), str):
                for rule, words, what in self._wrong(value, rules):
                    begin = re.search(rf"^{key}\s*:", page.text.content, re.MULTILINE)
                    at = begin.end() if begin else 0
                    places = [page.text.position(max(at, page.text.content.find(words, at)))]
                    message = f"{what} in the front matter's {key!r}; {rule.say}"
                    self.ledger.log.enter(page.text, places, rule.id, message)

    def read_names(self, names: Iterable[str]) -> None:
        """Enter the problems of *names*, which the configuration gives the site and its pages."""
        rules = [rule for rule in self.rules if not rule.only_in]
        for name in names:
            for rule, _, what in self._wrong(name, rules):
                places = self.config.literal(f"- {name}:") or self.config.literal(name)
                message = f"{what} in the title {name!r}; {rule.say}"
                self.ledger.log.enter(self.config, places, rule.id, message)

    def read_citations(self) -> None:
        """Enter a problem for each source or paragraph that a rule names but does not exist."""
        for rule in self.rules:
            for item in rule.items:
                if found := cites_nothing(item, self.ledger.library):
                    message = f"{found.message}, in content rule {rule.id!r}"
                    self.ledger.log.enter_at(rule.path, [rule.place], "settings-invalid", message)

    def close(self) -> None:
        """Enter the problems that only show when all pages are known."""
        measured: dict[tuple[str, str], list[Measured]] = {}
        for one in self.measured:
            measured.setdefault((one.rule, one.section), []).append(one)
        for rule in self.rules:
            for pattern in (*rule.only_in, *rule.except_in):
                if not any(fnmatchcase(page, pattern) for page in self.pages):
                    hint = did_you_mean(near_name(pattern, self.pages))
                    message = f"no page {pattern!r}{hint}, in content rule {rule.id!r}"
                    self.ledger.log.enter_at(rule.path, [rule.place], "settings-invalid", message)
            if isinstance(rule.kind, Balance):
                for section in rule.kind.sections:
                    self._compare(rule, section, measured.get((rule.id, section), []))

    def _wrong(
        self, text: str, rules: Iterable[ContentRule]
    ) -> Iterator[tuple[ContentRule, str, str]]:
        """Yield each rule that the title *text* violates, with the words and what is wrong."""
        searched = SearchedText([text])
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
        """Yield each rule that *text* violates by words of a sensitive passage, and the message."""
        wanting = [r for r in rules if isinstance(r.kind, Never) and r.kind.titles]
        runs = _word_runs(text) if wanting and self._sensitive else ()
        run = next((run for run in runs if run in self._sensitive), None)
        for rule in wanting if run else ():
            yield rule, f"{' '.join(run or ())!r}, words of a sensitive passage,"

    @cached_property
    def _sensitive(self) -> frozenset[tuple[str, ...]]:
        """Each LEAST_TAKEN words in a row of a sensitive passage."""
        sources = self.ledger.library.sources
        return frozenset(
            run
            for key, voices in self.ledger.voices.items()
            for span in voices.sensitive
            for run in _word_runs(sources[key].reading[slice(*span)])
        )

    def _compare(self, rule: ContentRule, section: str, measured: Sequence[Measured]) -> None:
        assert isinstance(rule.kind, Balance)
        for path in (one.path for one in measured if one.words is None):
            message = f"no section {section!r} on this page; {rule.say}"
            self.ledger.log.enter_at(path, [], rule.id, message)
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
        self.ledger.log.enter_at(page.path, page.places, rule.id, message)


def _length(section: str, voice: PageVoice) -> int | None:
    """Return how many words a *section* has, without the editor's and folded ones, or None."""
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


def _word_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each LEAST_TAKEN words in a row of *text*, in lower case."""
    words = TITLE_WORD.findall(fold(text).text.lower())
    return zip(*(words[i:] for i in range(LEAST_TAKEN)), strict=False)
