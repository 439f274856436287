"""Tests of finished pages in a real browser."""
