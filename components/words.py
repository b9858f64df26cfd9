"""Texts on their way to Streamlit's widgets, whose labels read Markdown: people's signs must stay signs."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKDOWN_SIGNS = frozenset("\\`*_{}[]()<>#+-.!|~:$&=^@/\"'")
# Streamlit also turns `:icon:`, `->`, `~=`, `www.` and addresses in plain text into pictures, arrows and links: an
# invisible joiner keeps them as they are.
_STARTS_SYMBOL = frozenset(":-<>~@")
_WWW = re.compile(r"(www)(?=\\\.)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """A text that shows letter for letter where Streamlit would read Markdown; line breaks become spaces."""
    # Not `split()`: it would take French's no-break spaces for ordinary ones.
    escaped = "".join(map(_escaped, re.sub(r"[ \t\r\n]+", " ", text).strip(" ")))
    return _WWW.sub(rf"\1{_WORD_JOINER}", escaped)


def told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels of options by id, numbered where two read the same: browsers tell Streamlit a label, and not which one."""
    apart: dict[str, str] = {}
    for name, label in labels.items():
        taken = {*apart.values()}
        if label in taken:
            taken |= {*labels.values()}
            label = next(one for number in count(2) if (one := f"{label} ({number})") not in taken)  # noqa: PLW2901
        apart[name] = label
    return apart


def people_here(count: int) -> str:
    """How many people are there, nobody included."""
    return tn("people.here", count) if count else t("people.nobody")


def base_path() -> str:
    """What the app is served under: empty, or `/path`."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def bare_page() -> bool:
    """Whether the address is a phone's, a remote control's or the projector's, known before the page itself is."""
    return (
        urlsplit(st.context.url or "")
        .path.rstrip("/")
        .endswith(("/participer", "/ecran", "/telecommande", "/inscription"))
    )


def _escaped(char: str) -> str:
    if char not in _MARKDOWN_SIGNS:
        return char
    return f"\\{char}{_WORD_JOINER}" if char in _STARTS_SYMBOL else f"\\{char}"
