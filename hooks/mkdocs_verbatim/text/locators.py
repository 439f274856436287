"""Locators: how a place in a source is named in words."""

from __future__ import annotations

from collections.abc import Sequence


def located(name: str, numbers: Sequence[int]) -> str:
    """Return where *numbers*, in order, are: `para. 7`, `paras. 7–9`, `line 3`, `lines 3–4`.

    *name* is what they count: `para` or `line`.
    """
    first, last = numbers[0], numbers[-1]
    stop = "." if name == "para" else ""
    return f"{name}{stop} {first}" if first == last else f"{name}s{stop} {first}–{last}"
