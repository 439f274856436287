"""Republished: a copy in the folder of pages is found in every disguise; innocent files are not."""

from __future__ import annotations

import html
import json
import random
import re
import shutil
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_verbatim.verify.site import verify
from tests.support import sites

COPY = """The old bridge was built of oak when the town had six hundred people, and nobody thought \
that it would stand for long. “It’s a bridge for carts,” the first mayor said – and he was right.

Every spring the river rose, took two or three of its piers away, and left the carts on the far \
bank until the carpenters had cut new ones. Three times the council voted for stone; three times \
the money went to the school, the café on the quay or the road.

Today we don’t need another vote about the same question. We need a plan that says who pays, who \
builds, and what happens to the ferry while the work goes on. Without such a plan all towns along \
the valley should be asked before a single stone is laid; with it, they’ll ask to be let in.
"""
WORDS = COPY.split()
UNMARKED = re.sub("[“”]", "", COPY)
OTHERS = re.compile(r"\[(?:file-unproven|file-taken|style-hides)\]$")
PAGE = "Author A says that “a plan that says who pays” matters [@a].\n"
OTHER = "Readers may download the figures, which a student counted by hand on two rainy days. " * 9


def site(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    page: str = PAGE,
    config: str = "",
    **record: object,
) -> Path:
    """Return a site in *folder* with one source, one page and *files* beside it."""
    copies = {"a": COPY, "b": OTHER}
    made = sites.SmallSite(
        pages={"page.md": page, **files}, copies=copies, records={"a": record, "b": {}}
    ).write(folder)
    sites.put(made / "mkdocs.yml", (made / "mkdocs.yml").read_text("utf-8") + config)
    return made


def found(made: Path) -> list[str]:
    """Return the path and the rule of each error."""
    return [line.partition(":")[0] + line.rpartition(" ")[2] for line in errors(made)]


def errors(made: Path) -> list[str]:
    lines = [line for line in sites.problems(made) if ": error: " in line]
    # What is in a file besides copies is refused by rules of its own.
    return [line for line in lines if not OTHERS.search(line)]


def refused(*names: str) -> list[str]:
    return [f"docs/{name}[copy-published]" for name in names]


def _tagged(text: str) -> str:
    return " ".join(f"<b>{word}</b>" for word in html.escape(text).split(" "))


