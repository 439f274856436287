"""Finding: where a phrase stands in all sources, and a reference that is right when pasted."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mkdocs_verbatim.authoring.search import Hit, search
from mkdocs_verbatim.authoring.word_search import lower
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.opening import open_site
from mkdocs_verbatim.ledger.ledger import Ledger
from mkdocs_verbatim.sources.people import Person
from mkdocs_verbatim.sources.source import Source
from mkdocs_verbatim.text.fold import PARAGRAPH
from mkdocs_verbatim.text.words import sentences
from tests.cli.test_formats import validated
from tests.support import sites
from tests.support.records import REAL_KEYS, Fields, real_source, source_of, voices_of

REAL = {key: real_source(key) for key in REAL_KEYS}
ANN = Person(id="ann", name="Ann")
NONE: Fields = {}


def hits_in(phrase: str, *sources: Source, limit: int = 10) -> list[Hit]:
    by_key = {source.key: source for source in sources}
    voices = {source.key: voices_of(source, ANN)[0] for source in sources}
    return search(phrase, by_key, voices, limit)[0]


def words(hit: Hit) -> str:
    return hit.source.reading[slice(*hit.span)]


def references(phrase: str, copy: str, fields: Fields = NONE) -> list[str | None]:
    return [hit.reference for hit in hits_in(phrase, source_of(copy, fields=fields))]


@cache
def real_ledger() -> Ledger:
    config = read_config(sites.ROOT / "mkdocs.yml")
    return open_site(config.file, config.docs, config.settings).ledger


def found_in_the_real(phrase: str) -> list[Hit]:
    return search(phrase, real_ledger().library.sources, real_ledger().voices, 10)[0]


# Word for word


def test_every_place_in_every_source_is_found() -> None:
    hits = found_in_the_real("round the table")

    assert [(hit.source.key, hit.kind) for hit in hits[:6]] == [
        ("opinion-2016", "exact"),
        ("opinion-2016", "exact"),
        ("rt-2016", "exact"),
        ("rt-2016", "exact"),
        ("rt-2016", "exact"),
        ("rt-2016", "recalled"),
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("all actors", id="bare"),
        pytest.param("“all actors”", id="in curly marks"),
        pytest.param('"all actors"', id="in straight marks"),
        pytest.param("  all\n actors ", id="with other spaces"),
    ],
)
def test_marks_and_spaces_round_a_phrase_make_no_difference(phrase: str) -> None:
    assert found_in_the_real(phrase)[0].reference == "“all actors” [@rt-2016, para. 4]"


def test_who_says_it_is_told_from_mouth_to_page() -> None:
    hit = found_in_the_real("round the table, no")[0]

    assert hit.chain is not None
    assert hit.chain.links == (
        "Jeremy Corbyn, spoken",
        "a transcriber not named",
        "the RT report, no author named",
    )


def test_words_of_several_voices_are_nobodys() -> None:
    speech = [{"speaker": "ann", "mode": "verbatim", "paragraph": 1, "from": "We", "to": "stay"}]
    (hit,) = hits_in(
        "stay,” she said", source_of("“We stay,” she said then.", fields={"speech": speech})
    )

    assert hit.chain is None


# A reference that tells the place


@pytest.mark.parametrize(
    ("copy", "wanted"),
    [
        pytest.param("One talk.\n\nTwo.", ["“talk” [@a, para. 1]"], id="in one paragraph"),
        pytest.param(
            "a talk\n\nno talk",
            ["“talk” [@a, para. 1]", "“talk” [@a, para. 2]"],
            id="in two paragraphs",
        ),
        pytest.param(
            "a talk\nno talk", ["“talk” [@a, line 1]", "“talk” [@a, line 2]"], id="on two lines"
        ),
        pytest.param(
            "a talk, no talk", ["“a talk” [@a, para. 1]", "“no talk” [@a, para. 1]"], id="on a line"
        ),
        pytest.param("talk talk", ["“talk talk” [@a, para. 1]"] * 2, id="side by side"),
    ],
)
def test_a_reference_names_one_place_alone(copy: str, wanted: list[str | None]) -> None:
    assert references("talk", copy) == wanted


@pytest.mark.parametrize(
    ("copy", "phrase", "wanted"),
    [
        pytest.param("He: “Go “on” now.”", "Go", "“Go” [@a, para. 1]", id="no mark"),
        pytest.param("He “goes on” now.", "He", "“He” [@a, para. 1]", id="a mark beside"),
        pytest.param(
            "He “goes” on.", "He goes on", "“He ‘goes’ on” [@a, para. 1]", id="marks within"
        ),
        pytest.param("2 * 3 is it", "3 is", "“3 is” [@a, para. 1]", id="a star beside"),
        pytest.param("2 * 3 is", "2 * 3", r"“2 \* 3” [@a, para. 1]", id="a star within"),
        pytest.param("a_b_c is", "a_b_c", r"“a\_b\_c” [@a, para. 1]", id="underscores"),
        pytest.param("x <b> y", "x <b> y", "“x &lt;b> y” [@a, para. 1]", id="a tag"),
        pytest.param("x &lt; y", "x &lt; y", "“x &amp;lt; y” [@a, para. 1]", id="an entity"),
    ],
)
def test_words_are_written_as_a_page_needs_them(copy: str, phrase: str, wanted: str) -> None:
    assert references(phrase, copy)[0] == wanted


HARD = """\
Stars *here* and 2 * 3 * 4, snake_case_names and `code`, a < b and <b>bold</b>, R&D and &lt;.

