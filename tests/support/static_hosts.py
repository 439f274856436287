"""Hosts: a finished site served as hosts do, with the headers that it asks for or with none."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

Rules = list[tuple[str, list[tuple[str, str]]]]
"""Paths with the headers of each, in the order of the file."""


def read_headers(text: str) -> Rules:
    """Return what a file `_headers` says."""
    rules: Rules = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] not in " \t":
            rules.append((line.strip(), []))
            continue
        name, _, value = line.partition(":")
        rules[-1][1].append((name.strip(), value.strip()))
    return rules


def headers_of(path: str, rules: Rules) -> dict[str, str]:
    """Return the headers of the file at *path*; values of two rules are joined, as hosts do."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for name, value in headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


class Host(ThreadingHTTPServer):
    """Serves *folder* under *base*; what is not there has the page 404.html."""

    folder: Path
    rules: Rules

    def __init__(self, base: str = "/") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base, self.rules = base, []

    @property
    def address(self) -> str:
        """The address of the site, known before the site is built, which may have to hold it."""
        return f"http://127.0.0.1:{self.server_port}{self.base}"

    def deploy(self, folder: Path, *, reads_headers: bool) -> None:
        """Serve *folder* from now on."""
        self.folder = folder
        self.rules = read_headers((folder / "_headers").read_text("utf-8")) if reads_headers else []


class _Handler(SimpleHTTPRequestHandler):
    server: Host

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the tests' output to the tests."""

    def translate_path(self, path: str) -> str:
        inner = urlsplit(path).path.removeprefix(self.server.base)
        return str(self.server.folder / unquote(inner).lstrip("/"))

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if urlsplit(self.path).path.startswith(self.server.base) and path.exists():
            super().do_GET()
            return
        body = (self.server.folder / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in headers_of(urlsplit(self.path).path, self.server.rules).items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def hosting(base: str = "/") -> Iterator[Host]:
    """Yield a host that answers while the block runs."""
    host = Host(base)
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    yield host
    host.shutdown()
    host.server_close()
    thread.join()
