"""The owner of a site: what only the owner can state, and how readers see it labelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LABELS = {
    "site_url": "Address of this site",
    "run_by": "Who runs it",
    "funding": "Who pays for it",
    "contact": "Contact",
    "licence_holder": "Holder of the rights in its own texts",
}
"""The label of each field, in the order of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """What the owner of a site states in its configuration; None is what is not stated."""

    site_url: str | None = None
    run_by: str | None = None
    funding: str | None = None
    contact: str | None = None
    licence_holder: str | None = None

    def labelled(self) -> Iterator[tuple[str, str | None]]:
        """Yield the label of each field and what is stated there."""
        for field, label in LABELS.items():
            yield label, getattr(self, field)

    @property
    def missing(self) -> list[str]:
        """The labels of what is not stated, with small first letters."""
        return [f"{label[0].lower()}{label[1:]}" for label, value in self.labelled() if not value]
