"""Text: folding and the way back, word edges, sentences, words."""

from __future__ import annotations

import sys

import pytest

from mkdocs_verbatim.text.boundaries import is_edge
from mkdocs_verbatim.text.fold import fold
from mkdocs_verbatim.text.words import capital, count_words, sentence, sentences


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        pytest.param("", "", id="nothing stays nothing"),
        pytest.param("Plain words.", "Plain words.", id="plain words stay"),
        pytest.param(" \t a \n\n b ", " a b ", id="white space runs are one space each"),
        pytest.param("a\u00a0\u2003b", "a b", id="every kind of space is a space"),
        pytest.param("“a” „b‟", '"a" "b"', id="double marks are straight"),
        pytest.param("‘a’ ‚b‛", "'a' 'b'", id="single marks are straight"),
        pytest.param("«a» ‹b›", "«a» ‹b›", id="pointed marks stay"),
        pytest.param("a–b—c−d‐e", "a-b-c-d-e", id="dashes are hyphens"),
        pytest.param("so…", "so...", id="an ellipsis is three dots"),
        pytest.param("……", "......", id="two are six"),
        pytest.param("ﬀ ﬁ ﬂ ﬃ ﬄ", "ff fi fl ffi ffl", id="ligatures are letters"),
        pytest.param("a\u00ad\u200bb\ufeff", "ab", id="invisible characters are left out"),
        pytest.param("a \u200b b", "a b", id="white space with them is one space"),
        pytest.param("\u200b \u200b", " ", id="white space alone is one space"),
        pytest.param("e\u0301", "é", id="letters are composed"),
        pytest.param("\u1100\u1161\u11a8", "각", id="Korean syllables too"),
        pytest.param("\u212a", "K", id="what NFC makes of one character"),
        pytest.param("ＩＳ ² ½", "ＩＳ ² ½", id="what only NFKC would make stays"),
        pytest.param("İi ß ς", "İi ß ς", id="case stays"),
        pytest.param("a\0b", "a\0b", id="the end of a paragraph stays"),
    ],
)
def test_fold_makes_alike_what_is_equal(raw: str, folded: str) -> None:
    assert fold(raw).text == folded


def test_whatever_unicode_calls_white_space_is_a_space() -> None:
    white = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()]

    assert len(white) >= 25
    assert [c for c in white if fold(f"a{c}b").text != "a b"] == []


@pytest.mark.parametrize("raw", ["so…  “o\ufb03ce\u0301r”\u200b – x", "\ufeff a", "e\u0301\u0323"])
def test_folding_again_changes_nothing(raw: str) -> None:
    once = fold(raw).text

    assert fold(once).text == once


@pytest.mark.parametrize(
    ("raw", "index", "start", "end"),
    [
        pytest.param("abc", 1, 1, 1, id="without a change both texts run in step"),
        pytest.param("abc", 3, 3, 3, id="at the end"),
        pytest.param("a   b", 1, 1, 1, id="before a run of spaces"),
        pytest.param("a   b", 2, 4, 4, id="after a run of spaces"),
        pytest.param("a\u200bb", 1, 2, 1, id="an invisible character is on neither side"),
        pytest.param("\ufeffab", 0, 1, 0, id="also at the start"),
        pytest.param("ab\u00ad", 2, 3, 2, id="also at the end"),
        pytest.param("a…b", 1, 1, 1, id="before an ellipsis"),
        pytest.param("a…b", 2, 1, 2, id="inside an ellipsis it begins before and ends after"),
        pytest.param("a…b", 4, 2, 2, id="after an ellipsis"),
        pytest.param("o\ufb03ce", 2, 1, 2, id="inside a ligature likewise"),
        pytest.param("o\ufb03ce", 5, 3, 3, id="after a ligature"),
        pytest.param("ae\u0301b", 2, 3, 3, id="after a composed letter"),
        pytest.param("…\u200b…", 3, 2, 1, id="between two changes"),
    ],
)
def test_every_folded_index_has_its_way_back(raw: str, index: int, start: int, end: int) -> None:
    folded = fold(raw)

    assert (folded.start(index), folded.end(index)) == (start, end)


