"""Strings alone: folding, word boundaries, sentences, quotation marks, Markdown's delimiters.

Imports `problem` and the standard library.
"""
