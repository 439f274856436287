"""Any sentence: whatever is around a quotation has a verdict, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_verbatim.sources.names import known_by
from mkdocs_verbatim.sources.people import People, Person
from mkdocs_verbatim.sources.record import Record
from mkdocs_verbatim.sources.speech import Chain
from mkdocs_verbatim.speakers.inline import SpeakerCheck, block_of
from mkdocs_verbatim.speakers.languages import LANGUAGES, language_of
from mkdocs_verbatim.speakers.verdict import Passage
from mkdocs_verbatim.text.quotation_marks import Pair

HEAD = Person(id="head", name="Jane Doe", role="mayor of the town")
OTHER = Person(id="other", name="Richard Roe")
AUTHOR = Person(id="author", name="the report, no author named")
PEOPLE = People([HEAD, OTHER, AUTHOR], known_by((p.id, p.name) for p in (HEAD, OTHER, AUTHOR)))
PASSAGE = Passage(
    chain=Chain(head=HEAD, via=("a friend",), reporters=(AUTHOR,)),
    record=Record(
        path="a.yml",
        reference={"title": "The Bridge"},
        description=None,
        attribution=AUTHOR.name,
        accessed=None,
        basis={},
    ),
    place="a, para. 1",
)
RULES = {"wrong-speaker", "speaker-other", "speaker-unnamed"}

signs = st.sampled_from([",", ";", ":", ".", "?", "(", ")", "—", "--", "’s", "'", "\n", "\ufffc"])
some = "Jane Doe Roe's Richard the a of to by is was not never said says quotes quoting told he who"
more = "that as and report mayor words letter London critics Owen so these bin il dit sagte 2 Mr."
words = st.sampled_from((some + " " + more).split()) | signs | st.text(max_size=4)
texts = st.lists(words, max_size=14).map(" ".join)


@pytest.mark.parametrize("code", [*LANGUAGES, "ja", "xx"])
@given(before=texts, after=texts, heading=texts)
def test_every_sentence_has_a_verdict(code: str, before: str, after: str, heading: str) -> None:
    text = f"{before} “the words” {after}"
    pair = Pair(len(before) + 2, len(before) + 2 + len("the words"))
    check = SpeakerCheck(people=PEOPLE, language=language_of(code))

    found = check.finding(block_of(text, [pair], heading), pair, PASSAGE)
    assert found is None or found[0] in RULES


@given(line=texts)
def test_every_attribution_is_read(line: str) -> None:
    check = SpeakerCheck(people=PEOPLE, language=language_of("en"))

    found = check.attributed(line)
    assert found is None or all(check.remarks(found, PASSAGE))


def test_a_person_is_known_by_the_family_name() -> None:
    assert PEOPLE.named("Doe, in a letter") is HEAD