He said: “No, ‘never’ again,” and she: "Why not?" A \\ and a [bracket] and [a](link), 3.5 % of $5.

He waited … and then [sic] left .. at last, he [had] gone […] away [...] so, [T]here.

One line says talk
and one line says talk, again talk.
"""


def pasted(sources: dict[str, Source], tmp_path: Path, records: Fields) -> list[str]:
    """Return what is wrong with a page of the references to every sentence and its end."""
    lines: list[str] = []
    for source in sources.values():
        voices = {source.key: voices_of(source)[0]}
        for low, high in [p.reading for p in source.paragraphs if p.reading]:
            for start, end in sentences(source.reading, low, high):
                whole = source.reading[start:end]
                for phrase in (whole, " ".join(whole.split()[-3:]), " ".join(whole.split()[:4])):
                    hits, _ = search(phrase, {source.key: source}, voices, 3)
                    assert hits, phrase
                    assert hits[0].kind == "exact", phrase
                    lines += [hit.reference for hit in hits if hit.reference]
    page = "".join(f"{number}: {line}\n\n" for number, line in enumerate(lines))
    site = sites.SmallSite(
        pages={"index.md": page},
        copies={key: source.text for key, source in sources.items()},
        records=dict.fromkeys(sources, records),
    ).write(tmp_path / "site")
    wrong = [problem for problem in sites.problems(site) if ": error: " in problem]
    shares = ("[quoted-share]", "[published-share]", "[excerpt-long]")
    return [problem for problem in wrong if not problem.endswith(shares)]


def test_a_pasted_reference_is_proven_whatever_the_words(tmp_path: Path) -> None:
    sources = {"a": source_of(HARD), "b": source_of("Read over.\n\nRead over.", key="b")}

    assert pasted(sources, tmp_path, {}) == []


def test_a_pasted_reference_to_the_real_copies_is_proven(tmp_path: Path) -> None:
    plain = {key: source_of(REAL[key].text, key=key) for key in ("opinion-2016", "rt-2016")}

    assert pasted(plain, tmp_path, {}) == []


# Half remembered


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        pytest.param(
            "absolutely negotiation with any terrorist",
            "absolutely no negotiation with any terrorist",
            id="a word left out",
        ),
        pytest.param(
            "Absolutely No Negotiation",
            "absolutely no negotiation",
            id="capitals",
        ),
        pytest.param(
            "corbyn said they are never gonna be at the table",
            "No, they are not going to be round the table",
            id="wrong words",
        ),
        pytest.param(
            "ransom in the case of Foley, a million",
            "a $132 million (£100m) ransom in the case of James Foley",
            id="another order",
        ),
        pytest.param(
            "we insist on negotiating in the trenches and not hotels",
            "we insisted on negotiating in trenches, fighting, not in hotels",
            id="other forms",
        ),
        pytest.param("negociating in trenchs", "negotiating in trenches", id="misspelled"),
    ],
)
def test_a_half_remembered_phrase_is_found(phrase: str, wanted: str) -> None:
    hit = found_in_the_real(phrase)[0]

    assert words(hit) == wanted
    assert hit.kind != "exact"
    assert hit.reference is not None
    assert hit.reference.startswith(f"“{wanted}” [@{hit.source.key}, para. ")


def test_what_is_most_alike_comes_first_and_nothing_twice() -> None:
    hits = found_in_the_real("all actors")

    assert [hit.likeness for hit in hits] == sorted((h.likeness for h in hits), reverse=True)
    assert [words(hit) for hit in hits].count("all actors") == 1
    assert "all of the actors" in [words(hit) for hit in hits]


@pytest.mark.parametrize(
    "phrase",
    ["xyzzy plugh", "the quantum of chromodynamics", "", "  ", "“”", "?", "*", "xyzzy " * 300],
)
def test_nothing_is_found_where_nothing_is_near(phrase: str) -> None:
    assert found_in_the_real(phrase) == []


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert [hit.kind for hit in hits_in("able", source_of("They are unable."))] in ([], ["near"])


def test_furniture_is_not_found() -> None:
    fields = {"furniture": [{"lines": "1", "what": "menu"}]}

    assert references("Home and News", "Home and News\n\nSomething else.", fields) == []


def test_small_letters_are_as_many() -> None:
    assert lower("İSTANBUL") == "İstanbul"
    assert lower("ABC") == "abc"


def test_sensitive_words_come_without_the_words_round_them() -> None:
    fields = {"sensitive": [{"paragraph": 1, "from": "kill", "to": "all"}]}
    (hit,) = hits_in("them", source_of("We will kill them all, he wrote.", fields=fields))

    assert hit.around == hit.span
    assert hit.reference == "“them” [@a, para. 1]"


def test_a_sensitive_word_twice_gets_no_more_words_to_tell_it() -> None:
    fields = {"sensitive": [{"paragraph": 1}]}

    assert references("them", "Kill them and them.", fields) == [None, None]


def test_context_stops_at_the_paragraph_and_the_sentence() -> None:
    (hit,) = hits_in("two", source_of("Nought.\n\nOne two three. Four."))

    assert hit.source.reading[slice(*hit.around)] == "One two three."


def test_a_large_copy_takes_no_long_time() -> None:
    text = "\n\n".join(f"{source.reading.replace(PARAGRAPH, ' ')}" for source in REAL.values())
    source = source_of("\n\n".join([text] * (1_000_000 // len(text))))
    begin = time.perf_counter()
    hits_in("we insist on negotiating in the trenches and not hotels", source)

    # A quarter of a second where nothing else runs.
    assert time.perf_counter() - begin < 5


# The command

SMITH = (
    "Owen Smith, spoken, in answer to a question, two words",
    "a transcriber not named",
    "the RT report, no author named",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sites.real_site(tmp_path_factory.mktemp("find"))


def test_the_command_shows_place_speaker_context_and_reference(site: Path) -> None:
    done = sites.run("verbatim", "find", "all actors", "--limit", "1", cwd=site)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "sources/rt-2016.txt:8:141: para. 4, word for word",
        f"  {' → '.join(SMITH)}",
        "  and other conflicts in the Middle East, Smith said “all actors” should be involved.",
        "  “all actors” [@rt-2016, para. 4]",
        "2 more; --limit 3 shows all",
    ]


def test_the_command_says_that_nothing_is_found(site: Path) -> None:
    done = sites.verbatim("find", "xyzzy plugh", cwd=site)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nothing like 'xyzzy plugh' in 3 sources\n"


def test_the_command_finds_as_a_document(site: Path) -> None:
    done = sites.verbatim("find", "all actors", "--format", "json", cwd=site)
    document = validated(done.stdout, "find")
    hit: dict[str, Any] = document["hits"][0]

    assert (done.returncode, done.stderr) == (0, "")
    assert document["found"] == len(document["hits"]) == 3
    assert (hit["source"], hit["line"], hit["column"]) == ("rt-2016", 8, 141)
    assert (hit["before"][-5:], hit["words"], hit["after"]) == (
        "aid “",
        "all actors",
        "” should be involved.",
    )
    assert hit["reference"] == "“all actors” [@rt-2016, para. 4]"


def test_a_document_of_nothing_is_one_too(site: Path) -> None:
    done = sites.verbatim("find", "xyzzy", "--format", "json", cwd=site)

    assert done.returncode == 1
    assert validated(done.stdout, "find")["hits"] == []


def test_a_source_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    (site / "sources/opinion-2016.txt").unlink()
    done = sites.verbatim("find", "all actors", cwd=site)

    assert done.returncode == 0
    assert re.match(r"sources/opinion-2016\.txt:1:1: error: missing; ", done.stderr)
    assert done.stdout.startswith("sources/rt-2016.txt:8:141: ")


def test_what_a_terminal_would_act_on_is_refused_and_never_printed(tmp_path: Path) -> None:
    copies = {"a": "A \x1b[31mred\x9b word.", "b": "A wórd."}
    site = sites.SmallSite(pages={}, copies=copies).write(tmp_path / "site")
    done = sites.verbatim("find", "word\x1b[31m", cwd=site)
    data = sites.verbatim("find", "wórd", "--format", "json", cwd=site)

    assert "sources/a.txt:1:3: error: U+001B" in done.stderr
    assert (done.stdout + done.stderr).replace("\n", "").isprintable()
    assert data.stdout.isascii()
    assert json.loads(data.stdout)["hits"][0]["words"] == "wórd"


@pytest.mark.parametrize(
    "arguments", [[], ["--limit", "0", "x"], ["x", "y"], ["x", "--format", "github"]]
)
def test_a_wrong_use_is_told(site: Path, arguments: list[str]) -> None:
    assert sites.verbatim("find", *arguments, cwd=site).returncode == 2