@pytest.mark.parametrize(
    ("raw", "offset", "index"),
    [
        pytest.param("abc", 2, 2, id="without a change both texts run in step"),
        pytest.param("a   b", 1, 1, id="at the start of a change"),
        pytest.param("a   b", 2, 2, id="inside a change it is the index after"),
        pytest.param("a   b", 4, 2, id="after a change"),
        pytest.param("a…b", 2, 4, id="after an ellipsis"),
        pytest.param("a\u200bb", 2, 1, id="after an invisible character"),
        pytest.param("ae\u0301b", 4, 3, id="at the end"),
    ],
)
def test_every_raw_offset_has_a_folded_index(raw: str, offset: int, index: int) -> None:
    assert fold(raw).index(offset) == index


# A bar is at every edge of the text; the text is what is left without them.
@pytest.mark.parametrize(
    "edges",
    [
        pytest.param("|We| |can’t| |talk|.|", id="an apostrophe joins"),
        pytest.param("|Smith|’s| |view|", id="a final ’s does not"),
        pytest.param("|a| |‘|b|’| |c|", id="single marks do not"),
        pytest.param("|non-negotiable|", id="a hyphen joins"),
        pytest.param("|non\u2011negotiable|", id="a no-break hyphen joins"),
        pytest.param("|pre|-| |and|", id="a hyphen with nothing after it does not"),
        pytest.param("|a|—|b|–|c|", id="a dash does not"),
        pytest.param("|3.5|,| |1,000|.|", id="point and comma join digits only"),
        pytest.param("|U|.|S|.|", id="a point does not join letters"),
        pytest.param("|$132| |£5m| |7€| |50%| |3‰|", id="currency and per cent join digits"),
        pytest.param("|$| |5| |%|", id="but not over a space"),
        pytest.param("|-5| |+5| |−5| |±5|", id="a sign joins"),
        pytest.param("|1914|–|1918|", id="a dash between numbers does not"),
        pytest.param("|a_b|", id="an underscore joins"),
        pytest.param("|e\u0301t|", id="an accent joins"),
        pytest.param("|和|平|谈|判|", id="Chinese has edges everywhere"),
        pytest.param("|ที่|นี่|", id="Thai keeps what combines"),
        pytest.param("|un\u00adable|", id="a soft hyphen is no edge"),
        pytest.param("|a|\0|b|", id="the end of a paragraph is an edge"),
    ],
)
def test_a_word_has_edges_only_round_it(edges: str) -> None:
    pieces = edges[1:-1].split("|")
    text = "".join(pieces)
    wanted = {0, *(len("".join(pieces[:n])) for n in range(1, len(pieces) + 1))}

    assert {n for n in range(len(text) + 1) if is_edge(text, n)} == wanted


# What is asked for is between ‹ ›.
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        pytest.param("One. Two ‹is› here. Three.", "Two is here.", id="a sentence in the middle"),
        pytest.param("‹One› is. Two.", "One is.", id="the first"),
        pytest.param("One. ‹Two› is", "Two is", id="the last, without a full stop"),
        pytest.param("One ‹is. Two› is. Three.", "One is. Two is.", id="two sentences"),
        pytest.param("One. ‹Two is.› Three.", "Two is.", id="a whole sentence stays"),
        pytest.param("Is it? ‹Yes›! No.", "Yes!", id="question and exclamation marks end one"),
        pytest.param("He said “no.” ‹Then› left.", "Then left.", id="marks close with it"),
        pytest.param("He ‹said› “no.” Then left.", "He said “no.”", id="marks are in it"),
        pytest.param(
            "So. “Now, ‹then›,” he said. No.", "“Now, then,” he said.", id="marks open it"
        ),
        pytest.param(
            "Its interests... ‹he› wrote. No.",
            "Its interests... he wrote.",
            id="dots before a small letter do not end one",
        ),
        pytest.param("Wait… ‹He› wrote.", "He wrote.", id="an ellipsis before a capital does"),
        pytest.param("By Mr. Smith, ‹he› said. No.", "By Mr. Smith, he said.", id="a title"),
        pytest.param("The U.S. ‹Army› left. No.", "The U.S. Army left.", id="initials"),
        pytest.param("By I. William ‹Zartman›. No.", "By I. William Zartman.", id="an initial"),
        pytest.param("About 3.5 ‹million›. No.", "About 3.5 million.", id="a number"),
        pytest.param("So (e.g. Here) ‹it› is. No.", "So (e.g. Here) it is.", id="an abbreviation"),
        pytest.param("One.\0Two ‹is›\0Three.", "Two is", id="the end of a paragraph ends one"),
        pytest.param(
            "One\nline. Two\n‹lines›. No.", "Two\nlines.", id="the end of a line does not"
        ),
        pytest.param(
            "‹One is›\0Two.\0Three.", "One is", id="the first of several ends of paragraphs"
        ),
        pytest.param("One.  ‹Two› is.   No.", "Two is.", id="more than one space may part them"),
        pytest.param("One. 3 ‹men› left. No.", "3 men left.", id="a number may begin one"),
        pytest.param("Das Ende. Über ‹alles›. No.", "Über alles.", id="any capital may begin one"),
        pytest.param(
            "He goes etc. émigré ‹or› not. No.",
            "He goes etc. émigré or not.",
            id="a small letter with an accent does not",
        ),
        pytest.param(
            "He asks? émigré ‹or› not. No.",
            "He asks? émigré or not.",
            id="a small letter with an accent does not begin one",
        ),
    ],
)
def test_a_sentence_is_whole(text: str, whole: str) -> None:
    start, end = text.index("‹"), text.index("›") - 1
    bare = text.replace("‹", "").replace("›", "")
    first, last = sentence(bare, start, end)

    assert bare[first:last] == whole


