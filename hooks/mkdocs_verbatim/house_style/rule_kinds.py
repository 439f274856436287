"""Content: the rules that a site sets for what its pages say in its own voice.

Named tuples: to make a frozen dataclass takes five times as long, at every start, also of a site
that has no such rules.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from ..datafiles.strict_yaml import Place
from ..problem import Rule, SiteRule
from ..quotations.mark import Item
from .phrases import Phrases


class Words(NamedTuple):
    """Phrases that stand neither in a page's *own* voice nor in *titles*, as far as these say.

    Free are the phrases *besides*, and what stands *under* one of some headings; with *where*,
    all but blocks that are citing, or quoting.
    """

    phrases: Phrases
    besides: Phrases
    under: frozenset[str]
    own: bool
    titles: bool
    where: str | None


class Naming(NamedTuple):
    """A name given in *full* once a page, where it is named first in running text, then *short*.

    *others* stand nowhere in a page's own voice but *under* one of some headings; headings and
    titles may have those of *headings*.
    """

    full: str
    short: str
    names: Phrases
    others: Phrases
    headings: Phrases
    under: frozenset[str]


class Needs(NamedTuple):
    """What a block that *says* and *cites* something must say or cite as well, or its *page*.

    With *only* it cites nothing else.
    """

    says: Phrases
    cites: tuple[Item, ...]
    only: bool
    then_says: Phrases
    then_cites: tuple[Item, ...]
    page: bool


class Never(NamedTuple):
    """What is neither quoted nor cited in *blocks*, or only not in a page's *summary*.

    With *sensitive*, what records call so is not quoted there, and stands not in *titles*.
    """

    cites: tuple[Item, ...]
    sensitive: bool
    blocks: bool
    summary: bool
    titles: bool


class Balance(NamedTuple):
    """Sections, by heading, that are on no page more than a *share* longer than on another."""

    sections: tuple[str, ...]
    share: float


class Length(NamedTuple):
    """The most words of a *page* and of its *summary*, the most *sentences* of a paragraph."""

    page: int | None
    summary: int | None
    sentences: int | None


class Box(NamedTuple):
    """The label that a box of the editor's bears."""

    label: str


Kind = Words | Naming | Needs | Never | Balance | Length | Box


CHECKED_IN = ("house_style.page_check", "house_style.site_check")
"""The modules that enter what is against a site's own rule."""


class ContentRule(NamedTuple):
    """One rule of a site's own: what to *say* to an author, and what it rests on."""

    id: SiteRule
    say: str
    because: str
    only_in: tuple[str, ...]
    """Pages, as patterns of paths below docs/; none is all."""
    except_in: tuple[str, ...]
    kind: Kind
    means: str
    """What it checks, for the page of rules."""
    path: str
    """The file that holds it, as messages name it."""
    place: Place
    """Where it begins in a file of its own; of a list in the configuration no place is known."""

    def holds_on(self, page: str) -> bool:
        """Tell whether the rule holds on *page*, a path below docs/."""
        if any(fnmatchcase(page, pattern) for pattern in self.except_in):
            return False
        return not self.only_in or any(fnmatchcase(page, pattern) for pattern in self.only_in)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every source, or its paragraphs, that the rule names."""
        match self.kind:
            case Needs(cites=cites, then_cites=then_cites):
                return (*cites, *then_cites)
            case Never(cites=cites):
                return cites
            case _:
                return ()

    @property
    def rule(self) -> Rule:
        """What the rule is among those of every site: a warning, unless a site says otherwise."""
        return Rule(
            name=self.id,
            checked_in=CHECKED_IN,
            severity="warning",
            means=self.means,
            example="",
            remedy=self.say,
        )
