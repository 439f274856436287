"""Pandoc: formats a reference in each style once, so that a build needs no pandoc."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..sources.citation_styles import CITATION_STYLES
from ..sources.csl import Item
from ..text.words import capital

STYLES = Path(__file__).parents[1] / "styles"
"""The folder of the styles' rules in the Citation Style Language."""

FORMS = {
    "plain": "",
    "paragraph": ", para. 1234567",
    "paragraphs": ", paras. 1234567-7654321",
    "line": ", line 1234567",
    "lines": ", lines 1234567-7654321",
}
"""What a citation may point at, each with numbers that nothing else in a reference has."""

NUMBERS = re.compile(r"1234567(?:\u20137654321)?")
SLOT = "{}"
TIMEOUT = 120
"""Seconds for one run; a start takes under one."""


class PandocError(Exception):
    """Pandoc is not installed, or has failed; says which."""


def find_pandoc() -> str:
    """Return the path of pandoc: $PANDOC, on the PATH, or of the package pypandoc_binary."""
    named = os.environ.get("PANDOC") or shutil.which("pandoc")
    if named:
        return named
    package = importlib.util.find_spec("pypandoc")
    for folder in (package.submodule_search_locations or []) if package else []:
        for name in ("pandoc", "pandoc.exe"):
            if (Path(folder) / "files" / name).is_file():
                return str(Path(folder) / "files" / name)
    raise PandocError(
        "no pandoc; install it (apt-get install pandoc, or pip install pypandoc_binary), "
        "or name it in $PANDOC"
    )


def version(pandoc: str) -> str:
    """Return the version that the program *pandoc* says it is."""
    first = _run([pandoc, "--version"], "").splitlines()[0]
    return first.split()[-1]


def formatted(pandoc: str, item: Item) -> dict[str, object]:
    """Return *item* as each style cites and lists it, with a slot for the locator."""
    made: dict[str, object] = {}
    for name, style in CITATION_STYLES.items():
        made[name] = _in_style(pandoc, item, str(STYLES / style.file))
    # BibTeX has no field for what a text without title is.
    named = {"title": f"[{capital(str(item.get('genre', 'untitled')))}]", **item}
    made["bibtex"] = _run([pandoc, "-f", "csljson", "-t", "bibtex"], json.dumps([named]))
    return made


def _in_style(pandoc: str, item: Item, style: str) -> dict[str, object]:
    key = str(item["id"])
    cites = [f"[@{key}{locator}]" for locator in FORMS.values()]
    # The same item under other ids: each citation of it is then a first one.
    others = [{**item, "id": f"{key}x{turn}"} for turn, _ in enumerate(FORMS)]
    firsts = [f"[@{key}x{turn}{where}]" for turn, where in enumerate(FORMS.values())]
    later, listed = _cited(pandoc, [item], [f"[@{key}]", *cites], style)
    is_note = later[0].startswith("\x00")
    # A style leaves some kinds, such as letters, out of its lists: then the note says it.
    plain = _slotted(later[0])
    entry = listed[0].strip() if listed else ""
    made: dict[str, object] = {"bibliography": entry or plain}
    if is_note:
        first, _ = _cited(pandoc, others, firsts, style)
        made["note"] = dict(zip(FORMS, map(_slotted, first), strict=True))
        made["short"] = dict(zip(FORMS, map(_slotted, later[1:]), strict=True))
    else:
        made["note"] = dict(zip(FORMS, map(_slotted, later[1:]), strict=True))
    return made


def _slotted(text: str) -> str:
    plain = text.removeprefix("\x00").replace(SLOT, "{ }")
    return NUMBERS.sub(SLOT, plain)


def _cited(
    pandoc: str, items: list[Item], cites: Iterable[str], style: str
) -> tuple[list[str], list[str]]:
    """Return each citation and each entry of the list, as *style* has them."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "items.json")
        data.write_text(json.dumps(items), "utf-8")
        command = [pandoc, "-f", "markdown", "-t", "json", "--citeproc"]
        command += ["--bibliography", str(data), "--csl", style]
        document = json.loads(_run(command, "\n\n".join(cites)))
    found: list[str] = []
    entries: list[str] = []
    for block in document["blocks"]:
        if block["t"] == "Div":
            entries += [_text(inner) for inner in block["c"][1]]
        else:
            found.append(_text(block).strip())
    return found, entries


def _run(command: list[str], text: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a maintainer's own program, arguments not from a page
            command, input=text, capture_output=True, check=True, encoding="utf-8", timeout=TIMEOUT
        )
    except OSError as error:
        raise PandocError(f"cannot run {command[0]}: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise PandocError(f"{command[0]} took over {TIMEOUT} seconds") from error
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.split())[:300]
        raise PandocError(f"{command[0]} failed: {said}") from error
    return done.stdout


QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
SPACE = (" ", "")
AROUND = {
    "Emph": ("*", "*"),
    "Note": ("\x00", ""),
    "Space": SPACE,
    "SoftBreak": SPACE,
    "LineBreak": SPACE,
}
"""The text before and after the content of a node, by its kind."""


def _text(node: object) -> str:
    """Return the text of pandoc's *node*; emphasis in asterisks, a note begun by a NUL."""
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, Mapping):
        return ""
    kind, content = str(node.get("t")), node.get("c")
    if kind == "Str":
        return re.sub(r"([\\*])", r"\\\1", str(content))
    if isinstance(content, list) and kind in {"Quoted", "Cite", "Link", "Span", "Div"}:
        # The text is the second part, beside attributes, targets or the kind of mark.
        opening, closing = QUOTES[content[0]["t"]] if kind == "Quoted" else ("", "")
        return f"{opening}{_text(content[1])}{closing}"
    opening, closing = AROUND.get(kind, ("", ""))
    return f"{opening}{_text(content)}{closing}"
