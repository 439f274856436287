"""Who a page says is speaking: names, verbs of saying and their subjects; attribution lines.

Imports `text` and `sources`; knows no pages.
"""
