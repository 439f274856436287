"""The ledger of one build: its pages, uses, problems and permanent addresses.

Imports `problem`, `rules`, `text`, `datafiles`, `sources` and `quotations`.
"""
