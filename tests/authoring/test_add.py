"""Adding: the copy byte for byte, and a record that needs only reading over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_verbatim.authoring.furniture import read_lines, suspects
from mkdocs_verbatim.authoring.record_draft import READ, record_text
from mkdocs_verbatim.datafiles.atomic import create_files
from mkdocs_verbatim.sources.library import Library, read_library
from mkdocs_verbatim.sources.people import People, Person
from mkdocs_verbatim.sources.reading import LINE_END, make_source
from mkdocs_verbatim.sources.record import Record, parse_record
from mkdocs_verbatim.sources.speech import read_voices
from mkdocs_verbatim.text.characters import IN_COPY, wrong_character
from tests.support import sites
from tests.support.measures import examples
from tests.support.records import REAL_KEYS, TESTS, real_source, sha256

MESSY = TESTS / "cases/authoring/messy-copy.txt"
ROE = Person(id="mary-roe", name="Mary Roe", aliases=("Roe",))
NOBODY = People([])


def proposed(text: str, people: People = NOBODY) -> tuple[Record, list[str]]:
    """Return the record that is proposed for *text*, which must fit it, and what is to be read."""
    written = record_text(text, text.encode(), "new", None, people)
    record, problems = parse_record(written, "new.yml")
    assert record is not None, problems
    assert record.copy is not None
    source, misfits = make_source("new", record, text, record.copy.sha256)
    author = Person(id="the-author", name=record.attribution)
    _, wrong = read_voices(source, People([*people.by_id.values(), author]))
    assert [str(problem) for problem in (*problems, *misfits, *wrong)] == []
    return record, [line.partition(f"{READ} ")[2] for line in written.splitlines() if READ in line]


def furniture(record: Record) -> list[tuple[int, int]]:
    return [(lines.first, lines.last) for lines in record.furniture]


# A messy page of the web


@pytest.fixture(scope="module")
def messy() -> tuple[Record, list[str]]:
    return proposed(MESSY.read_text("utf-8"), People([ROE]))


def test_menus_banners_buttons_and_links_are_furniture(messy: tuple[Record, list[str]]) -> None:
    record, _ = messy

    assert [(f.first, f.last, f.what) for f in record.furniture] == [
        (1, 14, "navigation, cookie notice, menu, subscription"),
        (21, 28, "comments and counters, sharing, image credit"),
        (34, 34, "advertisement"),
        (38, 41, "related links"),
        (43, 43, "a repeated pull quote, words of para. 11"),
        (49, 49, "subscription"),
        (55, 65, "sharing, related links, foot of the page"),
    ]


def test_what_the_text_says_of_itself_is_proposed(messy: tuple[Record, list[str]]) -> None:
    record, to_read = messy

    assert record.reference == {
        "type": "webpage",
        "title": "Ministers say talks will go on despite walkout",
        "author": [{"family": "Doe", "given": "Jane"}, {"family": "Smith", "given": "John"}],
        "issued": "2016-05-03",
    }
    assert record.attribution == "Jane Doe and John Smith"
    assert {"line 16 of the copy", "line 18 of the copy", "line 19 of the copy"} <= {*to_read}
    assert record.copy is not None
    assert record.copy.markdown


def test_speech_of_people_who_are_known_is_proposed(messy: tuple[Record, list[str]]) -> None:
    record, to_read = messy
    (speech,) = record.speech

    assert (speech.speaker, speech.mode, speech.passage.paragraph) == ("mary-roe", "verbatim", 11)
    assert (speech.passage.first, speech.passage.last) == ("We have never", "leave it now")
    assert any("'Tom Poe', not in people.yml, seems to say" in line for line in to_read)
    assert any(line.endswith("say 'Everybody knows where we can be found.'") for line in to_read)


def test_marks_without_a_partner_are_told(messy: tuple[Record, list[str]]) -> None:
    _, to_read = messy
    marks = [line for line in to_read if "a double mark without a partner" in line]

    assert [line.partition(":")[0] for line in marks] == ["para. 16, line 45", "para. 19, line 51"]


# The copies of the real site, whose records were made by hand


@pytest.mark.parametrize("key", REAL_KEYS)
def test_most_of_the_real_furniture_is_found_and_no_sentence(key: str) -> None:
    source = real_source(key)
    record, _ = proposed(source.text)
    found = {n for first, last in furniture(record) for n in range(first, last + 1)}
    true = {n for f in source.record.furniture for n in range(f.first, f.last + 1)}

    assert found <= true
    assert len(found) >= 0.9 * len(true)


def test_the_real_title_author_and_date_are_found() -> None:
    record, _ = proposed(real_source("cantey-2018").text)
    wanted = real_source("cantey-2018").record

    assert dict(record.reference) == dict(wanted.reference)
    assert record.attribution == wanted.attribution
    assert record.copy is not None
    assert record.copy.markdown


# One thing at a time


SENTENCE = "The delegates are to meet again on Friday, the hotel’s manager said to all of them."


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("We use cookies to give you the best experience. Manage your choices.", "cookie notice"),
        ("Accept all cookies", "cookie notice"),
        ("Facebook | Twitter | WhatsApp", "sharing"),
        ("Share this story", "sharing"),
        ("Sign up to our newsletter for news every day.", "subscription"),
        ("Subscribe", "subscription"),
        ("ADVERTISEMENT", "advertisement"),
        ("Article continues below", "advertisement"),
        ("Delegates leave the hall. Photograph: Ann Other/Reuters", "image credit"),
        ("Most read", "related links"),
        ("[Another page](https://example.org/)", "links"),
        ("- [One](#) | [Two](#)", "links"),
        ("© 2016 The Daily Example", "foot of the page"),
        ("Home > News > World", "navigation"),
        ("12 comments", "comments and counters"),
        ("4 min read", "comments and counters"),
    ],
)
def test_a_line_of_furniture_between_sentences_is_found(line: str, what: str) -> None:
    found = suspects(read_lines([SENTENCE, "", line, "", SENTENCE]))

    assert [(s.first, s.last, s.what, s.sure) for s in found] == [(3, 3, what, True)]


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        "“We share the table,” she said.",
        "She baked cookies.",
        "Terms of peace",
        "What happens next",
        "Contact with the enemy",
        "Latest talks fail in a night of anger",
        "He asked whether they would subscribe to his view of what had been said in the hall.",
        "See [the report](#) for more.",
        "“Yes.”",
        "1. The first of three demands is this.",
    ],
)
def test_a_line_of_text_is_no_furniture(line: str) -> None:
    found = suspects(read_lines([SENTENCE, "", line, "", SENTENCE]))

    assert [suspect for suspect in found if suspect.sure] == []


def test_short_lines_in_a_row_are_only_asked_about() -> None:
    lines = [SENTENCE, "", "Bread and butter", "Milk", "Four eggs", "A little salt", "", SENTENCE]
    found = suspects(read_lines(lines))

    assert [(s.first, s.last, s.sure) for s in found] == [(3, 6, False)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(f"{SENTENCE}\n\nWe wait.", [], id="nothing twice"),
        pytest.param(
            "One two three four five\n\nOne two three four five\nSix seven eight.",
            [(3, 3)],
            id="a title repeated",
        ),
        pytest.param(
            f"So it is. {SENTENCE}\n\nMore of it.\n\n{SENTENCE}", [(5, 5)], id="a pull quote"
        ),
        pytest.param(
            f"{SENTENCE}\n\nMore of it.\n\nSo it is. {SENTENCE}", [(1, 1)], id="before its sentence"
        ),
        pytest.param("We wait for it. We do.\n\nWe wait.", [], id="too few words"),
        pytest.param(f"{SENTENCE}\n\nMore.\n\n{SENTENCE}", [(5, 5)], id="a paragraph twice"),
    ],
)
def test_what_stands_twice_is_furniture_once(text: str, wanted: list[tuple[int, int]]) -> None:
    assert furniture(proposed(text)[0]) == wanted


def test_a_passage_that_two_paragraphs_share_is_told() -> None:
    words = "one two three four five six seven eight nine ten"
    _, to_read = proposed(f"So {words} it is, I say.\n\nBut {words} it is not, they say.")

    assert any(line.startswith(f"paras. 1 and 2 both have '{words}'") for line in to_read)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We will wait here,” said Mary Roe.", "mary-roe"),
        ("“We will wait here,” Mary Roe said.", "mary-roe"),
        ("“We will wait here,” Roe has said.", "mary-roe"),
        ("Mary Roe said: “We will wait here.”", "mary-roe"),
        ("Mary Roe, the minister, said: “We will wait here.”", "mary-roe"),
        ('Roe told the paper, "We will wait here."', "mary-roe"),
        ("“We will wait here,” said Tom Poe.", None),
        ("“We will wait here,” she said.", None),
        ("“We will wait here.” Then Mary Roe left.", None),
        ("A “wait” was said by Mary Roe.", None),
    ],
)
def test_a_speech_is_an_entry_only_if_its_speaker_is_known(text: str, name: str | None) -> None:
    record, _ = proposed(f"{text}\n\n{SENTENCE}", People([ROE]))

    assert [speech.speaker for speech in record.speech] == ([name] if name else [])


def test_a_speech_whose_ends_stand_twice_is_named_by_more_words() -> None:
    text = "“No no no no never,” said Mary Roe, and no no no no more.\n\nSo it is."
    record, _ = proposed(text, People([ROE]))

    assert [(s.passage.first, s.passage.last) for s in record.speech] in (
        [],
        [("No no no", "no no never")],
    )


@pytest.mark.parametrize(
    ("text", "title", "author", "issued"),
    [
        ("# A Heading\n\nMore.", "A Heading", None, None),
        ("A title of words\n\nBy Jane Doe\n\nMore.", "A title of words", "Doe", None),
        ("A title of words\n\nBy Jane Doe, in Cairo\n\nMore.", "A title of words", "Doe", None),
        ("A title of words\n3rd May 2016\n\nMore.", "A title of words", None, "2016-05-03"),
        ("A title of words\nSept. 3, 2016\n\nMore.", "A title of words", None, "2016-09-03"),
        ("A title of words\n2016-05-03\n\nMore.", "A title of words", None, "2016-05-03"),
        ("A title of words\n2016-15-03\n\nMore.", "A title of words", None, None),
        ("This is a sentence and no title.\n\nBy and by more.", None, None, None),
    ],
)
def test_title_author_and_date_are_taken_from_where_they_stand(
    text: str, title: str | None, author: str | None, issued: str | None
) -> None:
    reference: dict[str, Any] = dict(proposed(text)[0].reference)
    names = reference.get("author", [{}])

    assert (reference["title"], names[0].get("family"), reference.get("issued")) == (
        title,
        author,
        issued,
    )


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words, 2 * 3 * 4, snake_case and a * for a note.", False),
        ("*This was changed.", False),
        ("A [link](https://example.org/).", True),
        ("A **bold** word.", True),
        ("Two *words* in *italics*.", True),
        ("# A heading\n\nText.", True),
        ("#hashtag", False),
    ],
)
def test_markup_is_told_from_signs(text: str, *, markdown: bool) -> None:
    record, _ = proposed(text)

    assert record.copy is not None
    assert record.copy.markdown is markdown


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *MESSY.read_text("utf-8").splitlines(),
                "",
                "",
                "“",
                "# ",
                "- x",
                "[a](b)",
                "\u2028",
                "\x85",
                "[31m Red: 'x' # y",
                "title: {a: [b]}",
                "--- !!x &y *z",
                "“No no no,” said Mary Roe. “No no no,” said Roe.",
            ]
        ),
        st.text(st.characters(blacklist_categories=["Cs"]), max_size=40).filter(
            # A text with these is refused before.
            lambda line: wrong_character(line, IN_COPY) is None
        ),
    ),
    max_size=30,
)


@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\n\n"]))
@examples(300)
def test_the_record_of_any_text_is_read_without_a_problem(lines: list[str], end: str) -> None:
    text = end.join(["One word.", *lines])

    record, _ = proposed(text, People([ROE]))
    assert record.copy is not None
    assert record.copy.bytes == len(text.encode())


def test_a_large_text_takes_no_long_time() -> None:
    text = "\n\n".join([MESSY.read_text("utf-8")] * 300)

    assert len(LINE_END.split(text)) > 10000
    proposed(text)


# The command


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sites.SmallSite(
        pages={"index.md": "“No talks” [@a].\n"},
        copies={"a": "No talks."},
        people=[{"id": "mary-roe", "name": "Mary Roe"}],
    ).write(tmp_path / "site")


def library(site: Path) -> tuple[Library, list[str]]:
    read, problems = read_library(site / "sources")
    return read, [str(problem) for problem in problems]


def test_a_source_that_is_added_can_be_cited_at_once(site: Path) -> None:
    copy = MESSY.read_bytes().replace(b"\n", b"\r\n")
    sites.put(site.parent / "messy.html.txt", b"\xef\xbb\xbf" + copy)
    done = sites.run("verbatim", "add", "../messy.html.txt", "--key", "doe-2016", cwd=site)
    read, problems = library(site)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("sources/doe-2016.txt: ")
    assert problems == []
    assert (site / "sources/doe-2016.txt").read_bytes() == b"\xef\xbb\xbf" + copy
    assert read.sources["doe-2016"].record.attribution == "Jane Doe and John Smith"
    assert [speech.speaker for speech in read.records["doe-2016"].speech] == ["mary-roe"]
    assert sorted(path.name for path in (site / "sources").iterdir()) == [
        "a.txt",
        "a.yml",
        "doe-2016.txt",
        "doe-2016.yml",
        "people.yml",
    ]
    sites.put(site / "docs/index.md", "Roe said “We have never left the table” [@doe-2016].\n")
    assert sites.verbatim("check", cwd=site).returncode == 0


def test_an_author_whom_nobody_listed_is_no_speaker(site: Path) -> None:
    sites.put(site.parent / "text.txt", "“We will wait here,” said Author A.\n")

    assert sites.verbatim("add", "../text.txt", "--key", "b", cwd=site).returncode == 0
    assert library(site)[0].records["b"].speech == ()


def test_an_attribution_that_is_given_is_taken(site: Path) -> None:
    arguments = ("add", MESSY, "--key", "b", "--attribution", "the author: 'one' # of us")
    assert sites.verbatim(*arguments, cwd=site).returncode == 0

    assert library(site)[0].records["b"].attribution == "the author: 'one' # of us"


def refused(site: Path, *arguments: str | Path) -> str:
    """Return the one line that refuses *arguments*; nothing may have been written."""
    before = sites.tree(site)
    done = sites.run("verbatim", "add", *arguments, cwd=site, timeout=20)
    assert (done.returncode, done.stdout) == (1, "")
    assert sites.tree(site) == before
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("key", ["a b", "../x", "a/b", "-a", "é", "", "a--b", "x" * 101, "a.txt"])
def test_a_bad_key_is_refused(site: Path, key: str) -> None:
    line = refused(site, MESSY, f"--key={key}")

    assert "cannot be a key; use letters, digits, single hyphens" in line
    assert len(line) < 300


@pytest.mark.parametrize("key", ["con", "NUL", "com1"])
def test_a_key_that_means_a_device_is_refused(site: Path, key: str) -> None:
    assert "it means a device on Windows; choose another" in refused(site, MESSY, "--key", key)


def test_a_key_that_differs_in_case_alone_is_refused(site: Path) -> None:
    assert sites.verbatim("add", MESSY, "--key", "doe-2024", cwd=site).returncode == 0
    sites.put(site / "other.txt", "Other words.\n")

    assert refused(site, "other.txt", "--key", "Doe-2024") == (
        "sources/Doe-2024.yml:1:1: error: 'Doe-2024' differs from 'doe-2024' in case alone; "
        "choose another key [record-invalid]"
    )


def test_the_same_text_is_not_added_twice(site: Path) -> None:
    assert sites.verbatim("add", MESSY, "--key", "doe-2024", cwd=site).returncode == 0

    assert "the same bytes as sources/doe-2024.txt; cite [@doe-2024], or remove that first" in (
        refused(site, MESSY, "--key", "roe-2024")
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\0", "a Word, EPUB or other zipped file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a file of an old Word"),
        (b"{\\rtf1 Words}", "RTF"),
        (b"\x89PNG\r\n", "a picture, sound or film"),
        (b"<!DOCTYPE html>\n<p>Words", "HTML"),
        (b"\xef\xbb\xbf <!-- saved --> <HTML lang=en>", "HTML"),
        (b'<?xml version="1.0"?>\n<!doctype html>', "HTML"),
    ],
)
def test_what_is_no_text_is_named(site: Path, content: bytes, what: str) -> None:
    sites.put(site / "file", content)

    assert refused(site, "file", "--key", "b") == (
        f"file:1:1: error: {what}, not a text; save its words as text in UTF-8, and add that file "
        "[copy-unreadable]"
    )


@pytest.mark.parametrize("text", ["A page of <html> is written so.", "<!-- a note --> Words", "PK"])
def test_a_text_about_another_format_is_a_text(site: Path, text: str) -> None:
    sites.put(site / "file", text)

    assert sites.verbatim("add", "file", "--key", "b", cwd=site).returncode == 0


def test_a_file_that_is_too_large_is_refused(site: Path) -> None:
    with (site / "file").open("wb") as file:
        file.truncate(20_000_001)

    assert refused(site, "file", "--key", "b") == (
        "file:1:1: error: 20,000,001 bytes, of which a copy may have 20,000,000; divide it into "
        "several [copy-unreadable]"
    )


@pytest.mark.parametrize("key", ["index", "Index", "people", "readme", "README"])
def test_a_key_that_is_another_page_or_file_is_refused(site: Path, key: str) -> None:
    line = refused(site, MESSY, "--key", key)

    assert line.startswith(f"sources/{key}.yml:1:1: error: {key!r} cannot be a key: ")
    assert line.endswith("; choose another [record-invalid]")


@pytest.mark.parametrize("there", ["b.txt", "b.yml"])
def test_nothing_is_written_over(site: Path, there: str) -> None:
    sites.put(site / "sources" / there, "mine")
    line = refused(site, MESSY, "--key", "b")

    assert line == (
        f"sources/{there}:1:1: error: 'b' is there already and is not written over; choose "
        "another key [record-invalid]"
    )


def test_not_even_a_link_that_leads_nowhere_is_written_over(site: Path) -> None:
    (site / "sources/b.yml").symlink_to("nowhere.yml")

    assert "'b' is there already" in refused(site, MESSY, "--key", "b")
    assert not (site / "sources/nowhere.yml").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"One\nTw\xe9", ":2:3: error: not UTF-8: byte 0xe9", id="Latin-1"),
        pytest.param(b"One\0", ":1:4: error: U+0000 at line 1", id="NUL"),
        pytest.param("a\u202eb".encode(), ":1:2: error: U+202E at line 1", id="a bidi control"),
        pytest.param(b"", ":1:1: error: the file has no words", id="empty"),
        pytest.param(b"--- \n", ":1:1: error: the file has no words", id="no words"),
    ],
)
def test_a_file_that_is_no_text_is_refused(site: Path, content: bytes, says: str) -> None:
    sites.put(site.parent / "text.txt", content)

    assert refused(site, "../text.txt", "--key", "b").startswith(f"../text.txt{says}")


def test_what_is_no_file_is_refused(site: Path) -> None:
    os.mkfifo(site.parent / "pipe")
    (site.parent / "round").symlink_to("round")

    assert "no such file [copy-missing]" in refused(site, "nowhere.txt", "--key", "b")
    assert "not a file" in refused(site, "docs", "--key", "b")
    assert "not a file" in refused(site, "../pipe", "--key", "b")
    assert "not a file" in refused(site, "/dev/null", "--key", "b")
    assert "cannot be read" in refused(site, "../round", "--key", "b")


@pytest.mark.parametrize("name", ["", "  ", "a\nb"])
def test_an_attribution_that_names_nobody_is_refused(site: Path, name: str) -> None:
    assert "names nobody" in refused(site, MESSY, "--key", "b", "--attribution", name)


@pytest.mark.parametrize(
    "arguments",
    [
        [str(MESSY)],
        ["--key", "b"],
        [str(MESSY), "--key", "b", "--sources", "nowhere"],
        [str(MESSY), "x", "--key", "b"],
    ],
)
def test_a_wrong_use_is_told(site: Path, arguments: list[str]) -> None:
    before = sites.tree(site)

    assert sites.verbatim("add", *arguments, cwd=site).returncode == 2
    assert sites.tree(site) == before


def test_files_are_created_together_or_not_at_all(tmp_path: Path) -> None:
    sites.put(tmp_path / "two", "mine")
    with pytest.raises(FileExistsError):
        create_files({tmp_path / "one": b"1", tmp_path / "two": b"2"})

    assert [path.name for path in tmp_path.iterdir()] == ["two"]
    assert sha256((tmp_path / "two").read_bytes()) == sha256(b"mine")


def test_a_file_is_not_created_where_no_other_can_be(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        create_files({tmp_path / "one": b"1", tmp_path / "nowhere/two": b"2"})

    assert list(tmp_path.iterdir()) == []
