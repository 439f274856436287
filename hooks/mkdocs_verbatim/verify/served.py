"""Fetches a site that is served, file by file as its `site.sha256` lists them."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from ..problem import Problem, ProblemError
from .checksums import FILE, Checksums, read_checksums

PAUSE = 0.05
"""Seconds between two requests, which come one after the other: a small host keeps its readers."""

TIMEOUT = 20.0
"""Seconds in which a host must answer."""

LARGEST = 50_000_000
"""Bytes of one file at most; no file of an explainer has more."""

MOST_FILES = 100_000
MOST_BYTES = 2_000_000_000

AGENT = "mkdocs-verbatim (verify; fetches each file of site.sha256 once)"

Progress = Callable[[int, int], None]
"""Is called with how many files are fetched, and of how many."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a host served: how many *files* were written, and which listed ones were not.

    Of these some are *kept* by hosts to themselves, which is no problem.
    """

    files: int
    missing: frozenset[str]
    kept: tuple[str, ...]
    problems: list[Problem]


NOTHING_FETCHED = Fetched(files=0, missing=frozenset(), kept=(), problems=[])


def is_address(text: str) -> bool:
    """Return whether *text* is the address of a site that is served."""
    return text.lower().startswith(("http://", "https://"))


def fetch_site(address: str, folder: Path, progress: Progress, pause: float = PAUSE) -> Fetched:
    """Write the files that the site at *address* lists below *folder*, which is empty.

    Raise ProblemError if there is no list, or one that cannot be read. A file that is not served
    is not written: the list's check misses it.
    """
    if not _has_host(address):
        raise ProblemError(
            _problem(address, "is no address of a site, such as https://example.org/")
        )
    fetch = _Fetch(address if address.endswith("/") else f"{address}/", pause)
    names = sorted(_checksums(fetch, folder).files)
    missing: set[str] = set()
    for done, name in enumerate(names, 1):
        # What hosts keep is asked for all the same: some serve it.
        if not fetch.written(name, folder, missing_is_wrong=not _is_kept(name)):
            missing.add(name)
        progress(done, len(names))
    return Fetched(
        files=len(names) - len(missing),
        missing=frozenset(missing),
        kept=tuple(name for name in sorted(missing) if _is_kept(name)),
        problems=fetch.problems,
    )


def _has_host(address: str) -> bool:
    try:
        split = urlsplit(address)
        return bool(split.hostname) and split.port != 0 and " " not in address
    except ValueError:
        return False


def _is_kept(name: str) -> bool:
    """Return whether hosts use the file *name* themselves, or leave it out when they deploy."""
    return name in {"_headers", "_redirects"} or any(
        part.startswith(".") for part in name.split("/")
    )


def _checksums(fetch: _Fetch, folder: Path) -> Checksums:
    if not fetch.written(FILE, folder):
        raise ProblemError(fetch.problems[0])
    checksums = read_checksums(folder / FILE, fetch.shown(FILE))
    if len(checksums.files) > MOST_FILES:
        message = f"lists {len(checksums.files)} files; at most {MOST_FILES} are fetched"
        raise ProblemError(_problem(fetch.shown(FILE), message))
    return checksums


@dataclass
class _Fetch:
    """Requests to one host, one after the other, and what went wrong."""

    base: str
    pause: float
    problems: list[Problem] = field(default_factory=list)
    size: int = 0

    def shown(self, name: str) -> str:
        """Return the address of the file *name*; of a page, that of its folder."""
        path = name.removesuffix("index.html") if _is_index(name) else name
        return urljoin(self.base, quote(path))

    def written(self, name: str, folder: Path, *, missing_is_wrong: bool = True) -> bool:
        """Write what is served as the file *name*; return whether there was such a file."""
        address = self.shown(name)
        try:
            content = self._content(address)
        except urllib.error.HTTPError as error:
            if error.code == 404 and not missing_is_wrong:
                return False
            return self._wrong(address, f"is not served: {error.code} {error.reason}")
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            return self._wrong(address, f"cannot be fetched: {reason}")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return True

    def _content(self, address: str) -> bytes:
        time.sleep(self.pause)
        # As it is: what a host compresses is not what the list has.
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Cache-Control": "no-cache"}
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 - http, https alone
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            content = b"".join(_pieces(response))
        self.size += len(content)
        if self.size > MOST_BYTES:
            raise ValueError(f"the site has more than {MOST_BYTES // 1_000_000} MB")
        return content

    def _wrong(self, address: str, message: str) -> bool:
        self.problems.append(_problem(address, message))
        return False


def _is_index(name: str) -> bool:
    return name == "index.html" or name.endswith("/index.html")


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    size = 0
    while piece := response.read(65_536):
        size += len(piece)
        if size > LARGEST:
            raise ValueError(f"it has more than {LARGEST // 1_000_000} MB")
        yield piece


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect on the same host alone: another one's files are not this site's."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
        """Return the new request, or raise the answer as an error."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            message = f"leads to {new.scheme}://{new.netloc}"
            raise urllib.error.HTTPError(req.full_url, code, message, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_SameHost)


def _problem(path: str, message: str) -> Problem:
    return Problem(path=path, rule="proof-file", message=message)
