"""A phone downloads no font: text is drawn with the system's, and the icons' only where an icon is drawn.

Streamlit's stylesheet declares Source Sans, Code and Serif (170 kB for the first), which our theme does not use, and
Material Symbols (375 kB), which its `index.js` fetches at start by `document.fonts.load('1em "Material Symbols
Rounded"')`. That call asks for the faces that can draw a space. An icon is a ligature over the letters of its name
(`arrow_back`, `10k`), so a face limited to those letters draws the same icons and is left alone by that call.
"""

import re

_MAIN_STYLESHEET = re.compile(r"css/index\.[\w-]+\.css")
_SOURCE_FACE = re.compile(r"@font-face\s*\{\s*font-family:\s*[\"']?Source (?:Sans|Serif|Code)[^}]*\}")
_ICON_FACE = re.compile(r"(@font-face\s*\{\s*font-family:\s*[\"']?Material Symbols[^}]*?);?\s*\}")
_LETTERS_OF_ICON_NAMES = "U+30-39,U+5F,U+61-7A"  # digits, underscore, small letters


def declares_fonts(name: str) -> bool:
    """Tell Streamlit's main stylesheet, by its name below `/static/`, from every other file."""
    return _MAIN_STYLESHEET.fullmatch(name) is not None


def without_web_fonts(stylesheet: bytes) -> bytes:
    css = _SOURCE_FACE.sub("", stylesheet.decode())
    return _ICON_FACE.sub(rf"\1;unicode-range:{_LETTERS_OF_ICON_NAMES}}}", css).encode()
