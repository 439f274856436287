"""The same text as two other sites: what our finished pages say, for Material and Sphinx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pypandoc
import yaml
from selectolax.lexbor import LexborHTMLParser

OF_OURS = ".headerlink, .footnote-backref, .for-screen-readers, script, form, button, template"
"""What in a page is our machinery, not text."""

HTML = "html-native_divs-native_spans-auto_identifiers"
FORMS = {"material": ("markdown_strict+pipe_tables-raw_html", ".md"), "furo": ("rst", ".rst")}


def texts(site: Path) -> dict[str, str]:
    """Return the article of every page of *site* as plain HTML, by its address."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("index.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for node in tree.css(OF_OURS):
            node.decompose()
        article = tree.css_first("article")
        assert article is not None, path
        found[path.parent.relative_to(site).as_posix()] = article.html or ""
    return found


def write_material(folder: Path, articles: Mapping[str, str], nav: Sequence[object]) -> None:
    """Write a site for Material as it comes, but without its web fonts, which we cannot serve."""
    _write_pages(folder / "docs", articles, "material")
    config = {
        "site_name": "Could talks work?",
        "theme": {"name": "material", "font": False},
        "nav": list(nav),
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")


def write_furo(folder: Path, articles: Mapping[str, str], nav: Sequence[object]) -> None:
    """Write a site for Sphinx with furo as it comes."""
    _write_pages(folder, articles, "furo")
    named = [_stem(path) for path in _paths(nav)]
    for path in folder.rglob("*.rst"):
        if path.relative_to(folder).with_suffix("").as_posix() not in named:
            path.write_text(f":orphan:\n\n{path.read_text('utf-8')}", "utf-8")
    tree = "\n".join(f"   {name}" for name in named if name != "index")
    first = folder / "index.rst"
    first.write_text(f"{first.read_text('utf-8')}\n.. toctree::\n   :hidden:\n\n{tree}\n", "utf-8")
    config = 'project = "Could talks work?"\nhtml_theme = "furo"\n'
    (folder / "conf.py").write_text(config, "utf-8")


def _write_pages(folder: Path, articles: Mapping[str, str], site: str) -> None:
    form, suffix = FORMS[site]
    # A page with pages below it is the index of their folder, as it is in ours.
    parents = {Path(name).parent.as_posix() for name in articles}
    for name, html in articles.items():
        path = folder / (f"{name}/index" if name in parents else name)
        path = path.with_name(path.name + suffix)
        if name == ".":
            path = folder / f"index{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = pypandoc.convert_text(html, form, format=HTML, extra_args=["--wrap=none"])
        path.write_text(text, "utf-8")


def _paths(nav: Sequence[object]) -> Iterator[str]:
    for item in nav:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            for value in item.values():
                yield from _paths(value if isinstance(value, list) else [value])


def _stem(path: str) -> str:
    return path.removesuffix(".md")
