"""The three real copies: every slice of them is found, and none with one edit."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verbatim.match import find, needle
from verbatim.source import Source, Span
from verbatim.text import PARAGRAPH, fold, is_edge

from .making import REAL_KEYS, real_source

some = settings(derandomize=True, max_examples=100, deadline=None)
few = settings(derandomize=True, max_examples=60, deadline=None)
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
    """Return where *words* stand, each place proven anew."""
    places = find([words], source, inline=inline)
    wanted = alike(words).replace('"', "'") if inline else alike(words)
    for start, end in places:
        there = alike(source.reading[start:end])
        assert wanted == (there.replace('"', "'") if inline else there)
        assert is_edge(source.reading, start)
        assert is_edge(source.reading, end)
    return places


@pytest.mark.parametrize("key", REAL_KEYS)
def test_every_word_and_every_three_words_stand_at_their_own_place(key: str) -> None:
    source = real(key)

    for paragraph in words_of(key):
        threes = zip(paragraph, paragraph[2:], strict=False)
        for start, end in [*paragraph, *((first[0], last[1]) for first, last in threes)]:
            assert (start, end) in find([source.reading[start:end]], source)


@settings(some, max_examples=200)
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
    """Return how often *words* stand in the reading with an edge on either side."""
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


@settings(some, max_examples=200)
@given(slices(), st.data())
def test_a_slice_with_one_edit_does_not_stand_there(
    slice_: tuple[str, int, int], data: st.DataObject
) -> None:
    key, start, end = slice_
    source = real(key)
    words = source.reading[start:end]
    at = data.draw(st.integers(0, len(words) - 1))
    new = data.draw(st.sampled_from(["", *EDITS, words[at].swapcase()]))
    behind = data.draw(st.integers(at, at + 1))
    edited = words[:at] + new + words[behind:]
    assume(alike(edited) != alike(words))

    assert (start, end) not in places_of(edited, source)
    # An inline single mark may equal a double one, and nothing else may.
    inline = (start, end) in places_of(edited, source, inline=True)
    assert not inline or alike(edited).replace('"', "'") == alike(words).replace('"', "'")


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


@few
@given(slices(most=8))
def test_where_a_slice_stands_is_what_the_copy_has_there(slice_: tuple[str, int, int]) -> None:
    key, start, end = slice_
    source = real(key)
    spans = source.text_spans((start, end))
    shown = " ".join(source.read(span) for span in spans)

    assert alike(shown) == alike(source.reading[start:end])
    assert source.index(spans[0][0]) == start
    assert source.text[spans[0][0]] == source.reading[start]
    assert len(source.paragraphs_of((start, end))) >= 1
