"""Pages of a site in tabs of one window, of which several load side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playwright.sync_api import BrowserContext, Page

AT_ONCE = 8
"""Tabs that are open together: that nothing more comes is known only half a second later."""


def at_rest(context: BrowserContext, addresses: Sequence[str]) -> Iterator[Page]:
    """Yield each of *addresses* in a new tab of *context*, loaded, with nothing more to come."""
    for start in range(0, len(addresses), AT_ONCE):
        group = addresses[start : start + AT_ONCE]
        tabs = [context.new_page() for _ in group]
        for tab, address in zip(tabs, group, strict=True):
            tab.goto(address, wait_until="commit")
        for tab in tabs:
            tab.wait_for_load_state("networkidle")
            yield tab
            tab.close()
