"""Workers: the pages of a check, read by as many processes as the machine has processors for."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from concurrent import futures
from contextvars import ContextVar
from pathlib import Path
from threading import Thread

from ..sources.library import Progress, unwatched
from .config import Config
from .findings import Findings
from .reading import read_page
from .site import Site

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
"""A process that begins as a copy of this one has the sources at once, and shares their memory.

Windows cannot copy a process, and on macOS a copy may end in the system's own libraries. Any other
process would have to read all sources itself.
"""

LEAST_PAGES = 50
"""Pages for each process: with fewer, another one costs more than it saves."""

CHUNKS = 200
"""Parts into which the pages are divided, so that all processes end at about the same time."""

WHAT = "checking pages"

_INHERITED: ContextVar[tuple[Site, Config]] = ContextVar("inherited")
"""What a worker has of the process whose copy it is."""


class WorkerError(Exception):
    """A process that read pages was ended from outside before it said what it found."""


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
    number = min(jobs or processors(), len(pages) // LEAST_PAGES) if CAN_FORK else 1
    # The first page is read here in any case: it loads what all processes then have, and a
    # configuration with which no page can be read is an error of this process.
    alone = 1 if number > 1 else len(pages)
    for done, page in enumerate(pages[:alone], 1):
        site.release(read_page(site, config, page))
        progress(WHAT, done, len(pages))
    if number > 1:
        site.extension.read_sources()
        _read_together(site, config, pages[1:], number, progress)


def _read_together(
    site: Site, config: Config, pages: Sequence[Path], number: int, progress: Progress
) -> None:
    """Have so many processes read *pages*; take what each part of them says, in order.

    What one of them raises is raised here.
    """
    size = -(-len(pages) // CHUNKS)
    chunks = [pages[at : at + size] for at in range(0, len(pages), size)]
    # Named in full: Python loads it, and half of what it is built on, when it is first asked for.
    pool = futures.ProcessPoolExecutor(
        number, multiprocessing.get_context("fork"), initializer=_begin, initargs=(site, config)
    )
    try:
        results = [pool.submit(_read_chunk, chunk) for chunk in chunks]
        for done, result in enumerate(results, 1):
            site.take(result.result())
            progress(WHAT, 1 + min(done * size, len(pages)), len(pages) + 1)
    except futures.BrokenExecutor as error:
        # A process may be gone before all chunks are handed out, too.
        raise WorkerError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(site: Site, config: Config) -> None:
    """Make ready a process that reads pages."""
    _INHERITED.set((site, config))
    # A terminal interrupts all processes; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process as soon as the first one is gone, however that ended."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read_chunk(pages: Sequence[Path]) -> Findings:
    """Return what is found on *pages*, in a process that `_begin` has made ready."""
    site, config = _INHERITED.get()
    site.forget()
    for page in pages:
        site.release(read_page(site, config, page))
    return site.found()