def test_a_sentence_holds_what_was_asked_for_over_paragraphs() -> None:
    text = "One. Two.\0Three. Four."

    assert sentence(text, 5, 16) == (5, 16)


@pytest.mark.parametrize(
    "short",
    "cf vs etc Mr Mrs Ms Dr Prof Sen Rep Gen Lt Sgt St No no para paras vol ed eds pp approx ca Jr "
    "Sr p J e.g i.e U.S U.K U.N D.C".split(),
)
def test_no_sentence_ends_after_a_short_form(short: str) -> None:
    text = f"Of this {short}. Smith spoke. Then we go."

    assert sentence(text, 0, 1) == (0, text.index(" Then"))


@pytest.mark.parametrize(
    "end", [*".!?…", "...", "?!", ".”", ".“", '."', ".„", ".'", ".‘", ".’", ".)"]
)
@pytest.mark.parametrize("start", ["", *"\"“„'‘(["])
def test_a_sentence_ends_with_its_marks_and_begins_with_its_marks(end: str, start: str) -> None:
    text = f"So we talk{end} {start}Then we go."

    assert sentence(text, 0, 1) == (0, len(f"So we talk{end}"))
    assert sentence(text, len(text) - 1, len(text))[0] == len(f"So we talk{end} ")


@pytest.mark.parametrize("end", [".]", ".”)", "?’”"])
def test_several_marks_may_close_a_sentence(end: str) -> None:
    assert sentence(f"So we talk{end} Then we go.", 0, 1) == (0, len(f"So we talk{end}"))


def test_a_paragraph_that_ends_at_once_holds_no_sentence_of_the_next() -> None:
    assert sentence("\0One.", 0, 0) == (0, 0)


@pytest.mark.parametrize("after", ["", " ", "  \n"])
def test_white_space_after_the_last_sentence_does_not_belong_to_it(after: str) -> None:
    text = f"One. Two.{after}"

    assert list(sentences(text, 0, len(text))) == [(0, 4), (5, 9)]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param("a review of it", "A review of it", id="a small letter"),
        pytest.param("émigré", "Émigré", id="one with an accent"),
        pytest.param("ISIL today", "ISIL today", id="a capital stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_gets_a_capital_letter(text: str, made: str) -> None:
    assert capital(text) == made


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("", 0, id="none"),
        pytest.param(" \n ", 0, id="white space is not a word"),
        pytest.param("one", 1, id="one"),
        pytest.param("one two\u00a0three\nfour", 4, id="white space of every kind parts words"),
        pytest.param("one\0two", 2, id="the end of a paragraph parts words"),
        pytest.param("self-made can’t 3.5%", 3, id="hyphens and marks do not"),
        pytest.param("now - then", 3, id="a dash with spaces counts, as an editor counts"),
    ],
)
def test_words_are_counted_at_white_space(text: str, number: int) -> None:
    assert count_words(text) == number
