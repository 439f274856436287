"""Engine origin: where pip gets an engine from, as the one line of a site's `engine.txt`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

DISTRIBUTION = "mkdocs-verbatim"
"""The name of the engine as a distribution."""


class OriginError(Exception):
    """The origin of the engine is unknown; its text says why, and what to do."""


def running() -> str:
    """Return the requirement by which pip installs this engine again, or raise OriginError."""
    try:
        found = distribution(DISTRIBUTION)
    except PackageNotFoundError as error:
        message = "this engine was not installed by pip; say with --engine where it comes from"
        raise OriginError(message) from error
    return requirement(found.read_text("direct_url.json"), found.version)


def requirement(direct_url: str | None, version: str) -> str:
    """Return the requirement for the engine that *direct_url* names, or for its *version*.

    *direct_url* is the JSON of PEP 610; an engine from a package index has None.
    """
    if direct_url is None:
        return f"{DISTRIBUTION}=={version}"
    data = json.loads(direct_url)
    url = data["url"]
    if data.get("dir_info", {}).get("editable"):
        return f"-e {url}"
    if vcs := data.get("vcs_info"):
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    return _at(f"{url}{_fragment(data)}")


def _at(address: str) -> str:
    # After a name, packaging does not accept the address of a repository on this machine.
    return address if "+file://" in address else f"{DISTRIBUTION} @ {address}"


def _fragment(data: Mapping[str, object]) -> str:
    """Return the end of an address by which pip finds the folder and checks the hash, or ""."""
    parts = [f"subdirectory={data['subdirectory']}"] if data.get("subdirectory") else []
    archive = data.get("archive_info")
    hashes = archive.get("hashes") if isinstance(archive, Mapping) else None
    if isinstance(hashes, Mapping) and "sha256" in hashes:
        parts.append(f"sha256={hashes['sha256']}")
    return f"#{'&'.join(parts)}" if parts else ""


def named(address: str) -> str:
    """Return the requirement for the engine at *address*, or raise OriginError if it is invalid.

    An address has `://`, as in `git+https://…@COMMIT`; a folder is a checkout, used in place.
    """
    if not address or not address.isprintable() or " " in address:
        message = f"{address!r} is not an address of an engine; write it without spaces"
        raise OriginError(message)
    if "://" in address:
        if urlsplit(address).password or "@" in urlsplit(address).netloc.partition("git@")[2]:
            message = "a password in the address would be written into the site; take it out"
            raise OriginError(message)
        return _at(address)
    if (Path(address) / "pyproject.toml").is_file():
        return f"-e {Path(address).resolve().as_uri()}"
    message = (
        f"{address!r} is neither an address, such as git+https://…@COMMIT, nor a folder that "
        "holds the engine"
    )
    raise OriginError(message)


def is_local(line: str) -> bool:
    """Return whether the requirement *line* names a place that only this machine has."""
    return "file:///" in line
