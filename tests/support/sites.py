"""Sites for tests: small ones made in a folder, the real one copied; commands run on them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pty
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import click
import yaml
from click.testing import CliRunner, Result

from markdown import Markdown
from mkdocs_verbatim.build.config import Config, read_config
from mkdocs_verbatim.build.opening import open_site
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.build.site import Site
from mkdocs_verbatim.cli.main import main
from mkdocs_verbatim.ledger.front_matter import front_matter

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PARTS = ("mkdocs.yml", "content-rules.yml", "docs", "sources", "hooks")
"""What a site is made of; all else in the repository is about making it."""

FAULT = "a fault of the program"
"""What is said of an error that nobody foresaw."""

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
    config: Mapping[str, object] = field(default_factory=dict)
    """What the configuration says besides."""

    def write(self, folder: Path) -> Path:
        """Put the site into *folder* and return it."""
        (folder / "docs").mkdir(parents=True)
        (folder / "sources").mkdir()
        config = {
            "site_name": "test",
            "markdown_extensions": list(self.extensions),
            "extra": {"verbatim": dict(self.settings)},
            **self.config,
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
    return rendered_and_listed(site, name)[0]


def rendered_and_listed(site: Path, name: str) -> tuple[str, str]:
    """Return the HTML of one page, and of the list of all quotations if there were no other."""
    made, html = _converted(site, name)
    html += made.notes(f"docs/{name}")
    made.begin("docs/quotes.md", lambda: "", "quotes/", {})
    return html, made.generated.composed("quotes.md", made.pages["docs/quotes.md"])[0]


def finished(site: Path, name: str, folder: Path) -> None:
    """Put one page with its head, without a theme, and all exports into *folder*."""
    made, html = _converted(site, name)
    made.close()
    about = {"title": "A page", "description": None, "site": "test", "address": None}
    head = made.head(f"docs/{name}", {**about, "language": "en", "updated": None})
    page = f"<!doctype html>\n<head>{head}</head>\n{html}{made.notes(f'docs/{name}')}"
    put(folder / "page" / "index.html", page)
    for path, content in made.generated.exports("test", "en").items():
        put(folder / path, content)


def _converted(site: Path, name: str) -> tuple[Site, str]:
    config = read_config(site / "mkdocs.yml")
    made = open_site(config.file, config.docs, config.settings, config.problems)
    return made, page_of(made, config, name)


def page_of(made: Site, config: Config, name: str) -> str:
    """Return the HTML of one page of the open site *made*, without its notes."""
    path = f"docs/{name}"
    text = (config.docs / name).read_bytes().decode("utf-8-sig")
    data, body, _ = front_matter(text, path)
    made.begin(path, lambda: text, "page/", data)
    markdown = Markdown(
        extensions=[*config.extensions, made.extension],
        extension_configs=config.extension_configs,
    )
    return made.drawn(path, markdown.convert(body))


def environment(**more: str) -> dict[str, str]:
    """Return an environment that holds nothing of the caller's own but where programs are."""
    return {
        "PATH": os.pathsep.join([str(BIN), "/usr/bin", "/bin"]),
        "LC_ALL": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        **more,
    }


def run(
    program: str, *arguments: str | Path, cwd: Path, timeout: float = 120, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run *program* of the virtual environment in *cwd*, with *more* in its environment."""
    return subprocess.run(
        [BIN / program, *arguments],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def verbatim(*arguments: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in *cwd* as run() does, without what a process takes to start."""
    others: dict[str, str | None] = dict.fromkeys(os.environ)
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(
            main,
            [*map(str, arguments)],
            prog_name="verbatim",
            env={**others, **environment(**more)},
        )
    foreseen(done)
    return subprocess.CompletedProcess("verbatim", done.exit_code, done.stdout, done.stderr)


def foreseen(done: Result) -> None:
    """Raise what a command has *done* that nobody foresaw, which its last resort has caught."""
    error = done.exception
    if isinstance(error, SystemExit):
        error = error.__context__
        error = error.__cause__ if isinstance(error, click.ClickException) else None
    if isinstance(error, Exception) and FAULT in done.stderr:
        raise error
    assert error is None or isinstance(done.exception, SystemExit), error


def on_a_terminal(
    program: str, *arguments: str, cwd: Path, piped: bool = False, **more: str
) -> tuple[str, str]:
    """Return what a terminal shows of *program*, and what its output says if that is *piped*."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=cwd,
        env=environment(TERM="xterm", **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    said = b""
    # Linux reports the other end's closing as an error.
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:
        os.close(ours)
    return said.decode(), (done.stdout or b"").decode()


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


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


class Outline(HTMLParser):
    """A page's ids and links; *faults* are tags that do not fit, ids twice, links to no id."""

    VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})

    def __init__(self, html: str) -> None:
        """Read *html* at once."""
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]
        self.faults += [f"two ids {id_!r}" for id_, n in Counter(self.ids).items() if n > 1]
        here = {unquote(link[1:]) for link in self.links if link.startswith("#")}
        self.faults += [f"no id {id_!r}" for id_ in sorted(here.difference(self.ids, {""}))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if (id_ := values.get("id")) is not None:
            self.ids.append(id_)
        if tag == "a" and (link := values.get("href")) is not None:
            self.links.append(link)
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")


def build_real(folder: Path) -> Path:
    """Return *folder*, new, with the real site in it, built strictly into site/."""
    real_site(folder)
    build_strictly(folder)
    return folder


def build_strictly(site: Path) -> None:
    """Build *site* into site/ below it; a strict build has nothing to say of it."""
    done = run("mkdocs", "build", "--quiet", "--strict", cwd=site)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
