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
# Everybody, in the room, far away, unknown: one line each, told apart without colour.
_DASHES = [[1, 0], [8, 4], [2, 3], [10, 3, 2, 3]]


def _labels(field: str, size: int) -> alt.Y:
    axis = alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=size * 22, labelPadding=round(size * 0.6))
    return alt.Y(field, sort=None, title=None, axis=axis)


def _line_legend(size: int, colours: Palette) -> alt.Legend:
    return alt.Legend(
        orient="top",
        title=None,
        labelFontSize=size,
        labelColor=colours.ink,
        labelLimit=400,
        symbolStrokeColor=colours.bar,
        symbolStrokeWidth=3,
        symbolSize=size * 60,
        columns=2,
    )


def _legend(size: int, colours: Palette) -> alt.Legend:
    return alt.Legend(
        orient="top",
        title=None,
        labelFontSize=size,
        labelColor=colours.ink,
        labelLimit=400,
        symbolFillColor=colours.paper,
        symbolStrokeColor=colours.ink,
        symbolSize=size * 9,
        columns=2,
    )


@_cached
def share_shape(levels: tuple[str, ...], size: int, colours: Palette) -> str:
    """A bar for each row, from 0 to 1, with its figure, and a point on it for each of `levels`."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=_labels("label:N", size),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1.5])),
        tooltip=["label:N", "figure:N"],
    )
    bars = base.mark_bar(aria=False, height={"band": 0.62}, color=colours.bar)
    # Beyond the points, whatever the share.
    figures = base.mark_text(aria=False, align="left", fontSize=size, fontWeight="bold", color=colours.ink)
    layers: list[alt.Chart] = [bars, figures.encode(x=alt.datum(1.04), text="figure:N")]
    if levels:
        points = alt.Chart(alt.NamedData(PARTS)).mark_point(
            aria=False, filled=True, size=size * 7, fill=colours.paper, stroke=colours.ink, opacity=1, strokeWidth=1.5
        )
        layers.append(
            points.encode(
                y=_labels("label:N", size),
                x="share:Q",
                shape=alt.Shape(
                    "level:N",
                    scale=alt.Scale(domain=list(levels), range=["circle", "square", "triangle-up"][: len(levels)]),
                    legend=_legend(size, colours),
                ),
                tooltip=["label:N", "level:N", alt.Tooltip("share:Q", format=".0%")],
            )
        )
    return themed(alt.LayerChart(layer=layers), colours, size=size).to_json(indent=None)


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
def presence_shape(title: str, lines: tuple[str, ...], size: int, colours: Palette) -> str:
    """People connected, as steps over minutes; the steps of the programme stand behind, each with its number.

    `lines` are the names of as many lines, told apart by their dashes; one alone needs no name.
    """
    bands = alt.Chart(alt.NamedData(PARTS))
    x = alt.X("from:Q", title=title, scale=alt.Scale(nice=False), axis=alt.Axis(grid=False, tickMinStep=1))
    fills = bands.mark_rect(aria=False, color=colours.rule).encode(
        x=x, x2="to:Q", opacity=alt.Opacity("shade:Q", scale=None)
    )
    numbers = bands.mark_text(aria=False, baseline="top", fontSize=size - 2, color=colours.ink, dy=4).encode(
        x="middle:Q", y=alt.value(0), text="number:N"
    )
    line = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_line(aria=False, interpolate="step-after", strokeWidth=3, color=colours.bar)
        .encode(
            x="minute:Q",
            y=alt.Y("people:Q", title=None, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(zero=True)),
            strokeDash=alt.StrokeDash(
                "who:N",
                scale=alt.Scale(domain=list(lines), range=_DASHES[: len(lines)]),
                legend=_line_legend(size, colours) if len(lines) > 1 else None,
            ),
        )
    )
    return themed(alt.LayerChart(layer=[fills, numbers, line]), colours, size=size).to_json(indent=None)
