"""The site's build is the engine's; this file only names it."""

from verbatim_mkdocs import *
