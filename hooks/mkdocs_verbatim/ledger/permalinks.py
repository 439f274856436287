"""Permanent addresses of published quotations, and the list of those that were given up."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from ..datafiles.atomic import unfinished
from ..datafiles.form import Form, Schema, Text
from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node, parse_data
from ..datafiles.tree import read_file, refusal
from ..problem import Problem, ProblemError, near_name
from .use import Use

PUBLISHED, RETIRED = "data/published.txt", "data/retired.yml"
"""Two lists below docs/: of all addresses ever published, and of those that are no more."""

LATER = " = "
"""Parts in the first list an address from the id that its quotation has now."""

HEAD = "# Written by `verbatim publish`: every quotation published so far. Readers link to them.\n"

RULE: Final = "quotation-gone"

RETIREMENT = Form(
    about="A published quotation that is no more.",
    fields={
        "id": Text(
            "Its address: the page below the folder of pages, # and the id.",
            "index.md#q-doe-2024-the-bridge-was-closed-in-0a1b2c3d4e",
            required=True,
        ),
        "date": Text("The day on which it was taken out.", "2024-05-17", required=True),
        "why": Text("Why it was.", "The sentence is told in our words now.", required=True),
    },
)


def retired_schema() -> Schema:
    """Return what retired.yml is: a list of addresses given up."""
    return {"type": "array", "items": RETIREMENT.schema()}


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """What was published, by address with its line; *retired* are those given up, likewise."""

    docs: str
    published: dict[str, int] = field(default_factory=dict)
    retired: dict[str, int] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    """The id that a quotation of a published address has now, where it is another one."""

    def of(self, uses: Iterable[Use]) -> set[str]:
        """Return the addresses of the quotations among *uses*; none while nothing is published."""
        if not (self.published or self.retired):
            return set()
        return {name for use in uses if use.proof for name in self._names(use)}

    def _names(self, use: Use) -> Iterator[str]:
        """Yield the address of a quotation, and those at which it was published before."""
        page = use.page.path
        yield from (self.name(page, id_) for id_ in (use.id, *use.former))

    def name(self, page: str, id_: str) -> str:
        """Return the stable address of a quotation: its page's file below *docs*, and its id."""
        return f"{page.removeprefix(f'{self.docs}/')}#{id_}"

    def former(self, page: str, id_: str, older: Iterable[str]) -> tuple[str, ...]:
        """Return under which other ids the quotation *id_* of *page* was published.

        *older* are the ids that it has had by rule; the list may know of others.
        """
        known = (old for old in older if self.name(page, old) in self.published)
        return tuple(dict.fromkeys([*known, *self._by_later.get(self.name(page, id_), ())]))

    def _now(self, name: str) -> str:
        """Return the address of now of what was published at *name*, as far as the list knows."""
        return f"{name.rpartition('#')[0]}#{self.later.get(name, '')}"

    @cached_property
    def _by_later(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, id_ in self.later.items():
            page, _, old = name.rpartition("#")
            found.setdefault(f"{page}#{id_}", []).append(old)
        return found

    def gone(self, now: Collection[str]) -> Iterator[Problem]:
        """Yield a problem for each address that is not among those of *now*, and not retired.

        And for each retired one that was never published, or still has a quotation.
        """
        by_page: dict[str, list[str]] = {}
        for name in sorted(now):
            by_page.setdefault(name.partition("#")[0], []).append(name)
        for name, line in self.published.items():
            if name in now or name in self.retired or self._now(name) in self.retired:
                continue
            near = near_name(name, by_page.get(name.partition("#")[0], []))
            hint = f" (most like it is {near!r})" if near else ""
            message = (
                f"published quotation {name!r} is gone{hint}; "
                f"restore it, or list it in {self.docs}/{RETIRED} with the day and the reason"
            )
            yield self._problem(PUBLISHED, line, message)
        for name, line in self.retired.items():
            if name in now:
                message = f"{name!r} is retired, but still on its page; take it out of the list"
                yield self._problem(RETIRED, line, message)
            elif name not in self.published:
                message = f"{name!r} was never published; take it out of the list"
                yield self._problem(RETIRED, line, message)

    def _problem(self, file: str, line: int, message: str) -> Problem:
        return Problem(path=f"{self.docs}/{file}", line=line, rule=RULE, message=message)


def read_addresses(docs: Path, shown: str) -> tuple[Addresses, list[Problem]]:
    """Return the two lists in the folder *docs*, *shown* in messages, and what is wrong in them.

    A site that was never published has none.
    """
    problems: list[Problem] = []
    published: dict[str, int] = {}
    later: dict[str, str] = {}
    for number, line in enumerate(_text(docs, PUBLISHED, shown, problems).splitlines(), 1):
        name, _, id_ = line.strip().partition(LATER)
        if name and not line.startswith("#"):
            published[name] = number
            later |= {name: id_} if id_ else {}
    retired: dict[str, int] = {}
    text = _text(docs, RETIRED, shown, problems)
    if text.strip():
        try:
            node = parse_data(text, f"{shown}/{RETIRED}")
            retired = dict(_retired(node, f"{shown}/{RETIRED}", problems))
        except ProblemError as error:
            problems.append(error.problem)
    named = [replace(problem, rule=RULE) for problem in problems]
    folder = (docs / PUBLISHED).parent
    there = refusal(folder, os.path.realpath(docs)) is None and folder.is_dir()
    try:
        names = sorted(path.name for path in folder.iterdir()) if there else []
    except OSError:
        # A problem of the whole folder of pages, which is entered by itself.
        names = []
    named += unfinished(names, f"{shown}/{Path(PUBLISHED).parent}")
    return Addresses(docs=shown, published=published, retired=retired, later=later), named


def _retired(node: Node, path: str, problems: list[Problem]) -> Iterator[tuple[str, int]]:
    if not isinstance(node.value, list):
        message = "must be a list of retired quotations, each with id, date and why"
        problems.append(Problem(path=path, line=node.line, rule=RULE, message=message))
        return
    for item in node.value:
        reader = Reader(item, path, "a retired quotation", problems, RETIREMENT)
        id_ = reader.text("id")
        reader.text("date")
        reader.text("why")
        reader.finish()
        if id_ is not None:
            yield id_, item.line


def _text(docs: Path, name: str, shown: str, problems: list[Problem]) -> str:
    try:
        return read_file(docs, name).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "not UTF-8"
        message = f"cannot be read: {what}; save the file as UTF-8"
        problems.append(Problem(path=f"{shown}/{name}", rule=RULE, message=message))
        return ""


def published_text(addresses: Addresses, uses: Iterable[Use]) -> str:
    """Return the list of published quotations with those of *uses* added; none is taken out."""
    names: dict[str, str] = {**dict.fromkeys(addresses.published, ""), **addresses.later}
    for use in uses:
        if use.proof:
            page = use.page.path
            names[addresses.name(page, use.id)] = ""
            # What an id was made from may be gone one day; the quotation is still the same.
            names |= {addresses.name(page, old): use.id for old in use.former}
    lines = (f"{name}{LATER}{id_}" if id_ else name for name, id_ in sorted(names.items()))
    return HEAD + "".join(f"{line}\n" for line in lines)
