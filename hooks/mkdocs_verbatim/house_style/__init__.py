"""A site's own rules for its own words: the rules, and the check of each page against them.

Imports the packages before it, up to `markdown`.
"""
