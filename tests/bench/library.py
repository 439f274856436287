"""The library of a synthetic site: copies, their records, and the people who wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import yaml

from mkdocs_verbatim.sources.csl import digest
from mkdocs_verbatim.sources.record import parse_record
from mkdocs_verbatim.sources.reference import cited_item

from .corpus import Copy

FORMS = ("plain", "paragraph", "paragraphs", "line", "lines")
PLACES = ("", ", para. {}", ", paras. {}", ", line {}", ", lines {}")


def write_library(folder: Path, copies: Sequence[Copy]) -> None:
    """Write *copies* with right hashes, wide limits and locked citations into *folder*."""
    folder.mkdir()
    for copy in copies:
        (folder / f"{copy.key}.txt").write_bytes(copy.text.encode())
        record = record_text(copy)
        (folder / f"{copy.key}.yml").write_text(record + _yaml(_locked(copy, record)), "utf-8")
    (folder / "people.yml").write_text(_yaml([_person(copy) for copy in copies]), "utf-8")


def bibtex(copy: Copy) -> str:
    """Return the reference of *copy* as BibTeX."""
    return (
        f"@article{{{copy.key},\n  author = {{{copy.family}, {copy.given}}},\n"
        f"  title = {{{copy.title}}},\n  journal = {{{copy.journal}}},\n"
        f"  year = {{{copy.issued[:4]}}}\n}}\n"
    )


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def record_text(copy: Copy) -> str:
    """Return the record of *copy*, without its locked citations."""
    return _yaml(_record(copy))


def _record(copy: Copy) -> dict[str, object]:
    content = copy.text.encode()
    return {
        "reference": {
            "type": "article-journal",
            "title": copy.title,
            "author": [{"family": copy.family, "given": copy.given}],
            "container-title": copy.journal,
            "issued": copy.issued,
        },
        "attribution": copy.author,
        "copy": {
            "sha256": sha256(content).hexdigest(),
            "bytes": len(content),
            "markup": "plain",
        },
        "furniture": [{"lines": 3, "what": "site navigation"}],
        "notes": ["The copy begins with the title, which the journal prints above the text."],
        "publish": "excerpts",
        "limits": {"excerpt_words": 60, "quoted_share": 0.9, "published_share": 0.95},
    }


def _person(copy: Copy) -> dict[str, object]:
    return {
        "id": copy.key,
        "name": copy.author,
        "aliases": [],
        "role": f"writer for the {copy.journal}",
        "citation": f"[@{copy.key}]",
    }


def _locked(copy: Copy, record: str) -> dict[str, object]:
    """Return the citations as `verbatim cite` locks them, without asking pandoc 500 times."""
    parsed, problems = parse_record(record, f"sources/{copy.key}.yml")
    assert parsed is not None
    assert not problems
    full = f"{copy.author}, “{copy.title},” *{copy.journal}*, {copy.issued}"
    chicago = {
        "bibliography": _listed(copy),
        "note": _forms(f"{full}{{place}}."),
        "short": _forms(f"{copy.family}, “{copy.title}”{{place}}."),
    }
    of = digest(cited_item(copy.key, parsed))
    styles = {"chicago": chicago, "apa": _in_text(copy), "mla": _in_text(copy)}
    return {"cited": {"of": of, "pandoc": "3.9", **styles, "bibtex": bibtex(copy)}}


def _in_text(copy: Copy) -> dict[str, object]:
    note = _forms(f"({copy.family}, {copy.issued[:4]}{{place}})")
    return {"bibliography": _listed(copy), "note": note}


def _forms(pattern: str) -> dict[str, str]:
    places = zip(FORMS, PLACES, strict=True)
    return {name: pattern.replace("{place}", place) for name, place in places}


def _listed(copy: Copy) -> str:
    return f"{copy.family}, {copy.given}. “{copy.title}.” *{copy.journal}*, {copy.issued}."
