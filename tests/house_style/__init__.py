"""Tests of the package `house_style`."""
