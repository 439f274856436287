"""Tests of the repository: layout of the code, workflows, documents."""
