"""What helps an author: adding and searching sources, citations, new sites, editors' schemas.

Imports the packages before it, up to `house_style`.
"""
