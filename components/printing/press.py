"""A template, what it says and its pictures become a tagged PDF: texts travel as JSON, never as Typst code."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_TEMPLATES = Path(__file__).parent / "templates"
_NO_GLYPH = re.compile(r"the text `\"((?:[^\"\\]|\\.)*)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_BOX = "\u25a1"


def press(template: str, data: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """A PDF/UA-1 document in the fonts that come with Typst: every machine prints the same, to the byte.

    `data` is what the template reads, of what JSON can hold; `pictures` are SVG texts by the name it calls them.

    Raises:
        typst.TypstError: the template is wrong, which no text can make it.
    """
    files = {
        "main": (_TEMPLATES / f"{template}.typ").read_bytes(),
        "common.typ": (_TEMPLATES / "common.typ").read_bytes(),
    }
    # Charts have letters too.
    said = _changed({"data": data, "pictures": dict(pictures or {})}, _sound)
    while True:
        try:
            drawn = {name: picture.encode() for name, picture in said["pictures"].items()}
            return _compiled({**files, **drawn, "data.json": json.dumps(said["data"]).encode()})
        except typst.TypstError as error:
            # PDF/UA refuses a letter that no font draws, and names all those it met at once. A mark that does not fit
            # on its letter is named with that letter: marks go first, so that the letter gets another try. Each
            # round removes signs that are there, so there is a last one.
            missing = _missing(error)
            marks = {sign for sign in missing if unicodedata.category(sign)[0] in "MC"}
            before, said = said, _changed(said, lambda text, gone=marks or missing: _without(text, gone))
            if said == before:
                raise


def _compiled(files: Any) -> bytes:
    # Typst takes a mapping of names to bytes, which its type hints do not know yet.
    return typst.compile(files, pdf_standards=["ua-1"], ignore_system_fonts=True)


def _missing(error: typst.TypstError) -> set[str]:
    """The signs that no font has, among those named: plain letters are in every one."""
    named = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _NO_GLYPH.findall(error.diagnostic))
    return {sign for sign in "".join(named) if not sign.isascii()}


def _without(text: str, missing: Collection[str]) -> str:
    """A text without signs that cannot be printed: a box for each letter; pictures such as emoji only decorate."""
    kept = "".join(sign if sign not in missing else _BOX if sign.isalnum() else "" for sign in text)
    return kept if kept.strip() or not text.strip() else _BOX


def _sound(text: str) -> str:
    """A text without what is no sign at all: control characters, halves of pairs."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _changed(value: Any, change: Any) -> Any:
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(one, change) for one in value]
    return value
