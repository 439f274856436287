"""The browser of the tests: the machine's Chromium, or one that can be installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE: ViewportSize = {"width": 360, "height": 700}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
INSTALL = "install Chromium (Debian and Ubuntu: apt-get install chromium), or name one in $CHROMIUM"


def find_chromium() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, on the PATH, or Playwright's own; or None."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if named or found:
        return named or found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def main() -> int:
    """Make sure that there is a Chromium; return 1 if there is none and none can be installed."""
    if find_chromium():
        return 0
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        install = "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium"
        attempts.insert(0, ["sh", "-c", install])
    for command in attempts:
        print("installing a browser for the tests:", " ".join(command[-1:]), flush=True)
        subprocess.run(
            command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
        if find_chromium():
            return 0
    print(f"error: no browser for the tests; {INSTALL}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
