"""One page's Markdown tree: its marks found, proven and replaced.

Imports the packages before it, up to `output`.
"""
