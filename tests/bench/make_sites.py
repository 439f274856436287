"""Sites made from a seed: `python -m tests.bench.make_sites FOLDER VARIANT PAGES`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .configuration import configuration
from .corpus import SECTION, SOURCES, Article, Block, Corpus, Quotation, make_corpus
from .library import bibtex, write_library

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / "hooks"
STYLE = HOOKS / "mkdocs_verbatim" / "styles" / "chicago-notes-bibliography.csl"

Cite = Callable[[Quotation], str]
"""Writes a citation."""

MACRO = '''"""The macro that pages call: opens a copy, slices it, returns the words."""

from pathlib import Path


def define_env(env):
    sources = Path(env.project_dir, "sources")

    @env.macro
    def cut(key, start, end):
        return (sources / f"{key}.txt").read_text("utf-8")[start:end]
'''


CONF = """project = "Benchmark"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["../references.bib"]
html_theme = "furo"
html_copy_source = html_show_sourcelink = False
"""

CONTENTS = """
## References

```{bibliography}
```

```{toctree}
:hidden:
:glob:

*/*
```
"""
"""What Sphinx has on its first page, which lists all others."""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A way to build the same text. *program* stands in a virtual environment's bin/."""

    cite: Cite
    words: Cite = lambda quotation: quotation.words
    notes: bool = False
    """Whether each page ends in footnotes written by hand."""
    engine: bool = False
    """Whether our hooks run."""
    sources: bool = False
    """Whether the copies lie beside the pages."""
    plugins: Sequence[Mapping[str, object]] = ()
    pruned: bool = False
    """Whether a menu opens its own part alone."""
    program: str = "mkdocs"
    handed: bool = False
    """Whether `verbatim pages` writes what our hooks make, before any build is timed."""
    about: str
    files: Callable[[Corpus], Mapping[str, str]] = field(default=lambda _: {})


def _cited(quotation: Quotation) -> str:
    place = f", para. {quotation.paragraph}" if quotation.located else ""
    return f" [@{quotation.copy.key}{place}]"


def _keyed(quotation: Quotation) -> str:
    return f" [@{quotation.copy.key}]"


def _footnoted(quotation: Quotation) -> str:
    return f"[^{quotation.copy.key}-{quotation.start}]"


def _macro(quotation: Quotation) -> str:
    return f'{{{{ cut("{quotation.copy.key}", {quotation.start}, {quotation.end}) }}}}'


def _role(quotation: Quotation) -> str:
    return f" {{cite:p}}`{quotation.copy.key}`"


def _bibtex(corpus: Corpus) -> dict[str, str]:
    return {"references.bib": "\n".join(map(bibtex, corpus.copies))}


def _styled(corpus: Corpus) -> dict[str, str]:
    return {**_bibtex(corpus), "style.csl": STYLE.read_text("utf-8")}


VARIANTS = {
    "ours": Variant(cite=_cited, engine=True, sources=True, about="this project"),
    "plain": Variant(cite=_cited, about="MkDocs with Material, citations left as text"),
    "pruned": Variant(
        cite=_cited, pruned=True, about="plain, its menu pruned as this project does on large sites"
    ),
    "footnotes": Variant(cite=_footnoted, notes=True, about="plain, footnotes written by hand"),
    "bibtex": Variant(
        cite=_keyed,
        plugins=[{"bibtex": {"bib_file": "references.bib"}}],
        files=_bibtex,
        about="mkdocs-bibtex in its own plain style",
    ),
    "bibtex-csl": Variant(
        cite=_keyed,
        plugins=[{"bibtex": {"bib_file": "references.bib", "csl_file": "style.csl"}}],
        files=_styled,
        about="mkdocs-bibtex with pandoc and the Chicago style that this project cites in",
    ),
    "macro": Variant(
        cite=_cited,
        words=_macro,
        sources=True,
        plugins=[{"macros": {"on_error_fail": True}}],
        files=lambda _: {"main.py": MACRO},
        about="mkdocs-macros, a macro that opens the copy and slices it",
    ),
    "sphinx": Variant(
        cite=_role,
        program="sphinx-build",
        files=lambda corpus: {**_bibtex(corpus), "docs/conf.py": CONF},
        about="Sphinx with furo and sphinxcontrib-bibtex, pages in Markdown",
    ),
    "zensical": Variant(cite=_cited, program="zensical", about="Zensical on the text of plain"),
    "ours-zensical": Variant(
        cite=_cited,
        engine=True,
        sources=True,
        program="zensical",
        handed=True,
        files=lambda _: {"zensical.yml": (ROOT / "zensical.yml").read_text("utf-8")},
        about="Zensical with this project, its pages written beforehand",
    ),
}


def write_site(folder: Path, name: str, pages: int) -> None:
    """Write the site of so many *pages* into *folder*, to be built in the way called *name*."""
    variant, corpus = VARIANTS[name], make_corpus(pages, SOURCES[pages])
    docs = folder / "docs"
    for article in corpus.articles:
        path = docs / article.path
        path.parent.mkdir(parents=True, exist_ok=True)
        contents = CONTENTS if variant.program == "sphinx-build" and path.stem == "index" else ""
        path.write_text(_page(article, variant) + contents, "utf-8")
    if variant.sources:
        write_library(folder / "sources", corpus.copies)
    if variant.engine:
        shutil.copytree(HOOKS, folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    for added, text in variant.files(corpus).items():
        (folder / added).write_text(text, "utf-8")
    base = (ROOT / "mkdocs.yml").read_text("utf-8")
    nav = _nav(corpus.articles, generated=variant.engine)
    config = configuration(base, nav, variant.plugins, engine=variant.engine, pruned=variant.pruned)
    (folder / "mkdocs.yml").write_text(config, "utf-8")


def _nav(articles: Sequence[Article], *, generated: bool) -> list[object]:
    nav: list[object] = [{"Front page": articles[0].path}]
    for first in range(0, len(articles), SECTION):
        pages = [article.path for article in articles[first : first + SECTION]]
        nav.append({f"Part {first // SECTION + 1}": [p for p in pages if p != "index.md"]})
    made = [{"Sources": "sources/index.md"}, {"Every quotation": "quotes.md"}]
    return [*nav, *made] if generated else nav


def _page(article: Article, variant: Variant) -> str:
    parts = [f"---\ntitle: {article.title}\n---\n\n# {article.title}"]
    for heading, blocks in article.parts:
        parts += [f"## {heading}", *(_block(block, variant) for block in blocks)]
    if variant.notes:
        quotations = [block.quotation for _, blocks in article.parts for block in blocks]
        parts += dict.fromkeys(map(_note, quotations))
    return "\n\n".join(parts) + "\n"


def _block(block: Block, variant: Variant) -> str:
    quotation = block.quotation
    words, cited = variant.words(quotation), variant.cite(quotation)
    if not block.before:
        return f"> {words}\n> — {quotation.copy.author}{cited}"
    return f"{block.before}“{words}”{cited}{block.after}"


def _note(quotation: Quotation) -> str:
    copy = quotation.copy
    said = f"{copy.author}, *{copy.title}*, {copy.journal} ({copy.issued[:4]})"
    return f"{_footnoted(quotation)}: {said}, para. {quotation.paragraph}."


if __name__ == "__main__":
    write_site(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
