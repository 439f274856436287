"""Stylesheets by the grammar of CSS: which rules hide, move or alter words, and which add some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import tinycss2
from tinycss2.color4 import parse_color

EffectKind = Literal["hides", "moves", "shifts", "alters", "adds", "covers"]
"""*moves* takes words out of their order, *shifts* a box; *adds* shows words of the style's own."""

LONGEST = 3_000_000
"""Characters of a stylesheet that is read; themes have a tenth of it."""

MOST_NESTED = 2000
"""Selectors of one rule inside others."""

LEAST_SEEN = 0.35
"""The opacity below which a text counts as hidden."""

SMALLEST = {"px": 6.0, "pt": 4.5, "em": 0.4, "rem": 0.4, "%": 40.0, "ex": 0.8, "ch": 0.8}
"""The size, by unit, below which nobody reads a text."""

CUTTING = {
    "clip": {"auto"},
    "clip-path": {"none"},
    "mask": {"none"},
    "mask-image": {"none"},
    "filter": {"none"},
    "content-visibility": {"visible", "auto"},
    "line-clamp": {"none"},
    "text-security": {"none"},
}
"""Properties that hide an element with any value but these."""

MOVING = {
    "transform": {"none"},
    "scale": {"none", "1"},
    "rotate": {"none", "0deg"},
    "translate": {"none", "0"},
    "offset-path": {"none"},
    "animation": {"none"},
    "animation-name": {"none"},
    "writing-mode": {"horizontal-tb", "initial", "inherit"},
    "order": {"0"},
    "box-direction": {"normal"},
    "box-reflect": {"none"},
}
"""Properties that may put words elsewhere, or hide them, with any value but these."""

SHIFTING = {
    "float": {"none"},
    "grid-row": {"auto"},
    "grid-column": {"auto"},
    "grid-area": {"auto"},
}

SIDES = frozenset({"top", "right", "bottom", "left"})
FAR = {"px": 24.0, "pt": 18.0, "em": 1.6, "rem": 1.6, "ex": 3.0, "ch": 3.0, "%": 40.0, "": 0.0}
"""The length, by unit, of which a shift puts a word into another line, or over another word."""

LEAST_SPACING = -0.2
"""The space between letters, in any unit, below which they begin to cover each other."""

SIZES = frozenset(
    "height width max-height max-width block-size inline-size max-block-size max-inline-size "
    "zoom".split()
)
MEASURED = frozenset({"number", "dimension", "percentage"})
STATES = frozenset(
    "hover focus focus-visible focus-within active visited link any-link target checked disabled "
    "enabled open popover-open placeholder-shown autofill".split()
)
"""What an element may come to be while a reader looks at it."""

UNSURE = SIZES | {"opacity", "font-size", "font"}
"""Properties that may hide, whose value nobody knows where a variable has it."""

INITIAL = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
PREFIX = re.compile(r"^-(?:webkit|moz|ms|o)-")


@dataclass(frozen=True, slots=True)
class Compound:
    """A part of a selector for one element: its *tag* or "", and its *names*.

    Names are classes as `.name`, ids as `#name` and attributes as `[name]`. *combinator* is what is
    before the part.
    """

    tag: str
    names: frozenset[str]
    combinator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a declaration does to the elements of one selector."""

    kind: EffectKind
    declaration: str
    selector: str
    """As a program can look for it: without states and pseudo-elements."""
    compounds: tuple[Compound, ...]
    pseudo: str = ""
    """The pseudo-element that it is about, such as "before"."""
    words: str = ""
    """What *adds* shows: texts, and the names of attributes as `attr(name)`."""
    line: int = 1
    column: int = 1

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset().union(*(part.names for part in self.compounds))


class StylesheetError(ValueError):
    """A stylesheet that cannot be read; says why."""


def effects(css: str) -> list[Effect]:
    """Return what the rules of the stylesheet *css* do to words, or raise StylesheetError."""
    if len(css) > LONGEST:
        raise StylesheetError(f"has more than {LONGEST // 1_000_000} MB")
    try:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return list(_of_rules(rules, ()))
    except RecursionError as error:
        raise StylesheetError("has blocks too deep inside each other") from error


def style_effects(style: str) -> list[Effect]:
    """Return what the text of a `style` attribute does to the words of its element."""
    try:
        found = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
        here = _Selector("", (), "")
        return [e for node in found if node.type == "declaration" for e in _of(node, (here,))]
    except RecursionError as error:
        raise StylesheetError("has blocks too deep inside each other") from error


@dataclass(frozen=True, slots=True)
class _Selector:
    text: str
    compounds: tuple[Compound, ...]
    pseudo: str


def _of_rules(rules: Iterable[Any], outer: tuple[_Selector, ...]) -> Iterator[Effect]:
    """Yield the effects of *rules*, which are inside a rule with the selectors *outer*, if any."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = tuple(_selectors(rule.prelude, outer))
            if outer and len(selectors) > MOST_NESTED:
                # Each rule inside another multiplies them.
                raise StylesheetError(f"has over {MOST_NESTED} selectors inside each other")
            yield from _of_block(rule.content, selectors)
        elif rule.type == "at-rule" and rule.content is not None:
            yield from _of_at_rule(rule, outer)
        elif rule.type == "declaration":
            yield from _of(rule, outer)


