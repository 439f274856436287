"""Sites for tests: small ones made in a folder, the real one copied; commands run on them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from markdown import Markdown
from verbatim.config import read_config
from verbatim.page import Page, front_matter
from verbatim.site import check, open_site

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PARTS = ("mkdocs.yml", "docs", "sources", "hooks")
"""What a site is made of; all else in the repository is about making it."""

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
)
"""Those of the real site, less the table of contents, whose links only lengthen what is shown."""


@dataclass(frozen=True, kw_only=True)
class SmallSite:
    """Pages and copies by name; *records* holds what a copy's record says beside the usual."""

    pages: Mapping[str, str | bytes]
    copies: Mapping[str, str]
    records: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    people: list[dict[str, object]] = field(default_factory=list)
    extensions: tuple[object, ...] = EXTENSIONS
    settings: Mapping[str, object] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Put the site into *folder* and return it."""
        (folder / "docs").mkdir(parents=True)
        (folder / "sources").mkdir()
        config = {
            "site_name": "test",
            "markdown_extensions": list(self.extensions),
            "extra": {"verbatim": dict(self.settings)},
        }
        put(folder / "mkdocs.yml", yaml.safe_dump(config))
        for name, content in self.pages.items():
            put(folder / "docs" / name, content)
        if self.people:
            put(folder / "sources" / "people.yml", yaml.safe_dump(self.people))
        for key in {**self.copies, **self.records}:
            text = self.copies.get(key)
            record = _record(key, text) | dict(self.records.get(key, {}))
            put(folder / "sources" / f"{key}.yml", yaml.safe_dump(record, allow_unicode=True))
            if text is not None:
                put(folder / "sources" / f"{key}.txt", text)
        return folder


def _record(key: str, text: str | None) -> dict[str, object]:
    record: dict[str, object] = {
        "reference": {"type": "article", "title": f"Text {key.upper()}"},
        "attribution": f"Author {key.upper()}",
    }
    if text is not None:
        record["copy"] = {"sha256": sha256(text.encode()), "markup": "plain"}
    return record


def put(path: Path, content: str | bytes) -> None:
    """Write *content* without touching its line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def sha256(content: bytes) -> str:
    """Return the fingerprint that a record holds."""
    return hashlib.sha256(content).hexdigest()


def renew_hash(site: Path, key: str) -> None:
    """Make the record of *key* fit a copy that was changed."""
    record = site / "sources" / f"{key}.yml"
    data = yaml.safe_load(record.read_text("utf-8"))
    content = (site / "sources" / f"{key}.txt").read_bytes()
    text = record.read_text("utf-8").replace(data["copy"]["sha256"], sha256(content))
    if "bytes" in data["copy"]:
        text = text.replace(f"bytes: {data['copy']['bytes']}\n", f"bytes: {len(content)}\n")
    put(record, text)


def real_site(folder: Path) -> Path:
    """Copy this repository's site into *folder* and return it."""
    for name in PARTS:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return folder


def problems(site: Path) -> list[str]:
    """Return the lines that `verbatim check` prints for *site*."""
    return [str(problem) for problem in check(read_config(site / "mkdocs.yml")).problems]


def rendered(site: Path, name: str) -> str:
    """Return the HTML of one page, without a theme round it."""
    config = read_config(site / "mkdocs.yml")
    made = open_site(config.sources, config.settings, config.problems)
    text = (config.docs / name).read_bytes().decode("utf-8-sig")
    page = Page(path=f"docs/{name}", read=lambda: text)
    made.open(page, front_matter(page)[0])
    markdown = Markdown(
        extensions=[*config.extensions, made.extension],
        extension_configs=config.extension_configs,
    )
    return markdown.convert(text[page.body_from :])


def environment(**more: str) -> dict[str, str]:
    """Return an environment that holds nothing of the caller's own but where programs are."""
    return {
        "PATH": os.pathsep.join([str(BIN), "/usr/bin", "/bin"]),
        "LC_ALL": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        **more,
    }


def run(
    program: str, *arguments: str | Path, cwd: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run *program* of the virtual environment in *cwd*, with *more* in its environment."""
    return subprocess.run(
        [BIN / program, *arguments],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def tree(folder: Path) -> dict[str, str]:
    """Return every file below *folder* with its hash, or where it leads; no compiled modules."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file() and "__pycache__" not in path.parts:
            found[name] = sha256(path.read_bytes())
    return found
