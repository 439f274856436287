"""Tests of the package `output`."""