def _of_at_rule(rule: Any, outer: tuple[_Selector, ...]) -> Iterator[Effect]:
    name = PREFIX.sub("", rule.lower_at_keyword)
    if name == "counter-style":
        yield from _of_block(rule.content, (_Selector("", (), "marker"),))
    elif name not in {"keyframes", "font-face", "page", "property", "font-feature-values"}:
        # A condition, a layer or a scope; inside a rule it may hold declarations, too.
        yield from (
            _of_block(rule.content, outer)
            if outer
            else _of_rules(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), ()
            )
        )


def _of_block(content: Sequence[Any], selectors: tuple[_Selector, ...]) -> Iterator[Effect]:
    inner = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    yield from _of_rules(inner, selectors)
    yield from _together([node for node in inner if node.type == "declaration"], selectors)


def _together(declarations: Sequence[Any], selectors: tuple[_Selector, ...]) -> Iterator[Effect]:
    """Yield what several *declarations* of one rule do together: to hide, or to cover a page."""
    values = {d.lower_name: tinycss2.serialize(d.value).strip().lower() for d in declarations}
    ground = values.get("background-color", values.get("background"))
    kind: EffectKind
    if ground is not None and ground == values.get("color"):
        kind, said = "hides", f"color: {ground}; background: {ground}"
    elif values.get("position") == "fixed" and ground not in {None, "none", "transparent"}:
        sides = {name: values.get(name, "") for name in ("inset", "top", "left")}
        if any(value and not value.strip("0pxem% ") for value in sides.values()):
            kind, said = "covers", "position: fixed, at the edges of the page"
        else:
            return
    else:
        return
    for selector in selectors:
        yield Effect(
            kind=kind,
            declaration=said[:60],
            selector=selector.text,
            compounds=selector.compounds,
            pseudo=selector.pseudo,
            line=declarations[0].source_line,
            column=declarations[0].source_column,
        )


def _of(declaration: Any, selectors: tuple[_Selector, ...]) -> Iterator[Effect]:
    name = PREFIX.sub("", declaration.lower_name)
    tokens = [t for t in declaration.value if t.type not in {"whitespace", "comment"}]
    kind, words = _kind(name, tokens)
    if kind is None:
        return
    value = " ".join(tinycss2.serialize(declaration.value).split())
    for selector in selectors:
        yield Effect(
            kind=kind,
            declaration=f"{declaration.name}: {value}"[:60],
            selector=selector.text,
            compounds=selector.compounds,
            pseudo=selector.pseudo,
            words=words,
            line=declaration.source_line,
            column=declaration.source_column,
        )


