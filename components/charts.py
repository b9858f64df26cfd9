"""Altair charts of what a room answered, each with its text alternative; user text is data, never a column name."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import streamlit as st

from components.look import LIGHT, NOTE_PAINTS, palette, themed
from components.words import plain
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.look import Palette
    from content.prompts import Colour
    from state.domain.tallies.boards import Column
    from state.domain.tallies.choices import ChoiceCount, ChoiceTally
    from state.domain.tallies.sides import Shift
    from state.domain.tallies.texts import Word

_FEWEST_ON_SCALE = 5
# A label wraps at so many characters, and its bar is tall enough for its lines.
_LABEL_WIDTH = 34
_LABEL_EMS = 22
_COLOUR_WIDTH = 11
_DISC_EMS = 2.6
# How many letters fit in a bar as wide as its chart, on the console as on the screen.
_BAR_LETTERS = 72


def choice_chart(tally: ChoiceTally, *, show_right: bool, size: int = 14, key: str) -> None:
    """Bars in the order of the choices. The scale is the room, so that the chart stays still while it grows."""
    chart = themed(_bars(tally, palette(), show_right=show_right, size=size), palette(), size=size)
    st.altair_chart(chart, theme=None, width="stretch", key=key, alt=choice_summary(tally, show_right=show_right))


def choice_table(tally: ChoiceTally, *, show_right: bool) -> None:
    """The same figures for whoever reads rather than looks."""
    table = {
        t("chart.choice"): [_marked(plain(row.label), right=show_right and row.right) for row in tally.choices],
        t("chart.people"): [row.count for row in tally.choices],
    }
    if tally.hands:
        table[t("chart.hands")] = [row.hands for row in tally.choices]
    table[t("chart.share")] = [t("chart.percent", share=round(100 * row.share)) for row in tally.choices]
    st.table(pd.DataFrame(table).set_index(t("chart.choice")))


def choice_summary(tally: ChoiceTally, *, show_right: bool) -> str:
    """The chart in a sentence."""
    counts = ", ".join(
        t("chart.count", label=_marked(row.label, right=show_right and row.right), count=row.people)
        for row in tally.choices
    )
    hands = f" {tn('people.hands', tally.hands)}" if tally.hands else ""
    return f"{tn('people.answered', tally.answered)}{hands} : {counts}."


def _bars(tally: ChoiceTally, colours: Palette, *, show_right: bool, size: int) -> alt.LayerChart:
    # Where no answer is right, none is set apart.
    show_right = show_right and any(row.right for row in tally.choices)
    labels = [
        "\n".join(wrap(_marked(row.label, right=show_right and row.right), _LABEL_WIDTH)) for row in tally.choices
    ]
    rows: list[dict[str, Any]] = [
        {
            "choice": label,
            "people": row.people,
            "figure": _figure(row) if tally.people else "0",
        }
        for label, row in zip(labels, tally.choices, strict=True)
    ]
    # Raised hands end each bar, paler and outlined: they were counted by eye.
    parts: list[dict[str, Any]] = [
        {
            "choice": label,
            "part": part,
            "count": count,
            "colour": _colour(colours, show_right=show_right, right=row.right),
            "shade": shade,
        }
        for label, row in zip(labels, tally.choices, strict=True)
        for part, count, shade in ((0, row.count, 1.0), (1, row.hands, 0.45))
    ]
    # A share of the scale is kept for the figures beside the longest bar; those that tell of hands are long.
    longest = max(tally.present + tally.hands, tally.people, _FEWEST_ON_SCALE) * (1.9 if tally.hands else 1.25)
    scale = alt.Scale(domain=[0, longest])
    y = _labels_axis("choice:N", labels, size)
    bars = (
        alt.Chart(pd.DataFrame(parts))
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
        alt.Chart(pd.DataFrame(rows))
        .mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
        .encode(y=y, x=alt.X("people:Q", axis=None, scale=scale), text="figure:N")
    )
    return alt.LayerChart(layer=[bars, figures], height=_height(labels, size))


def _figure(row: ChoiceCount) -> str:
    if row.hands:
        return t("chart.figure_hands", count=row.people, share=round(100 * row.share), hands=row.hands)
    return t("chart.figure", count=row.count, share=round(100 * row.share))


def _labels_axis(field: str, labels: Sequence[str], size: int) -> alt.Y:
    return alt.Y(
        field,
        sort=list(labels),
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')", labelLimit=size * _LABEL_EMS, description=t("chart.choice")
        ),
    )


def _height(labels: Sequence[str], size: int) -> int:
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    return round(len(labels) * size * max(2.8, 1.25 * lines + 0.8))


def _colour(colours: Palette, *, show_right: bool, right: bool) -> str:
    if not show_right:
        return colours.bar
    return colours.right if right else colours.muted


def _marked(label: str, *, right: bool) -> str:
    return f"✓ {label}" if right else label


# ---- words and how many people say each


def word_chart(words: Sequence[Word], *, size: int = 14, key: str) -> None:
    """Bars of words, in the order given."""
    colours = palette()
    labels = ["\n".join(wrap(word.text, _LABEL_WIDTH)) for word in words]
    data = pd.DataFrame(
        {
            "word": labels,
            "people": [word.people for word in words],
            "figure": [str(word.people) for word in words],
        }
    )
    longest = max([word.people for word in words] + [_FEWEST_ON_SCALE]) * 1.15
    base = alt.Chart(data).encode(
        y=_labels_axis("word:N", labels, size),
        x=alt.X("people:Q", axis=None, scale=alt.Scale(domain=[0, longest])),
    )
    bars = base.mark_bar(aria=False, height={"band": 0.62}, color=colours.bar)
    figures = base.mark_text(aria=False, align="left", dx=8, fontSize=size, fontWeight="bold", color=colours.ink)
    chart = alt.LayerChart(layer=[bars, figures.encode(text="figure:N")], height=_height(labels, size))
    summary = ", ".join(t("chart.count", label=word.text, count=word.people) for word in words)
    st.altair_chart(themed(chart, colours, size=size), theme=None, width="stretch", key=key, alt=f"{summary}.")


def word_table(words: Sequence[Word]) -> None:
    st.table(
        pd.DataFrame(
            {
                t("chart.choice"): [plain(word.text) for word in words],
                t("chart.people"): [word.people for word in words],
            }
        ).set_index(t("chart.choice"))
    )


# ---- positions before and after a debate


def shift_chart(change: Shift, labels: Mapping[str, str], *, size: int = 14, summary: str, key: str) -> None:
    """Two bars, before and after, shared between the sides: what moved is where they do not line up."""
    colours = palette()
    # The second side is pale, in ink: letters of any size are read on both.
    paints = dict(zip(labels, ((colours.bar, colours.paper), (colours.rule, colours.ink)), strict=True))
    moments = (
        (t("moment.before"), change.before, change.hands_before),
        (t("moment.after"), change.after, change.hands_after),
    )
    rows: list[dict[str, Any]] = []
    for moment, given, hands in moments:
        people = {side: given[side] + hands.get(side, 0) for side in labels}
        total = sum(people.values())
        begun = 0.0
        for side in labels:
            share = people[side] / total if total else 0.0
            rows.append(
                {
                    "moment": moment,
                    "from": begun,
                    "to": begun + share,
                    "middle": begun + share / 2,
                    "colour": paints[side][0],
                    "letters": paints[side][1],
                    "figure": _side_figure(labels[side], people[side], hands.get(side, 0), share),
                }
            )
            begun += share
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=_labels_axis("moment:N", [t("moment.before"), t("moment.after")], size),
    )
    scale = alt.Scale(domain=[0, 1])
    bars = base.mark_bar(aria=False, height={"band": 0.7}, stroke=colours.muted, strokeWidth=1.5).encode(
        x=alt.X("from:Q", axis=None, scale=scale), x2="to:Q", color=alt.Color("colour:N", scale=None)
    )
    figures = base.mark_text(aria=False, fontSize=size, fontWeight="bold").encode(
        x=alt.X("middle:Q", axis=None, scale=scale), text="figure:N", color=alt.Color("letters:N", scale=None)
    )
    chart = alt.LayerChart(layer=[bars, figures], height=size * 9)
    told = "; ".join(
        f"{moment} : {', '.join(_side_told(label, given[side], hands.get(side, 0)) for side, label in labels.items())}"
        for moment, given, hands in moments
    )
    st.altair_chart(
        themed(chart, colours, size=size), theme=None, width="stretch", key=key, alt=f"{told}. {summary}".strip()
    )


def _side_figure(label: str, people: int, hands: int, share: float) -> str:
    """What is written on a part of a bar: as much as it holds of the side, its people and how many raised a hand."""
    whole = f"{label} · {people}"
    tries = [f"{whole} {t('chart.of_which_hands', hands=hands)}"] if hands else []
    room = share * _BAR_LETTERS
    return next((figure for figure in (*tries, whole, str(people)) if len(figure) <= room), "")


def _side_told(label: str, given: int, hands: int) -> str:
    told = t("chart.count", label=label, count=given + hands)
    return f"{told} {t('chart.of_which_hands', hands=hands)}" if hands else told


def side_table(change: Shift, labels: Mapping[str, str]) -> None:
    """Both distributions: on phones, and by raised hands where some were counted."""
    table: dict[str, list[object]] = {t("chart.choice"): [plain(label) for label in labels.values()]}
    for moment, given, hands in (
        (t("moment.before"), change.before, change.hands_before),
        (t("moment.after"), change.after, change.hands_after),
    ):
        table[moment] = [given[side] for side in labels]
        if any(hands.values()):
            table[t("chart.moment_hands", moment=moment)] = [hands.get(side, 0) for side in labels]
    st.table(pd.DataFrame(table).set_index(t("chart.choice")))


def shift_table(change: Shift, labels: Mapping[str, str]) -> None:
    """Who went from where to where, among those who answered twice on a phone."""
    table: dict[str, list[object]] = {
        t("sides.from"): [plain(labels[flow.source]) for flow in change.flows],
        t("sides.to"): [plain(labels[flow.target]) for flow in change.flows],
        t("chart.people"): [flow.people for flow in change.flows],
    }
    st.table(pd.DataFrame(table).set_index(t("sides.from")))


# ---- notes by colour


def colour_chart(columns: Sequence[Column], colours: Sequence[Colour], *, size: int = 14, key: str) -> None:
    """Discs for each column and colour of note, as large as their notes are many, each with its number."""
    look = palette()
    labels = ["\n".join(wrap(column.label, _LABEL_WIDTH)) for column in columns]
    wrapped = [wrap(colour.label, _COLOUR_WIDTH) for colour in colours]
    lines = max(len(name) for name in wrapped)
    # Names of several lines grow downwards: blank lines above the short ones keep them all on the discs' side.
    names = ["\n".join([*[" "] * (lines - len(name)), *name]) for name in wrapped]
    rows = [
        {
            "column": label,
            "name": name,
            "count": column.colours.get(colour.id, 0),
            "colour": NOTE_PAINTS[colour.paint],
        }
        for label, column in zip(labels, columns, strict=True)
        for name, colour in zip(names, colours, strict=True)
    ]
    most = max((column.colours.get(colour.id, 0) for column in columns for colour in colours), default=0)
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        labelExpr="split(datum.label, '\\n')",
        labelLimit=400,
        description=t("board.colour"),
        labelPadding=round(size * 1.2 * (lines - 1)) + 4,
    )
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=_labels_axis("column:N", labels, size), x=alt.X("name:N", sort=names, title=None, axis=axis)
    )
    largest = (size * _DISC_EMS) ** 2
    discs = base.mark_circle(aria=False, opacity=1, stroke=look.ink, strokeWidth=1).encode(
        color=alt.Color("colour:N", scale=None),
        size=alt.Size(
            "count:Q", legend=None, scale=alt.Scale(domain=[0, max(most, _FEWEST_ON_SCALE)], range=[0, largest])
        ),
    )
    figures = base.mark_text(aria=False, fontSize=size, fontWeight="bold").encode(
        text="count:Q",
        # Dark on the papers of notes, whatever the theme; the theme's own where there is no disc.
        color=alt.condition("datum.count > 0", alt.value(LIGHT.ink), alt.value(look.ink)),
    )
    chart = alt.LayerChart(layer=[discs, figures], height=round(len(columns) * size * (_DISC_EMS + 0.3)))
    told = "; ".join(
        f"{column.label} : "
        + (
            ", ".join(
                t("chart.count", label=colour.label, count=column.colours.get(colour.id, 0)) for colour in colours
            )
        )
        for column in columns
    )
    st.altair_chart(themed(chart, look, size=size), theme=None, width="stretch", key=key, alt=f"{told}.")


def colour_table(columns: Sequence[Column], colours: Sequence[Colour]) -> None:
    """The same figures for whoever reads rather than looks."""
    table = {plain(colour.label): [column.colours.get(colour.id, 0) for column in columns] for colour in colours}
    st.table(pd.DataFrame(table, index=[plain(column.label) for column in columns]))
