"""The look in one place: colours of charts in light and dark, the projector's scale, the Altair theme."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt
import streamlit as st

if TYPE_CHECKING:
    from content.schema import CourseName

# The same stack as `.streamlit/config.toml`: nothing is downloaded.
_FOLDER = Path(__file__).parent
FONT = "'Segoe UI', system-ui, -apple-system, 'Noto Sans', 'Liberation Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart; `bar`, `right` and `muted` stand out at 3:1 from `paper`, `ink` at 7:1."""

    paper: str
    ink: str
    bar: str
    right: str
    muted: str
    rule: str


# The four papers of sticky notes, each readable in dark ink in any theme.
NOTE_PAINTS = {"blue": "#A9D2EE", "pink": "#F4B8CB", "yellow": "#F8DF7F", "green": "#B4DDAE"}
LIGHT = Palette(paper="#FBF7F0", ink="#2B1D14", bar="#8C3F1D", right="#1E6B45", muted="#8F7A66", rule="#CDB99F")
DARK = Palette(paper="#1E1712", ink="#F6ECDF", bar="#F0A973", right="#86D3A8", muted="#A08A77", rule="#5C4A3B")


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


def course_picture(course: CourseName) -> str:
    """The picture of a course, as an SVG text in the ink of this browser's theme."""
    picture = (_FOLDER / "pictures" / f"{course}.svg").read_text(encoding="utf-8")
    colours = palette()
    return picture.replace("currentColor", colours.bar).replace("currentShade", colours.rule)
