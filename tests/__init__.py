"""Tests of the engine, of the site it builds and of the commands that build it."""
