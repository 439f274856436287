"""A site that is read without a builder: what its pages are called, and where they will stand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import read_site
from mkdocs_verbatim.output.quotation import page_url
from tests.support import sites

QUOTED = "“Ends are ends” [@a]."


@pytest.mark.parametrize(
    ("name", "url", "file"),
    [
        ("index.md", "", "index.html"),
        ("remark.md", "remark/", "remark.html"),
        ("part/index.md", "part/", "part/index.html"),
        ("part/README.md", "part/", "part/index.html"),
        ("part/my-index.md", "part/my-index/", "part/my-index.html"),
    ],
)
def test_a_page_stands_where_builders_put_it(name: str, url: str, file: str) -> None:
    assert page_url(name, lambda key: f"sources/{key}/") == url
    assert page_url(name, lambda key: f"sources/{key}.html") == file


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("named.md", f"---\ntitle: Front matter\n---\n\n# Heading\n\n{QUOTED}\n", "Navigation"),
        ("front.md", f"---\ntitle: Front matter\n---\n\n# Heading\n\n{QUOTED}\n", "Front matter"),
        ("heading.md", f"# A *heading* & more\n\n{QUOTED}\n", "A heading & more"),
        ("lower-down.md", f"{QUOTED}\n\n## Heading\n", "Lower down"),
        ("NATO_talks.md", f"{QUOTED}\n", "NATO talks"),
    ],
)
def test_a_page_is_called_as_builders_call_it(
    name: str, text: str, title: str, tmp_path: Path
) -> None:
    site = sites.SmallSite(pages={name: text}, copies={"a": "Ends are ends.\n"}).write(tmp_path)
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [{"Part": [{"Navigation": "named.md"}]}, "front.md"]
    sites.put(site / "mkdocs.yml", yaml.safe_dump(config))

    assert read_site(read_config(site / "mkdocs.yml")).pages[f"docs/{name}"].title == title


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        ("material", "en"),
        ({"name": "material", "language": "de"}, "de"),
        ({"name": "mkdocs", "locale": "fr"}, "fr"),
        (None, "en"),
    ],
)
def test_the_exports_have_the_sites_name_and_language(
    theme: object, language: str, tmp_path: Path
) -> None:
    site = sites.SmallSite(
        pages={"page.md": f"# Page\n\n{QUOTED}\n\n<!-- verbatim: changes -->\n"},
        copies={"a": "Ends are ends.\n"},
    ).write(tmp_path)
    sites.put(site / "docs" / "data" / "changes.yml", "begun: 2026-01-02\nchanges: []\n")
    given = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    sites.put(site / "mkdocs.yml", yaml.safe_dump(given | {"site_name": "Of ends", "theme": theme}))
    config = read_config(site / "mkdocs.yml")
    files = read_site(config).generated.complete(config.name, config.language)

    assert '"Quotations: Of ends"' in files["quotes.json"]
    assert f'xml:lang="{language}"' in files["feed.xml"]
    assert "Of ends" in files["feed.xml"]
