"""A name put in the place of another one: a warning only where both persons are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import sites

COPY = "Jane Doe told the council in the spring that the old bridge would pay for itself.\n"
PEOPLE: list[dict[str, object]] = [
    {"id": "jane-doe", "name": "Jane Doe", "aliases": ["Doe"]},
    {"id": "mary-roe", "name": "Mary Roe", "aliases": ["Roe"]},
]
MESSAGE = (
    "docs/index.md:1:1: warning: [{}] names Mary Roe, the source Jane Doe (a) [replacement-person]"
)


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ("Mary Roe", "Jane Doe", [MESSAGE.format("Mary Roe")]),
        ("Roe", "Jane Doe", [MESSAGE.format("Roe")]),
        ("Doe", "Jane Doe", []),
        ("The engineer", "Jane Doe", []),
        ("Roe's office", "the council", []),
        ("a bridge", "the old bridge", []),
    ],
)
def test_another_known_person_in_the_place_of_one_is_warned_of(
    ours: str, theirs: str, wanted: list[str], tmp_path: Path
) -> None:
    words = COPY.strip().replace(theirs, f'[{ours}]{{for="{theirs}"}}')
    page = f"“{words}” [@a]\n"
    rules = {"speaker-unnamed": "off", "speaker-other": "off", "citation-unformatted": "off"}
    site = sites.SmallSite(
        pages={"index.md": page}, copies={"a": COPY}, people=PEOPLE, settings={"rules": rules}
    ).write(tmp_path / "site")

    assert [line for line in sites.problems(site) if "replacement" in line] == wanted
