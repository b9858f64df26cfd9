"""How charts are drawn, without their data: Altair builds and checks each shape once, however often it is redrawn.

Building and checking a chart takes ten times longer than filling it in (decision 13): a console redraws four times a
second, beside the votes that it counts. A shape is the text of a Vega-Lite specification whose data have names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt

from components.look import LIGHT, themed
from content.catalogue import t

if TYPE_CHECKING:
    from components.look import Palette

ROWS, PARTS = "rows", "parts"
# The room of a name that stands upright over its column, in ems; what is longer is cut.
UPRIGHT_EMS = 16
_LABEL_EMS = 22
_cached = lru_cache(maxsize=512)


@_cached
def choice_shape(longest: float, size: int, colours: Palette) -> str:
    """Bars in the order of the rows, each in parts: those counted on phones, then hands, paler and outlined."""
    scale = alt.Scale(domain=[0, longest])
    y = _labels("choice:N", None, size)
    bars = (
        alt.Chart(alt.NamedData(PARTS))
        .mark_bar(aria=False, height={"band": 0.62}, strokeWidth=1.5)
        .encode(
            y=y,
            x=alt.X("count:Q", axis=None, scale=scale, stack="zero"),
            color=alt.Color("colour:N", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
            fillOpacity=alt.FillOpacity("shade:Q", scale=None),
            order="part:Q",
        )
    )
    figures = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
        .encode(y=y, x=alt.X("people:Q", axis=None, scale=scale), text="figure:N")
    )
    return _text(alt.LayerChart(layer=[bars, figures]), colours, size)


@_cached
def word_shape(longest: float, size: int, colours: Palette) -> str:
    """Bars in the order of the rows."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=_labels("word:N", None, size),
        x=alt.X("people:Q", axis=None, scale=alt.Scale(domain=[0, longest])),
    )
    bars = base.mark_bar(aria=False, height={"band": 0.62}, color=colours.bar)
    figures = base.mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
    return _text(alt.LayerChart(layer=[bars, figures.encode(text="figure:N")]), colours, size)


@_cached
def shift_shape(moments: tuple[str, ...], size: int, colours: Palette) -> str:
    """A bar for each moment, shared between the sides."""
    base = alt.Chart(alt.NamedData(ROWS)).encode(y=_labels("moment:N", moments, size))
    scale = alt.Scale(domain=[0, 1])
    bars = base.mark_bar(aria=False, height={"band": 0.7}, stroke=colours.muted, strokeWidth=1.5).encode(
        x=alt.X("from:Q", axis=None, scale=scale), x2="to:Q", color=alt.Color("colour:N", scale=None)
    )
    figures = base.mark_text(aria=False, fontSize=size, fontWeight="bold").encode(
        x=alt.X("middle:Q", axis=None, scale=scale), text="figure:N", color=alt.Color("letters:N", scale=None)
    )
    return _text(alt.LayerChart(layer=[bars, figures]), colours, size)


@_cached
def colour_shape(
    labels: tuple[str, ...], names: tuple[str, ...], most: int, largest: float, size: int, colours: Palette
) -> str:
    """Discs for each label and name, as large as their count: `largest` square pixels for `most`."""
    # Upright: four names side by side would run into one another on a telephone.
    axis = alt.Axis(
        orient="top", labelAngle=-90, labelLimit=size * UPRIGHT_EMS, labelPadding=8, description=t("board.colour")
    )
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=_labels("column:N", labels, size), x=alt.X("name:N", sort=list(names), title=None, axis=axis)
    )
    discs = base.mark_circle(aria=False, opacity=1, stroke=colours.ink, strokeWidth=1).encode(
        color=alt.Color("colour:N", scale=None),
        size=alt.Size("count:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, largest])),
    )
    figures = base.mark_text(aria=False, fontSize=size, fontWeight="bold").encode(
        text="count:Q",
        # Dark on the papers of notes, whatever the theme; the theme's own where there is no disc.
        color=alt.condition("datum.count > 0", alt.value(LIGHT.ink), alt.value(colours.ink)),
    )
    return _text(alt.LayerChart(layer=[discs, figures]), colours, size)


def _labels(field: str, labels: tuple[str, ...] | None, size: int) -> alt.Y:
    sort: Any = None if labels is None else list(labels)
    return alt.Y(
        field,
        sort=sort,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')",
            labelLimit=size * _LABEL_EMS,
            labelPadding=round(size * 0.6),
            description=t("chart.choice"),
        ),
    )


def _text(chart: alt.LayerChart, colours: Palette, size: int) -> str:
    return themed(chart, colours, size=size).to_json(indent=None)
