"""The four courses as pictures, drawn once in squares of 72 units: phones, screens, pages and prints ink them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.look import Palette
    from content.schema import CourseName

# What a part is made of: ceramic (pale, in its outline), coffee (the accent, solid), a line of the accent, or a line of
# light on coffee.
_SHADE, _SOLID, _LINE, _LIGHT = "shade", "solid", "line", "light"
_STROKE = 3

DRAWINGS: dict[CourseName, tuple[tuple[str, str], ...]] = {
    # An empty cup on its saucer.
    "tasse": (
        (_SHADE, "M6 58a28 5 0 1 0 56 0a28 5 0 1 0-56 0z"),
        (_SHADE, "M12 22v12a20 20 0 0 0 13 19h16a20 20 0 0 0 13-19V22a21 5 0 0 1-42 0z"),
        (_LINE, "M12 22a21 5 0 1 0 42 0a21 5 0 1 0-42 0M54 27h3a8 8 0 0 1 0 16h-6"),
    ),
    # The cup filled, and its steam.
    "cafe": (
        (_SHADE, "M6 60a28 5 0 1 0 56 0a28 5 0 1 0-56 0z"),
        (_SHADE, "M12 29v9a20 20 0 0 0 13 17h16a20 20 0 0 0 13-17v-9a21 5 0 0 1-42 0z"),
        (_SOLID, "M12 29a21 5 0 1 0 42 0a21 5 0 1 0-42 0z"),
        (_LINE, "M54 33h3a7 7 0 0 1 0 14h-5M24 6c5 4-5 8 0 13M34 4c5 4-5 9 0 14M44 6c5 4-5 8 0 13"),
    ),
    # A square of chocolate: four pieces, each with the light on two of its edges.
    "chocolat": (
        (_SOLID, "M14 9h44a5 5 0 0 1 5 5v44a5 5 0 0 1-5 5H14a5 5 0 0 1-5-5V14a5 5 0 0 1 5-5z"),
        (_LIGHT, "M36 14v44M14 36h44M17 27V17h10M45 27V17h10M17 55V45h10M45 55V45h10"),
    ),
    # A lump of sugar, its crystals along the edges.
    "sucre": (
        (_SHADE, "M36 34v30L11 51V21z"),
        (_LINE, "M36 8l25 13v30L36 64 11 51V21zM11 21l25 13 25-13M36 34v30"),
        (_LINE, "M17 44v3l3 1.5M29 41v3M44 54l4-2v-4M53 30v3M34 15l3 1.5"),
    ),
}


def course_svg(course: CourseName, colours: Palette) -> str:
    """The picture of a course as an SVG text, inked for one theme."""
    return _svg(DRAWINGS[course], colours)


def _svg(parts: Sequence[tuple[str, str]], colours: Palette) -> str:
    fills = {_SHADE: colours.rule, _SOLID: colours.bar, _LINE: "none", _LIGHT: "none"}
    paths = "".join(
        f'<path d="{path}" fill="{fills[made_of]}" stroke="{colours.rule if made_of == _LIGHT else colours.bar}"/>'
        for made_of, path in parts
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72" '
        f'stroke-width="{_STROKE}" stroke-linecap="round" stroke-linejoin="round">{paths}</svg>'
    )
