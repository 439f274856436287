"""What a browser shows of a file that is no page, by the kind of file that its name says."""

from __future__ import annotations

import codecs
import csv
import json
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .quotation_marks import DOUBLE, pair_marks
from .stylesheets import StylesheetError, effects, style_effects

FileKind = Literal["page", "markup", "prose", "data", "code", "style", "refused", "opaque"]

KINDS: dict[FileKind, frozenset[str]] = {
    "page": frozenset({"html", "htm"}),
    "markup": frozenset("svg xml xhtml xht rss atom rdf kml gpx mathml mml opml xmp".split()),
    "data": frozenset("json geojson topojson jsonld webmanifest jsonl ndjson csv tsv tab".split()),
    "code": frozenset(
        "js mjs cjs ts map wasm yml yaml toml ini conf cfg bib ris enw py r rmd ipynb sh tex sty "
        "sql sha256 gitignore gitkeep".split()
    ),
    "style": frozenset({"css"}),
    "refused": frozenset(
        "mht mhtml svgz xsl xslt xul htc hta swf jar shtml shtm stm php phtml asp aspx jsp cgi "
        "webarchive warc maff htaccess".split()
    ),
    "opaque": frozenset(
        "png jpg jpeg jpe gif webp avif apng bmp ico cur tif tiff heic jxl mp3 m4a ogg oga opus "
        "wav flac mp4 m4v webm ogv mov avi woff woff2 ttf otf eot pdf epub docx xlsx pptx odt ods "
        "odp zip gz tgz bz2 xz zst 7z tar pmtiles mbtiles parquet sqlite".split()
    ),
}
"""Kinds by how a name ends. A file with another end, or none, is prose if it is text."""

KIND_OF = {end: kind for kind, ends in KINDS.items() for end in ends}

MOST_READ = 20_000_000
"""Bytes of a file that are read."""

LONGEST_PART = 4000
"""Characters of a paragraph that are paired at once: of a longer one a run may be cut in two."""

MOST_SAID = 100
"""Runs and refusals of one file after which no more are looked for."""

RUNS_ON = frozenset("a abbr b bdi bdo cite code em i ins mark s small span strong sub sup tspan u "
                    "textPath var wbr".split())  # fmt: skip
"""Elements that separate no words of a text."""

UNSHOWN = frozenset({"script", "style", "template", "metadata"})
CODE = frozenset({"code", "pre", "kbd", "samp"})
TITLES = frozenset("alt title aria-label aria-description placeholder label content".split())

