"""Any input is read or refused: nothing an author or a record can hold raises anything else."""

from __future__ import annotations

import contextlib
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_verbatim.cli.main import main
from mkdocs_verbatim.datafiles.strict_yaml import parse_data
from mkdocs_verbatim.problem import Problem, ProblemError
from mkdocs_verbatim.quotations.hints import missing
from mkdocs_verbatim.quotations.mark import Item, cites, parse_citation
from mkdocs_verbatim.sources.record import parse_record
from mkdocs_verbatim.text.fold import PARAGRAPH
from mkdocs_verbatim.text.markup import markup
from mkdocs_verbatim.text.quotation_marks import DOUBLE, IN_WORDS, LOOK_ALIKE, measures, pair_marks
from tests.support import sites
from tests.support.measures import examples
from tests.support.records import REAL_KEYS, made, real_source

some = examples(100)
few = examples(60)
MARKS = "“”„‟«»\"'‘’〝〞＂ \n.,(/[]{-–…a5é½²Nx\u200b\x1a\0"
REAL = {key: real_source(key) for key in REAL_KEYS}


@examples(250)
@given(st.text(MARKS, max_size=40))
def test_pairs_of_marks_stand_apart_and_no_mark_is_lost(text: str) -> None:
    found = pair_marks(text)
    pairs, left = found.pairs, found.left
    edges = [edge for pair in pairs for edge in (pair.first, pair.end)]

    assert edges == sorted(set(edges))
    assert left == sorted(set(left))
    assert not set(left) & set(edges)
    assert not set(found.measures) & {*left, *edges}
    for match in DOUBLE.finditer(text):
        at = match.start()
        inside = any(pair.start <= at < pair.end for pair in pairs)
        measure = at in found.measures
        # A run inside one that is left open is not looked at: the open mark is a problem.
        behind = any(other < at for other in left)
        other_use = match[0] in LOOK_ALIKE or match[0] in IN_WORDS
        assert at in edges or at in left or inside or measure or behind or other_use


MEASURED = st.text("0123456789½²５\"'°.,/ NxF\u200b\u0336\x1a\ufffc\0", max_size=20)


@examples(500)
@given(MEASURED)
def test_a_measure_has_a_number_before_it_and_no_word_after_it(text: str) -> None:
    for at in pair_marks(text).measures:
        number = re.search(r"(?:½|(?<![0-9²５])[0-9]{1,3})\Z", text[:at])
        after = re.sub(r"[\u200b\u0336\x1a]", "", text[at + 1 :])

        assert text[at] == '"'
        assert number
        assert not re.match(r"[0-9²５½F]|N[0-9Nx²５½F]|x[NxF]", after)


@examples(500)
@given(st.text("0123456789", min_size=4, max_size=6), MEASURED, MEASURED)
def test_more_than_three_digits_never_measure(digits: str, before: str, after: str) -> None:
    assert len(before + digits) not in measures(f'{before}{digits}"{after}')


@examples(250)
@given(st.text("*_`[]()<>!\\ \n.ab\"'", max_size=40))
def test_markup_is_marks_alone_and_stands_apart(text: str) -> None:
    spans = markup(text)
    flat = [edge for span in spans for edge in span]

    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for start, end in spans:
        piece = text[start:end]
        assert (
            set(piece) <= {"*", "_"} or piece == "[" or re.fullmatch(r"\]\(.*\)", piece, re.DOTALL)
        )


def refusal(text: str) -> Problem | None:
    """Return why *text* is not read as data, or None if it is."""
    try:
        parse_data(text, "a.yml")
    except ProblemError as error:
        return error.problem
    return None


@examples(250)
@given(st.text("[]{}:,-?&*!|>%@`'\"#~<=\\ \n\tabé0.\x07\ufeff", max_size=40))
def test_signs_of_yaml_are_read_or_refused(text: str) -> None:
    problem = refusal(text)

    if problem is not None:
        assert problem.rule == "record-invalid"
        assert 1 <= problem.line <= text.count("\n") + 2
        assert "\n" not in problem.message


@some
@given(st.text(max_size=60))
def test_any_text_is_read_as_data_or_refused(text: str) -> None:
    problem = refusal(text)

    assert problem is None or problem.rule == "record-invalid"


