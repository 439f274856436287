"""House style: the rules that a site sets for its own words, and the check of each page.

Imports the packages before it, up to `markdown`.
"""
