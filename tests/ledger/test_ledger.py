"""The ledger: marks entered page by page, and what is settled when no more come."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.ledger.closed_ledger import words_by_speaker
from mkdocs_verbatim.ledger.ledger import Ledger, open_ledger
from mkdocs_verbatim.ledger.page import Page
from mkdocs_verbatim.ledger.page_text import PageText
from mkdocs_verbatim.ledger.use import Use
from mkdocs_verbatim.quotations.mark import Mark, parse_citation
from mkdocs_verbatim.rules import RULES
from mkdocs_verbatim.sources.library import Library
from mkdocs_verbatim.sources.people import People
from tests.support.records import AUTHOR, made

TEXT = "One two three four five. Six seven eight nine ten.\n"


@pytest.fixture
def ledger() -> Ledger:
    source, problems = made(TEXT)
    assert problems == []
    library = Library(
        sources={"a": source}, references={}, people=People([AUTHOR]), broken=frozenset()
    )
    opened = open_ledger(library, {name: rule.severity for name, rule in RULES.items()})
    opened.log.begin_pages()
    return opened


def page(name: str = "a") -> Page:
    return Page(text=PageText(path=f"docs/{name}.md", read=str), url=f"{name}/")


def prove(ledger: Ledger, words: str, on: Page) -> object:
    mark = Mark(kind="inline", words=(words,), citation=parse_citation("@a"), marks=("“", "”"))
    return ledger.prove(mark, on)


def test_uses_of_one_passage_share_a_note_and_are_told_apart(ledger: Ledger) -> None:
    here, there = page(), page("b")
    for words, on in (("One two", here), ("Six seven", here), ("One two", here), ("ten", there)):
        assert isinstance(prove(ledger, words, on), Use)
    closed = ledger.closed()

    assert [[(use.number, use.turn) for use in uses] for uses in closed.notes(here)] == [
        [(1, 1), (1, 2)],
        [(2, 1)],
    ]
    assert [use.number for uses in closed.notes(there) for use in uses] == [1]
    assert [use.page.path for use in closed.uses_of("a")] == ["docs/a.md"] * 3 + ["docs/b.md"]
    assert words_by_speaker(closed.uses) == {AUTHOR.name: 5}
    assert closed.too_much == []


def test_a_mark_that_comes_later_is_in_the_ledger_that_is_closed_then(ledger: Ledger) -> None:
    prove(ledger, "One two", page())
    before = ledger.closed()
    prove(ledger, "Six seven", page("b"))
    after = ledger.closed()

    assert after is ledger.closed()
    assert (len(before.uses), len(after.uses)) == (1, 2)
    assert (before.shares["a"].quoted, after.shares["a"].quoted) == (2, 4)


def test_what_is_released_is_shown_all_the_same(ledger: Ledger) -> None:
    prove(ledger, "One two", page())
    ledger.release()
    closed = ledger.closed()

    assert (closed.uses, closed.notes(page()), closed.shares["a"].quoted) == ((), [], 2)
    assert closed.too_much == []


def test_what_is_forgotten_counts_no_more(ledger: Ledger) -> None:
    prove(ledger, "One two", page())
    prove(ledger, "One three", page())
    assert [problem.rule for problem in ledger.log.problems if problem.path == "docs/a.md"] == [
        "quote-not-found"
    ]
    ledger.forget()

    assert ledger.log.on_pages == []
    assert [problem.rule for problem in ledger.closed().too_much] == ["nothing-checked"]
