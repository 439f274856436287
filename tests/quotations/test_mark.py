"""Marks: pairs of quotation marks, and citations in every form that an author may use."""

from __future__ import annotations

import re

import pytest

from mkdocs_verbatim.quotations.mark import CITATION, Item, cites, parse_citation
from mkdocs_verbatim.text.quotation_marks import ATOM, UNSEEN, Pair, Pairing, pair_marks


def runs(text: str) -> list[str]:
    return [text[pair.start : pair.end] for pair in pair_marks(text).pairs]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("He said “all actors” there.", ["all actors"], id="curly marks"),
        pytest.param("“a” and “b”", ["a", "b"], id="two runs"),
        pytest.param("“a”“b”", ["a", "b"], id="two runs without a space"),
        pytest.param("“a “b” c”", ["a “b” c"], id="a curly run in a curly run"),
        pytest.param("“a “b “c”” d” e", ["a “b “c”” d"], id="three deep"),
        pytest.param("„a“ b", ["a"], id="German marks"),
        pytest.param("„a” b", ["a"], id="Polish marks"),
        pytest.param("„a „b“ c“", ["a „b“ c"], id="German marks in German marks"),
        pytest.param("„a“ and “b”", ["a", "b"], id="German marks, then English ones"),
        pytest.param("‟a” b", ["a"], id="a reversed opening mark"),
        pytest.param("« a » b", [" a "], id="pointed marks"),
        pytest.param("«a “b” c»", ["a “b” c"], id="curly marks in pointed ones"),
        pytest.param("〝a〞 〝b〟", ["a", "b"], id="marks of vertical text"),
        pytest.param("＂a＂ b", ["a"], id="wide marks"),
        pytest.param('“5" pipe” b', ['5" pipe'], id="a measure in a run"),
        pytest.param("““a” b”", ["“a” b"], id="two opening marks together"),
        pytest.param("“‘a’ b”", ["‘a’ b"], id="a single mark inside"),
        pytest.param("“”", [""], id="nothing between"),
        pytest.param("he said, “It’s ‘no’.”", ["It’s ‘no’."], id="apostrophes"),
    ],
)
def test_curly_marks_pair_by_nesting(text: str, found: list[str]) -> None:
    assert runs(text) == found
    assert pair_marks(text).left == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('He said "all actors" there.', ["all actors"], id="between spaces"),
        pytest.param('"a"', ["a"], id="at both ends"),
        pytest.param('("a")', ["a"], id="in round brackets"),
        pytest.param('["a"] {"b"}', ["a", "b"], id="in other brackets"),
        pytest.param('"a", "b"; "c": "d". "e"! "f"?', list("abcdef"), id="before punctuation"),
        pytest.param('"a"—"b"', ["a", "b"], id="beside a dash"),
        pytest.param('"a"-"b"', ["a", "b"], id="beside a hyphen"),
        pytest.param('"a"…', ["a"], id="before an ellipsis"),
        pytest.param('"yes"/"no"', ["yes", "no"], id="beside a slash"),
        pytest.param('"a"\n"b"', ["a", "b"], id="at a line end"),
        pytest.param('so\u00a0"a"\u00a0on', ["a"], id="between no-break spaces"),
        pytest.param(f'{ATOM}"a"{ATOM}', ["a"], id="beside a citation"),
        pytest.param('"a"{.term}', ["a"], id="before an attribute list"),
        pytest.param('"a"[b]', ["a"], id="before a bracket"),
        pytest.param("'\"a\"'", ["a"], id="in single marks"),
        pytest.param('“"a" b”', ['"a" b'], id="straight marks in curly ones"),
        pytest.param('"“a” b"', ["“a” b"], id="curly marks in straight ones"),
        pytest.param('"a "b" c"', ['a "b" c'], id="straight marks in straight ones"),
        pytest.param('"a." "b."', ["a.", "b."], id="behind punctuation"),
        pytest.param('"in 2016" he', ["in 2016"], id="behind a digit that ends a run"),
        pytest.param('"5" he', ["5"], id="round a digit"),
    ],
)
def test_straight_marks_open_after_space_and_close_before_it(text: str, found: list[str]) -> None:
    assert runs(text) == found
    assert pair_marks(text).left == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('a 5" pipe', [3], id="before a space"),
        pytest.param('a 5", 6" and 7" pipe', [3, 7, 14], id="several"),
        pytest.param("6'2\"", [3], id="feet and inches"),
        pytest.param(
            "40°26'46\"N 79°58'56\"W", [8, 19], id="seconds, before points of the compass"
        ),
        pytest.param('5" x 7" and 5"×7"', [1, 6, 13, 16], id="before a sign of multiplication"),
        pytest.param('a 5"-pipe', [3], id="before a hyphen"),
        pytest.param('5"x7"', [1, 4], id="before an x"),
        pytest.param('½" and 1⅞"', [1, 9], id="a fraction in one character"),
        pytest.param('3 1/2" floppy, 2.75"', [5, 19], id="a fraction or decimals"),
        pytest.param('(12"); 7". 7", 8"', [3, 8, 12, 16], id="before punctuation"),
        pytest.param('a 104"', [5], id="three digits"),
        pytest.param(f'19"{ATOM} rack', [2], id="before the number of a note"),
    ],
)
def test_a_straight_mark_after_a_number_is_a_measure(text: str, found: list[int]) -> None:
    assert pair_marks(text) == Pairing(measures=found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('in 2016" so', id="four digits"),
        pytest.param('5"F', id="before a letter"),
        pytest.param('5"6', id="before a digit"),
        pytest.param('5"No', id="before a word that begins like a point of the compass"),
        pytest.param('5"xy', id="before a word that begins with x"),
        pytest.param('1"×F', id="before a word after a sign"),
        pytest.param('5"\u200bF', id="before a letter with nothing between that is seen"),
        pytest.param('5\u200b" F', id="after a character that takes no room"),
        pytest.param('201\u200b6" F', id="four digits with one of those between"),
        pytest.param(f'201{UNSEEN}6" F', id="four digits with a comment between"),
        pytest.param(f'201{ATOM}{ATOM}6" F', id="four digits with pictures between"),
        pytest.param('5\u0336" F', id="after a digit that is struck"),
        pytest.param(f'1{UNSEEN}" F', id="after what may be hidden"),
        pytest.param(f'1{ATOM}" F', id="after a picture"),
        pytest.param('E=mc²" so', id="after a raised digit"),
        pytest.param('５" so', id="after a full-width digit"),
        pytest.param('２０１6" so', id="after more full-width digits"),
        pytest.param('5 " so', id="after a space"),
    ],
)
def test_other_straight_marks_are_no_measures(text: str) -> None:
    assert pair_marks(text) == Pairing(left=[text.index('"')])


