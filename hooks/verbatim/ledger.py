"""The ledger: every use and every problem of one build, and what may be shown of each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import remedy
from .cite import check_lock
from .library import Library
from .limits import Shares, exceeded, excess, settle
from .mark import Citation, Item, Mark, parse_citation
from .match import find, fits, unknown_places
from .page import Page
from .problem import Problem, Severity, in_order, page_order
from .source import Source, Span
from .speech import Chain, Voices, chain, is_sensitive, read_voices
from .use import Use, passage


@dataclass(kw_only=True, eq=False)
class Ledger:
    """All uses and problems of one build. *severities* says how bad a breach of each rule is."""

    library: Library
    severities: Mapping[str, Severity]
    uses: list[Use] = field(default_factory=list)
    voices: dict[str, Voices] = field(default_factory=dict)
    shares: dict[str, Shares] = field(default_factory=dict)
    """How much of each source is quoted and published; filled by *close*."""
    _problems: list[Problem] = field(default_factory=list)
    _numbers: dict[str, dict[str, list[Use]]] = field(default_factory=dict)
    _by_key: dict[str, list[Use]] = field(default_factory=dict)
    _contexts: dict[tuple[str, Span], Span] | None = None

    def add(self, problems: Iterable[Problem]) -> None:
        """Enter *problems*."""
        self._problems += problems

    def read_voices(self) -> None:
        """Find out who speaks in each source, and enter what is wrong with that."""
        for key, source in self.library.sources.items():
            self.voices[key], problems = read_voices(
                source, self.library.people, people_read=self.library.people_read
            )
            self.add(problems)

    def check_locks(self) -> None:
        """Enter each record whose formatted citations are not those of its reference."""
        for key, record in self.library.records.items():
            if problem := check_lock(key, record):
                self.add([problem])

    def read_people(self) -> None:
        """Enter what is wrong with the citations that people's roles rest on."""
        for person in self.library.people.by_id.values():
            if person.citation is None:
                continue
            body = person.citation.removeprefix("[").removesuffix("]")
            for item in parse_citation(body).items:
                found = self._misnamed(item)
                if found:
                    rule, message = found
                    self.add(
                        [Problem(path=person.path, line=person.line, rule=rule, message=message)]
                    )

    @property
    def problems(self) -> list[Problem]:
        """All errors and warnings in page order, with the severities of this site."""
        return [p for p in self._chosen() if p.severity in {"error", "warning"}]

    @property
    def remarks(self) -> list[Problem]:
        """What is worth knowing but not wrong."""
        return [p for p in self._chosen() if p.severity == "info"]

    def _chosen(self) -> list[Problem]:
        return in_order(replace(p, severity=self.severities[p.rule]) for p in self._problems)

    def prove(self, mark: Mark, page: Page) -> Use | Problem:
        """Return the use that the quotation *mark* is, or why it is none; enter either."""
        items = [item for item in mark.citation.items if item.key in self.library.sources]
        if problem := self._uncitable(mark, page):
            return problem
        if not items:
            return self._unproven(page, mark)
        found: list[tuple[Item, Source, list[Span]]] = []
        for item in items:
            source = self.library.sources[item.key]
            places = find(mark.words, source, inline=mark.kind == "inline")
            if places := [span for span in places if fits(span, source, item)]:
                found.append((item, source, places))
        if not found:
            message = remedy.missing(
                mark.words, items, self.library.sources, inline=mark.kind == "inline"
            )
            return self._enter(page, mark, "quote-not-found", message)
        item, source, places = found[0]
        if len(found) > 1:
            keys = " and ".join(repr(item.key) for item, _, _ in found)
            message = f"{remedy.quoted(mark.words)} stands in {keys}; cite the one that is meant"
            return self._enter(page, mark, "quote-ambiguous", message)
        if len(places) > 1:
            message = remedy.ambiguous(mark.words, places, source)
            return self._enter(page, mark, "quote-ambiguous", message)
        return self._spoken(mark, page, item, places[0])

    def cite(self, mark: Mark, item: Item, page: Page) -> Use | Problem:
        """Return the use that *item* of a citation is, without a quotation; or why it is none."""
        if problem := self._uncitable(
            replace(mark, citation=Citation(mark.citation.text, (item,))), page
        ):
            return problem
        record = self.library.records.get(item.key)
        if record is None:
            return self._unproven(page, mark)
        author = self.library.people.exactly(record.attribution)
        assert author is not None
        return self._use(mark, page, item, None, Chain(head=author))

    def _unproven(self, page: Page, mark: Mark) -> Problem:
        """Return what is shown where a source has a problem of its own; that one is entered."""
        keys = " and ".join(repr(item.key) for item in mark.citation.items)
        message = f"not proven: {keys} has a problem of its own"
        return Problem(path=page.path, rule="quote-not-found", message=message)

    def _uncitable(self, mark: Mark, page: Page) -> Problem | None:
        for item in mark.citation.items:
            if found := self._misnamed(item):
                return self._enter(page, mark, *found)
            if item.key in self.library.references and (mark.words or not mark.editor):
                what = "is never quoted" if mark.words else "is cited only in an editor's block"
                message = f"{item.key!r} has no copy: it {what}"
                return self._enter(page, mark, "reference-misused", message)
        return None

    def _misnamed(self, item: Item) -> tuple[str, str] | None:
        """Return the rule and the message if *item* names no source, or no place in one."""
        if not (self.library.records.get(item.key) or item.key in self.library.broken):
            near = self.library.near(item.key)
            hint = f"; did you mean {near!r}?" if near else ""
            return "key-unknown", f"no source {item.key!r}{hint}"
        if not item.understood:
            message = f"locator {item.locator!r} is not understood; write para. 4 or line 12"
            return "locator-unknown", message
        source = self.library.sources.get(item.key)
        if source and (wrong := unknown_places(item, source)):
            message = (
                f"{', '.join(wrong)}: {item.key!r} has paragraphs 1 to "
                f"{len(source.paragraphs)} and lines 1 to {len(source.line_from)}"
            )
            return "locator-unknown", message
        return None

    def _spoken(self, mark: Mark, page: Page, item: Item, span: Span) -> Use | Problem:
        source = self.library.sources[item.key]
        voices = self.voices[item.key]
        spoken = chain(span, source, voices)
        place = remedy.place(span, source)
        if spoken is None:
            message = (
                f"{remedy.quoted(mark.words)} runs from one voice into another "
                f"({item.key}, {place}); make two quotations"
            )
            return self._enter(page, mark, "voices-mixed", message)
        if mark.attribution is not None and self.library.people_read:
            named = self.library.people.named(mark.attribution)
            if named is None or named.id != spoken.head.id:
                who = named.name if named else mark.attribution
                number = place.partition(",")[0]
                message = (
                    f"attributed to '{who}', but these are {_possessive(spoken.head.name)} "
                    f"({item.key}, {number})"
                )
                return self._enter(page, mark, "wrong-speaker", message)
        if too_long := excess(span, source):
            self._enter(page, mark, "excerpt-long", too_long)
        return self._use(mark, page, item, span, spoken)

    def _use(self, mark: Mark, page: Page, item: Item, span: Span | None, spoken: Chain) -> Use:
        assert self._contexts is None, "a mark after the ledger was closed"
        source = self.library.sources.get(item.key)
        voices = self.voices.get(item.key)
        slug = passage(item, source, span)
        passages = self._numbers.setdefault(page.path, {})
        others = passages.setdefault(slug, [])
        use = Use(
            mark=mark,
            item=item,
            page=page,
            source=source,
            span=span,
            chain=spoken,
            sensitive=bool(voices and span and is_sensitive(span, voices)),
            passage=slug,
            number=others[0].number if others else page.notes_before + len(passages),
            turn=len(others) + 1,
            order=len(self.uses),
        )
        others.append(use)
        self.uses.append(use)
        return use

    def notes(self, page: Page) -> list[list[Use]]:
        """Return the uses on *page*, those of one passage together, by number."""
        return list(self._numbers.get(page.path, {}).values())

    def _enter(self, page: Page, mark: Mark, rule: str, message: str) -> Problem:
        return self.enter(page, place_of(mark, page), rule, message)

    def enter(
        self, page: Page, places: Sequence[tuple[int, int]], rule: str, message: str
    ) -> Problem:
        """Enter and return a problem of *page* at the first of *places*, naming the others."""
        (line, column), *others = places or [(1, 1)]
        if others:
            shown = ", ".join(f"{a}:{b}" for a, b in others[:5])
            message = f"{message} (or at {shown})"
        problem = Problem(path=page.path, line=line, column=column, rule=rule, message=message)
        self._problems.append(problem)
        return replace(problem, severity=self.severities[rule])

    def quotations(self) -> list[Use]:
        """Return the uses that are quotations."""
        return [use for use in self.uses if use.span]

    def uses_of(self, key: str) -> list[Use]:
        """Return the uses of the source *key*, in page order; the ledger is closed by that."""
        self.close()
        return self._by_key.get(key, [])

    def close(self) -> None:
        """Settle what may be shown around each quotation, and enter what is over a limit."""
        if self._contexts is not None:
            return
        self._contexts = {}
        for use in sorted(self.uses, key=lambda use: (page_order(use.page.path), use.order)):
            self._by_key.setdefault(use.item.key, []).append(use)
        if not self.quotations():
            message = "no quotation on any page: a build that proved nothing has failed"
            self.add([Problem(path="docs", rule="nothing-checked", message=message)])
        for key, source in self.library.sources.items():
            self._settle(key, source)

    def _settle(self, key: str, source: Source) -> None:
        assert self._contexts is not None
        spans = list(dict.fromkeys(use.span for use in self.uses_of(key) if use.span))
        around, self.shares[key] = settle(spans, source, self.voices[key])
        self._contexts.update({(key, span): wider for span, wider in around.items()})
        self.add(exceeded(source, self.shares[key]))

    def context(self, use: Use) -> Span | None:
        """Return the span that may be shown around a quotation: at least its own."""
        self.close()
        assert self._contexts is not None
        if use.span is None:
            return None
        return self._contexts.get((use.item.key, use.span), use.span)


def place_of(mark: Mark, page: Page) -> list[tuple[int, int]]:
    """Return where on *page* an author wrote *mark*: every place that fits."""
    bracket = f"[{mark.citation.text}]"
    if mark.kind == "citation":
        return page.citation(mark.citation.text)
    if mark.kind == "inline":
        return page.marked(mark.words[0], mark.marks)
    return page.places(" ".join(mark.words)) or page.lines(bracket)


def _possessive(name: str) -> str:
    return f"the words of {name}" if "," in name else f"{name}'s words"
