"""How comparisons are drawn, without their data: built once by Altair, as any chart here (decision 13)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import altair as alt

from components.look import themed
from content.catalogue import t

if TYPE_CHECKING:
    from components.look import Palette

ROWS = "rows"
_cached = lru_cache(maxsize=128)
# Beyond the whole, a place for the figures beside the longest bar.
_WIDEST = 1.75


@_cached
def share_shape(size: int, colours: Palette) -> str:
    """Bars of shares from 0 to 1, each with its interval, in the order of the rows."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(y=_names(size))
    scale = alt.Scale(domain=[0, _WIDEST])
    # Pale inside their outline: the interval is seen over them.
    bars = base.mark_bar(aria=False, height={"band": 0.55}, fillOpacity=0.4, strokeWidth=1.5).encode(
        x=alt.X("share:Q", axis=None, scale=scale),
        color=alt.Color("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
    )
    intervals = base.mark_rule(aria=False, strokeWidth=2, color=colours.ink).encode(
        x=alt.X("low:Q", axis=None, scale=scale), x2="high:Q"
    )
    figures = base.mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
    beside = figures.encode(x=alt.X("high:Q", axis=None, scale=scale), text="figure:N")
    return _text(alt.LayerChart(layer=[bars, intervals, beside]), colours, size)


@_cached
def time_shape(ticks: tuple[float, ...], size: int, colours: Palette) -> str:
    """A line through a point for each row, in their order, with the number of people over each point.

    Points stand between the first and the last of `ticks`; they are shares where that is from 0 to 1. A row's interval
    goes from its `low` to its `high`.
    """
    lowest, highest = ticks[0], ticks[-1]
    margin = (highest - lowest) * 0.2
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X(
            "name:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelAngle=-40, labelLimit=size * 11, description=t("compare.when")),
        )
    )
    scale = alt.Scale(domain=[lowest, highest + margin], nice=False)
    axis = alt.Axis(
        title=None,
        values=list(ticks),
        gridColor=colours.rule,
        labelExpr="datum.label" if lowest else "format(datum.value * 100, 'd') + '\u00a0%'",
        description=t("compare.value"),
    )
    y = alt.Y("value:Q", scale=scale, axis=axis)
    line = base.mark_line(aria=False, color=colours.bar, strokeWidth=2).encode(y=y)
    points = base.mark_circle(aria=False, color=colours.bar, size=90, opacity=1).encode(y=y)
    intervals = base.mark_rule(aria=False, strokeWidth=2, color=colours.ink).encode(
        y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q"
    )
    figures = base.mark_text(aria=False, dy=-size, fontSize=size, fontWeight="bold", color=colours.ink)
    over = figures.encode(y=alt.Y("high:Q", scale=scale, axis=axis), text="figure:N")
    return _text(alt.LayerChart(layer=[line, intervals, points, over]), colours, size)


@_cached
def range_shape(lowest: float, highest: float, size: int, colours: Palette) -> str:
    """A point for each row between its `low` and its `high`, beside a line at nought, in the order of the rows."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(y=_names(size))
    margin = (highest - lowest or 1.0) * 0.08
    scale = alt.Scale(domain=[lowest - margin, highest + margin], nice=False)
    # Without names: it crosses all of them.
    line = alt.Chart(alt.NamedData(ROWS)).mark_rule(aria=False, color=colours.ink, strokeDash=[4, 4])
    nought = line.encode(x=alt.X("nought:Q", axis=None, scale=scale))
    intervals = base.mark_rule(aria=False, strokeWidth=4, color=colours.muted).encode(
        x=alt.X("low:Q", axis=None, scale=scale), x2="high:Q"
    )
    points = base.mark_circle(aria=False, size=140, opacity=1).encode(
        x=alt.X("middle:Q", axis=None, scale=scale), color=alt.Color("colour:N", scale=None)
    )
    return _text(alt.LayerChart(layer=[nought, intervals, points]), colours, size)


def _names(size: int) -> alt.Y:
    return alt.Y(
        "name:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')",
            labelLimit=size * 20,
            labelPadding=round(size * 0.5),
            description=t("compare.name"),
        ),
    )


def _text(chart: alt.LayerChart, colours: Palette, size: int) -> str:
    return themed(chart, colours, size=size).to_json(indent=None)
