"""Payloads: texts that try to run a script, and a site that has them wherever text comes in."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_verbatim.output.html import FORBIDDEN_CHARACTERS
from mkdocs_verbatim.rules import RULES
from mkdocs_verbatim.text.quotation_marks import DOUBLE
from tests.support import sites

PUBLIC = Path(__file__).parents[1] / "data" / "xss-payloads.jsonl"
CALL = "alert(1)"
OWN = (
    # Markdown, and what our marks in it are made of
    f"[a](javascript:{CALL})",
    f"![a](x onerror={CALL})",
    f"[a]: javascript:{CALL}",
    f"<javascript:{CALL}>",
    f"`<img src=x onerror={CALL}>`",
    f"{{: onclick={CALL} }}",
    f"[@a]{{onclick={CALL}}}",
    f"<!-- verbatim: map ../<img src=x onerror={CALL}> -->",
    f"<!-- verbatim: postponed 1 --><img src=x onerror={CALL}>",
    "\\<img src=x onerror=alert(1)\\>",
    "*[a]: <img src=x onerror=alert(1)>",
    # YAML
    "!!python/object/apply:os.system [x]",
    "*anchor &anchor {a: b}",
    "a: b # c",
    "{{ config }} {% include 'x' %} ${7*7} {{ ''.__class__ }}",
    # SVG and MathML
    f"</text></svg><svg onload={CALL}>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"]]><script>{CALL}</script><![CDATA[",
    f"<svg><foreignObject><img src=x onerror={CALL}></foreignObject></svg>",
    f"<math href=javascript:{CALL}>a</math>",
    "&lt;img src=x onerror=alert(1)&gt; &#60;script&#62; &amp;amp; &nope; &#0; &#x110000;",
    # JSON-LD, and JSON at all
    f'"}}</script><script>{CALL}</script>',
    f"\\u003c/script>\\u003cscript>{CALL}//",
    f"<!--<script>{CALL}</script>",
    "\u2028alert(1)\u2029",
    # CSS and attributes
    f"</style><img src=x onerror={CALL}>",
    "';}*{background:url(javascript:alert(1))}",
    f"x' onfocus='{CALL}' autofocus='",
    f'x" onfocus="{CALL}" autofocus="',
    f"x` onfocus=`{CALL}`",
    "x style=animation-name:x onanimationstart=alert(1)",
    # Addresses
    f"java\tscript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f'https://example.org/#"><img src=x onerror={CALL}>',
    f"//example.org/x.js' onerror={CALL}",
    # Other ways to be written
    "﹤script﹥alert(1)﹤/script﹥",
    "＜script＞alert(1)＜/script＞",
    "ʺ＞‹img src=x onerror=alert(1)›",
    "مرحبا <b onclick=alert(1)>",
)
"""Our own: one line each, and nothing that a copy may not hold."""

TURNED = ("a\u202ealert(1)\u202c", "\u2066<script>\u2069", "\u200fa")
CONTROL = ("a\x00b", "\x01<script>", "\x1b[31mred", "\x7f", "\x9b1m")
"""What turns the reading direction, and control characters: refused."""


def public() -> list[str]:
    """Return the payloads of public lists."""
    lines = PUBLIC.read_text("utf-8").splitlines()
    return [json.loads(line)["payload"] for line in lines]


def payloads() -> list[str]:
    """Return every payload, each on one line, less the control characters that are refused."""
    return [" ".join(FORBIDDEN_CHARACTERS.sub("", text).split()) for text in [*public(), *OWN]]


def groups() -> list[list[str]]:
    """Return every payload, those together that share a field."""
    texts = payloads()
    return [texts[at : at + GROUP] for at in range(0, len(texts), GROUP)]


def without_marks(text: str) -> str:
    """Return *text* without double marks and citations, refused where nothing can be proven."""
    # What is put in may make a double mark with the next character.
    while DOUBLE.search(text):
        text = DOUBLE.sub("'", text)
    # Four words in single marks are a quotation, too.
    return re.sub("['‘’‚‛‹›＇]", "ʹ", text).replace("[@", "[")


def escaped(text: str) -> str:
    """Return *text* as an author writes it in Markdown so that readers see just these signs."""
    return re.sub(r"[^\w\s]", lambda match: f"&#{ord(match[0])};", text)


Clean = Callable[[str], str]
"""Makes of a payload what may stand where double marks may not."""

GROUP = 8
"""Payloads that share a field; each is a text of its own in copies, people and lists."""


def write(folder: Path, clean: Clean, *, title: str) -> Path:
    """Write a site into *folder* with every payload in every place, *title* as its name."""
    copies = {f"s{n}": _copy(n, group) for n, group in enumerate(groups())}
    records = {f"s{n}": _record(n, group) for n, group in enumerate(groups())}
    pages: dict[str, str | bytes] = {f"p{n}.md": _page(n, g, clean) for n, g in enumerate(groups())}
    pages["index.md"] = "# Home\n\nWords.\n{.editor}\n\n<!-- verbatim: shares -->\n"
    pages["log.md"] = (
        "# Log\n\n<!-- verbatim: changes -->\n\n<!-- verbatim: owner -->\n\n"
        "<!-- verbatim: speakers -->\n"
    )
    for n, group in enumerate(groups()):
        pages[f"data/map{n}.yml"] = _yaml(_map(n, group, clean))
        pages[f"data/timeline{n}.yml"] = _yaml(_timeline(n, group, clean))
    pages["data/changes.yml"] = _yaml(_log(groups(), clean))
    site = sites.SmallSite(
        pages=pages,
        copies=copies,
        records=records,
        people=[
            {"id": f"x-{n}-{i}", "name": f"{clean(text)} {n}-{i}", "role": text, "aliases": []}
            for n, group in enumerate(groups())
            for i, text in enumerate(group)
        ],
    ).write(folder)
    sites.put(site / "mkdocs.yml", _yaml(_config(title, clean)))
    return site


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _config(title: str, clean: Clean) -> dict[str, object]:
    real = (sites.ROOT / "mkdocs.yml").read_text("utf-8")
    config: dict[str, Any] = yaml.safe_load(real)
    for name in ("nav", "not_in_nav", "watch", "validation"):
        del config[name]
    settings = config["extra"]["verbatim"]
    del settings["content"]
    settings["owner"] = dict.fromkeys(settings["owner"], title)
    # What only warns is no matter here.
    settings["rules"] = {name: "off" for name, rule in RULES.items() if not rule.fixed}
    return config | {
        "site_name": title,
        "site_description": clean(title),
        "site_url": "https://example.org/x/",
        "hooks": [str(sites.ROOT / "hooks" / "site_hook.py")],
    }


def _copy(number: int, group: Sequence[str]) -> str:
    parts = [f"Words {i}: {text} end{number}x{i}" for i, text in enumerate(group)]
    return "\n\n".join([*parts, "A menu"])


def _record(number: int, group: Sequence[str]) -> dict[str, object]:
    joined = " ".join(group)
    lines = 2 * len(group) + 1
    return {
        "reference": {
            "type": "webpage",
            "title": joined,
            "author": [
                {"literal": joined},
                # A family name of one letter would be that of many others.
                {"family": f"{group[0]} Of{number}", "given": group[-1]},
            ],
            "container-title": joined,
            "URL": "https://example.org/a?b=c&d='e'",
        },
        "description": joined,
        "attribution": f"{joined} {number}",
        "accessed": joined,
        "basis": {"publisher": {"value": joined, "evidence": joined, "accessed": joined}},
        "furniture": [{"lines": f"{lines}-{lines}", "what": joined}],
        "notes": [*group],
        "limits": {
            "excerpt_words": 1000,
            "quoted_share": 1,
            "published_share": 1,
            "author_share": 1,
        },
        "speech": [
            {
                "speaker": f"x-{number}-{i}",
                "mode": "verbatim",
                "paragraph": i + 1,
                "from": f"Words {i}",
                "to": f"end{number}x{i}",
                "how": text,
                "via": [text],
                "note": text,
            }
            for i, text in enumerate(group)
        ],
    }


def _page(number: int, group: Sequence[str], clean: Clean) -> str:
    joined = clean(" ".join(group))
    head = _yaml({"title": f"{joined} {number}", "description": joined, "updated": joined})
    parts = [f"---\n{head}---\n", f"# {escaped(joined)} {number}", PICTURES.format(number)]
    for i, text in enumerate(group):
        shown = escaped(clean(text))
        parts += [
            f"## {shown}",
            f"> [@s{number}, para. {i + 1}]",
            f"It says *{shown}* [@s{number}, para. {i + 1}].",
            f'![{shown}](assets/icon.png "{shown}")',
            f"| One | {shown} |\n|---|---|\n| {shown} | Two [@s{number}, para. {i + 1}] |",
            f"~~~\n{text}\n~~~",
            f"!!! note {_attribute(shown)}\n    Words.",
        ]
    return "\n\n".join(parts) + "\n"


PICTURES = (
    "<!-- verbatim: map data/map{0}.yml -->\n\n<!-- verbatim: timeline data/timeline{0}.yml -->"
)


def _attribute(text: str) -> str:
    return f'"{text}"'


def _map(number: int, group: Sequence[str], clean: Clean) -> dict[str, object]:
    return {
        "columns": [{"id": "one", "title": clean(group[0]), "source": f"s{number}"}],
        "nodes": [
            {
                "id": f"n{i}",
                "column": "one",
                "who": f"{clean(text)} {number}-{i}",
                "label": clean(text),
                "citation": f"[@s{number}, para. {i + 1}]",
                "quotation": f"end{number}x{i}",
                "note": clean(text),
            }
            for i, text in enumerate(group)
        ],
        "edges": [
            {
                "from": f"n{i}",
                "to": f"n{i + 1}",
                "type": "supports",
                "drawn_by": "editor",
                "note": clean(text),
            }
            for i, text in enumerate(group[1:])
        ],
    }


def _timeline(number: int, group: Sequence[str], clean: Clean) -> dict[str, object]:
    return {
        "lanes": [
            {"id": "dated", "title": clean(group[0]), "dated": "source"},
            {"id": "undated", "title": clean(group[-1]), "dated": "undated"},
        ],
        "events": [
            {
                "id": f"e{i}",
                "lane": "dated",
                "date": f"{2000 + i} {clean(text)}",
                "when": 2000 + i,
                "label": clean(text),
                "citation": f"[@s{number}, para. {i + 1}]",
                "quotation": f"end{number}x{i}",
                "note": clean(text),
            }
            for i, text in enumerate(group)
        ],
    }


def _log(groups: Sequence[Sequence[str]], clean: Clean) -> dict[str, object]:
    return {
        "begun": "2026-01-01",
        "changes": [
            {
                "id": f"c-{n}-{i}",
                "date": f"2026-01-{i + 1:02}",
                "page": f"p{n}.md",
                "kind": "correction",
                **dict.fromkeys(("was", "now", "why"), escaped(clean(text))),
            }
            for n, group in enumerate(groups)
            for i, text in enumerate(group)
        ],
    }


def main() -> int:
    """Build the site in the folder given as a preview does, which shows what is refused."""
    folder = Path(sys.argv[1])
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    return 0


if __name__ == "__main__":
    sys.exit(main())
