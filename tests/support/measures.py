"""How much of a seeded measure is run: a fixed sample, or with MEASURE=whole all of it.

`make test` runs the samples; `make measure` runs the whole, with the seed SEED.
"""

from __future__ import annotations

import os

from hypothesis import settings

WHOLE = os.environ.get("MEASURE") == "whole"
SEED = int(os.environ.get("SEED") or 1)

FIGURE = "figure"
"""The property of a test that says how much it tried; `make measure` prints it."""

MORE = 20
"""How many times as many examples and seeds the whole has as the sample."""


def examples(sample: int) -> settings:
    """Return the settings of a property, of which a sample tries so many examples."""
    # The examples of a sample are the same in every run; the whole has those of its seed.
    return settings(
        derandomize=not WHOLE, max_examples=sample * (MORE if WHOLE else 1), deadline=None
    )


def seeds(sample: int) -> range:
    """Return the seeds of a measure, of which a sample has so many from 0 on."""
    first = SEED * 100_000
    return range(first, first + sample * MORE) if WHOLE else range(sample)
