"""Benchmarks: what a build with proof costs beside builds without; run by `make bench`."""
