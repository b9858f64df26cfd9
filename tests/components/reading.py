"""Reads what a component handed to Streamlit as its browser will: Markdown by its rules, parts by their data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><b>gras</b>",
    "[a](javascript:1)",
    "![a](https://evil.example/x.png)",
    "<https://evil.example>",
    "https://evil.example",
    "voir www.evil.example",
    "ada@evil.example",
    ":red[x]",
    ":red-background[x] :rainbow[y]",
    ":material/home:",
    ":streamlit: :+1: :smile:",
    "$x^2$ et $$y$$",
    "5 $ et 10 $",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "**gras** __gras__ *it* _it_ ~~non~~ `code`",
    "# titre",
    "- liste",
    "1. liste",
    "> citation",
    "---",
    "| a | b |",
    "a\\*b \\ c",
    "&lt;b&gt; &amp; &copy;",
    "{{7*7}} {x}",
    "[^1] [x]: y [ ] [x]",
    "'apostrophe' \"guillemets\" « français »",
    "=HYPERLINK(1)",
    "1986. Une année",
    "2) deux",
    "+ un",
    "    code",
    "=== titre",
    "http://[::1]/",
    "\\",
]

# One of each family: enough to tell whether a page escapes at all; how well is for the tests of `plain`.
MOST_HOSTILE = [
    "<script>alert(1)</script>",
    "[a](javascript:1)",
    ":red[x] :material/home:",
    "$x^2$ et $$y$$",
    "**gras** `code` ~~non~~",
    "a\\*b \\ c &lt;b&gt;",
    "{{7*7}} {x}",
]

# What Streamlit's own plug-ins look for in a text once its Markdown is read (StreamlitMarkdown.js of 1.67).
_PICTURES = [
    r":material[_/]\w+:",
    r":streamlit:",
    r":[+\-\w]+:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    r"(?i)(https?://|www(?=\.))([-.\w]+)",
    r"[-.\w+]+@[-\w]+(\.[-\w]+)+",
]
_JOINER = "\u2060"
_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown: str) -> str:
    """What a person reads of a label, where nothing of it is a sign of Markdown; fails where something is."""
    # Directives and formulas are read before anything else.
    assert not re.search(r"(?<!\\):\w+\[|(?<!\\)\$", markdown), markdown
    tokens = _READER.parse(markdown)
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"]), markdown
    pieces = [piece for token in tokens for piece in token.children or ()]
    assert {piece.type for piece in pieces} <= {"text"}, markdown
    text = "".join(piece.content for piece in pieces)
    for picture in _PICTURES:
        assert not re.search(picture, text), (picture, text)
    return text.replace(_JOINER, "")


def parts(page: AppTest, name: str) -> list[dict[str, Any]]:
    """The data given to each component of ours with this name, in the order of the page."""
    protos = [element.proto for element in page.get("bidi_component")]
    return [
        json.loads(proto.json or proto.mixed.json or "{}")
        for proto in protos
        if proto.component_name == f"comptoir.{name}"
    ]


@dataclass(frozen=True)
class Chart:
    """A chart as a browser is given it: what is said of it, how it is drawn, and the rows that are drawn."""

    alt: str
    spec: str
    rows: list[dict[str, Any]]


def charts(page: AppTest) -> list[Chart]:
    return [_chart(element.proto) for element in page.get("vega_lite_chart")]


def _chart(proto: Any) -> Chart:
    tables = [pa.ipc.open_stream(dataset.data.data).read_all() for dataset in proto.datasets]
    return Chart(proto.alt, proto.spec, [row for table in tables for row in table.to_pylist()])
