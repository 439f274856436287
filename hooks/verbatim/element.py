"""Elements: HTML is built from these and written in one place, which escapes it."""

from __future__ import annotations

import xml.etree.ElementTree as etree


def make(
    tag: str, attributes: dict[str, str] | None = None, *children: str | etree.Element
) -> etree.Element:
    """Return the element *tag* that holds *children*, texts and elements, in order."""
    element = etree.Element(tag, attributes or {})
    for child in children:
        if isinstance(child, etree.Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element


def to_html(*parts: str | etree.Element) -> str:
    """Return *parts* as HTML, texts escaped."""
    holder = make("div", None, *parts)
    written = etree.tostring(holder, encoding="unicode", method="html", short_empty_elements=False)
    return written.removeprefix("<div>").removesuffix("</div>")
