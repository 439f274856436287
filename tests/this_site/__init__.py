"""Tests of this site's own pages, apart from those of the engine."""
