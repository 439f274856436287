"""Upgrade: what changed since version 1, rule by rule, and what a site of then writes instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..problem import BuiltIn, Problem

NEW: Mapping[BuiltIn, str] = {
    "link-outside": "Put the file itself where the link is: nothing is read or published through a "
    "link that leaves its folder.",
    "copy-published": "Take the copy of a source out of docs/; what readers need of it is quoted.",
    "measure-unclear": "Write inches or feet in words where two measures are in one paragraph that "
    "cites.",
    "id-taken": "Quote one word more or less in one of the two quotations.",
    "record-unread": "Read the record beside its copy, then take out `read: no`.",
    "release-incomplete": "State in mkdocs.yml what readers should be told; only `check --release` "
    "asks.",
    "replacement-qualifier": "Quote the source's own words, or accept the warning with a reason.",
    "replacement-long": "Paraphrase in place of a quotation that is half ours.",
    "replacement-person": "Put the same person's name into the bracket.",
    "addition-qualifier": "Say outside the quotation what the source does not say.",
    "addition-long": "Say outside the quotation what takes more than six words.",
    "addition-beside": "Quote to before the source's own bracket.",
    "proof-id": "Build the site anew: ids of quotations now say their words; what was published "
    "before stays reachable.",
    "proof-file": "Build the site anew, and change nothing in site/ afterwards.",
    "attribution-extra": "Say in the text what else the line under a block quotation says.",
    "file-data": "Take quoted words out of data files, or accept the file by name under "
    "`extra.verbatim.files`.",
    "file-taken": "Give the file another name, or accept it by name under `extra.verbatim.files`.",
    "file-unproven": "Quote on a page, or accept the file by name under `extra.verbatim.files`.",
    "html-loads": "List scripts and stylesheets in mkdocs.yml, allow hosts of frames and "
    "forms under `extra.verbatim.allow`, leave the rest out.",
    "lines-lost": "Begin the page with a blank line or with front matter: MkDocs takes lines with "
    "a colon out.",
    "proof-hidden": "Take out what hides or adds words, and build the site anew.",
    "proof-label": "Build the site anew: what links and cells say of headings is proven, too.",
    "proof-listing": "Build the site anew: lists, pages of sources, maps and timelines are proven, "
    "too.",
    "proof-policy": "Build the site anew: the policy of each page is proven, too.",
    "style-hides": "Name a class of your own in the stylesheet, or accept the file under "
    "`extra.verbatim.files`.",
    "term-long": "Quote the words with a citation, or name less: a term has six words at most.",
    "term-said": "Cite in place of `{.term}` what somebody says, or say it without marks.",
    "text-hidden": "Take out the attribute or character that hides or reorders words.",
}
"""Rules that version 1 did not have: what to write."""

WIDER: Mapping[BuiltIn, str] = {
    "accept-unused": "Take the comment out: what it accepted is no longer warned of, such as the "
    "title of a source or a name in capitals.",
    "clip-qualifier": "Quote the word too, or accept the warning: the list of words that may turn "
    "a statement round is longer, and that of the source's language.",
    "elision-qualifier": "Keep the word, or accept the warning: the list of words that may turn a "
    "statement round is longer, and that of the source's language.",
    "mark-unpaired": "Write words for an odd sign: marks of every language, primes and two single "
    "marks in a row count as quotation marks.",
    "quote-uncited": "Cite, or set a term in italics: marks of every language, primes and two "
    "single marks in a row count as quotation marks.",
    "quote-not-found": "Write […] for words left out: dots, *sic* or nothing in a bracket with "
    "{for=…} hid them.",
    "words-unmarked": "Put the words in marks, or say it in other words: code, comments, "
    "attributes, front matter, files, and the ends of items and cells are searched, too.",
    "quotation-gone": "Run `verbatim publish` once after the upgrade: it lists the new addresses "
    "beside the old ones.",
}
"""Rules that find more than in version 1: what to write."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to write at *problems* of one *rule*, which is *new* or finds more than before."""

    rule: str
    new: bool
    what: str
    problems: tuple[Problem, ...]


def steps(problems: Iterable[Problem]) -> Iterator[Step]:
    """Yield what to do about those of *problems* that version 1 may not have reported, by rule."""
    by_rule: dict[str, list[Problem]] = {}
    for problem in problems:
        by_rule.setdefault(problem.rule, []).append(problem)
    for texts, new in ((NEW, True), (WIDER, False)):
        for rule, what in texts.items():
            if rule in by_rule:
                yield Step(rule, new, what, tuple(by_rule[rule]))
