"""Acceptance: comments by which an author accepts one warning at its place, and says why."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Container, Sequence
from dataclasses import dataclass

from markdown.util import AtomicString

from ..ledger.problem_log import Entered
from ..problem import did_you_mean, near_name
from .block_text import BLOCKS, STASHED
from .page_context import PageContext
from .uncited import CELLS, ITEMS

COMMENT = re.compile(r"<!--\s*verbatim:\s*accept\b(?P<said>.*?)-->", re.DOTALL)
SAID = re.compile(r"\s*(?P<rule>[\w-]*)\s*(?::\s*(?P<reason>.*))?", re.DOTALL)
STASHED_WITH_SPACE = re.compile(rf"\s*{STASHED}")
FORM = "write <!-- verbatim: accept RULE: reason -->"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An author's *comment*: warnings of *rule* are accepted at the blocks *at*, tried in turn."""

    comment: str
    rule: str
    reason: str
    at: tuple[etree.Element, ...]


class Acceptances:
    """A page's acceptances, each waiting until the block before it is done."""

    def __init__(
        self, root: etree.Element, context: PageContext, late: Container[str] = ()
    ) -> None:
        """Take every acceptance out of the tree below *root*, and enter what is wrong with it.

        Warnings of the rules *late* come when all of the page is read.
        """
        self._context, self._late = context, late
        self._kept: list[tuple[Acceptance, range]] = []
        self._waiting: dict[etree.Element, list[Acceptance]] = {}
        # Nearly no page has one; then nothing is looked for.
        if any(isinstance(piece, str) and "verbatim:" in piece for piece in context.stash):
            for comment, at in _Taker(context.stash).take(root):
                self._wait(comment, at)
            self._hidden()

    def settle(self, block: etree.Element, entered: Entered, numbers: range = range(0)) -> None:
        """Apply the acceptances of *block* to what was *entered* for it.

        *numbers* are those of the blocks in it, by which late warnings name their place.
        """
        if not self._waiting:
            return
        for acceptance in self._waiting.pop(block, []):
            rest = acceptance.at[acceptance.at.index(block) + 1 :]
            if acceptance.rule in self._late:
                self._kept.append((acceptance, numbers))
                if rest:
                    self._next(acceptance, rest)
            elif not entered.accept(acceptance.rule, acceptance.reason):
                self._next(acceptance, rest)

    def settle_late(self, rule: str, number: int, entered: Entered) -> None:
        """Accept what a late *rule* has *entered* for the block with that *number*."""
        for acceptance, numbers in self._kept:
            if acceptance.rule == rule and number in numbers:
                entered.accept(rule, acceptance.reason)
                self._kept = [kept for kept in self._kept if kept[0] is not acceptance]
                return

    def finish(self) -> None:
        """Refuse each acceptance of a late rule that has accepted nothing."""
        for acceptance in dict.fromkeys(acceptance for acceptance, _ in self._kept):
            self._next(acceptance, ())

    def _next(self, acceptance: Acceptance, blocks: Sequence[etree.Element]) -> None:
        if blocks:
            self._waiting.setdefault(blocks[0], []).append(acceptance)
        elif not self._context.ledger.library.misread:
            # Else the warning may come back when the source can be read.
            message = (
                f"no warning {acceptance.rule!r} at the block before this comment; take it out"
            )
            self._refuse(acceptance.comment, message)

    def _wait(self, comment: str, at: tuple[etree.Element, ...]) -> None:
        match = COMMENT.fullmatch(comment)
        said = SAID.fullmatch(match["said"]) if match else None
        rule = said["rule"] if said else ""
        reason = " ".join((said["reason"] or "").split()) if said else ""
        if message := self._wrong(rule, reason):
            self._refuse(comment, message)
        # A rule that is switched off warns nowhere: an acceptance of it may be needed or not.
        elif self._context.log.severities[rule] != "off":
            self._next(Acceptance(comment, rule, reason, at), at)

    def _wrong(self, rule: str, reason: str) -> str | None:
        """Return what is wrong with an acceptance, or None."""
        severities = self._context.log.severities
        if not rule:
            return f"this comment accepts no rule; {FORM}"
        if rule not in severities:
            return f"no rule {rule!r}{did_you_mean(near_name(rule, severities))}"
        if severities[rule] == "error":
            return f"{rule!r} is an error; only a warning can be accepted"
        if not reason:
            return f"no reason for accepting {rule!r}; {FORM}"
        return None

    def _hidden(self) -> None:
        """Refuse acceptances in raw HTML: the block before them is not known."""
        for piece in self._context.stash:
            if not isinstance(piece, str) or COMMENT.fullmatch(piece.strip()):
                continue
            for match in COMMENT.finditer(piece):
                message = "an acceptance in raw HTML; write it after a block of Markdown"
                self._refuse(match[0], message)

    def _refuse(self, comment: str, message: str) -> None:
        places = self._context.text.literal(comment) or self._context.text.places(comment)
        self._context.enter(places, "accept-unused", message)


