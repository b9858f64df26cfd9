"""Figures that a talk shows: drawn from numbers, each with its sentence."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from components.look import palette, themed
from components.stage import big_number, tiles
from content.catalogue import t

# Zettabytes created and copied in the world: 64.2 in 2020 (IDC), then 23 % more a year, as was projected.
_FIRST_YEAR, _LAST_YEAR = 2020, 2025
_FIRST_VOLUME, _LAST_VOLUME, _GROWTH = 64.2, 181.0, 1.23
_ZEROS_OF_A_ZETTABYTE = 21


def figure(name: str, *, size: int, key: str) -> None:
    """Draw one of the figures that a slide may name."""
    match name:
        case "zeros":
            big_number(
                "1" + "".join("\u202f000" for _ in range(_ZEROS_OF_A_ZETTABYTE // 3)), t("figure.zeros"), key=key
            )
        case "growth":
            _growth(size=size, key=key)
        case "five-v":
            tiles([(t(f"figure.v_{number}"), t(f"figure.v_{number}_text")) for number in range(1, 6)], key=key)
        case "fair":
            tiles([(t(f"figure.fair_{number}"), t(f"figure.fair_{number}_text")) for number in range(1, 6)], key=key)


def projected() -> dict[int, float]:
    """Zettabytes a year: the estimate of 2020, the projection of 2025 as published, and the years between at 23 %."""
    volumes = {
        year: round(_FIRST_VOLUME * _GROWTH ** (year - _FIRST_YEAR), 1) for year in range(_FIRST_YEAR, _LAST_YEAR)
    }
    return {**volumes, _LAST_YEAR: _LAST_VOLUME}


def _growth(*, size: int, key: str) -> None:
    colours = palette()
    years = projected()
    data = pd.DataFrame(
        {
            "year": [str(year) for year in years],
            "volume": list(years.values()),
            "figure": [t("figure.zettabytes", volume=f"{volume:g}".replace(".", ",")) for volume in years.values()],
            "shade": [1.0] + [0.5] * (len(years) - 1),
        }
    )
    base = alt.Chart(data).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, description=t("figure.year"))),
        y=alt.Y("volume:Q", axis=None, scale=alt.Scale(domain=[0, _LAST_VOLUME * 1.15])),
    )
    bars = base.mark_bar(aria=False, color=colours.bar, stroke=colours.bar, strokeWidth=1.5, width={"band": 0.7})
    figures = base.mark_text(aria=False, dy=-size, fontSize=size, fontWeight="bold", color=colours.ink)
    chart = alt.LayerChart(
        layer=[
            bars.encode(fillOpacity=alt.FillOpacity("shade:Q", scale=None)),
            figures.encode(text="figure:N"),
        ],
        height=size * 13,
    )
    told = ", ".join(f"{year} : {figure}" for year, figure in zip(data["year"], data["figure"], strict=True))
    st.altair_chart(themed(chart, colours, size=size), theme=None, width="stretch", key=key, alt=f"{told}.")
    st.caption(t("figure.growth"))
