"""The command `verbatim`: it alone prints.

Imports all other packages.
"""
