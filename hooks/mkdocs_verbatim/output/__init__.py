"""What the build writes: HTML of quotations and receipts, generated pages, files for programs.

Imports the packages before it, up to `ledger`.
"""
