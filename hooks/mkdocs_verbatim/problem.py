"""Problems: what is wrong, where, by which rule, and what to do about it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NewType, get_args

Severity = Literal["error", "warning", "info", "off"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

BuiltIn = Literal[
    "accept-unused",
    "addition-beside",
    "addition-long",
    "addition-qualifier",
    "attribution-extra",
    "author-share",
    "bracket-defined",
    "changes-invalid",
    "citation-stale",
    "citation-unformatted",
    "clip-distant",
    "clip-qualifier",
    "copy-missing",
    "copy-outside",
    "copy-published",
    "copy-unreadable",
    "data-incomplete",
    "data-invalid",
    "data-misfit",
    "data-unreadable",
    "directive-misplaced",
    "directive-unknown",
    "edge-unfounded",
    "elision-qualifier",
    "excerpt-long",
    "file-data",
    "file-taken",
    "file-unfinished",
    "file-unproven",
    "html-loads",
    "id-taken",
    "key-unknown",
    "lines-lost",
    "link-outside",
    "locator-unknown",
    "mark-unpaired",
    "measure-unclear",
    "nothing-checked",
    "page-unreadable",
    "pages-stale",
    "pages-unwritten",
    "paragraph-uncited",
    "parts-apart",
    "policy-stops",
    "proof-export",
    "proof-file",
    "proof-hidden",
    "proof-id",
    "proof-label",
    "proof-listing",
    "proof-mark",
    "proof-note",
    "proof-policy",
    "proof-speaker",
    "proof-text",
    "published-share",
    "quotation-gone",
    "quotation-short",
    "quote-ambiguous",
    "quote-misplaced",
    "quote-not-found",
    "quote-uncited",
    "quoted-share",
    "raw-quotation",
    "record-incomplete",
    "record-invalid",
    "record-misfit",
    "record-unread",
    "reference-misused",
    "release-incomplete",
    "replacement-long",
    "replacement-person",
    "replacement-qualifier",
    "sensitive-long",
    "settings-invalid",
    "site-unmade",
    "source-changed",
    "speaker-other",
    "speaker-unknown",
    "speaker-unnamed",
    "style-hides",
    "term-long",
    "term-said",
    "text-hidden",
    "voices-mixed",
    "words-unmarked",
    "wrong-speaker",
]
"""The id of a rule in the catalogue of rules."""

SiteRule = NewType("SiteRule", str)
"""The id of a rule that a site sets for its own pages."""

RuleId = BuiltIn | SiteRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a build refuses or warns of; a *fixed* rule's severity cannot be lowered."""

    name: RuleId
    checked_in: tuple[str, ...]
    """The modules that enter it, below the engine's package."""
    severity: Severity
    fixed: bool = False
    means: str
    example: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line to an author; *line* and *column* count from 1, in the file as it is on disk."""

    path: str
    line: int = 1
    column: int = 1
    rule: RuleId
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{printable(self.path)}:{self.line}:{self.column}"
        return f"{place}: {self.severity}: {printable(self.message)} [{self.rule}]"


class ProblemError(Exception):
    """Raised where a function has nothing to return; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def printable(text: str) -> str:
    r"""Return *text* on one line, control and format characters written as \u escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable_character, text))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* without repeats, by path, line and column; a page before those below it."""
    return sorted(dict.fromkeys(problems), key=_position)


def _position(problem: Problem) -> tuple[list[str], int, int, str]:
    return page_order(problem.path), problem.line, problem.column, problem.message


def page_order(path: str) -> list[str]:
    """Return a sort key that puts a folder's index page first, as a site's navigation does."""
    *folders, name = path.split("/")
    first = name in {"index.md", "README.md"}
    return [*folders, "" if first else name]


def _printable_character(character: str) -> str:
    if character in "\n\r\t":
        return " "
    # Cc: control, Cf: format (bidirectional marks among them), Cs, Co, Cn: nothing a reader sees.
    if unicodedata.category(character)[0] == "C" or character in "\u2028\u2029":
        return f"\\u{ord(character):04x}"
    return character


def severities(
    settings: Mapping[str, object], rules: Mapping[str, Rule]
) -> tuple[dict[str, Severity], list[tuple[str, str]]]:
    """Return each rule's severity under *settings* (`extra.verbatim.rules`), and what is wrong.

    That is the name of each rule with a message.
    """
    chosen: dict[str, Severity] = {name: rule.severity for name, rule in rules.items()}
    wrong: list[tuple[str, str]] = []
    for name, value in settings.items():
        # YAML reads a bare `off` as false.
        wanted = "off" if value is False else value
        if name not in rules:
            hint = did_you_mean(near_name(str(name), rules))
            message = f"no rule {name!r}{hint or '; the page of rules lists all'}"
        elif wanted not in SEVERITIES:
            message = f"rule {name!r} cannot be {wanted!r}; choose one of {', '.join(SEVERITIES)}"
        elif rules[name].fixed and wanted != "error":
            message = f"rule {name!r} cannot be lowered: words it refuses would go out unproven"
        else:
            chosen[name] = next(s for s in SEVERITIES if s == wanted)
            continue
        wrong.append((str(name), message))
    return chosen, wrong


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return which of the *known* names looks most like *name*, or None."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)


def did_you_mean(near: str | None) -> str:
    """Return "; did you mean X?" for the name *near* to a wrong one, or "" for None."""
    return f"; did you mean {near!r}?" if near else ""
