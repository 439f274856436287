"""Sources: copies and their records, people, who speaks where, how much may be shown.

Imports `problem`, `rules`, `text` and `datafiles`.
"""