def test_where_a_run_is_open_a_mark_after_a_digit_closes_it() -> None:
    assert pair_marks('"in 2016" and a 5" pipe') == Pairing([Pair(1, 8, '"', '"')], measures=[17])
    assert pair_marks('"5" so') == Pairing([Pair(1, 2, '"', '"')])


def test_after_a_run_that_may_end_in_a_measure_no_mark_measures() -> None:
    assert pair_marks('"A 5" pipe costs 132" so').left == [20]
    assert pair_marks('"A 5" pipe\0a 6" pipe') == Pairing([Pair(1, 4, '"', '"')], measures=[14])


def test_a_measure_in_a_run_is_not_told() -> None:
    assert pair_marks('“a 5" pipe” and a 6" one').measures == [19]


def test_a_measure_stands_beside_a_run() -> None:
    assert runs('a 5" pipe, "so" he said, and a 6" one') == ["so"]
    assert pair_marks('a 5" pipe, "so" he said, and a 6" one').left == []


@pytest.mark.parametrize(
    ("text", "found", "left"),
    [
        pytest.param("a “b c", [], [2], id="an opening mark alone"),
        pytest.param("a b” c", [], [3], id="a closing mark alone"),
        pytest.param('a "b c', [], [2], id="a straight mark that opens"),
        pytest.param('a b" c', [], [3], id="a straight mark that closes"),
        pytest.param('a " b', [], [2], id="a straight mark between spaces"),
        pytest.param('a"b c"d', [], [1, 5], id="two straight marks between letters"),
        pytest.param('a "b"c', [], [2], id="a straight mark before a last letter"),
        pytest.param("“a “b” c", [], [0], id="the outer of two"),
        pytest.param("“a” b” c", ["a"], [5], id="a mark behind a run"),
        pytest.param("“a” “b c", ["a"], [4], id="a mark before the end"),
        pytest.param("«a“ b", [], [0, 2], id="marks of two kinds"),
        pytest.param('“a" b', [], [0, 2], id="curly, then straight"),
        pytest.param('"a” b', [], [0, 2], id="straight, then curly"),
        pytest.param("» a « b", [], [0, 4], id="pointed marks turned round, with spaces"),
        pytest.param("a” b” c", [], [1, 4], id="two closing marks"),
        pytest.param("“a\0b”", [], [0, 4], id="a block between"),
        pytest.param("5“ a", [], [1], id="a curly mark behind a digit is no measure"),
    ],
)
def test_a_mark_left_over_is_told(text: str, found: list[str], left: list[int]) -> None:
    assert runs(text) == found
    assert pair_marks(text).left == left


