"""Tests of the package `datafiles`."""
