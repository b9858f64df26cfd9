"""How the charts of a whole café are drawn, without their data: success, presence, minutes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import altair as alt

from components.chart_shapes import PARTS, ROWS
from components.look import themed

if TYPE_CHECKING:
    from components.look import Palette

_cached = lru_cache(maxsize=32)


def _labels(field: str, size: int) -> alt.Y:
    axis = alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=size * 22, labelPadding=round(size * 0.6))
    return alt.Y(field, sort=None, title=None, axis=axis)


@_cached
def share_shape(size: int, colours: Palette) -> str:
    """A bar for each row, from 0 to 1, with its figure."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=_labels("label:N", size),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1.35])),
        tooltip=["label:N", "figure:N"],
    )
    bars = base.mark_bar(aria=False, height={"band": 0.62}, color=colours.bar)
    figures = base.mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
    return themed(alt.LayerChart(layer=[bars, figures.encode(text="figure:N")]), colours, size=size).to_json(
        indent=None
    )


@_cached
def minutes_shape(size: int, colours: Palette) -> str:
    """Minutes spent as bars, minutes planned as a mark across each."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(y=_labels("label:N", size), tooltip=["label:N", "figure:N"])
    spent = base.mark_bar(aria=False, height={"band": 0.5}, color=colours.bar).encode(x=alt.X("spent:Q", axis=None))
    planned = base.mark_tick(aria=False, thickness=3, color=colours.ink, size=size * 2).encode(x="planned:Q")
    figures = base.mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
    layers = [spent, planned, figures.encode(x="longest:Q", text="figure:N")]
    return themed(alt.LayerChart(layer=layers), colours, size=size).to_json(indent=None)


@_cached
def presence_shape(title: str, size: int, colours: Palette) -> str:
    """People connected, as steps over minutes; the steps of the programme stand behind, each with its number."""
    bands = alt.Chart(alt.NamedData(PARTS))
    x = alt.X("from:Q", title=title, axis=alt.Axis(grid=False, tickMinStep=1))
    fills = bands.mark_rect(aria=False, color=colours.rule).encode(
        x=x, x2="to:Q", opacity=alt.Opacity("shade:Q", scale=None)
    )
    numbers = bands.mark_text(aria=False, baseline="top", fontSize=size, color=colours.ink, dy=4).encode(
        x="middle:Q", y=alt.value(0), text="number:N"
    )
    line = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_line(aria=False, interpolate="step-after", strokeWidth=3, color=colours.bar)
        .encode(x="minute:Q", y=alt.Y("people:Q", title=None, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(zero=True)))
    )
    return themed(alt.LayerChart(layer=[fills, numbers, line]), colours, size=size).to_json(indent=None)
