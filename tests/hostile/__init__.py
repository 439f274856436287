"""Tests with hostile input: nothing ends in a traceback, hangs or runs a script."""