def _picture(text: bytes) -> bytes:
    """Return a picture that holds *text* after all that makes it one."""
    size = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    pixels = zlib.compress(random.Random(1).randbytes(64 * 193))
    parts = ((b"IHDR", size), (b"IDAT", pixels), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + text


DISGUISES: dict[str, tuple[str, str | bytes]] = {
    "as it is": ("copy.txt", COPY),
    "under another name": ("assets/cover.png", COPY),
    "without a name's end": ("LICENSE", COPY),
    "in capitals, a word to a line": ("copy.txt", "\n".join(WORDS).upper()),
    "without punctuation": ("copy.txt", re.sub(r"[^\w\s’]", "", COPY)),
    "without apostrophes": ("copy.txt", COPY.replace("’", "")),
    "with a byte order mark": ("copy.txt", b"\xef\xbb\xbf" + COPY.encode()),
    "in UTF-16 with a mark": ("copy.txt", COPY.encode("utf-16")),
    "in UTF-16 without a mark": ("copy.txt", COPY.encode("utf-16-le")),
    "in UTF-16 the other way round": ("copy.txt", COPY.encode("utf-16-be")),
    "in UTF-32": ("copy.txt", COPY.encode("utf-32")),
    "in Windows-1252": ("copy.txt", COPY.encode("cp1252")),
    "in Latin-1": ("copy.txt", COPY.translate({ord("’"): "'"}).encode("latin-1", "ignore")),
    "with one byte that is no UTF-8": ("copy.txt", COPY.encode() + b"\xff"),
    "with a control character every ten words": (
        "copy.txt",
        re.sub(r"((?:\S+\s+){10})", "\\1\x01", COPY),
    ),
    "with characters that nobody sees": ("copy.txt", re.sub(r"(\w)(\w)", "\\1\u2062\\2", COPY)),
    "as a page of HTML": ("copy.html", f"<!doctype html><p>{html.escape(COPY)}</p>"),
    "as HTML with each word in tags": ("copy.html", _tagged(COPY)),
    "as HTML with tags for spaces": ("copy.html", "<br>".join(WORDS)),
    "as HTML with tags inside words": ("copy.html", re.sub(r"\b(\w)(\w)", r"\1<i>\2</i>", COPY)),
    "as HTML in entities alone": ("copy.xhtml", "".join(f"&#{ord(c)};" for c in COPY)),
    "as a comment": ("copy.html", f"<p>Nothing here.</p><!-- <p>{COPY}</p> -->"),
    "as attributes": ("copy.html", f'<img alt="{html.escape(COPY)}">'),
    "as JSON": ("copy.json", json.dumps({"text": COPY})),
    "as JSON with entities": (
        "copy.json",
        json.dumps({"text": html.escape(COPY).replace("’", "&rsquo;")}),
    ),
    "as a script": ("copy.js", "x=`" + "".join(f"\\u{{{ord(c):04x}}}" for c in COPY) + "`"),
    "as a picture of lines": (
        "copy.svg",
        "<svg>" + "".join(f"<text><tspan>{w}</tspan></text>" for w in WORDS) + "</svg>",
    ),
    "as a stylesheet": (
        "copy.css",
        'p::after { content: "' + COPY.replace("’", "\\2019 ").replace("\n", "\\A ") + '" }',
    ),
    "as an address of data": (
        "copy.css",
        "p{background:url(data:," + re.sub(r"\s", "%20", COPY) + ")}",
    ),
    "as a table": ("copy.csv", ",".join(f'"{word}"' for word in WORDS)),
    "behind a picture": ("cover.png", _picture(COPY.encode())),
    "three fifths of it": ("copy.txt", " ".join(WORDS[: len(WORDS) * 3 // 5])),
    "in pieces of ten words": (
        "copy.txt",
        "\nSomething else in between.\n".join(
            " ".join(WORDS[at : at + 10]) for at in range(0, len(WORDS), 10)
        ),
    ),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_copy_beside_the_pages_is_refused(disguise: str, tmp_path: Path) -> None:
    name, content = DISGUISES[disguise]

    assert found(site(tmp_path / "site", {name: content})) == refused(name)


def test_a_copy_cut_into_two_files_is_refused_at_the_larger(tmp_path: Path) -> None:
    half = len(WORDS) * 2 // 5
    files = {"one.txt": " ".join(WORDS[:half]), "two.js": " ".join(WORDS[half : half * 2 + 9])}
    made = site(tmp_path / "site", files)

    assert found(made) == refused("two.js")
    (made / "docs" / "one.txt").unlink()
    assert found(made) == []


def test_the_message_says_what_is_held_and_what_to_do(tmp_path: Path) -> None:
    made = site(tmp_path / "site", {"copy.txt": COPY})

    assert "\n".join(errors(made)) == (
        "docs/copy.txt:1:1: error: holds 145 of the 145 words of 'a': most of a text that is not "
        "free to republish; take it out, and quote what is needed [copy-published]"
    )


PAGES = {
    "in a fenced block": f"{PAGE}\n```\n{COPY}```\n",
    "in a comment": f"{PAGE}\n<!--\n{COPY}-->\n",
    "in the front matter": f"---\nnotes: >-\n  {' '.join(WORDS).replace(': ', ' ')}\n---\n{PAGE}",
    "in an alternative text": f"{PAGE}\n![{' '.join(UNMARKED.split())}](x.png)\n",
    "in paragraphs": f"{PAGE}\n{UNMARKED}",
}


@pytest.mark.parametrize("place", PAGES)
def test_a_copy_on_a_page_is_refused(place: str, tmp_path: Path) -> None:
    assert found(site(tmp_path / "site", {}, page=PAGES[place])) == refused("page.md")


def test_what_a_page_proves_is_no_copy(tmp_path: Path) -> None:
    block = "\n>\n> ".join(COPY.strip().split("\n\n")[1:])
    made = site(tmp_path / "site", {}, page=f"> {block}\n> — Author A [@a]\n")

    assert found(made) == []


def test_a_file_may_not_go_past_the_published_share(tmp_path: Path) -> None:
    excerpt = " ".join(WORDS[:30])
    limits = {"published_share": 0.3}
    made = site(tmp_path / "site", {"excerpt.txt": excerpt, "other.txt": OTHER[:80]}, limits=limits)

    assert "\n".join(errors(made)) == (
        "docs/excerpt.txt:1:1: error: holds 30 words of 'a'; with what else is published that is "
        "32.4% of it, the record allows 30.0%; take words out [copy-published]"
    )


def test_within_the_published_share_a_file_may_hold_an_excerpt(tmp_path: Path) -> None:
    excerpt = " ".join(WORDS[:30])

    assert found(site(tmp_path / "site", {"x.txt": excerpt}, limits={"published_share": 0.4})) == []
    assert found(site(tmp_path / "without-limits", {"x.txt": excerpt})) == []


def test_what_pages_publish_already_adds_nothing(tmp_path: Path) -> None:
    quoted = "We need a plan that says who pays, who builds"
    page = f"A says: “{quoted}” [@a].\n"
    limits = {"published_share": 0.05}
    made = site(tmp_path / "site", {"quotes.csv": quoted}, page=page, limits=limits)

    assert found(made) == ["sources/a.yml[published-share]"]


INNOCENT: dict[str, dict[str, str | bytes]] = {
    "eight words": {"x.txt": " ".join(WORDS[:8])},
    "robots, styles, scripts": {
        "robots.txt": "User-agent: *\nAllow: /\n",
        "extra.css": "p { color: red } /* who pays, who builds */",
        "extra.js": "document.title = 'all towns along the valley';",
    },
    "a picture": {"cover.png": _picture(b"")},
    "a bibliography": {
        "texts.bib": "@article{a, title={The old bridge was built of oak when the town}, year=2016}"
    },
    "nothing": {"empty.txt": "", "one.txt": "\0", "two.txt": b"\xff\xfe", "three": b"\xef\xbb"},
    "the same words in another order": {"words.txt": " ".join(sorted(WORDS))},
}


@pytest.mark.parametrize("name", INNOCENT)
def test_an_innocent_file_is_let_pass(name: str, tmp_path: Path) -> None:
    assert found(site(tmp_path / "site", INNOCENT[name], limits={"published_share": 0.3})) == []


def test_a_text_that_is_free_to_republish_may_be_anywhere(tmp_path: Path) -> None:
    made = site(tmp_path / "site", {"copy.txt": COPY}, page=PAGES["in a comment"], publish="full")

    assert found(made) == []


@pytest.mark.parametrize(
    "name", [".copy.txt", ".hidden/copy.txt", "data/copy.txt", "data/changes.yml"]
)
def test_what_is_not_published_is_not_looked_at(name: str, tmp_path: Path) -> None:
    made = site(tmp_path / "site", {name: COPY}, config="exclude_docs: |\n  /data/\n")

    assert "copy-published" not in "".join(sites.problems(made))


def test_a_file_of_data_that_is_published_is_looked_at(tmp_path: Path) -> None:
    assert found(site(tmp_path / "site", {"data/x.txt": COPY})) == refused("data/x.txt")


def test_a_long_file_is_read_to_its_end(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(9_000_000)
    made = site(tmp_path / "site", {"long.bin": noise + b"\0" + COPY.encode()})

    assert found(made) == refused("long.bin")


@pytest.mark.builds
def test_a_build_refuses_what_the_check_refuses(tmp_path: Path) -> None:
    made = site(tmp_path / "site", {"copy.svg": f"<svg><text>{COPY}</text></svg>", "x.css": "p {}"})
    shutil.copytree(sites.ROOT / "hooks", made / "hooks")
    config = (made / "mkdocs.yml").read_text("utf-8")
    sites.put(made / "mkdocs.yml", f"{config}hooks: [hooks/site_hook.py]\n")

    result = sites.run("mkdocs", "build", "--quiet", cwd=made)
    assert result.returncode == 1
    assert "docs/copy.svg:1:1: error: holds 145 of the 145 words of 'a'" in result.stderr
    (made / "docs" / "copy.svg").unlink()
    assert sites.run("mkdocs", "build", "--quiet", cwd=made).returncode == 0


@pytest.mark.parametrize("name", ["x.txt", "x.png", "x.HTML", "x/index.html", "x.json"])
def test_a_finished_site_with_a_copy_is_not_proven(name: str, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "site", tmp_path / "site")
    copy = (built / "sources" / "cantey-2018.txt").read_text("utf-8")
    sites.put(tmp_path / "site" / name, f"<p>{html.escape(copy)}</p>")

    problems = verify(tmp_path / "site", built / "sources").problems
    assert [p.path for p in problems if p.rule == "copy-published"] == [f"site/{name}"]


def test_a_finished_site_without_a_copy_is_proven(built: Path) -> None:
    assert verify(built / "site", built / "sources").problems == []


@pytest.mark.parametrize("name", ["notes.txt", "data.csv", "picture.svg"])
def test_eight_words_in_a_file_beside_the_pages_are_warned_of(name: str, tmp_path: Path) -> None:
    made = site(tmp_path / "site", {name: f"They say: {' '.join(WORDS[3:12])}, and so on."})
    unmarked = [line for line in sites.problems(made) if "words-unmarked" in line]

    assert len(unmarked) == 1
    assert unmarked[0].startswith(
        f"docs/{name}:1:1: warning: 9 words in a row that 'a' has too, para. 1: '"
    )


def test_seven_words_in_a_file_are_none_nor_are_quoted_ones(tmp_path: Path) -> None:
    quoted = " ".join(WORDS[3:12])
    files = {"a.txt": " ".join(WORDS[60:67]), "b.txt": quoted}
    made = site(tmp_path / "site", files, page=f"Author A says “{quoted}” here [@a].\n")

    assert [line for line in sites.problems(made) if "words-unmarked" in line] == []
