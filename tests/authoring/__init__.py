"""Tests of the package `authoring`."""
