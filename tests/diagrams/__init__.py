"""Tests of the package `diagrams`."""
