"""Edit to served: how long a writer waits for a saved page to stand in the browser."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.support.sites import free_port

from .measure import BuildError, environment

LONGEST = 300
"""Seconds to wait for a page."""

PAUSE = 0.01
"""Seconds between two looks at the page."""


class Preview:
    """`mkdocs serve` for a site, and its first page."""

    def __init__(self, programs: Path, site: Path) -> None:
        """Serve *site* and wait until its first page is there."""
        self._site, self._page, self._edits = site, site / "docs" / "index.md", 0
        self._address = f"127.0.0.1:{free_port()}"
        self._process = subprocess.Popen(
            [str(programs / "mkdocs"), "serve", "--quiet", "--dev-addr", self._address],
            cwd=site,
            env=environment(programs, site),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Preview:
        self._wait("</html>")
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()

    def edit(self) -> float:
        """Add a sentence to the first page, and return the seconds until it is served."""
        self._edits += 1
        sentence = f"Edited for the {self._edits}. time."
        begun = time.perf_counter()
        with self._page.open("a", encoding="utf-8") as page:
            page.write(f"\n{sentence}\n")
        self._wait(sentence)
        return time.perf_counter() - begun

    def _wait(self, wanted: str) -> None:
        end = time.perf_counter() + LONGEST
        while wanted not in self._get():
            if self._process.poll() is not None or time.perf_counter() > end:
                raise BuildError(f"no preview of {self._site.name}")
            time.sleep(PAUSE)

    def _get(self) -> str:
        """Return the first page, or nothing while no server listens."""
        try:
            with urllib.request.urlopen(f"http://{self._address}/", timeout=LONGEST) as answer:
                content: bytes = answer.read()
        except (urllib.error.URLError, ConnectionError):
            return ""
        return content.decode("utf-8")


def edits(programs: Path, sites: dict[str, Path], times: int) -> dict[str, list[float]]:
    """Edit the first page of each of *sites* so many *times*, in turns; return the seconds."""
    taken: dict[str, list[float]] = {name: [] for name in sites}
    with ExitStack() as stack:
        previews = {
            name: stack.enter_context(Preview(programs, site)) for name, site in sites.items()
        }
        for turn in range(times + 1):
            for name, preview in previews.items():
                seconds = preview.edit()
                # The first finds nothing compiled.
                if turn:
                    taken[name].append(seconds)
    return taken
