"""Kinds of house-style rules: what a site may require of what its pages say in their own words.

They are named tuples: to define a frozen dataclass takes five times as long, at every start, even
for a site without such rules.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from ..datafiles.strict_yaml import Place
from ..problem import Rule, SiteRule
from ..quotations.mark import Item
from .phrases import Phrases


class Words(NamedTuple):
    """Phrases that may not be in a page's *own* words, in *titles*, or in both.

    The phrases *besides* are allowed, and everything *under* some headings. With *where*, only
    blocks that cite ("citing") or quote ("quoting") are checked.
    """

    phrases: Phrases
    besides: Phrases
    under: frozenset[str]
    own: bool
    titles: bool
    where: str | None


class Naming(NamedTuple):
    """A name that running text gives in *full* once on a page, at first, and *short* after that.

    *others* are forms of the name that a page's own words may have only *under* some headings;
    headings and titles may have those of *headings*. *names* are all of these.
    """

    full: str
    short: str
    names: Phrases
    others: Phrases
    headings: Phrases
    under: frozenset[str]


class Needs(NamedTuple):
    """What a block that *says* and *cites* something must also say or cite, or else its *page*.

    With *only*, this is required of blocks that cite nothing else.
    """

    says: Phrases
    cites: tuple[Item, ...]
    only: bool
    then_says: Phrases
    then_cites: tuple[Item, ...]
    page: bool


class Never(NamedTuple):
    """What may not be quoted or cited in any of the *blocks*, or only not in a page's *summary*.

    With *sensitive*, neither may what records call sensitive, nor may *titles* have its words.
    """

    cites: tuple[Item, ...]
    sensitive: bool
    blocks: bool
    summary: bool
    titles: bool


class Balance(NamedTuple):
    """Sections, by heading, that may be longer by *share* on one page than on another, no more."""

    sections: tuple[str, ...]
    share: float


class Length(NamedTuple):
    """The most words of a *page* and of its *summary*, the most *sentences* of a paragraph."""

    page: int | None
    summary: int | None
    sentences: int | None


class Box(NamedTuple):
    """The label that each box of the editor's must have."""

    label: str


RuleKind = Words | Naming | Needs | Never | Balance | Length | Box


CHECKED_IN = ("house_style.page_check", "house_style.site_check")
"""The modules that enter what is against a site's own rule."""


class ContentRule(NamedTuple):
    """One house-style rule: what it checks, what to *say* to an author, and *because* of what."""

    id: SiteRule
    say: str
    because: str
    only_in: tuple[str, ...]
    """Patterns of paths below docs/; without any, the rule applies to all pages."""
    except_in: tuple[str, ...]
    kind: RuleKind
    means: str
    """What it checks, for the page of rules."""
    path: str
    """The file that holds it, as messages name it."""
    place: Place
    """Where it begins in a file of its own; of a list in the configuration no place is known."""

    def holds_on(self, page: str) -> bool:
        """Return whether the rule applies to *page*, a path below docs/."""
        if any(fnmatchcase(page, pattern) for pattern in self.except_in):
            return False
        return not self.only_in or any(fnmatchcase(page, pattern) for pattern in self.only_in)

    @property
    def items(self) -> tuple[Item, ...]:
        """The sources, or paragraphs of them, that the rule names."""
        match self.kind:
            case Needs(cites=cites, then_cites=then_cites):
                return (*cites, *then_cites)
            case Never(cites=cites):
                return cites
            case _:
                return ()

    @property
    def rule(self) -> Rule:
        """The rule in the form of the built-in ones: a warning, unless a site says otherwise."""
        return Rule(
            name=self.id,
            checked_in=CHECKED_IN,
            severity="warning",
            means=self.means,
            example="",
            remedy=self.say,
        )
