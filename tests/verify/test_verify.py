"""Verification: the finished site is proven from HTML and sources; whatever was changed shows."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_verbatim.verify.site import verify
from tests.support import sites
from tests.support.shared import made_once
from tests.verify import tampering

QUOTATION = re.compile(
    r'(?P<tag><(?P<name>span|blockquote)[^>]* class="quotation"[^>]*>)(?P<text>.*?)</(?P=name)>',
    re.DOTALL,
)
WORD = re.compile(r"(?<![<&/\w])\b[a-zA-Z]{3,}\b(?![^<>]*>)")
Edit = Callable[[str, random.Random], str]


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    return built


def _found(html: str, site: Path, folder: Path) -> list[str]:
    """Return what is wrong with a site of which *html* is the only page."""
    sites.put(folder / "site" / "index.html", html)
    return [f"{p.rule}: {p.message}" for p in verify(folder / "site", site / "sources").problems]


def _inside(change: Callable[[str, random.Random], str]) -> Edit:
    """Return the edit that makes *change* to the text of one quotation."""

    def edit(html: str, chance: random.Random) -> str:
        match = chance.choice(list(QUOTATION.finditer(html)))
        new = change(match["text"], chance)
        assert new != match["text"]
        return html[: match.start("text")] + new + html[match.end("text") :]

    return edit


def _word(change: Callable[[str, random.Random], str]) -> Edit:
    """Return the edit that makes *change* to one word of a quotation."""

    def changed(text: str, chance: random.Random) -> str:
        match = chance.choice(list(WORD.finditer(text)))
        return text[: match.start()] + change(match[0], chance) + text[match.end() :]

    return _inside(changed)


def _as(form: str) -> Callable[[str, random.Random], str]:
    """Return the change that puts *form*, which may name the old text {}, in the place of it."""

    def change(old: str, chance: random.Random) -> str:
        del chance
        return form.format(old)

    return change


def _swapped(word: str, chance: random.Random) -> str:
    del chance
    return word.swapcase()


def _letter(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    new = chance.choice([c for c in "aeinort" if c != word[at]])
    return word[:at] + new + word[at + 1 :]


def _punctuation(text: str, chance: random.Random) -> str:
    marks = [m.start() for m in re.finditer(r"[,.;](?![^<>]*>|[^&\s]*;)", text)]
    if not marks:
        return text + "."
    at = chance.choice(marks)
    return text[:at] + chance.choice(["", ":", "!"]) + text[at + 1 :]


def _attribute(name: str, old: str, new: str) -> Edit:
    """Return the edit that puts *new* for the pattern *old* in one quotation's attribute *name*."""

    def edit(html: str, chance: random.Random) -> str:
        pattern = rf'<(?:span|blockquote)(?= [^>]*class="quotation")[^>]* {name}="(?P<value>[^"]*)"'
        match = chance.choice(list(re.finditer(pattern, html)))
        value = re.sub(old, new, match["value"], count=1)
        return html[: match.start("value")] + value + html[match.end("value") :]

    return edit


INSIDE = {
    "a letter": _word(_letter),
    "a word less": _word(_as("")),
    "a word more": _word(_as("{} never")),
    "another word": _word(_as("perhaps")),
    "other case": _word(_swapped),
    "emphasis with a word": _word(_as("{} <em>not</em>")),
    "punctuation": _inside(_punctuation),
    "marks": _inside(_as("“{}”")),
    "a dash for a word": _word(_as("—")),
    "a letter as an entity": _word(_as("{}&#110;")),
    "data-spans": _attribute("data-spans", "-", "1-"),
    "data-spans cut short": _attribute("data-spans", r"\d$", ""),
    "no data-spans": _attribute("data-spans", ".*", ""),
    "data-source": _attribute("data-source", "rt-2016", "opinion-2016"),
    "data-source of nothing": _attribute("data-source", "rt", "tr"),
    "data-speaker": _attribute("data-speaker", "^", "not-"),
    "data-paragraphs": _attribute("data-paragraphs", "^", "1"),
    "id": _attribute("id", r"\d-", "x-"),
    "cite": _attribute("cite", "$", "1"),
}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", INSIDE)
def test_finds_in_a_quotation(kind: str, seed: int, site: Path, tmp_path: Path) -> None:
    html = (site / "site" / "remark" / "index.html").read_text("utf-8")
    edited = INSIDE[kind](html, random.Random(f"{kind}{seed}"))

    assert edited != html
    assert _found(edited, site, tmp_path) != []


