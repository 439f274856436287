"""The hosts that a site allows its pages to load from, as its configuration names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..problem import Problem, did_you_mean, near_name
from .csp import HOST, HOST_KINDS

SELF = "self"


def read_allow(given: object, path: str) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Return the hosts by kind that *given* names, and what is wrong with it, said of *path*."""
    if given is None:
        return {}, []
    if not isinstance(given, Mapping):
        return {}, [_problem(path, "must be a mapping of kinds to lists of hosts")]
    allowed: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for kind, hosts in given.items():
        wrong = [_problem(path, message) for message in _wrong(kind, hosts)]
        problems += wrong
        if not wrong and hosts:
            allowed[str(kind)] = tuple(dict.fromkeys(hosts))
    return allowed, problems


def _wrong(kind: object, hosts: object) -> Iterator[str]:
    """Yield what is wrong with *hosts* as those of a *kind*."""
    if kind not in HOST_KINDS:
        hint = (
            did_you_mean(near_name(str(kind), HOST_KINDS)) or f"; known are {', '.join(HOST_KINDS)}"
        )
        yield f"has an unknown kind {kind!r}{hint}"
    elif not isinstance(hosts, list):
        yield f"must have a list of hosts for {kind!r}, as in {kind}: [https://example.org]"
    else:
        for host in hosts:
            if host != SELF and not (isinstance(host, str) and HOST.fullmatch(host)):
                yield (
                    f"has {host!r} for {kind!r}, which is not a host; name each host, as in "
                    "https://example.org or *.example.org, or self for the site's own files"
                )


def _problem(path: str, message: str) -> Problem:
    whole = f"'extra.verbatim.allow' {message}"
    return Problem(path=path, rule="settings-invalid", message=whole)