def _kind(name: str, tokens: Sequence[Any]) -> tuple[EffectKind | None, str]:  # noqa: PLR0911 - one for each family
    """Return what a declaration of *name* with the value *tokens* does, and the words it adds."""
    value = tinycss2.serialize(tokens).lower().strip()
    if name.startswith("--"):
        strings = " ".join(_strings(tokens))
        return ("adds", strings) if strings else (_if("hides", is_unseen=_is_clear(tokens)), "")
    if name == "all" or (name in UNSURE and _has_variable(tokens)):
        return "shifts", ""
    if value in INITIAL:
        return None, ""
    if name in {"content", "list-style", "list-style-type", "symbols", "prefix", "suffix"}:
        words = " ".join(_strings(tokens))
        return ("adds" if words else None), words
    if name in CUTTING:
        return _if("hides", is_unseen=value not in CUTTING[name]), ""
    if name in MOVING:
        return _if("moves", is_unseen=value not in MOVING[name]), ""
    if name in SHIFTING:
        return _if("shifts", is_unseen=value not in SHIFTING[name]), ""
    if name in SIDES or name.startswith(("inset", "margin")):
        return _if("shifts", is_unseen=any(_is_far(token) for token in tokens)), ""
    if name in {"letter-spacing", "word-spacing"}:
        return _if("shifts", is_unseen=any(_number(t) < LEAST_SPACING for t in tokens)), ""
    return _by_value(name, value, tokens), ""


def _by_value(name: str, value: str, tokens: Sequence[Any]) -> EffectKind | None:
    """Return what a declaration does that is harmless with most values."""
    words = set(value.split())
    if _hides(name, words, tokens):
        return "hides"
    if (
        (name == "direction" and "rtl" in words)
        or (name == "unicode-bidi" and bool(words & {"bidi-override", "isolate-override"}))
        or (name.startswith("flex") and "reverse" in value)
        or (name == "position" and bool(words & {"absolute", "fixed"}))
    ):
        return "moves"
    struck = name in {"text-decoration", "text-decoration-line"} and "line-through" in words
    cased = name == "text-transform" and not words <= {"none"}
    return "alters" if struck or cased else None


def _hides(name: str, words: set[str], tokens: Sequence[Any]) -> bool:
    first = tokens[0] if tokens else None
    if name in {"display", "visibility"}:
        # Of what a variable holds nobody can be sure.
        unsure = any(t.type == "function" and t.lower_name == "var" for t in tokens)
        return unsure or bool(words & {"none", "hidden", "collapse"})
    if name == "opacity":
        return first is not None and _number(first, percent=0.01) < LEAST_SEEN
    if name in {"color", "text-fill-color"}:
        return _is_clear(tokens)
    if name in {"font-size", "font"}:
        return any(_is_small(token) for token in tokens)
    if name in SIZES:
        return first is not None and _number(first) == 0
    return name == "text-indent" and any(_number(token) < 0 for token in tokens)


def _if(kind: EffectKind, *, is_unseen: bool) -> EffectKind | None:
    return kind if is_unseen else None


def _is_clear(tokens: Sequence[Any]) -> bool:
    """Return whether *tokens* are a colour through which one sees."""
    if len(tokens) != 1:
        return False
    if tokens[0].type == "function" and tokens[0].lower_name == "color-mix":
        return "transparent" in tinycss2.serialize(tokens).lower()
    colour = parse_color(tokens[0])
    return colour is not None and colour != "currentcolor" and colour.alpha < LEAST_SEEN


def _is_far(token: Any) -> bool:
    """Return whether *token* is a length that takes words out of their line."""
    if token.type == "function":
        return True
    unit = "%" if token.type == "percentage" else getattr(token, "lower_unit", "")
    return abs(_number(token)) > FAR.get(unit, 1.0) and token.type != "ident"


def _has_variable(tokens: Sequence[Any]) -> bool:
    return any(token.type == "function" and token.lower_name == "var" for token in tokens)


def _is_small(token: Any) -> bool:
    if token.type == "function":
        numbers = [t for t in token.arguments if t.type in {"number", "dimension", "percentage"}]
        return bool(numbers) and all(_is_small(number) for number in numbers)
    if token.type == "percentage":
        return bool(token.value < SMALLEST["%"])
    if token.type == "dimension":
        return bool(token.value < SMALLEST.get(token.lower_unit, 0.0))
    return bool(token.type == "number" and token.value == 0)


