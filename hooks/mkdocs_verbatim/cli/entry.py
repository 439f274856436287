"""The entry of the command: an interrupt ends it in one line even while it is being loaded."""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> int:
    """Run the command; return the exit status of one that was interrupted while it was loaded."""
    try:
        import_module(".main", __package__).main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: nothing was begun\n")
        return 130
    return 0
