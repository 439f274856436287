"""The proof of a finished site from its files and the sources, with none of the code that wrote it.

Imports `problem`, `text` and `sources`, and nothing else of the engine.
"""
