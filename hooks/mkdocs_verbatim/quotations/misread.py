"""Misreadings: why words with editorial marks are not found in a source as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..sources.source import Source
from ..text.fold import PARAGRAPH
from .editorial import BLANK, Reading, Sign, read_signs, readings, refused
from .mark import Item
from .proving import MOST_SIGNS, has_sign, place_run, prove_reading

MOST_HIDDEN = 5
"""The most words of a source, hidden by an addition, that an author may have meant to replace."""


def wrong_marks(words: str, source: Source, *, inline: bool) -> str | None:
    """Return what is wrong with the marks in *words*, or None if it is not the marks."""
    if len(read_signs(words)) > MOST_SIGNS:
        return f"more than {MOST_SIGNS} editorial marks; make several quotations of it"
    wrong = refused(words, lambda sign: has_sign(sign, words, source))
    if wrong:
        bracket = words[wrong[0].start : wrong[0].end]
        if wrong[0].theirs:
            return f"{bracket} hides words of the source; write […] where they are left out"
        return f'{bracket} is inside a word; replace the word whole: [word]{{for="…"}}'
    reading = list(readings(words, lambda sign: has_sign(sign, words, source)))[-1]
    if reading.is_literal:
        return None
    hint = _hidden(reading, words, source, inline=inline)
    if hint or lost_part(words, source, inline=inline):
        return hint
    return _unordered(reading)


def _hidden(reading: Reading, words: str, source: Source, *, inline: bool) -> str | None:
    """Return the message that an addition hides words of the source, or None if none does."""
    for at, run in enumerate(reading.runs):
        for turn, piece in enumerate(run):
            sign = piece.sign
            if sign is None or sign.kind not in {"addition", "sic"}:
                continue
            runs = [*reading.runs[:at], run[:turn], run[turn + 1 :], *reading.runs[at + 1 :]]
            gaps = [*reading.gaps[:at], replace(sign, kind="elision"), *reading.gaps[at:]]
            found = prove_reading(
                Reading(runs, gaps), words, source, Item(source.key), inline=inline
            )
            for proof in found:
                part = next(part for part in proof.parts if part.start == sign.start)
                hidden = " ".join(source.reading[slice(*part.span)].replace(PARAGRAPH, " ").split())
                if len(hidden.split()) <= MOST_HIDDEN:
                    return (
                        f"{sign.shown} is where the source has '{hidden}'; what is added hides "
                        f'nothing: write {sign.shown}{{for="{hidden}"}}'
                    )
    return None


def lost_part(words: str, source: Source, *, inline: bool) -> str | None:
    """Return the first part of *words* that *source* does not have even by itself, or None.

    Words without editorial marks have no parts.
    """
    if len(read_signs(words)) > MOST_SIGNS:
        return None
    reading = list(readings(words, lambda sign: has_sign(sign, words, source)))
    for run in reading[-1].runs if reading and not reading[-1].is_literal else ():
        shown = "".join(piece.raw for piece in run).strip(BLANK).replace(PARAGRAPH, " ")
        if shown and not any(place_run(run, source, inline=inline)):
            return " ".join(shown.split())
    return None


def _unordered(reading: Reading) -> str:
    if not reading.gaps:
        return "all of its words are the editor's; nothing of the source is left to prove"
    signs = " and ".join(dict.fromkeys(_written(reading.gaps)))
    return f"its parts are there, but not in this order with words between them, as {signs} says"


def _written(gaps: list[Sign]) -> Iterator[str]:
    for sign in gaps:
        yield sign.shown or ".."