def _once(pattern: str, new: str, after: str = "<article") -> Edit:
    def edit(html: str, chance: random.Random) -> str:
        begin = html.index(after)
        matches = [m for m in re.finditer(pattern, html) if m.start() > begin]
        match = chance.choice(matches)
        return html[: match.start()] + match.expand(new) + html[match.end() :]

    return edit


OUTSIDE = {
    "a curly mark in text": _once(r"(<p>[A-Z]\w+) ", r"\1 “"),
    "a run in curly marks": _once(r"(<p>)([A-Z]\w+) ", r"\1“\2” "),
    "a run in straight marks": _once(r"(<p>)([A-Z]\w+) ", r'\1"\2" '),
    "a run in marks as entities": _once(r"(<p>)([A-Z]\w+) ", r"\1&laquo;\2&raquo; "),
    "a run that ends in a digit behind a number": _once(r"(\d</a></sup>)", r'\1"so in 2016"'),
    "a mark in a heading": _once(r"(<h2[^>]*>)", r"\1„"),
    "a mark in an alternative text": _once(r"<h2", '<img src="x.png" alt="“x”"><h2'),
    "a mark in a title": _once(r'title="Link to', 'title="“Link” to'),
    "a mark in a label": _once(r'aria-label="Back', 'aria-label="&quot;Back'),
    "a mark in the description": _once(r'(name="description" content=")', r"\1“so” ", "<head"),
    "a q": _once(r"(<p>)([A-Z]\w+) ", r"\1<q>\2</q> "),
    "a blockquote": _once(r"<h2", "<blockquote><p>No talks at all.</p></blockquote><h2"),
    "a blockquote that says it is proven": _once(
        r"<h2", '<blockquote class="quotation"><p>No talks.</p></blockquote><h2'
    ),
    "a quotation without its opening mark": _once(r"“(<span[^>]*quotation)", r"\1"),
    "a quotation without its closing mark": _once(r'(class="quotation"[^>]*>[^<]*</span>)”', r"\1"),
    "a word between mark and quotation": _once(r"“(<span[^>]*quotation)", r"“not \1"),
    "a word between quotation and mark": _once(
        r'(class="quotation"[^>]*>[^<]*</span>)”', r"\1 not”"
    ),
    "a quotation that is a plain span": _once(r'class="quotation" data-paragraphs="\d+"', ""),
    "a block quotation without its class": _once(r'(<blockquote[^>]*) class="quotation"', r"\1"),
    "a quotation in a quotation": _once(
        r'(<span[^>]*class="quotation"[^>]*>)([^<]*)(</span>”)', r"\1\1\2</span>\3"
    ),
    "a word of a receipt": _once(r'(class="receipt"[^>]*>)([A-Za-z“])', r"\1not \2"),
    "a receipt without spans": _once(r'class="receipt"[^>]*>', r'class="receipt">not '),
    "a picture in a quotation": _once(
        r'(<span[^>]*class="quotation"[^>]*>)', r'\1<img src="not.png" alt="not"> '
    ),
    "words hidden in a quotation": _once(
        r'(<span[^>]*class="quotation"[^>]*>)([^<]*)(</span>”)', r"\1<i hidden>\2</i>\3"
    ),
}


@pytest.mark.parametrize("kind", OUTSIDE)
def test_finds_outside_a_quotation(kind: str, site: Path, tmp_path: Path) -> None:
    html = (site / "site" / "remark" / "index.html").read_text("utf-8")
    edited = OUTSIDE[kind](html, random.Random(kind))

    assert edited != html
    assert _found(edited, site, tmp_path) != []


