"""The library: every way in which a folder of sources can be wrong is a problem, never a skip."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.sources import library as library_module
from mkdocs_verbatim.sources.library import Library, read_library
from mkdocs_verbatim.verify.site import verify
from tests.support import sites
from tests.support.records import SmallSite, put, record_text, sha256

COPY = "Menu\n\nWe will talk.\n\nThey wait."
GOOD = SmallSite(copies={"a": COPY})


def read(folder: Path) -> tuple[Library, list[str]]:
    library, problems = read_library(folder / "sources")
    return library, [str(problem) for problem in problems]


def rules(problems: list[str]) -> list[str]:
    return sorted(problem.rpartition("[")[2].removesuffix("]") for problem in problems)


def test_a_good_folder_has_no_problem(tmp_path: Path) -> None:
    library, problems = read(GOOD.write(tmp_path))

    assert problems == []
    assert library.sources["a"].text == COPY
    assert library.broken == frozenset()
    assert library.near("aa") == "a"
    assert library.near("nothing-like-it") is None


def test_a_small_site_proves_its_quotation(tmp_path: Path) -> None:
    site = SmallSite(
        copies={"a": COPY},
        records={"a": {"furniture": [{"lines": "1", "what": "menu"}]}},
        pages={"index.md": "> We will talk.\n> — the author [@a]\n"},
    ).write(tmp_path)
    ledger = check(read_config(site / "mkdocs.yml"))

    assert [use.span for use in ledger.quotations()] == [(0, 13)]
    assert [p for p in map(str, ledger.problems) if ": error: " in p] == []


def test_the_copy_is_the_bytes_that_were_hashed(tmp_path: Path) -> None:
    copy = "\ufeffOne.\r\nTwo.\r\rThree.\n"
    library, problems = read(SmallSite(copies={"a": copy}).write(tmp_path))

    assert problems == []
    assert library.sources["a"].text == copy
    assert library.sources["a"].sha256 == sha256(copy.encode())


def test_no_folder_is_a_problem(tmp_path: Path) -> None:
    library, problems = read(tmp_path)

    assert not library.sources
    assert len(problems) == 1
    assert problems[0].startswith("sources:1:1: error: no folder of sources: ")
    assert problems[0].endswith("[copy-missing]")


# Bytes that are not those that were recorded


@pytest.mark.parametrize("change", [",", "\r\n", "\ufeff", " "])
def test_another_hash_is_a_problem_that_prints_both(tmp_path: Path, change: str) -> None:
    site = GOOD.write(tmp_path)
    put(site / "sources/a.txt", COPY + change)
    _, problems = read(site)

    assert len(problems) == 1
    assert problems[0].startswith("sources/a.yml:3:")
    assert f"sha256 {sha256((COPY + change).encode())}" in problems[0]
    assert f"recorded {sha256(COPY.encode())}" in problems[0]
    assert rules(problems) == ["source-changed"]


def test_another_length_is_a_problem(tmp_path: Path) -> None:
    fields = {"copy": {"sha256": sha256(COPY.encode()), "bytes": 5}}
    _, problems = read(SmallSite(copies={"a": COPY}, records={"a": fields}).write(tmp_path))

    assert len(problems) == 1
    assert problems[0].startswith("sources/a.yml:3:")
    assert f"'bytes' is 5, but the copy has {len(COPY)} [record-misfit]" in problems[0]


TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("copy", "place", "message"),
    [
        pytest.param(b"One\nTw\xe9", "2:3", "not UTF-8: byte 0xe9 at offset 6", id="Latin-1"),
        pytest.param(b"\xff\xfeO\0n\0", "1:1", "not UTF-8: byte 0xff at offset 0", id="UTF-16"),
        pytest.param(b"One \xed\xa0\x80", "1:5", "not UTF-8: byte 0xed", id="half a pair"),
        pytest.param(b"One \xc0\x80", "1:5", "not UTF-8: byte 0xc0", id="NUL in two bytes"),
        pytest.param(b"One \xe2\x80", "1:5", "not UTF-8: byte 0xe2", id="a character cut off"),
        pytest.param(
            b"\nT\xe9", "2:2", "not UTF-8: byte 0xe9 at offset 2", id="behind a blank line"
        ),
        pytest.param(b"\n\0", "2:1", "U+0000 at line 2", id="NUL behind a blank line"),
        pytest.param(b"One\nTwo\0", "2:4", "U+0000 at line 2", id="NUL"),
        *((f"One\nTwo{c}".encode(), "2:4", f"U+{ord(c):04X} at line 2") for c in TURNS),
        pytest.param(b"", "1:1", "the copy has no words", id="empty"),
        pytest.param(b" \n\t\r\n", "1:1", "the copy has no words", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "1:1", "the copy has no words", id="a byte order mark"),
        pytest.param(b"\xe2\x80\x8b\n", "1:1", "the copy has no words", id="invisible"),
    ],
)
def test_a_copy_that_is_no_text_is_refused(
    tmp_path: Path, copy: bytes, place: str, message: str
) -> None:
    _, problems = read(SmallSite(copies={"a": copy}).write(tmp_path))

    assert len(problems) == 1
    assert problems[0].startswith(f"sources/a.txt:{place}: error: {message}")
    assert rules(problems) == ["copy-unreadable"]


@pytest.mark.parametrize("name", ["a.yml", "people.yml"])
def test_a_record_that_is_no_text_is_refused(tmp_path: Path, name: str) -> None:
    site = GOOD.write(tmp_path)
    put(site / "sources" / name, "- a\n- \u202e")
    _, problems = read(site)

    assert len(problems) == 1
    assert problems[0].startswith(f"sources/{name}:2:3: error: U+202E at line 2")
    assert rules(problems) == ["copy-unreadable"]


def test_a_record_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    site = GOOD.write(tmp_path)
    put(site / "sources/a.yml", "\ufeff" + record_text(COPY))

    assert read(site)[1] == []


@pytest.mark.parametrize("name", ["a b", "-a", "é", "a.b", "", "index", "Index", "README"])
def test_a_key_is_one_word(tmp_path: Path, name: str) -> None:
    site = GOOD.write(tmp_path)
    put(site / f"sources/{name}.yml", record_text(COPY))
    library, problems = read(site)

    assert len(problems) == 1
    assert problems[0].startswith(f"sources/{name}.yml:1:1: error: {name!r} cannot be a key")
    assert set(library.sources) == {"a"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda copy: copy.replace(b"\n", b"\r\n"), "recorded, by its line ends alone: sha256"),
        (lambda copy: copy.replace(b"\n", b"\n\n", 1), "recorded: sha256"),
    ],
)
def test_a_change_of_line_ends_alone_is_named(
    tmp_path: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    site = GOOD.write(tmp_path)
    put(site / "sources/a.txt", change(COPY.encode()))
    (problem,) = read(site)[1]

    assert f"is not the copy that was {said}" in problem


@pytest.mark.parametrize("name", ["con", "NUL", "aux", "Com1", "LPT9"])
def test_a_key_is_no_device(tmp_path: Path, name: str) -> None:
    site = GOOD.write(tmp_path)
    put(site / f"sources/{name}.yml", record_text(COPY))

    assert read(site)[1] == [
        (
            f"sources/{name}.yml:1:1: error: {name!r} cannot be a key: it means a device on "
            "Windows; choose another [record-invalid]"
        )
    ]


@pytest.mark.parametrize("name", ["console", "nul-1", "com", "com10"])
def test_a_key_that_only_begins_like_a_device_is_one(tmp_path: Path, name: str) -> None:
    assert read(SmallSite(copies={name: COPY}).write(tmp_path))[1] == []


def test_keys_that_differ_in_case_alone_are_a_problem_that_names_both(tmp_path: Path) -> None:
    site = SmallSite(copies={"Aa": COPY, "aA": "Other words."}).write(tmp_path)
    library, problems = read(site)

    assert problems == [
        (
            "sources/aA.yml:1:1: error: key 'aA' differs from 'Aa' in case alone, which addresses "
            "and some file systems do not tell apart; rename one of the two [record-invalid]"
        )
    ]
    assert [set(library.sources), set(library.broken)] == [{"Aa"}, {"aA"}]
    # Everything else of the site is still checked.
    put(site / "docs/index.md", "The text says “We will talk” [@Aa].\n\n“Other words” [@aA].\n")
    ledger = check(read_config(site / "mkdocs.yml"))
    assert rules(list(map(str, ledger.problems))) == ["record-invalid"]
    assert len(ledger.quotations()) == 1


@pytest.mark.parametrize("copy", ["", " \n\n", "—\n", "\u200b"])
def test_a_copy_without_words_is_a_problem_and_no_source(tmp_path: Path, copy: str) -> None:
    library, problems = read(SmallSite(copies={"a": copy, "b": COPY}).write(tmp_path))

    assert problems == [
        (
            "sources/a.txt:1:1: error: the copy has no words; put the text that is quoted there "
            "[copy-unreadable]"
        )
    ]
    assert [set(library.sources), set(library.broken)] == [{"b"}, {"a"}]


def test_a_copy_of_furniture_alone_has_no_words(tmp_path: Path) -> None:
    fields = {"furniture": [{"lines": "1-5", "what": "all of it"}]}
    library, problems = read(SmallSite(copies={"a": COPY}, records={"a": fields}).write(tmp_path))

    assert rules(problems) == ["copy-unreadable"]
    assert library.broken == {"a"}


@pytest.mark.parametrize(
    "character", "\x1a\x80\u200e\u202e\ufdd0\uffff\ue000\U000e0041\U0010fffe", ids=ascii
)
def test_a_character_that_nobody_sees_is_refused(tmp_path: Path, character: str) -> None:
    _, problems = read(SmallSite(copies={"a": f"We will\n{character}talk."}).write(tmp_path))

    assert problems == [
        (
            f"sources/a.txt:2:1: error: U+{ord(character):04X} at line 2: a text with it may read "
            "other than it is [copy-unreadable]"
        )
    ]


@pytest.mark.parametrize("end", "\v\f\x85\u2028", ids=ascii)
def test_what_ends_a_line_in_some_texts_is_white_space(tmp_path: Path, end: str) -> None:
    site = sites.SmallSite(
        pages={"index.md": "“stands over” [@a]\n"}, copies={"a": f"It stands{end}over the river."}
    ).write(tmp_path / "site")

    sites.finished(site, "index.md", tmp_path / "built")
    shown = (tmp_path / "built/page/index.html").read_text("utf-8")
    assert "\ufffd" not in shown
    assert re.search(r">stands\sover</span>", shown)
    assert verify(tmp_path / "built", site / "sources").problems == []


def test_a_copy_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MOST_BYTES", 200)

    assert read(SmallSite(copies={"a": "We will talk.\n" * 20}).write(tmp_path))[1] == [
        (
            "sources/a.txt:1:1: error: 280 bytes, of which a copy may have 200; divide it into "
            "several [copy-unreadable]"
        )
    ]


def test_a_record_that_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    site = GOOD.write(tmp_path)
    put(site / "sources/a.yml", "".join(f"key-{n}: x\n" for n in range(200_000)))

    assert read(site)[1] == [
        (
            "sources/a.yml:1:1: error: 2,688,890 characters, of which a data file may have "
            "2,000,000 [record-invalid]"
        )
    ]


def test_two_versions_from_a_merge_are_named(tmp_path: Path) -> None:
    site = GOOD.write(tmp_path)
    merged = "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n"
    put(site / "sources/a.yml", merged)

    assert read(site)[1] == [
        (
            "sources/a.yml:2:1: error: two versions from a merge, between '<<<<<<<' and '>>>>>>>' "
            "('<<<<<<< HEAD'); keep one and take these lines out [record-invalid]"
        )
    ]


@pytest.mark.parametrize(
    ("content", "guess"),
    [
        ("It’s".encode("utf-16"), "it looks like UTF-16; "),
        ("It’s".encode("utf-32"), "it looks like UTF-32; "),
        ("It’s".encode("cp1252"), "it looks like Windows-1252 or Latin-1; "),
        (b"\xff\0\x81", ""),
    ],
)
def test_an_encoding_is_guessed(tmp_path: Path, content: bytes, guess: str) -> None:
    (problem,) = read(SmallSite(copies={"a": content}).write(tmp_path))[1]

    assert problem.endswith(f"; {guess}save the file as UTF-8 [copy-unreadable]")
    assert guess or "looks like" not in problem


def test_every_problem_of_a_folder_is_told_at_once(tmp_path: Path) -> None:
    site = SmallSite(copies={"a": COPY, "b": b"\xff", "c": COPY, "d": COPY}).write(tmp_path)
    put(site / "sources/a.txt", "Other.")
    put(site / "sources/c.yml", "a: [")
    (site / "sources/d.yml").unlink()
    library, problems = read(site)

    assert rules(problems) == [
        "copy-unreadable",
        "record-incomplete",
        "record-invalid",
        "source-changed",
    ]
    assert {"b", "c"} <= library.broken


def _renamed(folder: Path, **was: list[str]) -> tuple[Library, list[str]]:
    fields = {key: {"was": keys} for key, keys in was.items()}
    return read(SmallSite(copies=dict.fromkeys(was, COPY), records=fields).write(folder))


def test_a_source_is_known_by_its_former_keys(tmp_path: Path) -> None:
    library, problems = _renamed(tmp_path, new=["old", "older"], other=["Other-1"])

    assert problems == []
    assert library.was == {"old": "new", "older": "new", "Other-1": "other"}
    assert library.near("older") == "new"


@pytest.mark.parametrize(
    ("was", "message"),
    [
        pytest.param({"a": ["a"]}, "'a' in 'was' is the key of 'a'; take it out", id="its own"),
        pytest.param(
            {"a": ["b"], "b": []}, "'b' in 'was' is the key of 'b'; take it out", id="another's"
        ),
        pytest.param(
            {"a": ["B"], "b": []},
            "'B' in 'was' is the key of 'b'; take it out",
            id="another's in capitals",
        ),
        pytest.param(
            {"a": ["index"]},
            "'index' cannot be a key: that is the page of all sources; choose another",
            id="a page",
        ),
        pytest.param({"a": ["x", "x"]}, "'x' is in 'was' of 'a', too; take one out", id="twice"),
        pytest.param(
            {"a": ["x"], "b": ["x"]}, "'x' is in 'was' of 'a', too; take one out", id="of two"
        ),
    ],
)
def test_a_former_key_leads_to_one_source(
    was: dict[str, list[str]], message: str, tmp_path: Path
) -> None:
    (line,) = _renamed(tmp_path, **was)[1]

    assert line.partition(" error: ")[2] == f"{message} [record-invalid]"
