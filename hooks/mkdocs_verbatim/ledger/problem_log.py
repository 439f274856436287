"""The problems of one build as they are entered, and the warnings that authors accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain

from ..problem import Problem, RuleId, Severity, in_order
from .page_text import PageText


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A warning that an author accepts at its place, and the reason; *message* is the warning's."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    reason: str


class ProblemLog:
    """Collects problems; *severities* is how severe a violation of each rule is on this site."""

    def __init__(self, severities: Mapping[str, Severity]) -> None:
        """Begin with the problems of the site's configuration and sources."""
        self.severities = severities
        self.accepted: list[Accepted] = []
        self._before_pages: list[Problem] = []
        # Of the pages, then of each block that is being read, the innermost last.
        self._open: list[list[Problem]] = [[]]

    def begin_pages(self) -> None:
        """Count what is entered from now on as found on the pages."""
        self._before_pages += self.on_pages
        self.forget_pages()

    @property
    def on_pages(self) -> list[Problem]:
        """What was found on the pages, without this site's severities."""
        return list(self._open[0])

    def forget_pages(self) -> None:
        """Drop what was found on the pages."""
        self._open = [[]]

    @contextmanager
    def block(self) -> Iterator[Entered]:
        """Give what is entered in the meantime, blocks inside the block included."""
        problems: list[Problem] = []
        self._open.append(problems)
        try:
            yield Entered(problems, self)
        finally:
            self._open.pop()
            self._open[-1] += problems

    def add(self, problems: Iterable[Problem]) -> None:
        """Enter *problems*."""
        self._open[-1] += problems

    def enter(
        self, page: PageText, places: Sequence[tuple[int, int]], rule: RuleId, message: str
    ) -> Problem:
        """Enter and return a problem of *page* at the first of *places*, naming the others."""
        return self.enter_at(page.path, places or [page.start], rule, message)

    def enter_at(
        self, path: str, places: Sequence[tuple[int, int]], rule: RuleId, message: str
    ) -> Problem:
        """Enter and return a problem of the file *path* at the first of *places*; see *enter*."""
        (line, column), *others = places or [(1, 1)]
        if others:
            shown = ", ".join(f"{a}:{b}" for a, b in others[:5])
            message = f"{message} (or at {shown})"
        problem = Problem(path=path, line=line, column=column, rule=rule, message=message)
        self.add([problem])
        return replace(problem, severity=self.severities[rule])

    @property
    def problems(self) -> list[Problem]:
        """All errors and warnings in page order, with the severities of this site.

        That nothing was checked is told beside no other error, of which it is a consequence.
        """
        found = [p for p in self._graded() if p.severity in {"error", "warning"}]
        told = any(p.severity == "error" and p.rule != "nothing-checked" for p in found)
        return [p for p in found if p.rule != "nothing-checked"] if told else found

    @property
    def remarks(self) -> list[Problem]:
        """What is worth knowing but not wrong."""
        return [p for p in self._graded() if p.severity == "info"]

    def _graded(self) -> list[Problem]:
        entered = chain(self._before_pages, *self._open)
        return in_order(replace(p, severity=self.severities[p.rule]) for p in entered)


@dataclass(frozen=True, slots=True)
class Entered:
    """The *problems* that one block has entered into *log* so far."""

    problems: list[Problem]
    log: ProblemLog

    def has(self, rule: RuleId) -> bool:
        """Return whether a problem of *rule* is among them."""
        return any(problem.rule == rule for problem in self.problems)

    @property
    def has_error(self) -> bool:
        """Whether any of them is an error on this site."""
        return any(self.log.severities[problem.rule] == "error" for problem in self.problems)

    def accept(self, rule: str, reason: str) -> bool:
        """Accept the first problem of *rule* among them; return whether there was one."""
        there = [problem for problem in self.problems if problem.rule == rule]
        if not there:
            return False
        first = min(there, key=lambda problem: (problem.line, problem.column))
        self.problems[:] = [problem for problem in self.problems if problem != first]
        self.log.accepted.append(
            Accepted(
                path=first.path,
                line=first.line,
                column=first.column,
                rule=rule,
                message=first.message,
                reason=reason,
            )
        )
        return True
