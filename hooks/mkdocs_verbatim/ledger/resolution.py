"""Resolution: from a mark to the words in the source and who says them, or to an objection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..quotations import hints
from ..quotations.cuts import Finding, findings
from ..quotations.mark import Item, Mark
from ..quotations.proof import Proof
from ..quotations.proving import fetched, prove
from ..quotations.qualifiers import QualifierLists
from ..sources.library import Library
from ..sources.limits import excess, unshown
from ..sources.names import mixed_word
from ..sources.source import Source, Span
from ..sources.speech import Chain, Voices, chain
from ..speakers.inline import SpeakerCheck, wrong_speaker
from ..speakers.language import Language
from ..speakers.verdict import Passage
from . import objections
from .objections import Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a mark rests on; a citation without a quotation has no *proof*."""

    item: Item
    proof: Proof | None = None
    chain: Chain
    warnings: tuple[Objection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Resolver:
    """Proves marks against the sources of *library*; *voices* is who speaks in each.

    *qualifiers* finds the words that a cut may not drop unseen, by the source's language.
    """

    library: Library
    voices: Mapping[str, Voices]
    qualifiers: QualifierLists
    language: Language
    """The language of the pages."""

    @cached_property
    def speakers(self) -> SpeakerCheck:
        """Holds quotations against the people named around them."""
        return SpeakerCheck(people=self.library.people, language=self.language)

    def quotation(self, mark: Mark) -> Resolved | Objection:
        """Return the one place in the sources that has the words of *mark*, or why there is none.

        A citation that fetches a paragraph is a quotation, too.
        """
        sources = self.library.sources
        if objection := objections.not_citable(mark, mark.citation.items, self.library):
            return objection
        items = [item for item in mark.citation.items if item.key in sources]
        if not items:
            return objections.source_broken(mark)
        proven = [(item, _proofs(mark, sources[item.key], item)) for item in items]
        found = [(item, proofs) for item, proofs in proven if proofs]
        if not found:
            return objections.not_found(mark, items, sources)
        if len(found) > 1 or len(found[0][1]) > 1:
            return objections.ambiguous(mark, found, sources)
        item, proofs = found[0]
        return self._spoken(mark, item, proofs[0])

    def citation(self, mark: Mark, item: Item) -> Resolved | Objection:
        """Return what *item* of a citation without a quotation cites, or why it may not."""
        if objection := objections.not_citable(mark, [item], self.library):
            return objection
        record = self.library.records.get(item.key)
        if record is None:
            return objections.source_broken(mark)
        author = self.library.people.exactly(record.attribution)
        assert author is not None
        return Resolved(item=item, chain=Chain(head=author))

    def knows_speakers(self, key: str) -> bool:
        """Return whether it is known who speaks in the source *key*.

        It is not while the record or the list of people has a problem of its own.
        """
        voices = self.voices.get(key)
        return key not in self.library.faulty and voices is not None and voices.whole

    def _spoken(self, mark: Mark, item: Item, proof: Proof) -> Resolved | Objection:
        """Return proven words with who says them, unless the page says that it is somebody else."""
        source = self.library.sources[item.key]
        spoken = chain(proof.spans, source, self.voices[item.key])
        known = self.knows_speakers(item.key)
        if spoken is None and not known:
            return objections.source_broken(mark)
        if spoken is None:
            return objections.voices_mixed(mark, item.key, hints.place_label(proof.span, source))
        warnings = list(self._warnings(mark, source, proof))
        if mark.attribution is not None and known:
            place = place_named(proof.span, source)
            passage = Passage(chain=spoken, record=source.record, place=place)
            for objection in self._attributed(mark.attribution, passage):
                if objection.rule == "wrong-speaker":
                    return objection
                warnings.append(objection)
        return Resolved(item=item, proof=proof, chain=spoken, warnings=tuple(warnings))

    def _attributed(self, line: str, passage: Passage) -> Iterator[Objection]:
        """Yield what is wrong with the attribution *line* of a block quotation."""
        found = self.speakers.attributed(line)
        head = passage.chain.head
        if found is None or found.person.id != head.id:
            who = found.person.name if found else line
            yield Objection("wrong-speaker", wrong_speaker(who, head.name, passage))
            return
        if word := mixed_word(line):
            message = f"{word!r} in the attribution mixes letters of two scripts; write it in one"
            yield Objection("wrong-speaker", message)
        for remark in self.speakers.remarks(found, passage):
            message = (
                f"'{remark}' in the attribution says neither where, when nor how {head.name} "
                f"said it; say it in the text"
            )
            yield Objection("attribution-extra", message)

    def _warnings(self, mark: Mark, source: Source, proof: Proof) -> Iterator[Objection]:
        if too_long := excess(proof.spans, source):
            yield Objection("excerpt-long", too_long)
        if too_much := unshown(proof.spans, source, self.voices[source.key]):
            yield Objection("sensitive-long", too_much)
        typed = mark.kind == "block" and mark.fetch is None
        qualifiers = self.qualifiers.of(source.language)
        for rule, message in findings(proof, qualifiers, block=typed):
            yield Objection(rule, message)
        for rule, message in self._persons_changed(proof):
            yield Objection(rule, message)

    def _persons_changed(self, proof: Proof) -> Iterator[Finding]:
        """Yield where words that name a known person are replaced by another one's name."""
        for part in proof.changes:
            if part.sign is None or part.sign.kind != "replacement":
                continue
            theirs = self._persons(proof.source.reading[slice(*part.span)])
            others = self._persons(part.sign.shown) - theirs
            if theirs and others:
                message = (
                    f"{part.sign.shown} names {', '.join(sorted(others))}, the source "
                    f"{', '.join(sorted(theirs))} ({proof.source.key})"
                )
                yield "replacement-person", message

    def _persons(self, text: str) -> set[str]:
        return {person.name for _, person in self.library.people.mentioned(text)}


def place_named(span: Span, source: Source) -> str:
    """Return where *span* is, as a message names it: "key, para. 4"."""
    return f"{source.key}, {hints.place_label(span, source).partition(',')[0]}"


def _proofs(mark: Mark, source: Source, item: Item) -> list[Proof]:
    if mark.fetch is not None:
        return [proof] if (proof := fetched(mark.fetch, source)) else []
    return prove(mark.words, source, item, inline=mark.kind == "inline")
