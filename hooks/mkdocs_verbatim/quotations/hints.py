"""Hints: what to tell an author whose words were not found. Nothing here proves a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..sources.source import Source, Span
from ..text.fold import PARAGRAPH, fold
from ..text.locators import located
from ..text.words import WORDS
from .editorial import SIGN
from .fuzzy import HIGH_LIKENESS, MOST_SOUGHT, nearest, whole_words
from .mark import Item
from .match import MOST_PLACES, find, holders, needle
from .misread import lost_part, wrong_marks
from .proof import joined
from .proving import MOST_PROOFS, prove
from .word_diff import word_diff

UNBRACKETED = re.compile(r"…|(?<!\.)\.{3}(?!\.)")
"""Dots that an author may have written for words left out."""

ENDS = ".,;:!?"
"""Signs that a page may have before a closing mark and the source not."""

AROUND = 30
"""Words on either side of the first that differs from the source."""

MARGIN = 60
"""Code points on either side of the nearest passage that are compared with it."""

LONGEST_SHOWN = 90
"""Code points of an author's words that a message repeats at most."""


def quoted(words: Sequence[str]) -> str:
    """Return *words* in single marks; if they are long, without those in the middle."""
    text = " ".join(" ".join(words).split())
    if len(text) > LONGEST_SHOWN:
        begin, end = text[: LONGEST_SHOWN // 2], text[-LONGEST_SHOWN // 2 :]
        text = f"{begin.rpartition(' ')[0] or begin} … {end.partition(' ')[2] or end}"
    return f"'{text}'"


def place_label(span: Span, source: Source) -> str:
    """Return the place of *span* of the reading as an author would cite it."""
    return f"{paragraphs_label(span, source)}, {located('line', [source.line(span[0])])}"


def paragraphs_label(span: Span, source: Source) -> str:
    """Return the paragraphs of *span* of the reading as an author would cite them."""
    return located("para", source.paragraphs_of(span))


def ambiguous(words: Sequence[str], places: Sequence[Span], source: Source) -> str:
    """Return the message for *words* that *source* has in several *places*."""
    shown = "; ".join(place_label(span, source) for span in places[:5])
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    numbers = [source.paragraph(span[0]) for span in places]
    lines = [source.line(span[0]) for span in places]
    # No more places were looked for.
    count = (
        f"{len(places)}"
        if len(places) not in {MOST_PROOFS, MOST_PLACES}
        else f"{len(places)} or more"
    )
    begin = f"{quoted(words)} is in {count} places of {source.key!r} ({shown}{more})"
    for name, found in (("para.", numbers), ("line", lines)):
        if found.count(found[0]) == 1:
            example = f"[@{source.key}, {name} {found[0]}]"
            return f"{begin}; name one, as in {example}, or quote more words"
    return f"{begin}; quote more words"


def missing(
    words: Sequence[str], items: Sequence[Item], sources: Mapping[str, Source], *, inline: bool
) -> str:
    """Return the message for *words* that no source has of those that *items* name."""
    names = " or ".join(repr(item.key) for item in items)
    begin = f"not in {names} word for word: {quoted(words)}"
    if not needle(words):
        return f"{begin}; there are no words to prove"
    hint = next(_hints(words, items, sources, inline=inline), None)
    return f"{begin}; {hint}" if hint else begin


def _hints(
    words: Sequence[str], items: Sequence[Item], sources: Mapping[str, Source], *, inline: bool
) -> Iterator[str]:
    """Yield what may be wrong, the most likely first."""
    text = joined(words)
    cited = [sources[item.key] for item in items]
    for source in cited:
        if hint := _near_miss(words, source, inline=inline) or _nearly(needle(words), source):
            yield hint
    others = {key: source for key, source in sources.items() if source not in cited}
    for key, span in holders(words, others, inline=inline):
        yield f"it is in {key!r}, {place_label(span, sources[key])}"
    for source in cited:
        if proofs := prove(words, source, Item(source.key), inline=inline):
            spans = [proof.span for proof in proofs[:3]]
            there = "; ".join(place_label(span, source) for span in spans)
            yield f"it is in {there}; cite that place"
        if hint := wrong_marks(text, source, inline=inline):
            yield hint
    if dots := UNBRACKETED.search(SIGN.sub("", text)):
        yield f"'{dots[0]}' is not there; for words left out write […], to fetch them write .."
    yield from _nearest_of(words, cited, inline=inline)


def _nearest_of(words: Sequence[str], cited: Sequence[Source], *, inline: bool) -> Iterator[str]:
    """Yield a hint with the passage nearest to *words*, or to the part of them that none has."""
    text = joined(words)
    parts = [lost_part(text, source, inline=inline) for source in cited]
    found = [_nearest((p,) if p else words, s) for p, s in zip(parts, cited, strict=True)]
    nearest = [(*near, p) for near, p in zip(found, parts, strict=True) if near is not None]
    if nearest:
        _, differs, key, part = max(nearest, key=lambda near: near[0])
        where = "" if len(cited) == 1 else f"{key!r} "
        yield f"{f'to {quoted([part])} ' if part else ''}nearest, {where}{differs}"
    elif parts[0]:
        yield f"{quoted([parts[0]])} is not there"


def _near_miss(words: Sequence[str], source: Source, *, inline: bool) -> str | None:
    """Return why *source* has all letters of *words* but does not prove them; None otherwise."""
    if places := find(words, source, inline=inline):
        there = "; ".join(place_label(span, source) for span in places[:3])
        return f"it is in {there}; cite that place"
    wanted = needle(words)
    folded = source.folded
    at = folded.text.find(wanted)
    if at >= 0:
        span = (folded.start(at), folded.end(at + len(wanted)))
        whole = quoted([source.reading[slice(*whole_words(span, source.reading))]])
        return f"there it is only part of {whole} ({place_label(span, source)}); quote whole words"
    at = folded.text.replace(PARAGRAPH, " ").find(wanted.replace(PARAGRAPH, " "))
    if at >= 0:
        where = place_label((folded.start(at), folded.end(at + len(wanted))), source)
        if PARAGRAPH in wanted:
            return f"its paragraphs end elsewhere ({where})"
        return (
            f"it runs over the end of a paragraph ({where}); make two quotations, "
            f"or a block quotation with a line '>' between the paragraphs"
        )
    furniture = "there it runs into furniture of our copy, which nobody is quoted with"
    return furniture if _in_furniture(wanted, source) else None


def _nearly(wanted: str, source: Source) -> str | None:
    """Return why *source* has *wanted* but for its last sign or its capitals, or None."""
    folded = source.folded
    if wanted[-1] in ENDS and wanted[-2:-1].isalnum():
        at = folded.text.find(wanted[:-1])
        span = (folded.start(at), folded.end(at + len(wanted) - 1))
        if at >= 0 and whole_words(span, source.reading)[0] == span[0]:
            place = place_label(span, source)
            return f"there no {wanted[-1]!r} comes after it ({place}); put it after the mark"
    at = folded.text.lower().find(wanted.lower())
    if at < 0 or len(folded.text) != len(folded.text.lower()):
        return None
    span = (folded.start(at), folded.end(at + len(wanted)))
    there = f"{quoted([source.reading[slice(*span)]])} ({place_label(span, source)})"
    first = next(i for i, character in enumerate(wanted) if character.isalpha())
    if wanted[first + 1 :] == folded.text[at + first + 1 : at + len(wanted)]:
        word = re.match(r"\w+", wanted[first:])
        changed = f"[{wanted[first]}]{word[0][1:] if word else ''}"
        return f"its first letter is another there: {there}; write {changed}"
    return f"it has other capitals there: {there}; write them as the source does"


def _in_furniture(wanted: str, source: Source) -> bool:
    """Return whether the copy has *wanted* in a place that includes furniture."""
    if not source.record.furniture:
        return False
    whole = fold(source.text)
    at = whole.text.find(wanted)
    if at < 0:
        return False
    start, end = whole.start(at), whole.end(at + len(wanted))
    first = bisect_right(source.line_from, start)
    last = bisect_right(source.line_from, end - 1)
    return any(f.first <= last and first <= f.last for f in source.record.furniture)


def _nearest(words: Sequence[str], source: Source) -> tuple[float, str, str] | None:
    """Return the likeness of the nearest passage, its place and words, and the source's key."""
    words = _around_difference(words, source)
    found = nearest(needle(words).replace(PARAGRAPH, " "), source.folded.text, source.folded)
    if found is None:
        return None
    score, span = found
    compared = _compared(" ".join(words), span, source)
    if compared is None and score < HIGH_LIKENESS:
        return None
    whole = source.reading[slice(*whole_words(span, source.reading))]
    shown, differs = compared or (span, f"'…{whole}…'")
    return score, f"para. {source.paragraph(shown[0])}: {differs}", source.key


def _around_difference(words: Sequence[str], source: Source) -> Sequence[str]:
    """Return *words*; of many, those around the first that differs from the source."""
    listed = " ".join(words).split()
    if len(" ".join(listed)) <= MOST_SOUGHT:
        return words
    text = source.folded.text.replace(PARAGRAPH, " ")
    there, beyond = 0, len(listed)
    while there < beyond - 1:
        middle = (there + beyond) // 2
        if fold(" ".join(listed[:middle])).text in text:
            there = middle
        else:
            beyond = middle
    around = " ".join(listed[max(0, there - AROUND) : there + AROUND])
    return (around[:MOST_SOUGHT],)


def _compared(words: str, span: Span, source: Source) -> tuple[Span, str] | None:
    """Return the passage around *span* that *words* resemble, and how the two differ.

    Words that are not the author's are in brackets. One word more is shown where the paragraph
    goes on, so that an author sees how it does. None if the two have no word in common.
    """
    text = source.reading
    window = _window(span, text)
    diff = word_diff(WORDS.findall(words), [text[slice(*word)] for word in window.words])
    if diff is None:
        return None
    end = min(len(window.words), diff.last + 1)
    before = "" if window.starts and diff.first == 0 else "…"
    after = "" if window.ends and end == len(window.words) else "…"
    differs = f"'{before}{diff.shown(end)}{after}'"
    if "[" not in differs and (more := diff.more()):
        differs += f", without {quoted(more)}"
    if pair := diff.look_alike():
        ours, theirs = (f"U+{ord(character):04X}" for character in pair)
        differs += f"; they look alike: the page has {ours} where the copy has {theirs}"
    return (window.words[diff.first][0], window.words[end - 1][1]), differs


class _Window(NamedTuple):
    """The spans of *words*, and whether they are the first and the last of their paragraph."""

    words: list[Span]
    starts: bool
    ends: bool


def _window(span: Span, text: str) -> _Window:
    """Return the words of *text* in *span* and around it, as far as its paragraph and MARGIN go."""
    begin = text.rfind(PARAGRAPH, 0, span[0] + 1) + 1
    finish = text.find(PARAGRAPH, span[0])
    finish = len(text) if finish < 0 else finish
    # A little wider than the alignment, whose edges may fall inside words.
    low, high = max(begin, span[0] - MARGIN), min(finish, span[1] + MARGIN)
    low = low if low == begin else text.find(" ", low, high) + 1 or low
    high = high if high == finish else text.rfind(" ", low, high) if " " in text[low:high] else high
    words = [match.span() for match in WORDS.finditer(text, low, high)]
    return _Window(words, low == begin, high == finish)
