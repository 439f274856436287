"""Release: what a public site needs besides being right, and that records were read over."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support import sites

COPY = "The council will build the bridge.\n\nNobody asked for a ferry.\n"
PAGE = "# T\n\nAuthor A writes that they “will build the bridge” [@a].\n"
OWNER = {
    "run_by": "The Mill Lane Library",
    "funding": "Its members",
    "contact": "desk@example.org",
    "licence_holder": "The Mill Lane Library",
}
UNREAD = (
    "sources/a.yml:{line}:1: {severity}: drafted by a program; read it beside the copy, then take "
    "out 'read: no' [record-unread]"
)


def _site(folder: Path, *, read: str | None = None, **owner: str) -> Path:
    records = {"a": {"read": read} if read else {}}
    site = sites.SmallSite(pages={"index.md": PAGE}, copies={"a": COPY}, records=records)
    written = site.write(folder / "site")
    config = written / "mkdocs.yml"
    settings = yaml.safe_load(config.read_text("utf-8"))
    address = owner.pop("site_url", None)
    settings.setdefault("extra", {}).setdefault("verbatim", {})["owner"] = owner
    sites.put(config, yaml.safe_dump({**settings, **({"site_url": address} if address else {})}))
    return written


def _checked(site: Path, *options: str) -> tuple[int, list[str]]:
    done = sites.verbatim("check", *options, cwd=site)
    return done.returncode, done.stderr.splitlines()[:-1] if done.stderr else []


def test_a_site_that_states_all_and_was_read_over_may_be_released(tmp_path: Path) -> None:
    site = _site(tmp_path, site_url="https://example.org/", **OWNER)

    assert _checked(site, "--release") == (0, [])


@pytest.mark.parametrize("field", [*OWNER, "site_url"])
def test_what_only_the_owner_knows_is_missed(field: str, tmp_path: Path) -> None:
    stated = {"site_url": "https://example.org/", **OWNER}
    del stated[field]
    site = _site(tmp_path, **stated)
    status, (line,) = _checked(site, "--release")

    key = field if field == "site_url" else f"extra.verbatim.owner.{field}"
    assert status == 1
    assert line.startswith("mkdocs.yml:1:1: error: readers are not told: ")
    assert line.endswith(f"; state '{key}' [release-incomplete]")
    assert _checked(site) == (0, [])


def test_a_drafted_record_is_a_warning_until_it_is_read_over(tmp_path: Path) -> None:
    site = _site(tmp_path, read="no", site_url="https://example.org/", **OWNER)
    record = (site / "sources" / "a.yml").read_text("utf-8").splitlines()
    (line,) = (n for n, text in enumerate(record, 1) if text.startswith("read:"))
    place = {"line": line}

    assert _checked(site) == (0, [])
    status, said = _checked(site, "--strict")
    assert (status, said) == (1, [UNREAD.format(severity="warning", **place)])
    status, said = _checked(site, "--release")
    assert (status, said) == (1, [UNREAD.format(severity="error", **place)])


def test_a_record_that_says_that_it_was_read_is_no_problem(tmp_path: Path) -> None:
    site = _site(tmp_path, read="yes", site_url="https://example.org/", **OWNER)

    assert _checked(site, "--release", "--strict") == (0, [])


def test_what_add_drafts_is_not_read_over(tmp_path: Path) -> None:
    site = _site(tmp_path)
    sites.put(tmp_path / "b.txt", COPY.replace("ferry", "tunnel"))
    added = sites.verbatim("add", tmp_path / "b.txt", "--key", "b", cwd=site)

    assert added.returncode == 0, added.stderr
    status, said = _checked(site, "--strict")
    assert status == 1
    assert any(line.startswith("sources/b.yml:") and "[record-unread]" in line for line in said)


def test_a_part_of_a_site_is_not_released(tmp_path: Path) -> None:
    site = _site(tmp_path)
    done = sites.verbatim("check", "--release", "--shard", "1/2", "--out", "x.json", cwd=site)

    assert done.returncode == 2
    assert "--release is of a whole site, --shard of a part" in done.stderr
