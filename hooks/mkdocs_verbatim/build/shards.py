"""Shards: a check divided over several machines, each with a report, and the reports merged."""

from __future__ import annotations

import json
import platform
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import markdown

from ..datafiles.tree import read_tree
from .config import Config
from .findings import VERSION, Findings, Shard, findings_fields, read_findings
from .handover import kept
from .json_schema import fits

ENGINE = Path(__file__).parents[1]

PARTS = ("engine", "configuration", "sources", "pages")
"""What a check depends on, each with a fingerprint of its own."""

SCHEMA = ENGINE / "schemas" / "shard.schema.json"
"""The form of a shard's report, and what each field is."""

ShardReport = tuple[Path, Shard, Findings]


class ShardError(Exception):
    """Reports that cannot be merged; *messages* are lines that say why."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


def shard_text(shard: Shard, config: Config, findings: Findings) -> str:
    """Return as JSON the report of *shard*, in which *findings* were made."""
    fields: dict[str, object] = {
        "version": VERSION,
        "shard": shard.number,
        "of": shard.of,
        "fingerprint": fingerprint(config),
        "findings": findings_fields(findings),
    }
    return f"{json.dumps({**fields, 'sha256': _digest(fields)})}\n"


def read_shards(paths: Sequence[Path], config: Config) -> list[Findings]:
    """Return what all shards have found, from their reports in *paths*, or raise ShardError."""
    now = fingerprint(config)
    reports: list[ShardReport] = []
    messages: list[str] = []
    for path in paths:
        try:
            reports.append(_report(path, now, config.settings.severities))
        except ShardError as error:
            messages += error.messages
    messages += _misfits(reports)
    # Of reports that cannot be read nobody knows what is missing.
    messages = messages or [*_missing({shard for _, shard, _ in reports})]
    if messages:
        raise ShardError(*messages)
    return [findings for _, _, findings in sorted(reports, key=lambda report: report[1])]


def _report(path: Path, now: Mapping[str, str], rules: Iterable[str]) -> ShardReport:
    """Return the report in the file *path*, which must be of the state *now*; or raise ShardError.

    *rules* are all rules of the site.
    """
    document = _read(path)
    version = document.get("version", VERSION)
    if version != VERSION:
        what = f"in form {version!r}, and this verbatim reads {VERSION}"
        raise ShardError(f"{path}: written {what}; check that shard again")
    if not _is_whole(document, rules):
        raise ShardError(f"{path}: damaged, or no report of a shard; check that shard again")
    shard, findings = Shard(document["shard"], document["of"]), read_findings(document["findings"])
    if others := [name for name in PARTS if document["fingerprint"][name] != now[name]]:
        what = f"not of this site as it is now: other {' and other '.join(others)}"
        raise ShardError(f"{path}: shard {shard}, {what}; check that shard again")
    return path, shard, findings


def _read(path: Path) -> dict[str, Any]:
    """Return the mapping that the file *path* holds as JSON, or an empty one; or raise ShardError.

    To open a pipe that nobody writes to would be to wait for ever.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ShardError(f"{path}: not a file; name the reports of the shards")
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        what = getattr(error, "strerror", None)
        message = f"cannot be read: {what}" if what else "damaged, or no report of a shard"
        raise ShardError(f"{path}: {message}; check that shard again") from error
    return document if isinstance(document, dict) else {}


def _is_whole(document: Mapping[str, Any], rules: Iterable[str]) -> bool:
    """Return whether *document* is a report as it was written, with problems of *rules* alone."""
    if (
        not fits(document, json.loads(SCHEMA.read_bytes()))
        or not 1 <= document["shard"] <= document["of"]
    ):
        return False
    named = {problem["rule"] for problem in document["findings"]["problems"]}
    fields = {name: value for name, value in document.items() if name != "sha256"}
    return named.issubset(rules) and document["sha256"] == _digest(fields)


def _digest(fields: Mapping[str, object]) -> str:
    """Return a fingerprint of *fields* as JSON writes them, in their order."""
    return sha256(json.dumps(fields).encode("ascii")).hexdigest()


def _misfits(reports: Sequence[ShardReport]) -> Iterator[str]:
    """Yield a line for each report that is of the same shard as one before, or of another check."""
    seen: dict[Shard, Path] = {}
    for path, shard, _ in reports:
        first, other = reports[0], seen.get(shard)
        if other is not None:
            yield f"{path}: shard {shard} once more, as {other}; give each shard once"
        elif shard.of != first[1].of:
            yield f"{path}: shard {shard}, but {first[0]} is {first[1]}; divide a check in one way"
        seen.setdefault(shard, path)


def _missing(shards: set[Shard]) -> Iterator[str]:
    """Yield a line if not all shards are there."""
    of = next(iter(shards)).of
    missing = sorted(set(range(1, of + 1)) - {shard.number for shard in shards})
    if missing:
        listed = ", ".join(f"{number}/{of}" for number in missing)
        yield f"missing: shard {listed}; give the reports of all shards"


def fingerprint(config: Config) -> dict[str, str]:
    """Return fingerprints of all that a check of the site of *config* depends on, by PARTS."""
    # Of Python's releases the third number never changes what a text is.
    versions = (platform.python_version().rpartition(".")[0], markdown.__version__)
    own = {*(config.docs / name for name in kept(config.docs))}
    pages = [path for path in _files(config.docs) if path not in own]
    parts = (
        [*versions, *_contents(ENGINE, sorted(ENGINE.rglob("*.py")))],
        [repr(_plain(config.given)), *_contents(config.root, config.content_files)],
        _contents(config.sources, _files(config.sources)),
        _contents(config.docs, pages),
    )
    joined = ("\0".join(part).encode("utf-8", "surrogateescape") for part in parts)
    return dict(zip(PARTS, (sha256(part).hexdigest() for part in joined), strict=True))


def _files(folder: Path) -> list[Path]:
    """Return the files below *folder*, in order, but hidden ones: they are no part of a site."""
    files = read_tree(folder).files
    return [path for path in files if not _is_hidden(path.relative_to(folder))]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _contents(folder: Path, paths: Iterable[Path]) -> Iterator[str]:
    """Yield the name of each of *paths*, below *folder*, and the fingerprint of what it holds."""
    for path in paths:
        yield path.relative_to(folder).as_posix()
        try:
            is_file = stat.S_ISREG(path.stat().st_mode)
            yield sha256(path.read_bytes()).hexdigest() if is_file else "no file"
        except OSError as error:
            yield f"{error.strerror}"


def _plain(value: object) -> object:
    """Return *value* of a configuration in a form that looks the same in every process."""
    if isinstance(value, Mapping):
        return [(_plain(key), _plain(inner)) for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if callable(value):
        return getattr(value, "__qualname__", type(value).__qualname__)
    return (type(value).__name__, str(value))