@pytest.mark.parametrize("text", ["", "no marks", "'single' ‘marks’", "it’s 5′", "` `` ´"])
def test_what_is_no_double_mark_is_left_alone(text: str) -> None:
    assert pair_marks(text) == Pairing()


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        pytest.param("@rt-2016", True, id="at the start"),
        pytest.param("see @rt-2016", True, id="behind a space"),
        pytest.param("see;@rt-2016", True, id="behind a semicolon"),
        pytest.param("-@rt-2016", True, id="behind a hyphen"),
        pytest.param("see\n@rt-2016", True, id="on the next line"),
        pytest.param("@a, para. 3; @b", True, id="two"),
        pytest.param("mail@example.org", False, id="an e-mail address"),
        pytest.param("write to mail@example.org, please", False, id="one among words"),
        pytest.param("first.last@example.org; other@example.org", False, id="two of them"),
        pytest.param("@", False, id="the sign alone"),
        pytest.param("at @ all", False, id="the sign between spaces"),
        pytest.param("(@a)", False, id="behind another mark"),
        pytest.param("the group", False, id="words"),
        pytest.param("…", False, id="an elision"),
    ],
)
def test_a_bracket_is_a_citation_by_its_sign(body: str, is_one: bool) -> None:  # noqa: FBT001
    assert cites(body) is is_one


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        pytest.param("so [@a].", ["@a"], id="a bracket"),
        pytest.param("[@a][@b]", ["@a", "@b"], id="two brackets"),
        pytest.param("[@a](https://a.org)", [], id="before a bracket it is a link"),
        pytest.param("[@a] (so)", ["@a"], id="a space before the bracket makes it none"),
        pytest.param("[a [@b] c]", ["@b"], id="a bracket in a bracket"),
        pytest.param("[]", [], id="nothing in it"),
        pytest.param("[@a", [], id="left open"),
    ],
)
def test_a_citation_stands_in_a_bracket(text: str, bodies: list[str]) -> None:
    found = [match[1] for match in re.finditer(CITATION, text)]

    assert [body for body in found if cites(body)] == bodies


