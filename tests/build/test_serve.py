"""`mkdocs serve`: problems stand in the page, the server lives on, every edit rebuilds."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import sites

pytestmark = pytest.mark.builds

LONGEST = 60
"""Seconds to wait for a page: a rebuild takes two on a quiet machine."""

PROBLEM = re.compile(r'<[^>]*class="verbatim-problem"[^>]*>(.*?)</', re.DOTALL)


class Server:
    """A server of the site in *folder*; *said* is what it printed."""

    def __init__(self, folder: Path, *command: str | Path) -> None:
        """Serve with *command*, which takes an address, or with MkDocs."""
        self.folder = folder
        self._address = f"127.0.0.1:{sites.free_port()}"
        self._log = folder.parent / "log"
        # One wait in vain is enough: what comes after would only wait again.
        self._given_up = False
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*(command or (sites.BIN / "mkdocs", "serve")), "--dev-addr", self._address],
                cwd=folder,
                env=sites.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def page(self, path: str, until: Callable[[str], object]) -> str:
        """Return the page at *path* as soon as *until* holds of it."""
        assert not self._given_up, "waited in vain before"
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            assert self._process.poll() is None, self.said
            text = self.get(path)
            if text is not None and until(text):
                return text
            time.sleep(0.2)
        self._given_up = True
        raise AssertionError(f"{path} never came as awaited; {self.said}")

    def get(self, path: str) -> str | None:
        """Return the page at *path*, or None while the server is not up or builds."""
        try:
            with urllib.request.urlopen(f"http://{self._address}{path}", timeout=20) as answer:
                content: bytes = answer.read()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return None
        return content.decode("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_bytes().decode("utf-8")
        assert text.count(old) == 1, (name, old)
        sites.put(path, text.replace(old, new))

    def status(self) -> int:
        """Return with which exit status the server has ended by itself."""
        return self._process.wait(LONGEST)

    def stop(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    site = sites.real_site(tmp_path_factory.mktemp("served") / "site")
    page = site / "docs" / "remark.md"
    text = page.read_text("utf-8")
    sites.put(page, text.replace("“get round the table”", "“get under the table”"))
    running = Server(site)
    try:
        yield running
    finally:
        running.stop()


def _is_right(page: str) -> bool:
    return "verbatim-problem" not in page


def test_starts_with_a_broken_quotation_and_shows_it_until_it_is_mended(server: Server) -> None:
    broken = server.page("/remark/", lambda text: "verbatim-problem" in text)
    (problem,) = PROBLEM.findall(broken)
    assert "not in 'rt-2016' word for word: 'get under the table'" in problem
    before = broken[: broken.index("verbatim-problem")]
    assert re.search(r"The first sentence gives “get under the table”<[^<>]*$", before)
    assert "docs/remark.md:113:30: error: not in 'rt-2016' word for word" in server.said

    server.edit("docs/remark.md", "“get under the table”", "“get round the table”")
    assert server.page("/remark/", _is_right)


def test_shows_a_broken_block_quotation_at_its_place(server: Server) -> None:
    server.edit("docs/remark.md", "absolutely no negotiation", "absolutely negotiation")

    broken = server.page("/remark/", lambda text: "verbatim-problem" in text)
    (problem,) = PROBLEM.findall(broken)
    assert "'There can be absolutely negotiation with" in problem
    body = broken.partition("<body")[2]
    assert body.index("Smith was criticised") < body.index(problem)
    assert body.index(problem) < body.index("My experience of working")

    server.edit("docs/remark.md", "absolutely negotiation", "absolutely no negotiation")
    server.page("/remark/", _is_right)


def test_a_preview_has_its_script_for_live_reload_and_no_policy(server: Server) -> None:
    page = server.page("/remark/", lambda text: "</html>" in text)

    assert "livereload(" in page
    assert "Content-Security-Policy" not in page


def test_rebuilds_when_a_copy_is_edited(server: Server) -> None:
    server.edit("sources/rt-2016.txt", "would “get round the table”", "would “get to the table”")
    broken = server.page("/remark/", lambda text: "verbatim-problem" in text)
    assert "'get round the table'" in broken

    server.edit("sources/rt-2016.txt", "would “get to the table”", "would “get round the table”")
    server.page("/remark/", _is_right)


def test_rebuilds_when_a_record_is_edited(server: Server) -> None:
    server.edit("sources/rt-2016.yml", "in the present tense of an undated", "in the PRESENT of an")

    assert server.page("/sources/rt-2016/", lambda text: "in the PRESENT of an" in text)


def test_rebuilds_when_the_sites_own_rules_are_edited(server: Server) -> None:
    server.edit("content-rules.yml", "say: write says, writes,", "say: write SAYS, writes,")

    assert server.page("/rules/", lambda text: "Write SAYS, writes," in text)


def test_starts_without_the_file_of_rules_that_the_configuration_names(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    (site / "content-rules.yml").unlink()
    running = Server(site)
    try:
        running.page("/remark/", _is_right)
    finally:
        running.stop()

    assert "content-rules.yml:1:1: error: cannot be read: No such file" in running.said
    assert "Traceback" not in running.said


def test_rebuilds_when_the_engine_is_edited(server: Server) -> None:
    server.edit(
        "hooks/mkdocs_verbatim/rules.py", "The whole site has no quotation", "NO QUOTATION AT ALL"
    )
    assert server.page("/rules/", lambda text: "NO QUOTATION AT ALL" in text)

    # A module in one of its packages, too.
    server.edit("hooks/mkdocs_verbatim/build/rules_page.py", "Rules of the build", "ALL THE RULES")
    assert server.page("/rules/", lambda text: "ALL THE RULES" in text)


def test_lives_on_when_a_record_is_no_yaml_and_when_a_copy_is_gone(server: Server) -> None:
    record = server.folder / "sources" / "opinion-2016.yml"
    text = record.read_bytes()
    sites.put(record, "reference: [\n")
    server.page("/objections/", lambda page: "verbatim-problem" in page)
    assert "sources/opinion-2016.yml:" in server.said

    sites.put(record, text)
    server.page("/objections/", _is_right)
    assert "Traceback" not in server.said
