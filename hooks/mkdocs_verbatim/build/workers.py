"""Workers: the pages of a check, read by as many processes as the machine has processors for."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NoReturn

from ..sources.library import Progress, unwatched
from .config import Config
from .findings import findings_fields, read_findings
from .reading import read_page
from .site import Site

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
"""A process that begins as a copy of this one has the sources at once, and shares their memory.

Windows has none, and on macOS one may end in the system's own libraries. Any other process would
have to read all sources itself.
"""

LEAST = 50
"""Pages for each process: with fewer, another one costs more than it saves."""

CHUNKS = 200
"""Parts into which the pages are divided, so that all processes end at about the same time."""

NUMBER = 4
"""Bytes of a number in a pipe: so few are written and read at once, whoever else does."""

WHAT = "checking pages"


class WorkerError(Exception):
    """A process that read pages has ended without saying what it found."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_pages(
    site: Site,
    config: Config,
    pages: Sequence[Path],
    jobs: int | None = None,
    progress: Progress = unwatched,
) -> None:
    """Read *pages* into *site*, which keeps what counts over all of it; or raise WorkerError.

    At most *jobs* processes do it, by default one for each processor.
    """
    # The sources stay: to look for garbage among them again and again takes a tenth of the time.
    gc.freeze()
    number = min(jobs or processors(), len(pages) // LEAST) if CAN_FORK else 1
    if number > 1:
        site.extension.read_sources()
        _read_together(site, config, _Crew(pages, progress), number)
        return
    for done, page in enumerate(pages, 1):
        site.release(read_page(site, config, page))
        progress(WHAT, done, len(pages))


def _read_together(site: Site, config: Config, crew: _Crew, number: int) -> None:
    def read() -> None:
        for page in crew.pages():
            site.release(read_page(site, config, page))

    def work() -> str:
        site.forget()
        read()
        return json.dumps(findings_fields(site.found()))

    try:
        for _ in range(number - 1):
            crew.start(work)
        read()
        for text in crew.results():
            site.take(read_findings(json.loads(text)))
    finally:
        crew.end()


class _Crew:
    """This process and its copies, which take pages from one queue."""

    def __init__(self, pages: Sequence[Path], progress: Progress) -> None:
        self._pages, self._progress = pages, progress
        self._size = -(-len(pages) // CHUNKS)
        # What is in a pipe is read once, by whichever process comes first.
        self._queue, filled = os.pipe()
        for chunk in range(-(-len(pages) // self._size)):
            os.write(filled, chunk.to_bytes(NUMBER))
        os.close(filled)
        self._heard, self._told = os.pipe()
        os.set_blocking(self._heard, False)
        self._open = {self._queue, self._heard, self._told}
        self._done = 0
        self._results: dict[int, IO[bytes]] = {}
        self._is_copy = False

    def start(self, work: Callable[[], str]) -> None:
        """Let a copy of this process do its *work*, which returns what to hand over, in ASCII."""
        result = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end
        pid = os.fork()
        if pid == 0:
            self._do(work, result)
        self._results[pid] = result

    def _do(self, work: Callable[[], str], result: IO[bytes]) -> NoReturn:
        status = 1
        try:
            # So that to tell a process which has ended is an error, and ends this one.
            self._close(self._heard)
            self._is_copy = True
            result.write(work().encode("ascii"))
            result.flush()
            status = 0
        finally:
            # At once: what the other process has open and has not written yet is its own.
            os._exit(status)

    def pages(self) -> Iterator[Path]:
        """Yield pages that no process has taken yet, until there are none."""
        while number := os.read(self._queue, NUMBER):
            first = int.from_bytes(number) * self._size
            chunk = self._pages[first : first + self._size]
            yield from chunk
            os.write(self._told, len(chunk).to_bytes(NUMBER))
            if not self._is_copy:
                self._hear()

    def _hear(self) -> bool:
        """Hear how many pages were read since; tell if there may be more to hear."""
        try:
            told = os.read(self._heard, NUMBER * CHUNKS)
        except BlockingIOError:
            return True
        for at in range(0, len(told), NUMBER):
            self._done += int.from_bytes(told[at : at + NUMBER])
        self._progress(WHAT, self._done, len(self._pages))
        return bool(told)

    def results(self) -> Iterator[bytes]:
        """Yield what the copies hand over, when all have ended; or raise WorkerError."""
        # Once every process has closed this end, nothing more is heard.
        self._close(self._told)
        os.set_blocking(self._heard, True)
        while self._hear():
            pass
        for pid, result in list(self._results.items()):
            _, status = os.waitpid(pid, 0)
            with self._results.pop(pid):
                if status:
                    raise WorkerError
                result.seek(0)
                yield result.read()

    def end(self) -> None:
        """End the copies that have not ended, and close what is open."""
        for pid, result in self._results.items():
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
            result.close()
        for end in sorted(self._open):
            self._close(end)

    def _close(self, end: int) -> None:
        self._open.remove(end)
        os.close(end)
