"""How many pages a second nginx serves of a finished site, beside a bare file of the same size.

    python -m tests.bench.serve_load site/

It needs nginx and wrk (Debian and Ubuntu: apt-get install nginx-light wrk), and starts an nginx of
its own, which sends the site's headers. Bare is the same page without policy and headers, padded to
the same bytes. Rounds go in turns, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.sites import free_port
from tests.support.static_hosts import headers_of, read_headers

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

CONFIGURATION = """
worker_processes 1;
daemon off;
error_log stderr crit;
pid {folder}/pid;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; }}
  access_log off;
  sendfile on;
  client_body_temp_path {folder}/a;
  proxy_temp_path {folder}/b;
  fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d;
  scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port};
    location /site/ {{
      alias {folder}/site/;
      {headers}
    }}
    location /bare/ {{ alias {folder}/bare/; }}
  }}
}}
"""


@contextmanager
def _nginx(site: Path, folder: Path) -> Iterator[str]:
    """Serve *site* with its headers, and a bare page beside it; yield the address."""
    # Started by root, nginx reads as another user.
    folder.chmod(0o755)
    shutil.copytree(site, folder / "site")
    sent = headers_of("/", read_headers((site / "_headers").read_text("utf-8")))
    page = (site / "index.html").read_text("utf-8")
    bare = POLICY.sub("", page)
    padding = " " * (len(page.encode()) - len(bare.encode()))
    (folder / "bare").mkdir()
    (folder / "bare" / "index.html").write_text(bare + padding, "utf-8")
    port = free_port()
    headers = "\n      ".join(f'add_header {name} "{value}";' for name, value in sent.items())
    text = CONFIGURATION.format(folder=folder, port=port, headers=headers)
    (folder / "nginx.conf").write_text(text, "utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    nginx = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        yield _answering(f"http://127.0.0.1:{port}", port)
    finally:
        nginx.terminate()
        nginx.wait()


def _answering(address: str, port: int) -> str:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return address
        time.sleep(0.05)
    message = f"nginx does not answer at {address}"
    raise SystemExit(message)


def _rate(address: str, seconds: int) -> float:
    """Return the requests a second that *address* answers."""
    command = ["wrk", "--threads", "1", "--connections", "32", "--duration", f"{seconds}s", address]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or "Non-2xx" in said:
        raise SystemExit(said)
    return float(found[1])


def main() -> None:
    """Measure, and print a table and the ratio."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("site", type=Path)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--seconds", type=int, default=3, help="of each round")
    given = arguments.parse_args()
    rates: dict[str, list[float]] = {"site": [], "bare": []}
    with (
        tempfile.TemporaryDirectory() as folder,
        _nginx(given.site.resolve(), Path(folder)) as address,
    ):
        for _ in range(given.rounds):
            for name, found in rates.items():
                found.append(_rate(f"{address}/{name}/index.html", given.seconds))
    for name, found in rates.items():
        print(f"{name}: {statistics.median(found):,.0f} requests/s, median of {len(found)}")
    pairs = zip(rates["site"], rates["bare"], strict=True)
    print(f"ratio: {statistics.median(site / bare for site, bare in pairs):.2f}")


if __name__ == "__main__":
    main()
