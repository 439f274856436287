"""Speech: who said it, and through whom it reaches us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from mkdocs_verbatim.sources.people import Person
from mkdocs_verbatim.sources.source import Source, Span
from mkdocs_verbatim.sources.speech import Chain, Voices, chain, is_sensitive
from tests.support.records import AUTHOR, read_cases, source_of, voices_of

ANN = Person(id="ann", name="Ann")
BEN = Person(id="ben", name="Ben")

COPY = """\
Ann spoke. “I met Ben, and he said ‘never again’ to me,” she wrote, and left.

“We talk at once,” said Ann.

“And we go on.

“We do not stop.

“We never will,” she said. Ben says he agrees “in full” with her.

The author’s own words stand here.
"""

Record = dict[str, object]


def speech(who: str, paragraph: int, first: str, last: str, **more: object) -> Record:
    place = {"paragraph": paragraph, "from": first, "to": last}
    return {"speaker": who, "mode": "verbatim", **place, **more}


FIRST = speech("ann", 1, "I met", "to me,", how="in a letter", via=["a translator"], note="a note")
ALL = [
    FIRST,
    speech("ben", 1, "never", "again", how="spoken"),
    speech("ann", 2, "We talk", "at once,", how="at a table"),
    speech("ann", 3, "And we", "go on."),
    speech("ann", 4, "We do", "stop."),
    speech("ann", 5, "We never", "will,"),
    speech("ben", 5, "Ben says", "with her.", mode="paraphrase"),
    speech("ben", 5, "in full", "in full", how="two words"),
]


def read(records: Sequence[Record], copy: str = COPY, **fields: object) -> tuple[Source, Voices]:
    source = source_of(copy, fields={"speech": list(records), **fields})
    voices, problems = voices_of(source, ANN, BEN)
    assert problems == []
    return source, voices


def span_of(words: str, source: Source) -> Span:
    """Return where *words* stand in the reading, paragraphs parted by a bar."""
    wanted = words.replace("|", "\0")
    assert source.reading.count(wanted) == 1
    start = source.reading.index(wanted)
    return start, start + len(wanted)


def chain_of(
    words: str | list[str], records: Sequence[Record] = ALL, copy: str = COPY, **fields: object
) -> Chain | None:
    source, voices = read(records, copy, **fields)
    parts = [words] if isinstance(words, str) else words
    return chain([span_of(part, source) for part in parts], source, voices)


@pytest.mark.parametrize("case", read_cases("speech.yml"))
def test_the_innermost_voice_round_a_span_is_its_own(case: dict[str, Any]) -> None:
    found = chain_of(case["words"])

    if case["head"] == "nobody":
        assert found is None
    else:
        assert found is not None
        assert found.head.name == case["head"]
        assert [person.name for person in found.reporters] == case.get("reporters", [])


def test_a_chain_says_how_and_through_whom() -> None:
    found = chain_of("I met Ben")

    assert found is not None
    assert (found.how, found.via, found.note) == ("in a letter", ("a translator",), "a note")
    assert found.links == ("Ann, in a letter", "a translator", "the author")


def test_a_chain_of_the_author_has_one_link() -> None:
    found = chain_of("The author’s own words")

    assert found is not None
    assert found.links == ("the author",)


def test_a_chain_through_another_speech_goes_through_whom_that_one_did() -> None:
    found = chain_of("never again")

    assert found is not None
    assert found.links == ("Ben, spoken", "Ann", "a translator", "the author")


def test_a_speech_that_names_no_words_is_the_whole_paragraph() -> None:
    record: Record = {"speaker": "ann", "mode": "verbatim", "paragraph": 6}
    found = chain_of("The author’s own words stand here.", [record])

    assert found is not None
    assert found.head == ANN


def test_a_voice_of_one_letter_is_a_voice() -> None:
    records = [speech("ann", 1, "We go", "on,")]
    copy = "(I) “We go on,” said Ann."

    assert chain_of("(I) “We go", records, copy) is None


def test_marks_at_the_end_of_a_copy_are_in_nobody_s_voice() -> None:
    found = chain_of("”…", [speech("ann", 1, "We go", "on")], "“We go on”…")

    assert found is not None
    assert found.head == AUTHOR


# “He said peace talks begin”, in a script without spaces: two voices, and nothing between them.
@pytest.mark.parametrize(
    ("words", "head"),
    [
        pytest.param("他说", AUTHOR, id="directly before a speech"),
        pytest.param("和平", ANN, id="in a speech"),
        pytest.param("谈判开始", AUTHOR, id="directly behind a speech"),
    ],
)
def test_a_voice_ends_where_the_next_begins(words: str, head: Person) -> None:
    found = chain_of(words, [speech("ann", 1, "和平", "和平")], "他说和平谈判开始。")

    assert found is not None
    assert found.head == head


def test_words_of_a_speech_are_counted_also_where_they_overlap() -> None:
    source = source_of("他说和和和。", fields={"speech": [speech("ann", 1, "和和", "。")]})
    _, (problem,) = voices_of(source, ANN)

    assert "'from: 和和' is there 2 times" in problem


# A running speech


def test_a_running_speech_may_hold_another_voice() -> None:
    records = [
        speech("ann", 1, "We go", "and"),
        speech("ben", 1, "at once", "at once"),
        speech("ann", 2, "never", "stop,"),
    ]
    copy = "“We go, as Ben says, ‘at once’ and\n\n“never stop,” she said."
    found = chain_of("‘at once’ and|“never stop", records, copy)

    assert found is not None
    assert (found.head, found.reporters) == (ANN, (AUTHOR,))


def test_a_running_speech_may_begin_with_another_voice() -> None:
    records = [
        speech("ann", 1, "At once", "says Ben."),
        speech("ben", 1, "At once", "At once"),
        speech("ann", 2, "We never", "stop,"),
    ]
    copy = "“‘At once’, says Ben.\n\n“We never stop,” she said."
    found = chain_of("says Ben.|“We never", records, copy)

    assert found is not None
    assert found.head == ANN


def test_another_voice_in_a_running_speech_is_still_another() -> None:
    records = [
        speech("ann", 1, "We go", "at once"),
        speech("ben", 1, "at once", "at once"),
        speech("ann", 2, "never", "stop,"),
    ]
    copy = "“We go, as Ben says, ‘at once’\n\n“never stop,” she said."

    assert chain_of("once’|“never stop", records, copy) is None
    inner = chain_of("at once", records, copy)
    assert inner is not None
    assert (inner.head, inner.reporters) == (BEN, (ANN, AUTHOR))


def test_a_speaker_may_be_quoted_by_somebody_quoted_by_the_same_speaker() -> None:
    records = [
        speech("ann", 1, "Ben told", "laughed."),
        speech("ben", 1, "you said", "once"),
        speech("ann", 1, "never", "again"),
        speech("ann", 2, "Then he", "left,"),
    ]
    copy = "“Ben told me ‘you said “never again” once’, I laughed.\n\n“Then he left,” she said."
    inner, running = (chain_of(words, records, copy) for words in ("never", "laughed.|“Then"))

    assert inner is not None
    assert (inner.head, inner.reporters) == (ANN, (BEN, ANN, AUTHOR))
    assert running is not None
    assert (running.head, running.reporters) == (ANN, (AUTHOR,))
    assert chain_of("again” once", records, copy) is None


def test_a_speech_does_not_run_on_into_another_speaker() -> None:
    records = [speech("ann", 3, "And we", "go on."), speech("ben", 4, "We do", "stop.")]

    assert chain_of("go on.|“We do", records) is None


def test_a_speech_does_not_run_on_over_a_word_of_the_author() -> None:
    records = [speech("ann", 2, "We talk", "at once,"), speech("ann", 3, "And we", "go on.")]

    assert chain_of("at once,” said Ann.|“And we", records) is None


def test_a_speech_runs_on_over_furniture() -> None:
    records = [speech("ann", 1, "We go", "on."), speech("ann", 3, "We never", "stop.")]
    copy = "“We go on.\n\nMenu\n\n“We never stop.”"
    furniture = [{"lines": "3", "what": "menu"}]
    found = chain_of("go on.|“We never", records, copy, furniture=furniture)

    assert found is not None
    assert found.head == ANN


def test_a_speech_runs_on_over_a_join() -> None:
    records = [speech("ann", 1, "We go", "on"), speech("ann", 2, "and on", "stop.")]
    copy = "“We go on\n\nand on, we never stop.”"
    found = chain_of("go on and on", records, copy, joins=[[1, 2]])

    assert found is not None
    assert found.head == ANN


# Sensitive passages


@pytest.mark.parametrize(
    ("words", "sensitive"),
    [
        pytest.param("never again", True, id="the passage"),
        pytest.param("again’ to me", True, id="what runs out of it"),
        pytest.param("I met Ben, and he said ‘never", True, id="what runs into it"),
        pytest.param("Ann spoke. “I met Ben, and he said ‘never again’ to", True, id="around it"),
        pytest.param("I met Ben", False, id="what stands before it"),
        pytest.param("to me,", False, id="what stands behind it"),
        pytest.param("and he said ‘", False, id="up to its very start"),
        pytest.param("’ to me,", False, id="from its very end"),
    ],
)
def test_a_span_is_sensitive_that_holds_any_of_a_passage(
    words: str,
    sensitive: bool,  # noqa: FBT001
) -> None:
    source, voices = read([], sensitive=[{"paragraph": 1, "from": "never", "to": "again"}])

    assert is_sensitive(span_of(words, source), voices) is sensitive
