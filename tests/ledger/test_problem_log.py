"""The log of problems: what a block has entered, what is accepted of it, and how it is shown."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.ledger.problem_log import ProblemLog
from mkdocs_verbatim.problem import RuleId, Severity, SiteRule

SEVERITIES: dict[str, Severity] = {
    "quote-not-found": "error",
    "quotation-short": "warning",
    "excerpt-long": "info",
    "term-long": "off",
}


def enter(log: ProblemLog, rule: RuleId, *places: tuple[int, int]) -> None:
    log.enter_at("docs/a.md", places, rule, "wrong")


def shown(log: ProblemLog) -> list[str]:
    return [str(problem) for problem in log.problems]


def test_severities_of_the_site_say_what_is_a_problem_and_what_a_remark() -> None:
    log = ProblemLog(SEVERITIES)
    enter(log, "quote-not-found", (3, 1))
    enter(log, "quotation-short", (3, 1))
    enter(log, "excerpt-long", (3, 1))
    enter(log, "term-long", (3, 1))

    assert shown(log) == [
        "docs/a.md:3:1: error: wrong [quote-not-found]",
        "docs/a.md:3:1: warning: wrong [quotation-short]",
    ]
    assert [problem.rule for problem in log.remarks] == ["excerpt-long"]


def test_a_problem_names_the_other_places_that_fit() -> None:
    log = ProblemLog(SEVERITIES)
    enter(log, "quotation-short", *((line, 1) for line in range(1, 9)))
    enter(log, "quotation-short")

    assert shown(log) == [
        "docs/a.md:1:1: warning: wrong [quotation-short]",
        "docs/a.md:1:1: warning: wrong (or at 2:1, 3:1, 4:1, 5:1, 6:1) [quotation-short]",
    ]


def test_a_block_knows_what_it_and_the_blocks_inside_it_have_entered_and_no_more() -> None:
    log = ProblemLog(SEVERITIES)
    enter(log, "quote-not-found", (1, 1))
    with log.block() as outer:
        assert not outer.has_error
        with log.block() as inner:
            enter(log, "quotation-short", (2, 1))
        with log.block() as other:
            enter(log, "excerpt-long", (3, 1))

    assert (inner.has("quotation-short"), other.has("quotation-short")) == (True, False)
    assert [problem.rule for problem in outer.problems] == ["quotation-short", "excerpt-long"]
    assert not outer.has_error
    assert len(shown(log)) == 2


def test_what_a_block_has_entered_stays_when_reading_it_fails() -> None:
    log = ProblemLog(SEVERITIES)

    def read() -> None:
        with log.block():
            enter(log, "quotation-short", (2, 1))
            enter(log, SiteRule("no-rule"))

    with pytest.raises(KeyError, match="no-rule"):
        read()

    assert [problem.rule for problem in log.on_pages] == ["quotation-short", "no-rule"]


def test_the_first_warning_of_a_block_is_accepted_and_its_double_with_it() -> None:
    log = ProblemLog(SEVERITIES)
    enter(log, "quotation-short", (1, 1))
    with log.block() as entered:
        for place in ((9, 4), (9, 2), (9, 2)):
            enter(log, "quotation-short", place)

        assert not entered.accept("excerpt-long", "no such warning")
        assert entered.accept("quotation-short", "a reason")

    assert [(problem.line, problem.column) for problem in log.problems] == [(1, 1), (9, 4)]
    assert [(a.line, a.column, a.reason) for a in log.accepted] == [(9, 2, "a reason")]


def test_what_was_found_on_pages_is_told_apart_from_what_was_there_before() -> None:
    log = ProblemLog(SEVERITIES)
    enter(log, "quote-not-found", (1, 1))
    log.begin_pages()
    enter(log, "quotation-short", (2, 1))

    assert [problem.rule for problem in log.on_pages] == ["quotation-short"]
    assert len(log.problems) == 2
    log.forget_pages()
    assert [problem.rule for problem in log.problems] == ["quote-not-found"]