FIELDS = (
    "kind reference description attribution accessed basis copy furniture joins speech sensitive "
    "notes publish limits cited title type sha256 bytes markup lines what speaker mode paragraph "
    "from to how via note excerpt_words quoted_share published_share longer of bibtex chicago "
    "verbatim markdown full reference 1 2-3 0.5 null [] {} x"
).split()
values = st.recursive(
    st.sampled_from(FIELDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(FIELDS[:40]), inner, max_size=4).map(
            lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=12,
)


@some
@given(st.dictionaries(st.sampled_from(FIELDS[:15]), values, max_size=6))
def test_any_record_is_read_or_refused(fields: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in fields.items()) or "{}"
    record, problems = parse_record(text, "a.yml")

    assert record is not None or problems
    assert all(1 <= problem.line <= len(fields) + 1 for problem in problems)


@some
@given(st.text("@;,-.–¶ \nparaline0129ab", max_size=30))
def test_any_bracket_is_a_citation_or_none(body: str) -> None:
    citation = parse_citation(body)

    assert citation.text == body
    assert len(citation.items) == body.count(";") + 1
    if cites(body):
        assert any(item.key for item in citation.items)


COPY_LINES = st.lists(st.sampled_from(["", "", " ", "one", "*two* x", "[a](b)", "\ufeff", "Menu"]))


@some
@given(
    COPY_LINES,
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4)), max_size=3),
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=3),
    st.booleans(),
)
def test_a_source_reads_what_its_copy_has(
    lines: list[str],
    hidden: list[tuple[int, int]],
    joins: list[tuple[int, int]],
    is_markdown: bool,  # noqa: FBT001
) -> None:
    copy = "\n".join(lines)
    furniture = [{"lines": f"{first}-{first + more}", "what": "menu"} for first, more in hidden]
    markup_ = "markdown" if is_markdown else "plain"
    source, _ = made(copy, fields={"furniture": furniture, "joins": joins}, markup=markup_)

    for index, character in enumerate(source.reading):
        if character not in (PARAGRAPH, " "):
            assert copy[source.offset(index)] == character
    hidden_lines = {n for first, more in hidden for n in range(first, first + more + 1)}
    read = {
        source.line(n) for n, c in enumerate(source.reading) if not c.isspace() and c != PARAGRAPH
    }
    assert not read & hidden_lines


@few
@given(
    st.text(st.one_of(st.sampled_from("aeint. ,’“\0"), st.characters(codec="utf-8")), max_size=30)
)
def test_a_remedy_is_found_for_any_words(words: str) -> None:
    message = missing([words], [Item("rt-2016")], REAL, inline=True)

    assert message.startswith("not in 'rt-2016' word for word: '")


# Whole commands

COMMANDS = (("check",), ("find", "talks"), ("report",), ("publish",))
LINE = re.compile(r"[^\s:][^:]*:\d+:\d+: (?:error|warning|info): \S.*")
COUNTED = re.compile(
    r"\d+ quotations? and \d+ .*problems?|nothing like .*|(?:Usage|Try|Error): ?.*|"
)
MOST = 2.0
"""Seconds of computing in which a command on a small site ends, however busy the machine is."""

