"""Remedies: what to tell an author whose words were not found. Nothing here ever accepts any."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from ..sources.source import Source, Span
from ..text.fold import PARAGRAPH, fold
from ..text.locators import located
from ..text.words import WORDS
from .editorial import SIGN
from .fuzzy import ALIKE, MOST_SOUGHT, nearest, whole_words
from .mark import Item
from .match import MOST as MOST_PLACES
from .match import find, holders, needle
from .misread import lost, marked
from .proof import MOST, joined, prove

UNBRACKETED = re.compile(r"…|(?<!\.)\.{3}(?!\.)")
"""Dots by which an author may mean words left out."""

AROUND = 30
"""Words before and behind the first that leaves the source."""

MARGIN = 60
"""Code points around a passage that is nearly the author's, among which its words are sought."""

LONGEST = 90
"""Code points of an author's words that a message repeats."""


def quoted(words: Sequence[str]) -> str:
    """Return *words* in single marks, cut in the middle if they are long."""
    text = " ".join(" ".join(words).split())
    if len(text) > LONGEST:
        begin, end = text[: LONGEST // 2], text[-LONGEST // 2 :]
        text = f"{begin.rpartition(' ')[0] or begin} … {end.partition(' ')[2] or end}"
    return f"'{text}'"


def place(span: Span, source: Source) -> str:
    """Return where *span* of the reading is, as an author would cite it."""
    name = located("para", source.paragraphs_of(span))
    return f"{name}, {located('line', [source.line(span[0])])}"


def ambiguous(words: Sequence[str], places: Sequence[Span], source: Source) -> str:
    """Return the message for *words* that stand in several *places* of *source*."""
    shown = "; ".join(place(span, source) for span in places[:5])
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    numbers = [source.paragraph(span[0]) for span in places]
    lines = [source.line(span[0]) for span in places]
    # Of more than these nobody has counted all.
    count = f"{len(places)}" if len(places) not in {MOST, MOST_PLACES} else f"{len(places)} or more"
    begin = f"{quoted(words)} stands in {count} places of {source.key!r} ({shown}{more})"
    for name, found in (("para.", numbers), ("line", lines)):
        if found.count(found[0]) == 1:
            example = f"[@{source.key}, {name} {found[0]}]"
            return f"{begin}; name one, as in {example}, or quote more words"
    return f"{begin}; quote more words"


def missing(
    words: Sequence[str], items: Sequence[Item], sources: Mapping[str, Source], *, inline: bool
) -> str:
    """Return the message for *words* that stand in none of the sources that *items* name."""
    names = " or ".join(repr(item.key) for item in items)
    begin = f"not in {names} word for word: {quoted(words)}"
    if not needle(words):
        return f"{begin}; there are no words to prove"
    hint = next(_hints(words, items, sources, inline=inline), None)
    return f"{begin}; {hint}" if hint else begin


def _hints(
    words: Sequence[str], items: Sequence[Item], sources: Mapping[str, Source], *, inline: bool
) -> Iterator[str]:
    """Yield what may be wrong, the likeliest first."""
    text = joined(words)
    cited = [sources[item.key] for item in items]
    for source in cited:
        if hint := _near_miss(words, source, inline=inline):
            yield hint
    others = {key: source for key, source in sources.items() if source not in cited}
    for key, span in holders(words, others, inline=inline):
        yield f"it stands in {key!r}, {place(span, sources[key])}"
    for source in cited:
        if proofs := prove(words, source, Item(source.key), inline=inline):
            spans = [proof.span for proof in proofs[:3]]
            there = "; ".join(place(span, source) for span in spans)
            yield f"it stands in {there}; cite that place"
        if hint := marked(text, source, inline=inline):
            yield hint
    if dots := UNBRACKETED.search(SIGN.sub("", text)):
        yield f"'{dots[0]}' is not there; for words left out write […], to fetch them write .."
    yield from _nearest_of(words, cited, inline=inline)


def _nearest_of(words: Sequence[str], cited: Sequence[Source], *, inline: bool) -> Iterator[str]:
    """Yield the nearest passage to *words*, or to the part of them that stands nowhere."""
    text = joined(words)
    parts = [lost(text, source, inline=inline) for source in cited]
    found = [_nearest((p,) if p else words, s) for p, s in zip(parts, cited, strict=True)]
    nearest = [(*near, p) for near, p in zip(found, parts, strict=True) if near is not None]
    if nearest:
        _, differs, key, part = max(nearest, key=lambda near: near[0])
        where = "" if len(cited) == 1 else f"{key!r} "
        yield f"{f'to {quoted([part])} ' if part else ''}nearest, {where}{differs}"
    elif parts[0]:
        yield f"{quoted([parts[0]])} does not stand there"


def _near_miss(words: Sequence[str], source: Source, *, inline: bool) -> str | None:
    """Say why *words* whose letters are all there do not stand there as they are."""
    if places := find(words, source, inline=inline):
        there = "; ".join(place(span, source) for span in places[:3])
        return f"it stands in {there}; cite that place"
    wanted = needle(words)
    folded = source.folded
    at = folded.text.find(wanted)
    if at >= 0:
        span = (folded.start(at), folded.end(at + len(wanted)))
        whole = source.reading[slice(*whole_words(span, source.reading))]
        return (
            f"there it is only part of {quoted([whole])} ({place(span, source)}); quote whole words"
        )
    at = folded.text.replace(PARAGRAPH, " ").find(wanted.replace(PARAGRAPH, " "))
    if at >= 0:
        span = (folded.start(at), folded.end(at + len(wanted)))
        if PARAGRAPH in wanted:
            return f"its paragraphs end elsewhere ({place(span, source)})"
        return (
            f"it runs over the end of a paragraph ({place(span, source)}); make two quotations, "
            f"or a block quotation with a line '>' between the paragraphs"
        )
    if _in_furniture(wanted, source):
        return "there it runs into furniture of our copy, which nobody is quoted with"
    return None


def _in_furniture(wanted: str, source: Source) -> bool:
    """Tell whether the copy has *wanted* where its furniture is."""
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
    """Return how near the most similar passage is, where and what it is, and in which source."""
    words = _telling(words, source)
    found = nearest(needle(words).replace(PARAGRAPH, " "), source.folded.text, source.folded)
    if found is None:
        return None
    score, span = found
    compared = _compared(" ".join(words), span, source)
    if compared is None and score < ALIKE:
        return None
    whole = source.reading[slice(*whole_words(span, source.reading))]
    shown, differs = compared or (span, f"'…{whole}…'")
    return score, f"para. {source.paragraph(shown[0])}: {differs}", source.key


def _telling(words: Sequence[str], source: Source) -> Sequence[str]:
    """Return *words*, or of many those around the first that leaves the source."""
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
    """Return the passage around *span* cut to what *words* resemble, words not in them bracketed.

    One word more is shown where the paragraph goes on, so that an author sees where it leads.
    """
    text = source.reading
    spots, starts, ends = _window(span, text)
    ours = [match[0] for match in WORDS.finditer(words)]
    theirs = [text[slice(*spot)] for spot in spots]
    matcher = SequenceMatcher(None, [*map(_core, ours)], [*map(_core, theirs)], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    left, right = blocks[0], blocks[-1]
    first = max(0, left.b - left.a)
    last = min(len(spots), right.b + len(ours) - right.a)
    # What hangs on a quotation's first and last word belongs to the text around it.
    edges = {0, len(ours) - 1}
    same = {
        block.b + i
        for block in blocks
        for i in range(block.size)
        if block.a + i in edges or fold(ours[block.a + i]).text == fold(theirs[block.b + i]).text
    }
    end = min(len(spots), last + 1)
    shown = " ".join(
        theirs[i] if i in same or i >= last else f"[{theirs[i]}]" for i in range(first, end)
    )
    before = "" if starts and first == 0 else "…"
    after = "" if ends and end == len(spots) else "…"
    inner = SequenceMatcher(None, ours, theirs[first:last], autojunk=False)
    pairs = [
        (_core(ours[a + i]), _core(theirs[first + c + i]))
        for tag, a, b, c, d in inner.get_opcodes()
        if tag == "replace" and b - a == d - c
        for i in range(b - a)
    ]
    alike = next((hint for pair in pairs if (hint := _alike(*pair))), "")
    return (spots[first][0], spots[end - 1][1]), f"'{before}{shown}{after}'{alike}"


def _window(span: Span, text: str) -> tuple[list[Span], bool, bool]:
    """Return the words on and around *span* in its paragraph, and if they reach its two ends."""
    begin = text.rfind(PARAGRAPH, 0, span[0] + 1) + 1
    finish = text.find(PARAGRAPH, span[0])
    finish = len(text) if finish < 0 else finish
    # A little wider than the alignment, whose edges may fall inside words.
    low, high = max(begin, span[0] - MARGIN), min(finish, span[1] + MARGIN)
    low = low if low == begin else text.find(" ", low, high) + 1 or low
    high = high if high == finish else text.rfind(" ", low, high) if " " in text[low:high] else high
    spots = [match.span() for match in WORDS.finditer(text, low, high)]
    return spots, low == begin, high == finish


def _core(word: str) -> str:
    """Return *word* in the searched form, without what is no letter or digit at its ends."""
    folded = fold(word).text
    letters = [i for i, c in enumerate(folded) if c.isalnum()]
    return folded[letters[0] : letters[-1] + 1] if letters else folded


def _alike(ours: str, theirs: str) -> str:
    """Say which code points differ in two words that look the same, or nothing."""
    if len(ours) != len(theirs):
        return ""
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if not pairs or not all(_looks_like(a, b) for a, b in pairs):
        return ""
    a, b = pairs[0]
    return f"; they look alike: the page has U+{ord(a):04X} where the copy has U+{ord(b):04X}"


def _looks_like(a: str, b: str) -> bool:
    if unicodedata.normalize("NFKC", a) == unicodedata.normalize("NFKC", b):
        return True
    # CYRILLIC SMALL LETTER IE and LATIN SMALL LETTER E: the first word is the script.
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in (a, b)}
    return a.isalpha() and b.isalpha() and len(scripts) == 2
