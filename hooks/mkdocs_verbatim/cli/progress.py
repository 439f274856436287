"""Progress: a bar on a terminal, for work that somebody has to wait for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from ..sources.library import Progress, unwatched

WAIT = 1.0
"""Seconds after which somebody wants to know how far it is."""

STEPS = 200
"""How often a bar is drawn at most: a terminal is slower than much of what it tells of."""


@contextmanager
def watched(stream: TextIO | None) -> Iterator[Progress]:
    """Yield a function that shows progress on *stream*, if that is a terminal with a reader."""
    unwanted = os.environ.get("CI") or os.environ.get("TERM") == "dumb"
    if stream is None or unwanted or not stream.isatty():
        yield unwatched
        return
    bars = _Bars(stream)
    try:
        yield bars.show
    finally:
        bars.end()


class _Bars:
    """A bar for one thing after the other, once all of it takes long."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._begun = stream, time.monotonic()
        self._what, self._steps = "", -1
        self._bar = click.progressbar(length=1, file=stream)
        self._is_shown = False

    def show(self, what: str, done: int, of: int) -> None:
        """Show that so much of *what* is done, of how much there is."""
        if what != self._what:
            self.end()
            # From here on it reckons how long the rest takes.
            self._bar = click.progressbar(length=of, label=what, file=self._stream)
            self._what, self._steps = what, -1
        step = done * STEPS // of
        if step == self._steps or time.monotonic() - self._begun < WAIT:
            return
        self._steps, self._is_shown = step, True
        self._bar.update(done - self._bar.pos)

    def end(self) -> None:
        """Leave the bar that is shown as it is, and go on below it."""
        if self._is_shown:
            self._bar.render_finish()
        self._is_shown = False