CONFIGS = """
docs_dir: 3
docs_dir: "a\\0b"
docs_dir: /nonexistent
exclude_docs: '!'
exclude_docs: '[z-a]'
a: 2020-99-99
a: !!python/name: x
a: !!python/name:os.nope x
a: !!python/name:..x y
INHERIT: x.yml
INHERIT: mkdocs.yml
INHERIT: "a\\0"
? [a]
markdown_extensions: [nope]
markdown_extensions: [{toc: {nope: 1}}]
markdown_extensions: [{toc: 3}]
markdown_extensions: ['']
markdown_extensions: ['.x']
markdown_extensions: ['a:b']
markdown_extensions: [os]
markdown_extensions: [{pymdownx.superfences: {custom_fences: 3}}]
extra: []
extra: {verbatim: []}
extra: {verbatim: {sources: "a\\0b"}}
extra: {verbatim: {sources: [a]}}
extra: {verbatim: {rules: {1: 2, null: off}}}
extra: {verbatim: {content: [3, {id: a-b, words: '['}]}}
nav: [[[]]]
a: &x [*x]
a: !ENV {b: c}
<<: 3
a: !!int x
a: !!float x
a: !!bool x
a: !!timestamp x
a: !!binary x
""".strip().splitlines()
DEEP = f"a: {'[' * 5000}"
PAGES = (
    *(f"---\n{line}\n---\n“No talks” [@a].\n" for line in (*CONFIGS, DEEP)),
    "* " * 300 + "x",
    "> " * 500,
    "[@" * 400,
    "“" * 800,
    "[a]{for='" * 200,
    "<" * 3000,
    "![" * 1000,
    f"[@a, para. {'9' * 5000}]",
    "<!-- verbatim: map ../../x.yml -->",
    "<!-- verbatim: accept x: y -->",
    "\0 “x” [@a]",
    "\uffff“a” [@a]",
)
ARGUMENTS = (
    ("find", ""),
    ("find", "x" * 50_000),
    ("find", "([\n"),
    ("find", "x", "--limit", "9" * 30),
    ("add", "nope", "--key", "x"),
    ("add", ".", "--key", "x"),
    ("add", "/dev/null", "--key", "x"),
    ("add", "docs/index.md", "--key", ""),
    ("add", "docs/index.md", "--key", "a" * 5000),
    ("add", "x" * 5000, "--key", "x"),
    ("cite", "nope"),
    ("verify", "docs"),
    ("verify", "nope"),
    ("check", "-f", "."),
    ("check", "-f", "x" * 5000),
    ("check", "-f", "sources/a.txt"),
    ("publish", "-f", "/dev/null"),
)


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Stop with an error what computes for longer than *seconds*."""

    def late(number: int, frame: object) -> None:
        del number, frame
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def said(site: Path, *arguments: str) -> list[str]:
    """Return what a command says is wrong; it ends in time, by itself, in lines of one form."""
    with contextlib.chdir(site), deadline(MOST):
        done = CliRunner().invoke(main, [*arguments])
    sites.foreseen(done)
    assert sites.FAULT not in done.stderr
    assert done.exit_code in {0, 1, 2}
    lines = done.stderr.splitlines()
    wrong = [line for line in lines if not (LINE.fullmatch(line) or COUNTED.fullmatch(line))]
    assert done.exit_code == 2 or wrong == []
    return lines


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sites.SmallSite(
        pages={"index.md": "“No talks” [@a].\n"}, copies={"a": "No talks."}
    ).write(tmp_path_factory.mktemp("any") / "site")


@contextlib.contextmanager
def instead(path: Path, content: str) -> Iterator[None]:
    """Put *content* into the file *path* for a while."""
    kept = path.read_bytes()
    sites.put(path, content)
    try:
        yield
    finally:
        sites.put(path, kept)


@pytest.mark.parametrize("line", [*CONFIGS, pytest.param(DEEP, id="deep"), "", "\0", "[]", "\t"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_any_configuration_is_read_or_refused(
    line: str, command: tuple[str, ...], site: Path
) -> None:
    with instead(site / "mkdocs.yml", f"{line}\n"):
        said(site, *command)


verbatim_values = st.recursive(
    st.sampled_from([*FIELDS, None, 3, True, "off", "(", "*", "a-b", ""]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from("id words say because in only_in when needs cites length".split()),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from("rules sources owner qualifiers content other".split()),
        verbatim_values,
        max_size=4,
    )
)
def test_any_settings_are_read_or_refused(site: Path, values: dict[str, object]) -> None:
    with instead(site / "mkdocs.yml", json.dumps({"extra": {"verbatim": values}})):
        said(site, "check")


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_any_page_is_read_or_refused(page: str, site: Path) -> None:
    with instead(site / "docs/index.md", page):
        said(site, "check")


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda given: " ".join(given)[:30])
def test_any_arguments_are_taken_or_refused(arguments: tuple[str, ...], site: Path) -> None:
    before = sites.tree(site)
    said(site, *arguments)

    assert sites.tree(site) == before
