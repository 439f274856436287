"""Maps and timelines: their data, layout, pictures, and the lists that say the same.

Imports the packages before it, up to `markdown`.
"""
