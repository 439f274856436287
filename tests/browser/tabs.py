"""Pages of a site in tabs of one window, of which several load side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playwright.sync_api import BrowserContext, Page

AT_ONCE = 4
"""Tabs that are open together: that nothing more comes is known only half a second later."""


def at_rest(context: BrowserContext, addresses: Sequence[str]) -> Iterator[Page]:
    """Yield each of *addresses* in a tab of *context*, loaded, with nothing more to come."""
    # A new tab means a new process, which takes longer than a page does.
    tabs = [context.new_page() for _ in addresses[:AT_ONCE]]
    for start in range(0, len(addresses), AT_ONCE):
        group = [*zip(tabs, addresses[start : start + AT_ONCE], strict=False)]
        for tab, address in group:
            tab.goto(address, wait_until="commit")
        for tab, _ in group:
            tab.wait_for_load_state("networkidle")
            yield tab