EMBEDDING = frozenset("iframe frame object embed applet form base portal fencedframe".split())
LOADING_LINKS = frozenset("stylesheet modulepreload preload prefetch import manifest".split())
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "srcset", "poster", "to"})
SCRIPT_ADDRESS = re.compile(r"(?:javascript|vbscript|data:text/html|data:image/svg)", re.IGNORECASE)
IGNORED_IN_ADDRESS = re.compile(r"[\x00-\x20]+")
ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
HANDLER = re.compile(r"on[a-z]+")
INSTRUCTION = re.compile(r"<\?xml-stylesheet|<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
PARAGRAPH = re.compile(r"\n\s*\n")
STRAIGHT = '"＂'
SIGNS = dict.fromkeys(map(ord, "\"＂'`≪≫"), " ")
"""Marks that languages of programs have as signs."""


class Said(NamedTuple):
    """A text that a reader sees, or what is wrong, and the line of the file where that is."""

    line: int
    text: str


class Shown(NamedTuple):
    """What a file shows: its *runs* in double marks, and what in it is *refused*."""

    kind: FileKind
    runs: list[Said]
    refused: list[Said]


def kind_of(name: str) -> FileKind:
    """Return the kind of the file *name*."""
    path = PurePosixPath(name.lower())
    end = path.suffix[1:] or (path.name[1:] if path.name.startswith(".") else "")
    return KIND_OF.get(end, "prose")


def read_shown(name: str, content: bytes) -> Shown:  # noqa: PLR0911 - one for each kind
    """Return what the file *name* with this *content* shows of words in double marks."""
    kind = kind_of(name)
    if kind == "refused":
        end = PurePosixPath(name).suffix
        return Shown(kind, [], [Said(1, f"files that end in {end!r} cannot be checked")])
    if kind == "opaque" or (text := decoded(content)) is None:
        return Shown("opaque", [], [])
    if len(content) > MOST_READ:
        return Shown(kind, [], [Said(1, f"has more than {MOST_READ // 1_000_000} MB of text")])
    if kind == "page":
        return Shown(kind, *_page(text))
    if kind == "markup":
        return Shown(kind, *_markup(text))
    if kind == "style":
        return Shown(kind, [], [])
    if kind == "data":
        return Shown(kind, *_data(name, text))
    if kind == "code":
        return Shown(kind, [*_runs(text, straight=False)], [])
    return Shown(kind, [*_runs(text, straight=True)], [])


def decoded(content: bytes) -> str | None:
    """Return the text that a browser reads in *content*, or None if it is no text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:8192]:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _runs(text: str, *, straight: bool, first: int = 1) -> Iterator[Said]:
    """Yield each run in double marks of *text*, of which line *first* is the first.

    A mark that nothing closes runs to the end of its paragraph. Without *straight*, straight marks
    are signs of a language and not looked at.
    """
    if not straight:
        text = text.translate(SIGNS)
    if not DOUBLE.search(text):
        return
    start, line = 0, first
    ends = [*(match.end() for match in PARAGRAPH.finditer(text)), len(text)]
    if len(text) > LONGEST_PART:
        ends = sorted({*ends, *range(LONGEST_PART, len(text), LONGEST_PART)})
    for end in ends:
        part = text[start:end]
        if DOUBLE.search(part):
            found = pair_marks(part)
            open_ = [(at + 1, len(part)) for at in found.left[:1] if part[at] not in STRAIGHT]
            for a, b in [*((p.start, p.end) for p in found.pairs), *open_]:
                yield Said(line + part.count("\n", 0, a), " ".join(part[a:b].split()))
        line += part.count("\n")
        start = end


def _page(text: str) -> tuple[list[Said], list[Said]]:
    root = LexborHTMLParser(text).root
    refused = [Said(_line(text, near), said) for near, said in _doubtful_html(root)]
    runs: list[Said] = []
    silent = [f"{tag}, {tag} *" for tag in sorted(CODE | UNSHOWN)]
    exempt = {node.mem_id for node in root.css(", ".join(silent))} if root is not None else set()
    for node in root.css("*") if root is not None and len(refused) < MOST_SAID else ():
        for name, value in node.attributes.items():
            if name in TITLES and value and DOUBLE.search(value):
                runs.append(Said(_line(text, value[:40]), value))
        own = node.text(deep=False)
        if DOUBLE.search(own) and node.mem_id not in exempt:
            runs.append(Said(_line(text, own.strip()[:40]), " ".join(own.split())))
        if len(runs) >= MOST_SAID:
            break
    return runs, refused


def _doubtful_html(root: LexborNode | None) -> Iterator[tuple[str, str]]:
    for node in root.css("*") if root is not None else ():
        given = {name: value or "" for name, value in node.attributes.items()}
        yield from ((f"<{node.tag}", said) for said in doubtful(node.tag or "", given))
        if node.tag == "style":
            yield from (("<style", said) for said in _styled(node.text()))


def _styled(css: str) -> Iterator[str]:
    """Yield what is wrong with the stylesheet *css* inside a file."""
    try:
        found = effects(css)
    except StylesheetError as error:
        yield f"a style that {error}"
        return
    for effect in found:
        if effect.kind == "adds" and DOUBLE.search(effect.words):
            yield f"a style that shows words in double marks ({effect.declaration!r})"
    if "@import" in css.lower():
        yield "a style that loads another one"


def doubtful(tag: str, given: dict[str, str]) -> Iterator[str]:
    """Yield what the element *tag* with the attributes *given* loads, runs, sends or hides."""
    if tag == "script" and _is_run(given.get("type", "")):
        yield f"<script> that loads or runs {given.get('src') or 'what it holds'!r}"
    elif tag in EMBEDDING:
        address = given.get("src") or given.get("data") or given.get("action") or given.get("href")
        yield f"<{tag}> of {address!r}" if address else f"<{tag}>"
    elif tag == "meta" and given.get("http-equiv", "").strip().lower() == "refresh":
        yield f"<meta http-equiv=refresh> to {given.get('content', '')!r}"
    elif tag == "link" and LOADING_LINKS.intersection(given.get("rel", "").lower().split()):
        yield f"<link rel={given.get('rel', '')!r}> of {given.get('href', '')!r}"
    elif tag == "template":
        what = "a shadow root" if "shadowrootmode" in given else "words for scripts"
        yield f"<template> with {what}"
    for name, value in given.items():
        if HANDLER.fullmatch(name):
            yield f"a script in {name!r} of <{tag}>"
        local = name.rpartition(":")[2]
        if local in ADDRESSES and SCRIPT_ADDRESS.match(IGNORED_IN_ADDRESS.sub("", value)):
            yield f"a script as address, in {name!r} of <{tag}>"


DATA_TYPES = re.compile(
    r"(?:application|text)/(?:[\w.-]+\+)?(?:json|plain|csv|tab-.*|x-.*)|math/.*"
)


def _is_run(type_: str) -> bool:
    """Return whether browsers run or obey a script of *type_*: unless it is a type of data."""
    return DATA_TYPES.fullmatch(type_.strip().lower()) is None or "javascript" in type_.lower()


def _line(text: str, near: str) -> int:
    return text.count("\n", 0, max(0, text.lower().find(near.lower()))) + 1


def _markup(text: str) -> tuple[list[Said], list[Said]]:
    """Return what a file of XML shows, and what is refused in it."""
    if found := INSTRUCTION.search(text):
        what = f"{found[0].split()[0]!r}, which brings in text or styles"
        return [], [Said(_line(text, found[0]), what)]
    try:
        # Without entities and a subset of a grammar nothing in it can grow.
        root = etree.fromstring(text.removeprefix("\ufeff").encode("utf-8", "replace"))  # noqa: S314
    except (etree.ParseError, ValueError, LookupError) as error:
        return [], [Said(getattr(error, "position", (1, 0))[0], f"is not XML: {error}")]
    reader = _XmlReader(text)
    reader.read(root)
    return reader.runs, reader.refused


class _XmlReader:
    """Reads the tree of a file of XML: its texts, and what loads or runs."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.runs: list[Said] = []
        self.refused: list[Said] = []
        self._part: list[str] = []

    def read(self, root: etree.Element) -> None:
        """Read *root* and all in it, of any depth."""
        waiting: list[tuple[etree.Element, bool]] = [(root, False)]
        while waiting:
            element, ended = waiting.pop()
            tag = _local(element.tag)
            if tag not in RUNS_ON:
                self._end_part()
            if ended:
                self._part.append(element.tail or "")
                continue
            self._element(element, tag)
            waiting.append((element, True))
            if tag not in UNSHOWN and len(self.runs) + len(self.refused) < MOST_SAID:
                self._part.append(element.text or "")
                waiting += [(child, False) for child in reversed(element)]
        self._end_part()

    def _element(self, element: etree.Element, tag: str) -> None:
        given = {_local(name): value for name, value in element.attrib.items()}
        for said in doubtful(tag, given):
            self.refused.append(Said(_line(self._text, f"<{tag}"), said))
        address = given.get("href", "")
        if tag in {"use", "image", "feImage", "set", "animate"} and (
            ELSEWHERE.match(IGNORED_IN_ADDRESS.sub("", address))
        ):
            self.refused.append(Said(_line(self._text, address), f"<{tag}> of {address!r}"))
        if tag == "style":
            line = _line(self._text, "<style")
            self.refused += [Said(line, wrong) for wrong in _styled(element.text or "")]
        for value in given.values():
            # Where marks are of no language of signs, they are words.
            if DOUBLE.search(value):
                line = _line(self._text, value[:40])
                self.runs += [Said(line, run.text) for run in _runs(value, straight=True)]

    def _end_part(self) -> None:
        text = "".join(self._part)
        self._part = []
        if DOUBLE.search(text):
            line = _line(self._text, text.strip()[:30])
            self.runs += [Said(line, run.text) for run in _runs(text, straight=True)]


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _data(name: str, text: str) -> tuple[list[Said], list[Said]]:
    """Return what the values of a file of data have in double marks."""
    lower = name.lower()
    if lower.endswith(("csv", "tsv", "tab")):
        cells = _cells(text, "," if lower.endswith("csv") else "\t")
        return [run for line, cell in cells for run in _runs(cell, straight=True, first=line)], []
    documents = text.splitlines() if lower.endswith(("jsonl", "ndjson")) else [text]
    runs: list[Said] = []
    for number, document in enumerate(documents, 1):
        if not document.strip():
            continue
        try:
            value = json.loads(document)
        except RecursionError:
            return runs, [Said(number, "has values too deep inside each other")]
        except ValueError:
            runs += _runs(document, straight=False, first=number)
            continue
        for string in _json_strings(value):
            found = [run.text for run in _runs(string, straight=True)]
            runs += [Said(number - 1 + _line(document, part[:30]), part) for part in found]
    return runs, []


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, str]]:
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        for row in rows:
            yield from ((rows.line_num, cell) for cell in row)
    except csv.Error:
        yield 1, text


def _json_strings(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += [*reversed(item.values()), *item]
        elif isinstance(item, list):
            waiting += reversed(item)


def styled_words(style: str) -> str | None:
    """Return what the text of a `style` attribute does to words, as it is written, or None."""
    try:
        found = [effect for effect in style_effects(style) if effect.kind != "shifts"]
    except StylesheetError as error:
        return f"a style that {error}"
    return found[0].declaration if found else None
