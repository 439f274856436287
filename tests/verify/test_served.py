"""A served site: each file that its build lists is fetched once, and compared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from mkdocs_verbatim.build.checksums import write_checksums
from tests.support import sites

Answer = Callable[[str, bytes], bytes | tuple[int, str]]
"""Given a path and the file there, what a host serves: other bytes, or a status and an address."""


def _as_it_is(path: str, content: bytes) -> bytes:
    del path
    return content


class _Host(ThreadingHTTPServer):
    folder: Path
    answer: Answer
    asked: list[str]


class _Handler(BaseHTTPRequestHandler):
    server: _Host

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        del format, args

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        path = self.path + ("index.html" if self.path.endswith("/") else "")
        file = self.server.folder / path[1:]
        if not file.is_file() or file.name == "_headers":
            self.send_error(404)
            return
        answer = self.server.answer(path, file.read_bytes())
        if isinstance(answer, tuple):
            self.send_response(answer[0])
            self.send_header("Location", answer[1])
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@contextmanager
def _hosting(folder: Path, answer: Answer = _as_it_is) -> Iterator[tuple[str, list[str]]]:
    """Serve *folder*; give its address, and the paths asked for so far."""
    with _Host(("127.0.0.1", 0), _Handler) as host:
        host.folder, host.answer, host.asked = folder, answer, []
        Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}/", host.asked
        host.shutdown()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    sites.put(folder / "index.html", "<p>Hello")
    sites.put(folder / "a b" / "index.html", "<p>There")
    sites.put(folder / "style.css", "p { color: red }")
    sites.put(folder / "_headers", "/*")
    write_checksums(folder)
    return folder


def _verified(address: str, *options: str | Path, cwd: Path) -> tuple[int, str]:
    done = sites.verbatim("verify", address, *options, cwd=cwd)
    assert "Traceback" not in done.stderr
    return done.returncode, (done.stdout + done.stderr).replace(address, "HOST/")


def _byte(path: str, content: bytes) -> bytes:
    return content.replace(b"red", b"rad") if path == "/style.css" else content


def _script(path: str, content: bytes) -> bytes:
    return content + b"<script src=//x></script>" if path == "/a b/index.html" else content


def _more(path: str, content: bytes) -> bytes:
    return content + b"x\n" if path == "/site.sha256" else content


def _elsewhere(path: str, content: bytes) -> bytes | tuple[int, str]:
    return (302, "http://127.0.0.2:1/x") if path == "/style.css" else content


def _endless(path: str, content: bytes) -> bytes | tuple[int, str]:
    return (302, "/style.css") if path == "/style.css" else content


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (_byte, r"site/style\.css:1:1: error: is not the file that the build wrote: .*"),
        (
            lambda path, content: _script(path.replace("%20", " "), content),
            r"site/a b/index\.html:1:1: error: is not the file that the build wrote: .*",
        ),
        (_more, r"HOST/site\.sha256:5:1: error: not a line of sha256sum: .*"),
        (_elsewhere, r"HOST/style\.css:1:1: error: is not served: 302 leads to http://127.*"),
        (_endless, r"HOST/style\.css:1:1: error: is not served: 302 The HTTP server returned.*"),
    ],
    ids=["a byte", "a script", "the list", "another host", "a circle"],
)
def test_says_which_file_is_served_otherwise(
    answer: Answer, line: str, site: Path, tmp_path: Path
) -> None:
    sites.put(site / "a b" / "index.html", "<p>There")
    with _hosting(_spaced(site), answer) as (address, _):
        status, said = _verified(address, cwd=tmp_path)

    assert status == 1
    assert re.search(rf"(?m)^{line} \[proof-file\]$", said), said


def _spaced(site: Path) -> Path:
    """Return *site* under the paths that browsers ask for."""
    (site / "a b").rename(site / "a%20b")
    return site


def test_an_old_file_is_found_and_a_removed_one(site: Path, tmp_path: Path) -> None:
    old = shutil.copytree(site, tmp_path / "old")
    sites.put(site / "style.css", "p { color: blue }")
    sites.put(site / "new.css", "x")
    write_checksums(site)
    shutil.copy(site / "site.sha256", old)
    with _hosting(_spaced(old)) as (address, _):
        status, said = _verified(address, cwd=tmp_path)

    assert status == 1
    assert re.findall(r"(?m)^(\S+): error: .* \[proof-file\]$", said) == [
        "HOST/new.css:1:1",
        "site/style.css:1:1",
    ]


def test_each_file_is_asked_for_once_and_what_hosts_keep_is_no_fault(
    site: Path, tmp_path: Path
) -> None:
    with _hosting(_spaced(site)) as (address, asked):
        status, said = _verified(address, cwd=tmp_path)

    assert (status, sorted(asked)) == (
        0,
        ["/", "/_headers", "/a%20b/", "/site.sha256", "/style.css"],
    )
    assert said == (
        "files compared; without a folder of sources no quotation is proven, 0 problems\n"
        "fetched 3 files from HOST/; not served, as usual: _headers\n"
    )


def test_a_list_kept_elsewhere_finds_a_host_that_changed_both(site: Path, tmp_path: Path) -> None:
    kept = shutil.copy(site / "site.sha256", tmp_path / "kept")
    sites.put(site / "style.css", "p { display: none }")
    write_checksums(site)
    with _hosting(_spaced(site)) as (address, _):
        assert _verified(address, cwd=tmp_path)[0] == 0
        status, said = _verified(address, "--checksums", kept, cwd=tmp_path)

    assert status == 1
    assert f"site/site.sha256:1:1: error: is not {kept}: one of them is of another build" in said


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://[/", "https://", "http://x y/"])
def test_a_host_that_does_not_answer_is_one_line(address: str, tmp_path: Path) -> None:
    status, said = _verified(address, cwd=tmp_path)

    assert status == 1
    assert len(said.splitlines()) == 2
    assert "cannot be fetched: " in said or "is no address of a site" in said


def test_a_served_site_is_proven_where_its_sources_are(built: Path) -> None:
    with _hosting(built / "site") as (address, _):
        status, said = _verified(address, cwd=built)

    assert status == 0, said
    assert re.match(r"\d+ quotations and \d+ receipts on \d+ pages and 5 exports proven, 0", said)
