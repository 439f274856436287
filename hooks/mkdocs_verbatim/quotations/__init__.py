"""Quotations: whether the words of a mark appear in a source, and where.

Imports `problem`, `text` and `sources`.
"""