def _part(pattern: str, new: str) -> Edit:
    """Return the edit that puts *new* for one match of *pattern*, wherever it stands."""

    def edit(text: str, chance: random.Random) -> str:
        match = chance.choice(list(re.finditer(pattern, text, re.DOTALL)))
        return text[: match.start()] + match.expand(new) + text[match.end() :]

    return edit


REMARK = "remark/index.html"
SENTENCE = r'(<span class="receipt"[^>]*>[^<]*)<mark>([^<]+)</mark>'
PARTS = {
    "a speaker taken out": (REMARK, _part(r'<span class="quotation-speaker">.*?</span>', "")),
    "another speaker": (REMARK, _part("— Owen Smith,", "— Jeremy Corbyn,")),
    "a word behind a speaker": (REMARK, _part(r'( <span class="quotation-chain">)', r" so \1")),
    "a caption's chain taken out": (REMARK, _part(r'<span class="quotation-chain">.*?</span>', "")),
    "a caption taken out": (REMARK, _part(r"<figcaption>.*?</figcaption>", "")),
    "emphasis": (REMARK, _part(r'(class="quotation"[^>]*>)(\w+)', r"\1<em>\2</em>")),
    "emphasis added": (REMARK, _part(r"(— Owen Smith[^<]*)", r"\1 (emphasis added)")),
    "a struck word": (REMARK, _part(r'(class="quotation"[^>]*>)(\w+)', r"\1<s>\2</s>")),
    "an abbreviation": (
        REMARK,
        _part(r'(class="quotation"[^>]*>)(\w+)', r'\1<abbr title="not">\2</abbr>'),
    ),
    "a number that leads elsewhere": (
        REMARK,
        _part(
            r'href="#fn:q-rt-2016-there-can-be-absolutely-no-becc592e80"',
            'href="#fn:q-rt-2016-my-experience-of-working-on-1529eefb3a"',
        ),
    ),
    "a sentence taken out": (REMARK, _part(r'<p class="receipt-sentence">.*?</p>', "")),
    "other words lit": (REMARK, _part(SENTENCE, r"\1\2")),
    "dots taken away": (REMARK, _part(r"… (<span class=\"receipt\")", r"\1")),
    "dots put there": (REMARK, _part(r'"receipt-sentence">(<span)', r'"receipt-sentence">… \1')),
    "a note's citation taken out": (
        REMARK,
        _part(r'<p class="receipt-citation">.*?</p>', '<p class="receipt-citation"></p>'),
    ),
    "quoted words in a reference": (
        REMARK,
        _part(r'(class="reference">)', r"\1“No talks at all,” "),
    ),
    "JSON-LD cut off": (REMARK, _part(r'\}(</script>\s*<link rel="alternate")', r"\1")),
    "a quotation less in JSON-LD": (
        REMARK,
        _part(r'\{"@type":"Quotation"[^{}]*\{[^{}]*\}[^{}]*\{[^{}]*\}[^{}]*\},', ""),
    ),
    "a source that is none in JSON-LD": (REMARK, _part('"identifier":"rt-', '"identifier":"xt-')),
    "quoted words in JSON-LD": (REMARK, _part('("headline":")', r"\1“No talks” ")),
    "quotes.json cut off": ("quotes.json", _part(r"\]\s*\}\s*$", "")),
    "an annotation less": ("quotes.json", _part(r'  \{\n   "id": .*?\n  \},\n', "")),
    "an annotation of another page": ("quotes.json", _part('"id": "remark/#', '"id": "compare/#x')),
    "a total": ("quotes.json", _part(r'"total": (\d)', r'"total": 9\1')),
    "another body": ("quotes.json", _part(r'"id": "remark/",', '"id": "compare/",')),
    "a longer prefix": ("quotes.json", _part(r'("prefix": ")', r"\1 and ")),
    "another source": ("quotes.json", _part('"key": "rt-2016"', '"key": "opinion-2016"')),
    "a reference less": ("references.json", _part(r'  \{\n    "id".*?\n  \},\n', "")),
    "a field more": ("references.json", _part(r'("type": )', r'"volume": "7",\n  \1')),
    "an entry more": ("references.bib", _part("(@article)", r"@misc{x, title = {X}}\n\1")),
    "an entry of the feed less": ("feed.xml", _part("<entry>.*?</entry>", "")),
    "another day in the feed": ("feed.xml", _part("2026-11-22T", "2026-11-21T")),
    "an entry of nothing": ("feed.xml", _part("#change-marks", "#change-none")),
    "quoted words in the feed": ("feed.xml", _part("(</title>)", r" “No talks”\1")),
    "the feed cut off": ("feed.xml", _part("</feed>", "")),
    "quoted words in a search": (
        "search/search_index.json",
        _part(r'("text":"<p>)', r"\1\\u201cNo talks\\u201d "),
    ),
    "quoted words in a title of the search": (
        "search/search_index.json",
        _part(r'("title":")', r"\1\\u201cNo talks\\u201d "),
    ),
}
"""What is taken out, put there or moved, and in which file."""


