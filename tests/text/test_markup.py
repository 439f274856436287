"""Markup: what no reader of a Markdown copy sees, and what stays because it is words."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.text.markup import markup


def read(text: str) -> str:
    """Return *text* without its markup."""
    done = 0
    pieces = []
    for start, end in markup(text):
        pieces.append(text[done:start])
        done = end
    return "".join([*pieces, text[done:]])


# After the examples of CommonMark 0.31, section 6.2.
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("*foo bar*", "foo bar"),
        ("a * foo bar*", "a * foo bar*"),
        ('a*"foo"*', 'a*"foo"*'),
        ("*\u00a0a\u00a0*", "*\u00a0a\u00a0*"),
        ("foo*bar*", "foobar"),
        ("5*6*78", "5678"),
        ("_foo bar_", "foo bar"),
        ("_ foo bar_", "_ foo bar_"),
        ('a_"foo"_', 'a_"foo"_'),
        ("foo_bar_", "foo_bar_"),
        ("пристаням_стремятся_", "пристаням_стремятся_"),
        ('aa_"bb"_cc', 'aa_"bb"_cc'),
        ("foo-_(bar)_", "foo-(bar)"),
        ("_foo*", "_foo*"),
        ("*foo bar *", "*foo bar *"),
        ("*(*foo)", "*(*foo)"),
        ("*(*foo*)*", "(foo)"),
        ("_(_foo_)_", "(foo)"),
        ("_foo_bar_baz_", "foo_bar_baz"),
        ("**foo bar**", "foo bar"),
        ('a**"foo"**', 'a**"foo"**'),
        ("__foo, __bar__, baz__", "foo, bar, baz"),
        ('**foo "*bar*" foo**', 'foo "bar" foo'),
        ("*foo [bar](/url)*", "foo bar"),
        ("_foo __bar__ baz_", "foo bar baz"),
        ("*foo *bar**", "foo bar"),
        ("*foo**bar**baz*", "foobarbaz"),
        ("*foo**bar*", "foo**bar"),
        ("***foo** bar*", "foo bar"),
        ("*foo **bar***", "foo bar"),
        ("foo***bar***baz", "foobarbaz"),
        ("foo******bar*********baz", "foobar***baz"),
        ("** is not an empty emphasis", "** is not an empty emphasis"),
        pytest.param("foo *\\**", "foo \\*", id="an escaped mark before a mark that closes"),
        ("foo *_*", "foo _"),
        ("**foo*", "*foo"),
        ("*foo**", "foo*"),
        ("****foo*", "***foo"),
        ("**foo***", "foo*"),
        ("*foo****", "foo***"),
        ("***foo***", "foo"),
        ("*foo _bar* baz_", "foo _bar baz_"),
        ("*foo __bar *baz bim__ bam*", "foo bar *baz bim bam"),
        ("**foo **bar baz**", "**foo bar baz"),
        ("*[bar*](/url)", "*bar*"),
        ("*a `*`*", "a `*`"),
    ],
)
def test_emphasis_is_that_of_commonmark(text: str, left: str) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("[a](b)", "a", id="a link"),
        pytest.param("[a]()", "a", id="a link that leads nowhere"),
        pytest.param("[a](#)[b](#)", "ab", id="two links"),
        pytest.param('[a](b "c")', "a", id="a title in double marks"),
        pytest.param("[a](b 'c')", "a", id="a title in single marks"),
        pytest.param("[a](<b c>)", "a", id="an address in angle brackets"),
        pytest.param("[a](b(c)d)", "a", id="an address with brackets"),
        pytest.param("[a\nb](c)", "a\nb", id="a text over a line end"),
        pytest.param("[*a*](b)", "a", id="an emphasised text"),
        pytest.param("[a [b] c](d)", "a [b] c", id="a text with brackets"),
        pytest.param("[a]( b )", "a", id="an address with space round it"),
        pytest.param("[a [b](c) d](e)", "[a b d](e)", id="a link in a link's text is the link"),
        pytest.param("[![a](b)](c)", "![a](b)", id="a picture in a link's text"),
        pytest.param("[a]", "[a]", id="no address, no link"),
        pytest.param("[a] (b)", "[a] (b)", id="a space between, no link"),
        pytest.param("[a](b c)", "[a](b c)", id="an address with a space, no link"),
        pytest.param("![a](b)", "![a](b)", id="a picture, no link"),
        pytest.param("\\[a](b)", "\\[a](b)", id="an escaped bracket, no link"),
        pytest.param("[a\\](b)", "[a\\](b)", id="an escaped bracket ends no link"),
        pytest.param("`[a](b)`", "`[a](b)`", id="code, no link"),
    ],
)
def test_a_link_is_its_text(text: str, left: str) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2 * 3 * 4", id="a product"),
        pytest.param("snake_case_name", id="a name"),
        pytest.param("~~not~~", id="struck words"),
        pytest.param("<!-- not -->", id="a comment"),
        pytest.param("<b>not</b>", id="a tag"),
        pytest.param("`*not*`", id="code"),
        pytest.param("``*not*``", id="code in two ticks"),
        pytest.param("`` ` *not* ``", id="code in two ticks that holds one"),
        pytest.param("\\*not\\*", id="escapes"),
        pytest.param("&amp;", id="a character reference"),
        pytest.param("* one\n* two", id="a list"),
        pytest.param("***", id="a rule"),
        pytest.param("# not", id="a heading"),
        pytest.param("> not", id="a block quotation"),
    ],
)
def test_what_could_hide_a_word_stays(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("*" * 20_000, id="asterisks"),
        pytest.param("*a " * 10_000, id="openers"),
        pytest.param("a* " * 10_000, id="closers"),
        pytest.param("*a_" * 10_000, id="openers of two kinds"),
        pytest.param("[" * 20_000, id="brackets"),
        pytest.param("[a](" * 5_000, id="links left open"),
        pytest.param("`a" * 10_000, id="ticks"),
        pytest.param("".join("`" * (n % 20 + 1) + "a" for n in range(2_000)), id="runs of ticks"),
        pytest.param("[a](b" + "(" * 20_000, id="brackets of an address"),
    ],
)
def test_a_long_run_of_marks_is_read_to_its_end(text: str) -> None:
    spans = markup(text)

    assert all(a < b for a, b in spans)
