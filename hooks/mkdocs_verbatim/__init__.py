"""Quotations on a static site, each proven by the build against its source."""
