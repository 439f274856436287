"""What the processes of one run of tests share: folders that the first to need them fills."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


def common_base(base: Path) -> Path:
    """Return the folder that the processes of a run have in common; *base* is that of this one."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(folder: Path, fill: Callable[[Path], object]) -> Path:
    """Return *folder*, which *fill* has filled in this process or in another, and only once."""
    done = folder.with_suffix(".made")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            assert not folder.exists(), f"{folder.name} could not be made"
            fill(folder)
            done.touch()
    return folder
