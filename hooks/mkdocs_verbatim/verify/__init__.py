"""Checks a finished site against the sources, without any of the code that wrote it.

Begin with `site`. Imports `problem`, `text` and `sources`, and nothing else of the engine.
"""
