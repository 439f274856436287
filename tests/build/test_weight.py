"""What spares time and bytes changes nothing that a reader gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from markdown import Markdown
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.opening import open_site
from mkdocs_verbatim.ledger.front_matter import front_matter
from tests.support import sites

ANY = (
    "---\ntitle: Page {0}\n---\n\n# Page {0}\n\n"
    "One of many.\n{{.editor}}\n\n## Nothing is quoted here\n"
)


def _build(site: Path) -> None:
    result = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)

    assert (result.returncode, result.stderr) == (0, "")


def _with_parts(folder: Path, count: int) -> Path:
    """Return the real site with two more parts of so many pages each."""
    site = sites.real_site(folder)
    nav = ""
    for part in ("first", "second"):
        names = [f"{part}/page-{number}.md" for number in range(count)]
        for name in names:
            sites.put(site / "docs" / name, ANY.format(name.replace("/", " ")))
        nav += f"  - The {part} part:\n" + "".join(f"      - {name}\n" for name in names)
    config = (site / "mkdocs.yml").read_text("utf-8")
    sites.put(site / "mkdocs.yml", config.replace("not_in_nav:", f"{nav}not_in_nav:"))
    return site


@pytest.mark.builds
@pytest.mark.parametrize(("count", "others"), [(3, 1), (25, 0)])
def test_a_large_menu_opens_its_own_part_alone(count: int, others: int, tmp_path: Path) -> None:
    site = _with_parts(tmp_path / "site", count)
    _build(site)
    page = LexborHTMLParser((site / "site/first/page-1/index.html").read_text("utf-8"))
    menu = [link.attributes["href"] for link in page.css(".site-nav a")]

    assert "../page-2/" in menu
    assert menu.count("../../second/page-2/") == others
    assert "../../second/page-0/" in menu, "a part can be reached all the same"


@pytest.mark.builds
def test_templates_alone_are_kept_and_a_second_build_is_the_first(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    _build(site)
    first = sites.tree(site / "site")
    (folder,) = (site / ".cache" / "verbatim").iterdir()
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    _build(site)

    assert sites.tree(site / "site") == first
    assert len(kept) > 20
    assert all(path.name.startswith("__jinja2_") for path in kept)
    assert not any(b"absolutely no negotiation" in content for content in kept.values())


@pytest.mark.builds
def test_a_changed_page_is_never_an_old_one(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    _build(site)
    page = site / "docs" / "index.md"
    sites.put(page, page.read_text("utf-8") + "\n## Another heading stands here\n")
    _build(site)

    assert "Another heading stands here" in (site / "site/index.html").read_text("utf-8")


@pytest.mark.builds
def test_where_nothing_can_be_kept_the_build_goes_on(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    sites.put(site / ".cache", "a file where the folder would be")

    _build(site)


@pytest.mark.builds
def test_a_page_may_link_to_a_paragraph_of_a_source(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    page = site / "docs" / "remark.md"
    text = page.read_text("utf-8")
    sites.put(page, f"{text}\n[The sentence](sources/rt-2016.md#p4)\n")
    _build(site)
    sites.put(page, f"{text}\n[A sentence](sources/rt-2016.md#p400)\n")
    # Quiet, MkDocs would not count its own warnings.
    result = sites.run("mkdocs", "build", "--strict", cwd=site)

    assert result.returncode == 1
    assert "does not contain an anchor '#p400'" in result.stderr


def test_a_source_page_says_the_same_with_and_without_markdown(tmp_path: Path) -> None:
    config = read_config(sites.real_site(tmp_path / "site") / "mkdocs.yml")
    site = open_site(config.file, config.docs, config.settings, config.problems)

    def convert(path: str, text: str) -> str:
        data, body, _ = front_matter(text, path)
        site.begin(path, lambda: text, path.removeprefix("docs/").removesuffix(".md") + "/", data)
        made = Markdown(
            extensions=[*config.extensions, site.extension],
            extension_configs={**config.extension_configs, "toc": {"permalink": False}},
        )
        return made.convert(body)

    for file in config.pages():
        convert(f"docs/{file.name}", file.read_text("utf-8"))
    pages = {
        path: text
        for path, text in site.generated.pages().items()
        if site.generated.is_source(path)
    }
    assert len(pages) == len(site.ledger.library.records)
    for path, text in pages.items():
        site.made.add(f"docs/{path}")
        by_markdown = convert(f"docs/{path}", text)
        html, headings = site.generated.composed(path, site.pages[f"docs/{path}"])

        assert [re.sub(r"\s+", " ", page).replace("> <", "><") for page in (html, by_markdown)] == [
            re.sub(r"\s+", " ", by_markdown).replace("> <", "><")
        ] * 2
        is_quoted = Path(path).stem in site.ledger.library.sources
        assert [heading.level for heading in headings] == [1, 2, 2, 2] + [2] * is_quoted
