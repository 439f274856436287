"""The name under which configurations for Zensical ask for the Markdown extension."""

from __future__ import annotations

from .named_extension import makeExtension

__all__ = ["makeExtension"]
