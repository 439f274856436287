"""Tests of the package `build`."""
