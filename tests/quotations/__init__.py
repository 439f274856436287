"""Tests of the package `quotations`."""
