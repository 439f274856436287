"""Properties of any text: folding and the way back, edges, sentences, words."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_verbatim.quotations.match import find, is_whole, needle
from mkdocs_verbatim.sources.limits import Counter
from mkdocs_verbatim.sources.source import Source
from mkdocs_verbatim.text.boundaries import is_edge
from mkdocs_verbatim.text.fold import IGNORED, PARAGRAPH, fold
from mkdocs_verbatim.text.words import WORDS, sentence
from tests.support.measures import examples
from tests.support.records import made

some = examples(100)
# What folding is about, beside any character at all.
FOLDED = " \t\r\n\u00a0\u3000\u200b\u00ad\ufeff…ﬁﬃ“”\"'’-–—\u0301\u0323eÉé가ᄀ\u1161\u11a8\0.a"
texts = st.text(st.one_of(st.sampled_from(FOLDED), st.characters(codec="utf-8")), max_size=40)


@some
@given(texts)
def test_every_folded_index_leads_into_the_text(raw: str) -> None:
    folded = fold(raw)
    starts = [folded.start(n) for n in range(len(folded.text) + 1)]
    ends = [folded.end(n) for n in range(len(folded.text) + 1)]

    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= n <= len(raw) for n in (*starts, *ends))
    # One character of the folded text came from at least one of the raw text.
    assert all(starts[n] < ends[n + 1] for n in range(len(folded.text)))


@some
@given(texts)
def test_what_lies_between_two_characters_is_what_is_left_out(raw: str) -> None:
    folded = fold(raw)

    for index in range(len(folded.text) + 1):
        if is_whole(folded, index):
            assert set(raw[folded.end(index) : folded.start(index)]) <= set(IGNORED)


@some
@given(texts, st.data())
def test_a_slice_of_the_text_folds_to_the_needle(raw: str, data: st.DataObject) -> None:
    folded = fold(raw)
    whole = [n for n in range(len(folded.text) + 1) if is_whole(folded, n)]
    first = data.draw(st.sampled_from(whole))
    last = data.draw(st.sampled_from([n for n in whole if n >= first]))
    assume(first < last)
    slice_ = raw[folded.start(first) : folded.end(last)]

    assert fold(slice_).text == folded.text[first:last]


@some
@given(texts)
def test_every_raw_offset_has_its_index_and_comes_back(raw: str) -> None:
    folded = fold(raw)
    indices = [folded.index(offset) for offset in range(len(raw) + 1)]

    assert indices == sorted(indices)
    assert (indices[0], indices[-1]) == (0, len(folded.text))
    for index in range(len(folded.text) + 1):
        if is_whole(folded, index):
            assert folded.index(folded.start(index)) == index


@some
@given(st.text("aeéü\u0301\u0308ক\u09c7\u09be\u09cb가ᄀ\u1161\u11a8Å\u212b ", max_size=20))
def test_a_text_folds_alike_however_its_letters_are_composed(raw: str) -> None:
    composed = fold(unicodedata.normalize("NFC", raw)).text

    assert fold(raw).text == composed
    assert fold(unicodedata.normalize("NFD", raw)).text == composed


@some
@given(texts)
def test_a_folded_text_has_no_two_forms_of_anything(raw: str) -> None:
    text = fold(raw).text

    assert "  " not in text
    assert not set(text) & set(f"{IGNORED}“”„‟‘’‚‛…–—−ﬁﬃ\t\r\n\u00a0\u3000")


@some
@given(texts)
def test_every_text_has_edges_at_both_ends(raw: str) -> None:
    assert is_edge(raw, 0)
    assert is_edge(raw, len(raw))


@some
@given(st.text('aB. !?…”’"\n\0é1', max_size=40), st.data())
def test_a_sentence_holds_what_was_asked_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence(text, start, end)

    assert 0 <= first <= start <= end <= last <= len(text)
    assert PARAGRAPH not in text[first:start] + text[end:last]


@some
@given(st.text(alphabet="ab \n\0", max_size=40), st.data())
def test_each_word_that_a_span_touches_counts_once(text: str, data: st.DataObject) -> None:
    words = [match.span() for match in WORDS.finditer(text)]
    counter = Counter(text)
    seen: set[int] = set()
    for _ in range(data.draw(st.integers(1, 6))):
        first = data.draw(st.integers(0, len(words)))
        picked = words[first : data.draw(st.integers(first, len(words)))]
        if not picked:
            continue
        # Edges may be inside a word, as in front of a mark that belongs to it.
        span = (
            data.draw(st.integers(picked[0][0], picked[0][1] - 1)),
            data.draw(st.integers(picked[-1][0] + 1, picked[-1][1])),
        )
        assume(span[0] < span[1])
        seen |= {n for n, (start, end) in enumerate(words) if span[0] < end and start < span[1]}
        expected = counter.with_span(span)
        counter.add(span)

        assert counter.count == expected == len(seen)


LINES = st.lists(
    st.text("ab éé\u0301…“”’-–ﬁ\u200b\u00ad*_[](u).1 ", max_size=14).map(lambda line: line + "\n"),
    min_size=1,
    max_size=8,
)


@st.composite
def copies(draw: st.DrawFn) -> Source:
    """Return a source of any copy, with furniture and joins, some of which do not fit it."""
    lines = draw(LINES)
    blank = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    copy = "".join("\n" * before + line for line, before in zip(lines, blank, strict=True))
    hidden = draw(st.lists(st.integers(1, copy.count("\n")), unique=True, max_size=2))
    joins = [[at, at + draw(st.integers(1, 2))] for at in draw(st.sets(st.integers(1, 6)))]
    fields = {
        "furniture": [{"lines": f"{line}", "what": "menu"} for line in hidden],
        "joins": joins,
    }
    return made(copy, markup=draw(st.sampled_from(["plain", "markdown"])), fields=fields)[0]


@examples(200)
@given(copies())
def test_every_character_of_a_reading_leads_to_its_own_and_back(source: Source) -> None:
    own = [at for at in range(len(source.reading)) if not source.follows_seam(at + 1)]

    assert [source.text[source.offset(at)] for at in own] == [source.reading[at] for at in own]
    assert [source.index(source.offset(at)) for at in own] == own
    assert len(source.reading) - len(own) == len(source.seams)


@examples(200)
@given(copies(), st.data())
def test_where_words_stand_the_copy_has_them(source: Source, data: st.DataObject) -> None:
    reading = source.reading
    edges = [at for at in range(len(reading) + 1) if is_edge(reading, at)]
    start = data.draw(st.sampled_from(edges))
    end = data.draw(st.sampled_from([at for at in edges if at >= start]))
    words = reading[start:end].split(PARAGRAPH)
    folded = [fold(paragraph).text for paragraph in words]
    # White space at an edge is not quoted, and no copy that ends a paragraph with it is looked at.
    assume(all(text.strip() for text in folded))
    assume(needle(words) == PARAGRAPH.join(folded).strip())
    places = find(words, source)
    low, high = source.folded.index(start), source.folded.index(end)
    low += len(source.folded.text[low:high]) - len(source.folded.text[low:high].lstrip())

    assert low in [source.folded.index(first) for first, _ in places]
    for place in places:
        there = " ".join(source.read(span) for span in source.text_spans(place))
        assert " ".join(fold(there).text.split()) == " ".join(fold(" ".join(words)).text.split())
