"""The Nu HTML checker, W3C's: what is wrong with the HTML of finished pages."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

JAR = Path(__file__).parent / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = "the Nu checker needs Java, and npm once to fetch it: apt-get install default-jre npm"

FROM_A_FILE = "violates Content Security Policy"
"""A policy of 'self' means a host; pages are read from files here, and a browser's tests see it."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What the checker says of a *page*, at a *line* of it, and the HTML there."""

    page: str
    line: int
    kind: str
    message: str
    extract: str


def can_check() -> bool:
    """Tell whether the checker and Java are there."""
    return JAR.exists() and shutil.which("java") is not None


def faults(site: Path) -> list[Fault]:
    """Return every error and warning for the HTML files below *site*."""
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", JAR, "--format", "json", "--skip-non-html", "--stdout", site],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    found = json.loads(done.stdout)["messages"]
    return [_fault(site, row) for row in found if FROM_A_FILE not in row["message"]]


def _fault(site: Path, row: dict[str, object]) -> Fault:
    page = str(row.get("url", "")).removeprefix("file:").removeprefix(str(site)).lstrip("/")
    line = row.get("lastLine", 1)
    return Fault(
        page=page,
        line=line if isinstance(line, int) else 1,
        kind=str(row.get("subType", row["type"])),
        message=str(row["message"]),
        extract=str(row.get("extract", "")),
    )