def _number(token: Any, *, percent: float = 1.0) -> float:
    """Return the number that *token* has, or one that is neither small nor negative."""
    if token.type == "function" and token.lower_name in {"calc", "min", "max", "clamp"}:
        inside = [_number(t, percent=percent) for t in token.arguments if t.type in MEASURED]
        return max(inside, default=1.0)
    if token.type == "percentage":
        return float(token.value) * percent
    return float(token.value) if token.type in {"number", "dimension"} else 1.0


def _strings(tokens: Iterable[Any]) -> Iterator[str]:
    """Yield what a value shows: its texts, attributes as `attr(name)`, variables, pictures."""
    for token in tokens:
        if token.type == "string":
            yield token.value
        elif token.type == "url":
            yield f"url({token.value})"
        elif token.type == "ident" and token.lower_value in {"open-quote", "close-quote"}:
            yield "“" if token.lower_value == "open-quote" else "”"
        elif token.type == "function" and token.lower_name in {"attr", "var", "url", "image-set"}:
            inside = tinycss2.serialize(token.arguments).strip().split(",")[0].strip("\"' ")
            yield f"{token.lower_name}({inside})"


def _selectors(prelude: Sequence[Any], outer: tuple[_Selector, ...]) -> Iterator[_Selector]:
    """Yield each selector of a rule, with those of the rule that it is inside."""
    for tokens in _split(prelude):
        one = _read(tokens)
        if not outer:
            yield one
            continue
        nests = any(t.type == "literal" and t.value == "&" for t in tokens)
        for each in outer:
            text = one.text.replace("&", each.text) if nests else f"{each.text} {one.text}"
            yield replace(one, text=text, compounds=(*each.compounds, *one.compounds))


def _split(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        elif token.type != "comment":
            part.append(token)
    yield part


def _read(tokens: Sequence[Any]) -> _Selector:  # noqa: C901, PLR0912
    """Return the selector that *tokens* write."""
    parts: list[Compound] = []
    tag, names, combinator, pseudo = "", set[str](), "", ""
    text: list[str] = []
    begun, colons, dot = False, 0, False
    for token in tokens:
        kind, value = token.type, getattr(token, "value", "")
        if kind == "whitespace" or (kind == "literal" and value in {">", "+", "~", "|", "||"}):
            if begun:
                parts.append(Compound(tag, frozenset(names), combinator))
                tag, names, combinator, begun = "", set(), " ", False
            if kind == "literal":
                combinator = value
            text.append(" " if kind == "whitespace" else value)
            continue
        begun = True
        if kind == "literal" and value == ":":
            colons += 1
            continue
        if colons:
            word = (token.lower_name if kind == "function" else str(value)).lower()
            is_element = colons > 1 or word in {"before", "after", "first-line", "first-letter"}
            if is_element:
                pseudo = word
            elif word not in STATES:
                text.append(f":{token.serialize()}")
                if kind == "function" and word in {"is", "where", "has", "matches"}:
                    names |= _inner_names(token.arguments)
            colons = 0
        elif kind == "literal" and value == ".":
            dot = True
            text.append(".")
            continue
        elif kind == "ident" and dot:
            names.add(f".{value}")
            text.append(token.serialize())
        elif kind == "ident":
            tag = token.lower_value
            text.append(token.serialize())
        elif kind == "hash":
            names.add(f"#{value}")
            text.append(token.serialize())
        elif kind == "[] block":
            names.add(_attribute(token))
            text.append(token.serialize())
        else:
            text.append(token.serialize())
        dot = False
    if begun:
        parts.append(Compound(tag, frozenset(names), combinator))
    return _Selector("".join(text).strip() or "*", tuple(parts), pseudo)


def _inner_names(tokens: Sequence[Any]) -> set[str]:
    return {name for part in _split(tokens) for c in _read(part).compounds for name in c.names}


def _attribute(block: Any) -> str:
    """Return the name that a selector of an attribute adds; of classes and ids the class or id."""
    inside = [token for token in block.content if token.type != "whitespace"]
    name = inside[0].lower_value if inside and inside[0].type == "ident" else ""
    value = next((t.value for t in inside[1:] if t.type in {"string", "ident"}), "")
    signs = [t.value for t in inside if t.type == "literal"]
    if name in {"class", "id"} and signs in (["="], ["~", "="], ["~="]):
        return f"{'.' if name == 'class' else '#'}{value}"
    return f"[{name}]"
