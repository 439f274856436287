"""The words that a file's bytes hold, in whatever encoding, escapes and markup."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import BinaryIO
from urllib.parse import unquote

CHUNK = 1 << 22
"""Bytes that are read at once, so that a file may have any size; a multiple of 4, as UTF-32 is."""

MARKS = (
    # UTF-32 first, as its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = {"1010": "utf-16-be", "0101": "utf-16-le", "1110": "utf-32-be", "0111": "utf-32-le"}
"""Encodings of more than one byte, by which of each four bytes are NUL in nearly all Latin text."""

SAMPLE = 4096
"""Bytes at the beginning of a file by which its encoding is guessed."""

OFTEN_NUL = 0.7
"""How much of every fourth byte is NUL where that byte is NUL in Latin text."""

# Control characters besides white space.
CONTROLS = bytes({*range(32), 127}.difference(b"\t\n\v\f\r"))
CONTROL_TO_NUL = bytes(0 if n in CONTROLS else n for n in range(256))
CONTROLS_IN_TEXT = 0.05
"""How much of a text may be control characters; of compressed data a tenth is."""

STRETCH = 200
"""Bytes without a control character that count as text inside pictures and the like; compressed
data has less than one such stretch in a thousand million bytes by chance."""

# Bytes that are not UTF-8 are read as Windows-1252, as browsers read Latin-1, too.
SINGLE_BYTES = {0xDC00 + n: bytes([n]).decode("cp1252", "replace") for n in range(128, 256)}

# Invisible characters, which separate no words.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
PERCENT = re.compile("%[0-9A-Fa-f]{2}")
# Escapes of JSON and scripts, and those of stylesheets.
ESCAPE = re.compile(
    r"""
    \\ (?:
        u \{? (?P<unicode> [0-9A-Fa-f]{4,6} ) \}?
      | x (?P<byte> [0-9A-Fa-f]{2} )
      | (?P<space> [nrtv] )
      | (?P<style> [0-9A-Fa-f]{1,6} ) \s?
      | (?P<itself> \W )
    )
    """,
    re.VERBOSE,
)
COMMENT = re.compile("<!--|-->")
TAG = re.compile("(<[a-zA-Z/?!][^<>]*>)")
OFTEN_INSIDE = 200
"""Characters for each tag between two letters: with fewer tags eight words in a row stay whole."""

LONG_TAG = 40
"""Characters of a tag that may hold eight words in an attribute."""

LAYERS = 2
"""How often one way of writing may be inside another, as an entity in JSON is."""


def readings(file: BinaryIO) -> Iterator[str]:
    """Yield the text of *file* piece by piece, each in every way in which its words may be read.

    Of a picture or the like only stretches of text are read, if it holds any.
    """
    encoding: str | None = None
    while chunk := file.read(CHUNK):
        encoding = encoding or _encoding(chunk)
        for text in _decoded(chunk, encoding):
            yield from ways(text)


def ways(text: str) -> Iterator[str]:
    """Yield *text* in each way in which its words may be read, with single spaces.

    Escapes are resolved, comments are text, and tags are taken out, long ones put at the end. A tag
    separates two words; where many tags are between letters, words are also read without them.
    """
    plain = _unescaped(COMMENT.sub(" ", text) if "<!--" in text else text)
    parts = TAG.split(plain)
    texts, tags = parts[::2], parts[1::2]
    # With single spaces words are compared faster.
    yield _single_spaced(" ".join([*texts, *(tag for tag in tags if len(tag) >= LONG_TAG)]))
    if _inside_words(texts, tags) * OFTEN_INSIDE > len(plain):
        yield _single_spaced("".join(texts))


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def _inside_words(texts: Sequence[str], tags: Sequence[str]) -> int:
    """Return how many of *tags*, each between two of *texts*, are between two letters."""
    between = zip(texts, tags, texts[1:], strict=False)
    return sum(
        tag[1] not in "?!" and _is_of_word(before[-1:]) and _is_of_word(after[:1])
        for before, tag, after in between
    )


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _encoding(chunk: bytes) -> str:
    """Return the encoding of a file that begins with *chunk*."""
    for mark, name in MARKS:
        if chunk.startswith(mark):
            return name
    sample = chunk[:SAMPLE]
    each = max(1, len(sample) // 4)
    nul = [str(int(sample[first::4].count(0) > OFTEN_NUL * each)) for first in range(4)]
    return WIDE.get("".join(nul), "utf-8")


def _decoded(chunk: bytes, encoding: str) -> Iterator[str]:
    """Yield the text of *chunk*, or of the stretches of text in it."""
    if encoding != "utf-8":
        yield chunk.decode(encoding, "replace")
    elif len(chunk) - len(chunk.translate(None, CONTROLS)) <= CONTROLS_IN_TEXT * len(chunk):
        yield _single_bytes(chunk)
    else:
        stretches = chunk.translate(CONTROL_TO_NUL).split(b"\0")
        yield from (_single_bytes(one) for one in stretches if len(one) >= STRETCH)


def _single_bytes(chunk: bytes) -> str:
    try:
        return chunk.decode("utf-8")
    except UnicodeDecodeError:
        return chunk.decode("utf-8", "surrogateescape").translate(SINGLE_BYTES)


def _unescaped(text: str) -> str:
    """Return *text* without escapes, entities and unseen characters."""
    for _ in range(LAYERS):
        before = text
        if "%" in text and PERCENT.search(text):
            text = unquote(text, errors="replace")
        if "\\" in text:
            text = ESCAPE.sub(_character, text)
        if "&" in text:
            text = unescape(text)
        if text == before:
            break
    return text if text.isascii() else INVISIBLE.sub("", text)


def _character(match: re.Match[str]) -> str:
    """Return the character that an escape is written for."""
    if match["space"]:
        return " "
    if match["itself"]:
        return match["itself"]
    code = int(match["unicode"] or match["byte"] or match["style"], 16)
    # Halves of a character beyond U+FFFF are not part of any word that is compared.
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
