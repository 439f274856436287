"""Record draft: the record of a new copy as far as it can be guessed, for a person to check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml

from ..problem import printable
from ..sources.people import People
from ..sources.reading import LINE_END, make_source
from ..sources.record import Record, parse_record
from ..sources.source import Source
from ..text.words import count_words
from . import byline
from .furniture import Line, Suspect, read_lines, suspects
from .repeats import repeated_lines, repeated_paragraphs, repeated_passages
from .speech_guess import GuessedSpeech, speeches, unpaired

LIMITS = {"excerpt_words": 60, "quoted_share": 0.18, "published_share": 0.3}
"""What a new record allows until somebody decides otherwise."""

MOST_LISTED = 60
"""Speeches that are proposed, and marks that are listed: more would not be read over."""

PRONOUNS = {"he", "she", "they", "another"}

READ = "# read over:"
HEAD = f"""\
# Made from the copy; what begins with `{READ}` needs a person.
# Take out the comments when you have read them, and then the line below them.
read: no
"""


def record_text(
    text: str, content: bytes, key: str, attribution: str | None, people: People
) -> str:
    """Return the record of a copy, *text* as decoded from *content*, with all that is guessed."""
    lines = read_lines(LINE_END.split(text))
    head = _head(_own(lines, suspects(lines)), key, attribution)
    copy = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "markup": "markdown" if byline.is_markdown(text) else "plain",
    }
    head.append(f"copy: {_flow(copy)}")
    furniture = _merged([*suspects(lines), *repeated_lines(lines)])
    bare = drafted(_joined([*head, *_furniture(furniture)]), text)
    furniture = _merged([*furniture, *repeated_paragraphs(bare)])
    source = drafted(_joined([*head, *_furniture(furniture)]), text)
    # If no word is left, the copy is odd rather than all furniture.
    if not any(character.isalnum() for character in source.reading):
        furniture = [replace(suspect, sure=False) for suspect in furniture]
        source = drafted(_joined(head), text)
    head += _furniture(furniture)
    body = [*_repeats(source), *_speech(source, people), *_marks(source)]
    return HEAD + _joined([*head, *body, f"limits: {_flow(LIMITS)}"])


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _own(lines: Sequence[Line], furniture: Sequence[Suspect]) -> list[Line]:
    """Return the *lines* that are surely not furniture."""
    hidden = {n for s in furniture if s.sure for n in range(s.first, s.last + 1)}
    return [line for line in lines if line.number not in hidden]


def to_read(record: str) -> int:
    """Return how many things in the *record* a person must read over."""
    return record.count(READ) - HEAD.count(READ)


def drafted(record: str, text: str) -> Source:
    """Return the source that *text* is with the *record* written so far."""
    read, problems = parse_record(record, "record")
    assert isinstance(read, Record), problems
    source, misfits = make_source("new", read, text, "")
    assert not [*problems, *misfits], [*problems, *misfits]
    return source


def _head(lines: Sequence[Line], key: str, attribution: str | None) -> list[str]:
    """Return the lines of the record that say what the text is."""
    title, date, names = byline.title(lines), byline.date(lines), byline.authors(lines)
    head = [
        "reference:",
        f"  type: webpage  {READ} or article-newspaper, report, book, speech …",
        f"  title: {_flow(title.value if title else None)}  {READ} {_where(title)}",
    ]
    if names:
        people = [_person(name.value) for name in names]
        head.append(f"  author: {_flow(people)}  {READ} {_where(names[0])}")
    if date:
        head.append(f"  issued: {date.value}  {READ} {_where(date)}")
    if title is None:
        head.append(f"description: a text to be described  {READ} what it is, in a few words")
    stated = " and ".join(name.value for name in names) if names else None
    name = attribution or stated or f"the author of {key}, not named in our copy"
    note = "" if attribution else f"  {READ} how the author is named"
    return [*head, f"attribution: {_flow(name)}{note}"]


def _where(found: byline.Stated | None) -> str:
    return f"line {found.line} of the copy" if found else "none was found"


def _person(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if name.count(" ") == 1 else {"literal": name}


def _flow(value: object) -> str:
    """Return *value* as YAML on one line."""
    text = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=True
    )
    return text.removesuffix("...\n").strip()


def _merged(found: Sequence[Suspect]) -> list[Suspect]:
    """Return *found* in order; of two that overlap the sure one, else the first."""
    kept: list[Suspect] = []
    taken: set[int] = set()
    for suspect in sorted(found, key=lambda s: (not s.sure, s.first, -s.last)):
        lines = range(suspect.first, suspect.last + 1)
        if taken.isdisjoint(lines):
            kept.append(suspect)
            taken.update(lines)
    return sorted(kept, key=lambda s: s.first)


def _furniture(found: Sequence[Suspect]) -> Iterator[str]:
    sure = [suspect for suspect in found if suspect.sure]
    if sure:
        yield f"furniture:  {READ} lines that the author did not write there, and only such"
    for suspect in found:
        entry = f"- {_flow({'lines': _lines(suspect), 'what': suspect.what})}"
        yield f"  {entry}" if suspect.sure else f"  {READ} perhaps {entry}"


def _lines(suspect: Suspect) -> str:
    first, last = suspect.first, suspect.last
    return str(first) if first == last else f"{first}-{last}"


def _repeats(source: Source) -> Iterator[str]:
    for repeat in repeated_passages(source):
        places = f"paras. {repeat.first} and {repeat.second}"
        yield f"{READ} {places} both have '{printable(repeat.words)}'"


def _speech(source: Source, people: People) -> Iterator[str]:
    found = list(speeches(source, people))
    if any(speech.is_sure for speech in found):
        yield f"speech:  {READ} who says what; everything else is the author's"
    for speech in found[:MOST_LISTED]:
        yield from _entry(speech)
    if len(found) > MOST_LISTED:
        yield f"{READ} {len(found) - MOST_LISTED} more passages in double marks"


def _entry(speech: GuessedSpeech) -> Iterator[str]:
    """Yield a speech as an entry if it is sure, and as a comment if not."""
    if speech.is_sure:
        assert speech.person is not None
        passage = {"paragraph": speech.paragraph, "from": speech.first, "to": speech.last}
        yield f"  - {_flow({'speaker': speech.person.id, 'mode': 'verbatim', **passage})}"
        return
    who = repr(speech.name) if speech.name else "somebody"
    unlisted = speech.name and not speech.person and speech.name.lower() not in PRONOUNS
    listed = ", not in people.yml," if unlisted else ""
    place = f"para. {speech.paragraph}, line {speech.line}"
    yield f"{READ} {place}: {who}{listed} seems to say '{printable(_short(speech.words))}'"


def _short(words: str) -> str:
    if count_words(words) <= 12:
        return words
    parts = words.split()
    return f"{' '.join(parts[:6])} … {' '.join(parts[-4:])}"


def _marks(source: Source) -> Iterator[str]:
    marks = list(unpaired(source))
    openers = {mark.paragraph for mark in marks if mark.opens}
    for mark in marks[:MOST_LISTED]:
        place = f"para. {mark.paragraph}, line {mark.line}"
        runs = mark.opens and mark.paragraph + 1 in openers
        hint = "; it may run on into the next paragraph" if runs else ""
        yield f"{READ} {place}: a double mark without a partner, '{printable(mark.words)}'{hint}"
    if len(marks) > MOST_LISTED:
        yield f"{READ} {len(marks) - MOST_LISTED} more double marks without a partner"
