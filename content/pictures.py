"""The drawings of a pack: SVG files that only draw, checked before they are shown to anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 200_000
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWS = frozenset(
    f"{_SVG}{tag}"
    for tag in (
        "svg", "g", "defs", "title", "desc", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon",
        "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "use", "symbol",
    )
)  # fmt: skip
_INSIDE = re.compile(r"#[\w-]+")
_OUTSIDE = re.compile(r"url\((?!\s*#)", re.IGNORECASE)
# What an XML file asks of whoever reads it, such as a style sheet; its own declaration asks nothing.
_INSTRUCTION = re.compile(r"<\?(?!xml\s)")


def faults(text: str) -> Iterator[str]:
    """What is wrong with a drawing, as codes of `content.problems`; none where it only draws."""
    # A document type is where entities that grow without end come from; no drawing needs one.
    if "<!" in text.replace("<!--", ""):
        yield "picture_not_svg"
        return
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError:
        yield "picture_not_svg"
        return
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        yield "picture_not_svg"
    if _INSTRUCTION.search(text) or any(
        one.tag not in _DRAWS or any(_acts(name, value) for name, value in one.attrib.items()) for one in root.iter()
    ):
        yield "picture_acts"


def _acts(name: str, value: str) -> bool:
    """Whether an attribute does more than draw: a handler, a link outside, a style that fetches."""
    bare = name.rpartition("}")[2].lower()
    if bare == "href":
        return not _INSIDE.fullmatch(value)
    return bare.startswith("on") or bare == "style" or _OUTSIDE.search(value) is not None
