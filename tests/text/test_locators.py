"""Locators: a place in words."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.text.locators import located


@pytest.mark.parametrize(
    ("name", "numbers", "said"),
    [
        ("para", [7], "para. 7"),
        ("para", [7, 8, 9], "paras. 7–9"),
        ("line", [3, 3], "line 3"),
        ("line", (3, 4), "lines 3–4"),
    ],
)
def test_one_place_is_in_the_singular(name: str, numbers: list[int], said: str) -> None:
    assert located(name, numbers) == said
