"""Objections to a mark: why it is not proven, or what is doubtful about it, by rule and message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..problem import RuleId, did_you_mean
from ..quotations import hints
from ..quotations.mark import Item, Mark
from ..quotations.match import unknown_places
from ..quotations.proof import Proof
from ..sources.library import Library
from ..sources.source import Source


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong with a mark, and the *rule* that says so.

    If *recorded*, the source has a problem of its own, which is entered already.
    """

    rule: RuleId
    message: str
    recorded: bool = False


def source_broken(mark: Mark) -> Objection:
    """Return what is shown in place of a mark whose source has a problem of its own."""
    keys = " and ".join(repr(item.key) for item in mark.citation.items)
    message = f"not proven: {keys} has a problem of its own"
    return Objection("quote-not-found", message, recorded=True)


def cites_nothing(item: Item, library: Library) -> Objection | None:
    """Return an objection if *item* names a source or a place in it that does not exist."""
    if not (library.records.get(item.key) or item.key in library.broken):
        if library.unlisted:
            message = f"not proven: the folder of {item.key!r} cannot be opened"
            return Objection("key-unknown", message, recorded=True)
        hint = did_you_mean(library.near(item.key))
        return Objection("key-unknown", f"no source {item.key!r}{hint}")
    if not item.understood:
        message = f"locator {item.locator!r} is not understood; write para. 4 or line 12"
        return Objection("locator-unknown", message)
    for first, last in (*item.paragraphs, *item.lines):
        if last < first:
            message = f"{item.locator!r} runs backwards; write {last}–{first}"
            return Objection("locator-unknown", message)
    source = library.sources.get(item.key)
    if source and (wrong := unknown_places(item, source)):
        message = (
            f"{', '.join(wrong)}: {item.key!r} has paragraphs 1 to "
            f"{len(source.paragraphs)} and lines 1 to {len(source.line_from)}"
        )
        return Objection("locator-unknown", message)
    return None


def not_citable(mark: Mark, items: Sequence[Item], library: Library) -> Objection | None:
    """Return an objection if *mark* may not cite one of *items*, those of its citation."""
    for item in items:
        if objection := cites_nothing(item, library):
            return objection
        quoting = mark.words or mark.fetch is not None
        if item.key in library.references and (quoting or not mark.editor):
            what = "is never quoted" if quoting else "is cited only in an editor's block"
            return Objection("reference-misused", f"{item.key!r} has no copy: it {what}")
    return None


def not_found(mark: Mark, items: Sequence[Item], sources: Mapping[str, Source]) -> Objection:
    """Return why the words of *mark* are in none of the sources that *items* name."""
    if mark.fetch is not None:
        what = f"para. {mark.fetch} of {items[0].key!r} is furniture"
        return Objection("quote-not-found", f"{what}; nobody is quoted with it")
    inline = mark.kind == "inline"
    return Objection("quote-not-found", hints.missing(mark.words, items, sources, inline=inline))


def ambiguous(
    mark: Mark, found: Sequence[tuple[Item, list[Proof]]], sources: Mapping[str, Source]
) -> Objection:
    """Return which sources, or places in one, all have the words of *mark*."""
    if len(found) > 1:
        keys = " and ".join(repr(item.key) for item, _ in found)
        message = f"{hints.quoted(mark.words)} is in {keys}; cite the one that is meant"
        return Objection("quote-ambiguous", message)
    item, proofs = found[0]
    places = [proof.span for proof in proofs]
    return Objection("quote-ambiguous", hints.ambiguous(mark.words, places, sources[item.key]))


def voices_mixed(mark: Mark, key: str, place: str) -> Objection:
    """Return that the words of *mark*, at *place* in the source *key*, are of several speakers."""
    message = (
        f"{hints.quoted(mark.words)} runs from one voice into another "
        f"({key}, {place}); make two quotations"
    )
    return Objection("voices-mixed", message)
