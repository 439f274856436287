"""Files of data: YAML with the place of each value, forms, readers, files written whole.

Imports `problem`, `rules` and `text`.
"""
