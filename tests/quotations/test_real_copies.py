"""The three real copies: every slice of them is found, and none with one edit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_verbatim.quotations.mark import Item
from mkdocs_verbatim.quotations.match import find, needle
from mkdocs_verbatim.quotations.proving import prove
from mkdocs_verbatim.sources.source import Source, Span
from mkdocs_verbatim.text.boundaries import is_edge
from mkdocs_verbatim.text.fold import PARAGRAPH, fold
from tests.support.measures import FIGURE, examples
from tests.support.records import REAL_KEYS, real_source

some = examples(100)
few = examples(60)
REPEATED = re.compile(r"\s+")


@cache
def real(key: str) -> Source:
    return real_source(key)


def alike(text: str) -> str:
    """Return *text* as class A has it: written anew, to be compared with what the engine does."""
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", unicodedata.normalize("NFC", text))
    text = re.sub("[‘’‚‛]", "'", re.sub("[“”„‟]", '"', text)).replace("…", "...")
    text = re.sub("[‐-―−﹘﹣－]", "-", text)
    for whole, parts in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(whole, parts)
    return REPEATED.sub(" ", text).strip()


@cache
def words_of(key: str) -> list[list[Span]]:
    """Return the words of each paragraph, parted at white space."""
    text = real(key).reading
    blocks = re.finditer(f"[^{PARAGRAPH}]+", text)
    return [[m.span() for m in re.compile(r"\S+").finditer(text, *b.span())] for b in blocks]


@st.composite
def slices(draw: st.DrawFn, most: int = 25) -> tuple[str, int, int]:
    """Return a source and a span of its reading that begins and ends with a word of a paragraph."""
    key = draw(st.sampled_from(REAL_KEYS))
    paragraph = draw(st.sampled_from(words_of(key)))
    first = draw(st.integers(0, len(paragraph) - 1))
    last = draw(st.integers(first, min(len(paragraph) - 1, first + most)))
    return key, paragraph[first][0], paragraph[last][1]


def places_of(words: str, source: Source, *, inline: bool = False) -> list[Span]:
    """Return where *words* are found, each place checked independently."""
    places = find([words], source, inline=inline)
    wanted = alike(words).replace('"', "'") if inline else alike(words)
    for start, end in places:
        there = alike(source.reading[start:end])
        assert wanted == (there.replace('"', "'") if inline else there)
        assert is_edge(source.reading, start)
        assert is_edge(source.reading, end)
    return places


def in_paragraphs(key: str) -> Iterator[Span]:
    """Yield every slice of a paragraph from the beginning of a word to the end of one."""
    for words in words_of(key):
        for turn, (start, _) in enumerate(words):
            yield from ((start, end) for _, end in words[turn:])


def between_edges(key: str, most: int = 12) -> Iterator[Span]:
    """Yield every slice over up to *most* word edges, from paragraph to paragraph too."""
    text = real(key).reading
    edges = [at for at in range(len(text) + 1) if is_edge(text, at)]
    for turn, start in enumerate(edges):
        for end in edges[turn + 1 : turn + 1 + most]:
            if not {text[start], text[end - 1]} & {" ", "\n", PARAGRAPH}:
                yield start, end


@pytest.mark.measure
@pytest.mark.parametrize("slices_of", [in_paragraphs, between_edges])
@pytest.mark.parametrize("key", REAL_KEYS)
def test_every_slice_of_a_copy_stands_at_its_own_place(
    key: str,
    slices_of: Callable[[str], Iterator[Span]],
    record_property: Callable[[str, object], None],
) -> None:
    source = real(key)
    text = source.folded.text
    tried = 0

    for start, end in slices_of(key):
        tried += 1
        words = source.reading[start:end].split(PARAGRAPH)
        found = find(words, source)
        assert (start, end) in found
        wanted = needle(words)
        if text.find(wanted, text.index(wanted) + 1) < 0:
            assert found == [(start, end)]
    record_property(FIGURE, f"{tried} slices")


@examples(200)
@given(slices())
def test_every_slice_stands_at_its_own_place(slice_: tuple[str, int, int]) -> None:
    key, start, end = slice_
    source = real(key)
    words = source.reading[start:end]
    places = places_of(words, source)

    assert (start, end) in places
    assert len(places) == count_alike(words, source)
    assert (start, end) in places_of(words, source, inline=True)


def count_alike(words: str, source: Source) -> int:
    """Return how often the reading has *words* with an edge on either side."""
    text = fold(source.reading).text
    wanted = needle([words])
    hits = re.finditer(f"(?={re.escape(wanted)})", text)
    return sum(
        is_edge(text, hit.start()) and is_edge(text, hit.start() + len(wanted)) for hit in hits
    )


VARIANTS = {
    " ": [" ", "  ", "\n", "\u00a0", "\r\n", "\u2009"],
    "’": ["’", "'", "‘"],
    "'": ["’", "'", "‛"],
    "“": ["“", '"', "„"],
    "”": ["”", '"'],
    '"': ['"', "“", "”"],
    "-": ["-", "\u2011", "–", "—"],
    "–": ["–", "-", "—", "−"],
    "é": ["é", "e\u0301"],
    "ê": ["ê", "e\u0302"],
}


@some
@given(slices(), st.integers(0, 9999))
def test_every_slice_in_another_form_stands_there_too(
    slice_: tuple[str, int, int], seed: int
) -> None:
    key, start, end = slice_
    source = real(key)
    choose = Random(seed).choice
    words = "".join(
        choose(VARIANTS.get(c, [c, c, c, c + "\u200b", c + "\u00ad"]))
        for c in source.reading[start:end]
    )
    assume(alike(words) == alike(source.reading[start:end]))

    assert (start, end) in places_of(words, source)


EDITS = "aesntTS.,;:!’'\"-– 0159éа()[]"


@examples(200)
@given(slices(), st.data())
def test_a_slice_with_one_edit_does_not_stand_there(
    slice_: tuple[str, int, int], data: st.DataObject
) -> None:
    key, start, end = slice_
    source = real(key)
    words = source.reading[start:end]
    at = data.draw(st.integers(0, len(words) - 1))
    new = data.draw(st.sampled_from(["", *EDITS, words[at].swapcase()]))
    after = data.draw(st.integers(at, at + 1))
    edited = words[:at] + new + words[after:]
    assume(alike(edited) != alike(words))

    assert (start, end) not in places_of(edited, source)
    # An inline single mark may equal a double one, and nothing else may.
    inline = (start, end) in places_of(edited, source, inline=True)
    assert not inline or alike(edited).replace('"', "'") == alike(words).replace('"', "'")


LETTERS = "aeinorstzETé"
DIGITS = "0123459"
POINTS = ".,;:!?’'\"“–-()"
UNITS = {"letter": r"[^\W\d_]", "digit": r"\d", "point": r"[^\w\s]", "word": r"\S+"}
NEW = {
    "letter": st.sampled_from(LETTERS),
    "digit": st.sampled_from(DIGITS),
    "point": st.sampled_from(POINTS),
    "word": st.sampled_from(["not ", "never ", "the ", "talks ", "may ", "and, "]),
}


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a source, a slice of it, and that slice with one thing in it changed."""
    key, start, end = draw(slices())
    words = real(key).reading[start:end]
    unit = draw(st.sampled_from([*UNITS]))
    there = [match.span() for match in re.finditer(UNITS[unit], words)]
    ways = [
        "insert",
        *["delete", "replace", "case"][: 3 * len(there)],
        *["swap"][: len(there) // 2],
    ]
    way = draw(st.sampled_from(ways))
    new = draw(NEW[unit])
    if way == "insert":
        anywhere = range(len(words) + 1)
        at = draw(st.sampled_from([a for a, _ in there] if unit == "word" else anywhere))
        return key, words, words[:at] + new + words[at:]
    turn = draw(st.integers(0, len(there) - (2 if way == "swap" else 1)))
    first, last = there[turn]
    if way == "swap":
        second, after = there[turn + 1]
        new = words[second:after] + words[last:second] + words[first:last]
        return key, words, words[:first] + new + words[after:]
    new = {"delete": "", "replace": new.strip(), "case": words[first:last].swapcase()}[way]
    return key, words, words[:first] + new + words[last:]


@examples(1000)
@given(edits(), st.booleans())
def test_every_single_edit_of_a_slice_is_refused(edit: tuple[str, str, str], inline: bool) -> None:  # noqa: FBT001
    key, words, edited = edit
    source = real(key)

    def even(text: str) -> str:
        return alike(text).replace('"', "'") if inline else alike(text)

    assume(even(edited) != even(words))
    # In brackets an author may say more; they have their own cases.
    assume("[" not in edited)
    for proof in prove([edited], source, Item(key), inline=inline):
        # What is left over of a slice may be there by itself, and then it is no other's words.
        assert proof.changes == ()
        assert [even(source.reading[slice(*span)]) for span in proof.spans] == [even(edited)]
        assert even(edited) in even(source.reading.replace(PARAGRAPH, " | "))
        assert all(is_edge(source.reading, edge) for span in proof.spans for edge in span)


@few
@given(slices(), st.data())
def test_a_slice_without_one_of_its_words_does_not_stand_there(
    slice_: tuple[str, int, int], data: st.DataObject
) -> None:
    key, start, end = slice_
    source = real(key)
    words = source.reading[start:end].split()
    assume(len(words) > 2)
    dropped = data.draw(st.integers(1, len(words) - 2))
    others = " ".join([*words[:dropped], *words[dropped + 1 :]])

    assert all(not (a <= start and end <= b) for a, b in places_of(others, source))


@pytest.mark.parametrize("key", REAL_KEYS)
def test_every_character_of_a_reading_is_one_of_its_copy_and_leads_back(key: str) -> None:
    source = real(key)
    own = [at for at in range(len(source.reading)) if not source.follows_seam(at + 1)]

    assert [source.text[source.offset(at)] for at in own] == [source.reading[at] for at in own]
    assert [source.index(source.offset(at)) for at in own] == own
    # What else there is parts paragraphs, or joins two.
    seams = {*range(len(source.reading))}.difference(own)
    assert {source.reading[at] for at in seams} <= {PARAGRAPH, " "}
    assert len(seams) == len(source.seams)


@examples(200)
@given(slices(most=60))
def test_where_a_slice_stands_is_what_the_copy_has_there(slice_: tuple[str, int, int]) -> None:
    key, start, end = slice_
    source = real(key)
    spans = source.text_spans((start, end))
    shown = " ".join(source.read(span) for span in spans)

    assert alike(shown) == alike(source.reading[start:end])
    assert source.index(spans[0][0]) == start
    assert source.text[spans[0][0]] == source.reading[start]
    assert len(source.paragraphs_of((start, end))) >= 1
