"""Page limits: a page that would take minutes, or read other than it is, is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_verbatim.markdown.page_limits import MOST_CHARACTERS, refusal
from tests.support import sites

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
OPEN = "of which it may have 1,000"


def nested(levels: int) -> str:
    return "\n".join(f"{' ' * 4 * level}* x" for level in range(levels))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("[" * 8000, f"8,000 times '[' without ']' in one paragraph, {OPEN}", id="["),
        pytest.param("![" * 2000, f"2,000 times '[' without ']' in one paragraph, {OPEN}", id="!["),
        pytest.param(
            "[a](" * 2000, f"2,000 times '(' without ')' in one paragraph, {OPEN}", id="("
        ),
        pytest.param("<a " * 2000, f"2,000 times '<' without '>' in one paragraph, {OPEN}", id="<"),
        pytest.param(
            '"a" ' * 3000,
            "6,000 quotation marks in one paragraph, of which it may have 4,000; divide it into "
            "several",
            id="marks",
        ),
        pytest.param(
            nested(60),
            "more than 50 lists or quotations inside each other; make it flatter",
            id="lists",
        ),
        pytest.param(
            "> " * 60 + "x",
            "more than 50 lists or quotations inside each other; make it flatter",
            id="quotations",
        ),
        pytest.param(
            "* " * 300 + "x",
            "more than 50 lists or quotations inside each other; make it flatter",
            id="lists in one line",
        ),
        pytest.param(
            "word " * 80_001,
            "400,023 characters, of which a page may have 400,000; divide it into several",
            id="characters",
        ),
        *[
            pytest.param(
                f"No {character}talks",
                f"U+{ord(character):04X}: a text with it may read other than it is; take it out",
                id=f"U+{ord(character):04X}",
            )
            for character in "\x1a\x7f\x80\ufdd0\uffff\U000e0041\U0010fffe"
        ],
    ],
)
def test_a_page_is_refused(text: str, says: str) -> None:
    refused = refusal(f"# A page\n\n{text}\n\nMore.\n")

    assert refused is not None
    assert refused.message == says


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[a](b) " * 5000, id="links"),
        pytest.param("| “a” | [b](c) | <d@e.f> |\n" * 1500, id="a long table"),
        pytest.param("[ ( <\n\n" * 5000, id="open in many paragraphs"),
        pytest.param("“a” [@a]\n\n" * 5000, id="many quotations"),
        pytest.param(nested(20), id="lists"),
        pytest.param("* " * 200, id="a rule of stars"),
        pytest.param("-" * 5000, id="a rule"),
        pytest.param(" " * 1000 + "code", id="code far to the right"),
        pytest.param(
            f"{ENGLAND} \u200e\u05d0\u200f \u00ad\u200b \ufffd \v \x85 \t\f", id="innocent"
        ),
        pytest.param("word " * (MOST_CHARACTERS // 5 - 10), id="a novel"),
    ],
)
def test_a_page_is_read(text: str) -> None:
    assert refusal(text) is None


def test_what_is_refused_is_told_at_its_place_and_not_read(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\n# A\n\n“No walks” [@a].\n\nOne.\n" + "[" * 8000
    site = sites.SmallSite(pages={"index.md": page}, copies={"a": "No talks."}).write(
        tmp_path / "s"
    )

    assert sites.problems(site) == [
        (
            "docs/index.md:8:1: error: 8,000 times '[' without ']' in one paragraph, of which it "
            "may have 1,000 [page-unreadable]"
        )
    ]
