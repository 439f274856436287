"""What the help of every command ends with."""

from __future__ import annotations


def closing(*examples: str, status: str) -> str:
    """Return what a command's help ends with: *examples*, and what its exit *status* means."""
    lines = "\n".join(f"  {example}" for example in examples)
    # Click keeps the lines of a paragraph that begins with a backspace.
    return f"\b\nExample:\n{lines}\n\nExit status: {status}."