@pytest.fixture(scope="module")
def log_site(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with changes in its log, all of it proven; for this process to tamper with."""
    built = made_once(common / "log-site", tampering.build_log_site)
    site = shutil.copytree(built, tmp_path_factory.mktemp("tampered") / "log-site")
    assert verify(site / "site", site / "sources").problems == []
    return site


def _changed(site: Path, path: Path, text: str) -> list[str]:
    """Return what is wrong with the finished *site* while its file *path* holds *text*."""
    kept = path.read_bytes()
    assert text.encode() != kept
    sites.put(path, text)
    found = [str(problem) for problem in verify(site / "site", site / "sources").problems]
    sites.put(path, kept)
    return found


@pytest.mark.builds
@pytest.mark.parametrize("kind", PARTS)
def test_finds_what_is_taken_out_or_put_there(kind: str, log_site: Path) -> None:
    name, edit = PARTS[kind]
    path = log_site / "site" / name
    found = _changed(log_site, path, edit(path.read_text("utf-8"), random.Random(kind)))

    assert found != []
    assert {line.partition(":")[0] for line in found} <= {f"site/{name}", "site/feed.xml"}


TABLE = "q-rt-2016-get-round-the-table-ed3598dcc5"
ODD = (
    *("", "[", "null", "3", '"x"', "[]", "{}", "[1, null, []]", '{"docs": 3, "items": 3, "id": 3}'),
    '{"docs": [1, {}, {"text": 3, "location": []}], "items": [1, {}, {"id": 3, "target": 5}]}',
    f'{{"items": [{{"id": "remark/#{TABLE}", "target": [1, {{"selector": [1, {{}}]}}]}}]}}',
    f'{{"items": [{{"id": "remark/#{TABLE}", "target": [{{"source": [], "state": null}}]}}]}}',
    '{"items": [{"id": "remark/", "target": [{"selector": [{"start": 2, "end": 9}]}]}]}',
    '[{"id": 3}, {"id": "rt-2016", "author": "x", "issued": {"date-parts": "x"}}]',
    "<feed/>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry/><entry><link/></entry></feed>',
    "\ud7ff\x7f",
)
"""What a file for programs may hold that nobody would write."""

NAMES = (
    *("quotes.json", "references.json", "references.bib", "feed.xml"),
    "search/search_index.json",
)


@pytest.mark.builds
@pytest.mark.parametrize("text", ODD)
def test_says_something_of_a_file_of_any_form(text: str, log_site: Path) -> None:
    kept = {log_site / "site" / name: (log_site / "site" / name).read_bytes() for name in NAMES}
    for path in kept:
        sites.put(path, text)
    found = {problem.path for problem in verify(log_site / "site", log_site / "sources").problems}
    for path, content in kept.items():
        sites.put(path, content)

    # An index of nothing quotes nothing.
    told = {name for name in NAMES if not name.startswith("search/") or '"docs": [' not in text}
    assert found >= {f"site/{name}" for name in told}


@pytest.mark.builds
@pytest.mark.parametrize("seed", range(4))
def test_reads_a_page_of_any_form_to_its_end(seed: int, log_site: Path) -> None:
    chance = random.Random(seed)
    path = log_site / "site" / "remark" / "index.html"
    text = path.read_text("utf-8")
    for _ in range(15):
        at, end = sorted(chance.randrange(len(text)) for _ in range(2))
        cut = text[:at] + text[min(end, at + chance.choice([1, 30, 3000])) :]
        odd = re.sub(r'(id|data-[a-z]+|start|href)="[^"]*"', _odd(chance), cut)
        sites.put(log_site.parent / "odd" / "index.html", odd)

        verify(log_site.parent / "odd", log_site / "sources")


def _odd(chance: random.Random) -> Callable[[re.Match[str]], str]:
    values = (
        "",
        "x",
        "-1",
        "0-0",
        "9-8",
        "q-rt-2016--2",
        f"fn:{TABLE}",
        "fn:c-x--p9-9",
        '#"',
    )

    def change(match: re.Match[str]) -> str:
        keep = chance.random() < 0.9
        return match[0] if keep else f"{match[1]}='{chance.choice(values)}'"

    return change


@pytest.mark.builds
@pytest.mark.parametrize("place", [*tampering.PAGES, *tampering.EXPORTS])
def test_finds_edits_of_every_place(place: str, log_site: Path) -> None:
    edits = list(tampering.edits(log_site / "site", place, 3, random.Random(place)))
    assert edits
    for edit in edits:
        assert _changed(log_site, edit.path, edit.text) != [], edit.how


@pytest.mark.parametrize("name", ["index", "remark/index", "sources/rt-2016/index", "404"])
def test_finds_nothing_in_a_page_as_it_was_built(name: str, site: Path, tmp_path: Path) -> None:
    html = (site / "site" / f"{name}.html").read_text("utf-8")

    found = _found(html, site, tmp_path)
    assert [line for line in found if not line.startswith("nothing-checked")] == []


def test_white_space_and_line_ends_are_no_tampering(site: Path, tmp_path: Path) -> None:
    html = (site / "site" / "remark" / "index.html").read_text("utf-8")
    head, mark, body = html.partition("<body")
    body = body.replace("of the actors do", "of\n  the actors do").replace("\n", "\r\n")
    edited = f"{head}{mark}{body}"

    assert _found(edited, site, tmp_path) == []


def test_finds_a_changed_copy(site: Path, tmp_path: Path) -> None:
    sources = shutil.copytree(site / "sources", tmp_path / "sources")
    copy = sources / "rt-2016.txt"
    sites.put(copy, copy.read_bytes().replace(b"all of the actors", b"all of the others"))

    found = {problem.rule for problem in verify(site / "site", sources).problems}
    assert found == {"source-changed", "proof-text", "proof-id", "proof-note", "proof-export"}


def test_finds_a_changed_copy_whose_hash_was_renewed(site: Path, tmp_path: Path) -> None:
    sources = shutil.copytree(site / "sources", tmp_path / "sources")
    copy = sources / "rt-2016.txt"
    sites.put(copy, copy.read_bytes().replace(b"all of the actors", b"all of the others"))
    sites.renew_hash(tmp_path, "rt-2016")

    found = {problem.rule for problem in verify(site / "site", sources).problems}
    assert found == {"proof-text", "proof-id", "proof-note", "proof-export"}


def test_the_command_says_what_it_proved(site: Path) -> None:
    result = sites.run("verbatim", "verify", "site", cwd=site)

    assert (result.returncode, result.stderr) == (0, "")
    assert re.fullmatch(
        r"\d+ quotations and \d+ receipts on \d+ pages and 5 exports proven, 0 problems\n",
        result.stdout,
    )


def test_the_command_fails_with_the_edit_and_the_edited_file(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "site", tmp_path / "site")
    page = tmp_path / "site" / "remark" / "index.html"
    text = page.read_text("utf-8")
    sites.put(page, text.replace(">get round the table</span>", ">get under the table</span>"))
    line = next(n for n, ln in enumerate(text.splitlines(), 1) if ">get round the table</" in ln)

    result = sites.verbatim("verify", tmp_path / "site", "--sources", "sources", cwd=site)
    assert result.returncode == 1
    edited, first, summary = result.stderr.splitlines()
    assert edited.startswith("site/remark/index.html:1:1: error: is not the file that the build")
    assert re.fullmatch(
        rf"site/remark/index\.html:{line}:\d+: error: not what 'rt-2016' has at \d+-\d+: "
        r"shown '.*under.*', wanted '.*round.*' \[proof-text\]",
        first,
    )
    assert summary.endswith(" 2 problems")


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("They must tallk [sic] first", "editor: so in the source"),
        ("must […] first or", "editor: words left out"),
        ("tallk [loudly] first", "editor adds:"),
        ("tallk [loudly] first", "editor ends"),
        ("[we]{for='They'} must", "editor, in place of the source’s words:"),
        ("[t]hey must", "editor, first letter changed:"),
    ],
)
def test_what_is_only_heard_of_an_editorial_mark_is_proven(
    written: str, heard: str, tmp_path: Path
) -> None:
    page = f"Author A wrote “{written}” [@a].\n"
    small = sites.SmallSite(
        pages={"index.md": page}, copies={"a": "They must tallk first or never."}
    )
    site = small.write(tmp_path / "site")
    sites.finished(site, "index.md", tmp_path / "made")
    html = (tmp_path / "made/page/index.html").read_text("utf-8")

    assert html.count(heard) == 1
    assert _found(html, site, tmp_path / "true") == []
    (told,) = _found(html.replace(heard, f"{heard} not"), site, tmp_path / "false")
    assert "is not what screen readers say of" in told


def test_where_the_note_of_a_reference_leads_is_proven(site: Path, tmp_path: Path) -> None:
    html = (site / "site/context/index.html").read_text("utf-8")
    before = _found(html, site, tmp_path / "true")
    after = _found(html.replace(">Its record<", ">Para. 3<", 1), site, tmp_path / "false")

    assert [line for line in after if line not in before] == [
        "proof-note: the link of a note to 'bbc-2016' says 'Para. 3', not 'Its record'"
    ]


@pytest.mark.parametrize(
    ("page", "place", "rule"),
    [
        ("compare", ("c-rt-2016--p5-5", "c-rt-2016--p{}-5"), "proof-note"),
        ("compare", ("c-rt-2016--p5-5", "c-rt-2016--l5-{}"), "proof-note"),
        ("sources/rt-2016", ("Paragraph 2, line 3", "Paragraph {}, line 3"), "proof-text"),
        ("sources/rt-2016", ("Paragraph 2, line 3", "Paragraph 2, line {}"), "proof-text"),
    ],
)
def test_a_number_of_any_length_on_a_page_is_told_of(
    page: str, place: tuple[str, str], rule: str, site: Path, tmp_path: Path
) -> None:
    html = (site / f"site/{page}/index.html").read_text("utf-8")
    true, false = place
    before = _found(html, site, tmp_path / "true")
    for digits in (9, 10, 5_000):
        changed = html.replace(true, false.format("9" * digits))
        found = _found(changed, site, tmp_path / str(digits))
        after = {line.partition(":")[0] for line in found if line not in before}

        assert after == {rule}


@pytest.mark.parametrize("claim", ['class="editor receipt"', 'class="editor" data-spans="1-9"'])
def test_an_editorial_mark_that_claims_a_source_is_proven(
    claim: str, site: Path, tmp_path: Path
) -> None:
    heard = '<span class="for-screen-readers">{}</span>'.format
    ins = f"<ins {claim}>{heard('editor adds:')}[“No talks at all.”]{heard('editor ends')}</ins>"
    html = (site / "site" / "remark" / "index.html").read_text("utf-8")

    (found,) = _found(html.replace("<h2", f"{ins}<h2", 1), site, tmp_path)
    assert found == "proof-text: no source '' to prove it from"