@pytest.mark.parametrize(
    ("body", "paragraphs", "lines"),
    [
        pytest.param("@a", (), (), id="no place"),
        pytest.param("@a, para. 4", ((4, 4),), (), id="a paragraph"),
        pytest.param("@a, para 4", ((4, 4),), (), id="without its point"),
        pytest.param("@a, paragraph 4", ((4, 4),), (), id="in full"),
        pytest.param("@a para. 4", ((4, 4),), (), id="without a comma"),
        pytest.param("@a,\npara. 4", ((4, 4),), (), id="over a line end"),
        pytest.param("@a, para.\u00a04", ((4, 4),), (), id="with a no-break space"),
        pytest.param("@a, ¶ 4", ((4, 4),), (), id="as a sign"),
        pytest.param("@a, ¶¶ 4–6", ((4, 6),), (), id="as two signs"),
        pytest.param("@a, paras. 9–11", ((9, 11),), (), id="a range"),
        pytest.param("@a, paras. 9-11", ((9, 11),), (), id="a range with a hyphen"),
        pytest.param("@a, paras. 9 – 11", ((9, 11),), (), id="a range with spaces"),
        pytest.param("@a, paragraphs 9—11", ((9, 11),), (), id="a range with a long dash"),
        pytest.param("@a, paras. 4, 6", ((4, 4), (6, 6)), (), id="a list"),
        pytest.param("@a, paras. 4 and 6", ((4, 4), (6, 6)), (), id="a list with and"),
        pytest.param("@a, paras. 4 & 6", ((4, 4), (6, 6)), (), id="a list with a sign"),
        pytest.param("@a, paras. 4, 6–7, 9", ((4, 4), (6, 7), (9, 9)), (), id="ranges in a list"),
        pytest.param("@a, line 12", (), ((12, 12),), id="a line"),
        pytest.param("@a, lines 12–14", (), ((12, 14),), id="lines"),
        pytest.param("@a, l. 12", (), ((12, 12),), id="a line in short"),
        pytest.param("@a, ll. 12-14", (), ((12, 14),), id="lines in short"),
        pytest.param("@a, para. 4, line 12", ((4, 4),), ((12, 12),), id="both"),
    ],
)
def test_a_place_is_paragraphs_or_lines(
    body: str, paragraphs: tuple[tuple[int, int], ...], lines: tuple[tuple[int, int], ...]
) -> None:
    (item,) = parse_citation(body).items

    assert (item.key, item.paragraphs, item.lines, item.understood) == (
        "a",
        paragraphs,
        lines,
        True,
    )


@pytest.mark.parametrize(
    "locator",
    ["p. 4", "para. four", "para. 4a", "4", "chapter 2", "para. 4 on talks", "para. 4–", "@b"],
)
def test_any_other_place_is_not_understood(locator: str) -> None:
    (item,) = parse_citation(f"@a, {locator}").items

    assert (item.key, item.locator, item.understood) == ("a", locator, False)


@pytest.mark.parametrize(
    ("body", "items"),
    [
        pytest.param("@a; @b", [("", "a"), ("", "b")], id="two keys"),
        pytest.param("@a;@b", [("", "a"), ("", "b")], id="without a space"),
        pytest.param("see @a, para. 3; @b", [("see", "a"), ("", "b")], id="words before one"),
        pytest.param("see also @a; and @b", [("see also", "a"), ("and", "b")], id="before both"),
        pytest.param("-@a", [("", "a")], id="a hyphen, as Pandoc has it"),
        pytest.param("see -@a", [("see", "a")], id="words and a hyphen"),
        pytest.param(" @a ", [("", "a")], id="space round it"),
        pytest.param("@Key_2-b", [("", "Key_2-b")], id="a key of every character"),
    ],
)
def test_a_citation_may_name_several_keys(body: str, items: list[tuple[str, str]]) -> None:
    citation = parse_citation(body)

    assert citation.text == body
    assert [(item.prefix, item.key) for item in citation.items] == items


def test_each_key_has_its_own_place() -> None:
    first, second = parse_citation("see @a, para. 3; @b, line 7").items

    assert first == Item("a", "para. 3", ((3, 3),), (), prefix="see")
    assert second == Item("b", "line 7", (), ((7, 7),))


def test_a_part_without_a_key_is_not_understood() -> None:
    first, second = parse_citation("@a; see below").items

    assert first.understood
    assert not second.understood
