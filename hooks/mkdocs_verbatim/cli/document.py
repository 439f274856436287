"""JSON documents for programs, in the forms that schemas/ describes."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..build.findings import VERSION
from ..problem import Problem


def document(**fields: object) -> str:
    """Return *fields* as a JSON document, in ASCII: no terminal and no locale can change it."""
    return json.dumps({"version": VERSION, **fields}, indent=2)


def fields_of(problem: Problem) -> dict[str, object]:
    """Return *problem* as documents have it."""
    return asdict(problem)