Taken = tuple[str, tuple[etree.Element, ...]]
"""A comment, and the blocks at which it accepts."""


class _Taker:
    """Takes acceptances out of a tree."""

    def __init__(self, stash: Sequence[object]) -> None:
        self._stash = stash
        self._taken: list[Taken] = []

    def take(self, root: etree.Element) -> list[Taken]:
        """Return every acceptance below *root*, in order, and take it out."""
        self._below(root, (), None)
        return self._taken

    def _below(
        self, element: etree.Element, path: tuple[etree.Element, ...], quoted: etree.Element | None
    ) -> None:
        """Take out the acceptances in *element*, with the blocks of *path* around it."""
        if element.tag in BLOCKS:
            path = (*path, element)
        # Of a block quotation nothing inside is a block of its own.
        quoted = quoted if quoted is not None or element.tag != "blockquote" else element
        here = (quoted,) if quoted is not None else _itself(path)
        element.text = self._string(element.text, here)
        before: etree.Element | None = None
        for child in list(element):
            if child.tag == "p" and (comments := self._whole(child)):
                at = (quoted,) if quoted is not None else _after(before, element)
                self._taken += [(comment, at) for comment in comments]
                element.remove(child)
                continue
            self._below(child, path, quoted)
            child.tail = self._string(child.tail, here)
            before = child if child.tag in BLOCKS else before

    def _string(self, text: str | None, at: tuple[etree.Element, ...]) -> str | None:
        """Return *text* without its acceptances."""
        if not text or "\x02" not in text:
            return text
        kept: list[str] = []
        done = 0
        for match in STASHED_WITH_SPACE.finditer(text):
            comment = self._comment(match)
            if comment is not None:
                self._taken.append((comment, at))
                kept.append(text[done : match.start()])
                done = match.end()
        whole = "".join([*kept, text[done:]])
        return AtomicString(whole) if isinstance(text, AtomicString) else whole

    def _whole(self, paragraph: etree.Element) -> list[str]:
        """Return the acceptances of which *paragraph* consists, or none if there is more in it."""
        text = paragraph.text or ""
        if len(paragraph) or STASHED_WITH_SPACE.sub("", text).strip():
            return []
        comments = [self._comment(match) for match in STASHED_WITH_SPACE.finditer(text)]
        return [comment for comment in comments if comment is not None] if all(comments) else []

    def _comment(self, match: re.Match[str]) -> str | None:
        number = int(match["stash"])
        piece = self._stash[number] if number < len(self._stash) else None
        text = piece.strip() if isinstance(piece, str) else ""
        return text if COMMENT.fullmatch(text) else None


def _itself(path: tuple[etree.Element, ...]) -> tuple[etree.Element, ...]:
    """Return the block that has a comment in its text, and of a cell also its row."""
    return path[-1:-3:-1] if path[-1].tag in CELLS else path[-1:]


def _after(before: etree.Element | None, parent: etree.Element) -> tuple[etree.Element, ...]:
    """Return the block *before* a comment, and the item that holds both."""
    item = (parent,) if parent.tag in ITEMS else ()
    return item if before is None else (before, *item)
