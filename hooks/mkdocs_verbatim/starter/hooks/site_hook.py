"""Has the engine make this site; every site that does so has these two lines."""

from verbatim_mkdocs import *  # noqa: F403 - MkDocs looks for its events among a hook's names
