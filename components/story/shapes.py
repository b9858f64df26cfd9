"""How the charts of a whole café are drawn, without their data: success, presence, minutes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt

from components.chart_shapes import PARTS, ROWS
from components.look import themed

if TYPE_CHECKING:
    from components.look import Palette

_cached = lru_cache(maxsize=32)
# Everybody, in the room, far away, unknown: one line each, told apart without colour.
_DASHES = [[1, 0], [8, 4], [2, 3], [10, 3, 2, 3]]


# The thickness of a bar under its words, and the room over and below it, in letters' sizes.
_BAR, _OVER, _BELOW = 1.0, 0.35, 0.9


def row_height(lines: int, size: int) -> int:
    """How tall a row is, in pixels: `lines` of words, and a bar under them. So it fits the narrowest phone."""
    return round(size * (1.25 * lines + _OVER + _BAR + _BELOW))


def stood_on_bars(rows: list[dict[str, Any]]) -> int:
    """Have the words of each row, a list of lines in `told`, stand on its bar; return the most lines there are."""
    lines = max((len(row["told"]) for row in rows), default=1)
    for row in rows:
        row["told"] = "\n".join([*["\u00a0"] * (lines - len(row["told"])), *row["told"]])
    return lines


class _Rows:
    """Rows of words with a bar under them, for `lines` lines of words at most."""

    def __init__(self, lines: int, size: int, colours: Palette) -> None:
        scale = alt.Scale(paddingInner=0, paddingOuter=0)
        self.base = alt.Chart(alt.NamedData(ROWS)).encode(y=alt.Y("label:N", sort=None, axis=None, scale=scale))
        self.y = alt.Y("label:N", sort=None, axis=None, scale=scale)
        self.under = row_height(lines, size) / 2 - size * (_BAR / 2 + _BELOW)
        self.words = (
            alt.Chart(alt.NamedData(ROWS))
            .mark_text(
                aria=False, align="left", baseline="top", lineBreak="\n", lineHeight=size * 1.25, fontSize=size,
                color=colours.ink,
            )
            .encode(
                y=alt.Y("label:N", sort=None, axis=None, scale=scale, bandPosition=0), x=alt.value(0), text="told:N"
            )
        )  # fmt: skip


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
        symbolFillColor=colours.ink,
        symbolSize=size * 7,
        columns=2,
    )


@_cached
def share_shape(levels: tuple[str, ...], lines: int, size: int, colours: Palette) -> str:
    """A bar for each row, from 0 to 1, under its words, and a point on it for each of `levels`."""
    rows = _Rows(lines, size, colours)
    x = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    bars = rows.base.mark_bar(aria=False, height=size * _BAR, yOffset=rows.under, color=colours.bar).encode(x=x)
    whole = rows.base.mark_bar(aria=False, height=size * _BAR, yOffset=rows.under, color=colours.rule, opacity=0.35)
    layers: list[alt.Chart] = [whole.encode(x=alt.XDatum(1, axis=None)), bars, rows.words]
    if levels:
        # Inside and around in the two extremes of the theme: seen on the bar as beyond it.
        points = alt.Chart(alt.NamedData(PARTS)).mark_point(
            aria=False,
            filled=True,
            size=size * 8,
            fill=colours.ink,
            stroke=colours.paper,
            opacity=1,
            strokeWidth=1.5,
            yOffset=rows.under,
        )
        shape = alt.Shape(
            "level:N",
            scale=alt.Scale(domain=list(levels), range=["circle", "square", "triangle-up"][: len(levels)]),
            legend=_legend(size, colours),
        )
        tooltip = ["label:N", "level:N", alt.Tooltip("share:Q", format=".0%")]
        layers.append(points.encode(y=rows.y, x=x, shape=shape, tooltip=tooltip))
    return themed(alt.LayerChart(layer=layers), colours, size=size).to_json(indent=None)


@_cached
def minutes_shape(lines: int, size: int, colours: Palette) -> str:
    """Minutes spent as bars under their words, minutes planned as a mark across each."""
    rows = _Rows(lines, size, colours)
    spent = rows.base.mark_bar(aria=False, height=size * _BAR, yOffset=rows.under, color=colours.bar)
    planned = rows.base.mark_tick(
        aria=False, thickness=3, color=colours.ink, size=round(size * 1.5), yOffset=rows.under
    )
    layers = [spent.encode(x=alt.X("spent:Q", axis=None)), planned.encode(x="planned:Q"), rows.words]
    return themed(alt.LayerChart(layer=layers), colours, size=size).to_json(indent=None)


@_cached
def presence_shape(title: str, lines: tuple[str, ...], size: int, colours: Palette) -> str:
    """People connected, as steps over minutes; the steps of the programme stand behind, each with its number
    above, where no line runs through it.

    `lines` are the names of as many lines, told apart by their dashes; one alone needs no name.
    """
    bands = alt.Chart(alt.NamedData(PARTS))
    x = alt.X("from:Q", title=title, scale=alt.Scale(nice=False), axis=alt.Axis(grid=False, tickMinStep=1))
    fills = bands.mark_rect(aria=False, color=colours.rule).encode(
        x=x, x2="to:Q", opacity=alt.Opacity("shade:Q", scale=None)
    )
    numbers = bands.mark_text(aria=False, baseline="bottom", fontSize=size - 2, color=colours.ink, dy=-3).encode(
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
