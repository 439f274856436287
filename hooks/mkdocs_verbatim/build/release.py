"""What a site needs before the public sees it, besides being right."""

from __future__ import annotations

from collections.abc import Iterator

from ..output.owner import LABELS
from ..problem import Problem
from .settings import Settings
from .site import Site


def hold_to_release(site: Site, config: str) -> None:
    """Enter what *site* lacks for the public; *config* is its configuration as messages name it.

    A record that nobody has read over is an error from now on.
    """
    log = site.ledger.log
    log.severities = {**log.severities, "record-unread": "error"}
    log.add(_missing(site.settings, config))


def _missing(settings: Settings, config: str) -> Iterator[Problem]:
    for field, label in LABELS.items():
        if not getattr(settings.owner, field):
            key = field if field == "site_url" else f"extra.verbatim.owner.{field}"
            message = f"readers are not told: {label.lower()}; state {key!r}"
            yield Problem(path=config, rule="release-incomplete", message=message)
