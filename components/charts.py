"""Altair charts of what a room answered, each with its text alternative; user text is data, never a column name."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import streamlit as st

from components.look import palette, themed
from components.words import plain
from content.catalogue import t, tn

if TYPE_CHECKING:
    from components.look import Palette
    from state.domain.tallies import ChoiceTally

_FEWEST_ON_SCALE = 5
# A label wraps at so many characters, and its bar is tall enough for its lines.
_LABEL_WIDTH = 34
_LABEL_EMS = 22


def choice_chart(tally: ChoiceTally, *, show_right: bool, size: int = 14, key: str) -> None:
    """Bars in the order of the choices. The scale is the room, so that the chart stays still while it grows."""
    chart = themed(_bars(tally, palette(), show_right=show_right, size=size), palette(), size=size)
    st.altair_chart(chart, theme=None, width="stretch", key=key, alt=choice_summary(tally, show_right=show_right))


def choice_table(tally: ChoiceTally, *, show_right: bool) -> None:
    """The same figures for whoever reads rather than looks."""
    st.table(
        pd.DataFrame(
            {
                t("chart.choice"): [_marked(plain(row.label), right=show_right and row.right) for row in tally.choices],
                t("chart.people"): [row.count for row in tally.choices],
                t("chart.share"): [t("chart.percent", share=round(100 * row.share)) for row in tally.choices],
            }
        ).set_index(t("chart.choice"))
    )


def choice_summary(tally: ChoiceTally, *, show_right: bool) -> str:
    """The chart in a sentence."""
    counts = ", ".join(
        t("chart.count", label=_marked(row.label, right=show_right and row.right), count=row.count)
        for row in tally.choices
    )
    return f"{tn('people.answered', tally.answered)} : {counts}."


def _bars(tally: ChoiceTally, colours: Palette, *, show_right: bool, size: int) -> alt.LayerChart:
    # Where no answer is right, none is set apart.
    show_right = show_right and any(row.right for row in tally.choices)
    rows: list[dict[str, Any]] = [
        {
            "choice": "\n".join(wrap(_marked(row.label, right=show_right and row.right), _LABEL_WIDTH)),
            "people": row.count,
            "figure": t("chart.figure", count=row.count, share=round(100 * row.share)) if tally.answered else "0",
            "colour": _colour(colours, show_right=show_right, right=row.right),
        }
        for row in tally.choices
    ]
    # A share of the scale is kept for the figures beside the longest bar.
    longest = max(tally.present, tally.answered, _FEWEST_ON_SCALE) * 1.25
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y(
            "choice:N",
            sort=[row["choice"] for row in rows],
            title=None,
            axis=alt.Axis(
                labelExpr="split(datum.label, '\\n')", labelLimit=size * _LABEL_EMS, description=t("chart.choice")
            ),
        ),
        x=alt.X("people:Q", axis=None, scale=alt.Scale(domain=[0, longest])),
    )
    bars = base.mark_bar(aria=False, height={"band": 0.62}).encode(color=alt.Color("colour:N", scale=None))
    figures = base.mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
    lines = max(row["choice"].count("\n") + 1 for row in rows)
    height = round(len(rows) * size * max(2.8, 1.25 * lines + 0.8))
    return alt.LayerChart(layer=[bars, figures.encode(text="figure:N")], height=height)


def _colour(colours: Palette, *, show_right: bool, right: bool) -> str:
    if not show_right:
        return colours.bar
    return colours.right if right else colours.muted


def _marked(label: str, *, right: bool) -> str:
    return f"✓ {label}" if right else label
