"""What a Word document's styles say about its paragraphs: headings, lists, generated lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.packages import attribute, child, children

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Word writes the names of its own styles in English, whatever its language; ids are translated.
HEADING_STYLE = re.compile(r"heading \d|title", re.IGNORECASE)
"""Names of styles that title what follows."""
GENERATED_STYLE = re.compile(r"toc \d|table of figures|index \d", re.IGNORECASE)
"""Names of styles whose paragraphs Word makes itself."""
_BODY_LEVEL = "9"
_LONGEST_CHAIN = 32  # more than Word itself follows; what is longer was made to cost time
_NO_LIST = frozenset({"", "0"})


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a paragraph's style.

    Attributes:
        heading: It titles what follows.
        listed: It is an item of a list.
        generated: It is a line of a table of contents or index, which Word makes itself.
    """

    heading: bool = False
    listed: bool = False
    generated: bool = False

    def changed(self, properties: Element | None) -> Style:
        """Return the style with what paragraph properties (``pPr``) say otherwise."""
        style = self
        level = child(properties, "outlineLvl")
        if level is not None:
            style = replace(style, heading=attribute(level, "val") != _BODY_LEVEL)
        if child(properties, "numPr") is not None:
            number = child(properties, "numPr", "numId")
            listed = number is None or attribute(number, "val") not in _NO_LIST
            style = replace(style, listed=listed)
        return style


def read_styles(root: Element | None) -> dict[str, Style]:
    """Return the paragraph styles of a ``styles.xml`` by id; none of no root."""
    elements = {attribute(element, "styleId"): element for element in children(root, "style")}
    found: dict[str, Style] = {}
    for key in elements:
        chain: list[str] = []
        base = key
        while base in elements and base not in found and len(chain) < _LONGEST_CHAIN:
            chain.append(base)
            based_on = child(elements[base], "basedOn")
            base = attribute(based_on, "val") if based_on is not None else ""
        style = found.get(base, Style())
        for name in reversed(chain):
            style = found[name] = _derived(elements[name], style)
    return found


def _derived(element: Element, base: Style) -> Style:
    """Return a style with what it has from the one it is based on."""
    name = child(element, "name")
    title = attribute(name, "val") if name is not None else ""
    style = replace(
        base,
        heading=base.heading or HEADING_STYLE.fullmatch(title) is not None,
        generated=base.generated or GENERATED_STYLE.fullmatch(title) is not None,
    )
    return style.changed(child(element, "pPr"))
