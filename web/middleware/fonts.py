"""A phone downloads no font: text is drawn with the system's, and the icons' only where an icon is drawn.

Streamlit's stylesheet declares Source Sans, Serif and Code (170 kB for the first), which our theme does not use; and
its `index.js` fetches Material Symbols (375 kB) at start, icons or not. Without those declarations and that call, a
page without icons fetches none, and a page with icons fetches theirs when it draws the first. (Leaving the call, but
taking the space it asks for out of the icons' face by `unicode-range`, works as well, but a font without a space
does not set the height of its line: every icon sits 3 px too high.)
"""

import re
from collections.abc import Callable

_SOURCE_FACE = re.compile(rb"@font-face\s*\{\s*font-family:\s*[\"']?Source (?:Sans|Serif|Code)[^}]*\}")
_ICONS_FETCHED_AT_START = re.compile(rb"document\.fonts\.load\(`1em \"\$\{[\w$.]+\.materialIcons\}\"`\)")


def without_source_faces(stylesheet: bytes) -> bytes:
    return _SOURCE_FACE.sub(b"", stylesheet)


def without_icons_at_start(script: bytes) -> bytes:
    return _ICONS_FETCHED_AT_START.sub(b"Promise.resolve()", script)


_REWRITINGS: tuple[tuple[re.Pattern[str], Callable[[bytes], bytes]], ...] = (
    (re.compile(r"css/index\.[\w-]+\.css"), without_source_faces),
    (re.compile(r"js/index\.[\w-]+\.js"), without_icons_at_start),
)


def rewriting(name: str) -> Callable[[bytes], bytes] | None:
    """Give what is to be done to a file, by its name below `/static/`; nothing, for nearly all."""
    return next((rewrite for pattern, rewrite in _REWRITINGS if pattern.fullmatch(name)), None)
