"""One build of a site: configuration, theme, Markdown extension, workers, shards, headers.

Imports the packages before it, up to `authoring`.
"""
