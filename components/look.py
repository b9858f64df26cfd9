"""The look in one place: the counter's colours in light and dark, the papers of notes, the Altair theme.

Paper to write on, coffee for what counts, ceramic for what holds something. `PAIRS` lists every pair of colours that
meets on a page and the contrast that it owes; a test computes them all, and that Streamlit's theme says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import streamlit as st

# The same stack as `.streamlit/config.toml`: nothing is downloaded.
_FOLDER = Path(__file__).parent
FONT = "'Segoe UI', system-ui, -apple-system, 'Noto Sans', 'Liberation Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme.

    `paper` is what everything stands on, `ceramic` what holds something (fields, cards), `ink` what is read, `quiet`
    small print, `bar` what counts (coffee), `right` and `wrong` what is good and bad news, `link` what leads away,
    `muted` edges and what is set apart, `rule` lines and fills that say nothing by themselves.
    """

    paper: str
    ceramic: str
    ink: str
    quiet: str
    bar: str
    right: str
    wrong: str
    link: str
    muted: str
    rule: str


LIGHT = Palette(
    paper="#FBF7F0",
    ceramic="#F1E8DA",
    ink="#2B1D14",
    quiet="#5E5046",
    bar="#8C3F1D",
    right="#1E6B45",
    wrong="#A32020",
    link="#1F5F73",
    muted="#8F7A66",
    rule="#CDB99F",
)
DARK = Palette(
    paper="#1E1712",
    ceramic="#2E241C",
    ink="#F6ECDF",
    quiet="#C9BBAA",
    bar="#F0A973",
    right="#86D3A8",
    wrong="#FFA79B",
    link="#8CCBDD",
    muted="#A08A77",
    rule="#5C4A3B",
)

# What meets what, and how much it stands out (WCAG 2.2): 7 for what is read at length, 4.5 for other words, 3 for
# edges, bars and marks. Either may be the letters and the other the ground.
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", 7),
    ("ink", "ceramic", 7),
    ("ink", "rule", 4.5),
    ("quiet", "paper", 4.5),
    ("quiet", "ceramic", 4.5),
    ("bar", "paper", 4.5),
    ("bar", "ceramic", 4.5),
    ("right", "paper", 4.5),
    ("right", "ceramic", 4.5),
    ("wrong", "paper", 4.5),
    ("wrong", "ceramic", 4.5),
    ("link", "paper", 4.5),
    ("link", "ceramic", 4.5),
    ("muted", "paper", 3),
    ("muted", "ceramic", 3),
    ("bar", "rule", 3),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A paper of sticky notes, the same in both themes: its paint under dark ink, and an edge with a pattern."""

    paint: str
    edge: str
    pattern: str


NOTE_INK = LIGHT.ink
NOTES = {
    "blue": Note("#A9D2EE", "#1F5F73", "solid"),
    "pink": Note("#F4B8CB", "#8C1F4D", "dashed"),
    "yellow": Note("#F8DF7F", "#6B4A00", "dotted"),
    "green": Note("#B4DDAE", "#1E6B45", "double"),
}
NOTE_PAINTS = {name: note.paint for name, note in NOTES.items()}


def dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


def palette() -> Palette:
    """The colours that go with the theme of this browser."""
    return DARK if dark() else LIGHT


@alt.theme.register("comptoir", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return alt.theme.ThemeConfig(
        config={
            "font": FONT,
            "background": "transparent",
            "view": {"stroke": None},
            "axis": {"domain": False, "ticks": False, "titleFontWeight": "normal"},
            "bar": {"cornerRadiusEnd": 4},
        }
    )


def themed(chart: alt.LayerChart, colours: Palette, *, size: int) -> alt.LayerChart:
    """A chart in our colours and with texts of `size` pixels."""
    axis: Any = {"labelColor": colours.ink, "labelFontSize": size, "titleColor": colours.ink, "titleFontSize": size}
    coloured: alt.LayerChart = chart.configure_axis(**axis)
    return coloured


def page_style(name: str) -> None:
    """Add the few rules that a kind of page needs beyond the theme: `page`, `phone`, `console` or `screen`."""
    st.html(_FOLDER / "styles" / f"{name}.css")
