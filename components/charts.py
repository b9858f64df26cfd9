"""Altair charts of what a room answered, each with its text alternative; user text is data, never a column name."""

from __future__ import annotations

import json
from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.chart_shapes import PARTS, ROWS, UPRIGHT_EMS, choice_shape, colour_shape, shift_shape, word_shape
from components.look import NOTE_PAINTS, palette
from components.pictures import Drawn
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
# How much longer than the longest bar a scale is, for the figures beside it.
_ALONE, _ON_A_PHONE, _WITH_HANDS = 1.25, 1.5, 1.9
# A label wraps at so many characters, and its bar is tall enough for its lines.
_LABEL_WIDTH = 34
# Letters beside discs, which need the width of a telephone for themselves; how tall letters and lines are, in ems.
_BESIDE_DISCS = 18
_UPRIGHT_LETTER, _LINE = 0.6, 1.3
_DISC_EMS = 2.6
# How many letters fit in a bar as wide as its chart: on the console as on the screen, and on a narrow phone.
BAR_LETTERS, PHONE_LETTERS = 72, 28


def choice_chart(tally: ChoiceTally, *, show_right: bool, brief: bool = False, size: int = 14, key: str) -> Drawn:
    """Bars in the order of the choices. The scale is the room, so that the chart stays still while it grows.

    `brief` leaves it to a sentence beside the chart to count the raised hands: a phone has no room for that.
    """
    colours = palette()
    labels = choice_labels(tally, show_right=show_right)
    # A share of the scale is kept for the figures beside the longest bar; those that tell of hands are long.
    spare = _ON_A_PHONE if brief else _WITH_HANDS if tally.hands else _ALONE
    longest = max(tally.present + tally.hands, tally.people, _FEWEST_ON_SCALE) * spare
    return draw(
        choice_shape(longest, size, colours),
        choice_data(tally, colours, show_right=show_right, brief=brief),
        height=bars_height(labels, size),
        alt=choice_summary(tally, show_right=show_right),
        key=key,
    )


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


def choice_labels(tally: ChoiceTally, *, show_right: bool) -> tuple[str, ...]:
    show_right = show_right and any(row.right for row in tally.choices)
    return tuple(
        "\n".join(wrap(_marked(row.label, right=show_right and row.right), _LABEL_WIDTH)) for row in tally.choices
    )


def choice_data(
    tally: ChoiceTally, colours: Palette, *, show_right: bool, brief: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """What the bars show: a row for each choice, and its parts, those counted on phones and raised hands."""
    # Where no answer is right, none is set apart.
    show_right = show_right and any(row.right for row in tally.choices)
    labels = choice_labels(tally, show_right=show_right)
    rows = [
        {"choice": label, "people": row.people, "figure": _figure(row, brief=brief) if tally.people else "0"}
        for label, row in zip(labels, tally.choices, strict=True)
    ]
    # Raised hands end each bar, paler and outlined: they were counted by eye.
    parts = [
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
    return {ROWS: rows, PARTS: parts}


def draw(shape: str, data: dict[str, list[dict[str, Any]]], *, height: int, alt: str, key: str) -> Drawn:
    """Fill a shape in with its data; what was drawn may then be saved."""
    tables = {name: pd.DataFrame(rows) for name, rows in data.items()}
    spec = {**json.loads(shape), "height": height, "datasets": tables}
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt)
    return Drawn(shape, data, height, alt)


def _figure(row: ChoiceCount, *, brief: bool) -> str:
    if row.hands and not brief:
        return t("chart.figure_hands", count=row.people, share=round(100 * row.share), hands=row.hands)
    return t("chart.figure", count=row.people, share=round(100 * row.share))


def bars_height(labels: Sequence[str], size: int) -> int:
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    return round(len(labels) * size * max(2.8, 1.25 * lines + 0.8))


def _colour(colours: Palette, *, show_right: bool, right: bool) -> str:
    if not show_right:
        return colours.bar
    return colours.right if right else colours.muted


def _marked(label: str, *, right: bool) -> str:
    return f"✓ {label}" if right else label


# ---- words and how many people say each


def word_chart(words: Sequence[Word], *, size: int = 14, key: str) -> Drawn:
    """Bars of words, in the order given."""
    labels = told_apart(["\n".join(wrap(word.text, _LABEL_WIDTH)) for word in words])
    rows = [
        {"word": label, "people": word.people, "figure": str(word.people)}
        for label, word in zip(labels, words, strict=True)
    ]
    longest = max([word.people for word in words] + [_FEWEST_ON_SCALE]) * 1.15
    summary = ", ".join(t("chart.count", label=word.text, count=word.people) for word in words)
    return draw(
        word_shape(longest, size, palette()), {ROWS: rows}, height=bars_height(labels, size), alt=f"{summary}.", key=key
    )


def told_apart(labels: Sequence[str]) -> list[str]:
    """Two bars of the same words stay two: a blank that no eye sees follows those that came before."""
    before: Counter[str] = Counter()
    apart = []
    for label in labels:
        apart.append(label + "\u200b" * before[label])
        before[label] += 1
    return apart


def word_table(words: Sequence[Word], *, people: str = "") -> None:
    """The same figures for whoever reads rather than looks; `people` names what is counted, where it is no people."""
    st.table(
        pd.DataFrame(
            {
                t("chart.choice"): [plain(word.text) for word in words],
                people or t("chart.people"): [word.people for word in words],
            }
        ).set_index(t("chart.choice"))
    )


# ---- positions before and after a debate


def shift_chart(
    change: Shift, labels: Mapping[str, str], *, size: int = 14, letters: int = BAR_LETTERS, summary: str, key: str
) -> Drawn:
    """Two bars, before and after, shared between the sides: what moved is where they do not line up.

    `letters` is how many of them fit in a whole bar.
    """
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
                    "figure": _side_figure(labels[side], people[side], hands.get(side, 0), share * letters),
                }
            )
            begun += share
    told = "; ".join(
        f"{moment} : {', '.join(_side_told(label, given[side], hands.get(side, 0)) for side, label in labels.items())}"
        for moment, given, hands in moments
    )
    return draw(
        shift_shape(tuple(moment for moment, _, _ in moments), size, colours),
        {ROWS: rows},
        height=size * 9,
        alt=f"{told}. {summary}".strip(),
        key=key,
    )


def _side_figure(label: str, people: int, hands: int, room: float) -> str:
    """What is written on a part of a bar that `room` letters fit in: the side, its people, how many raised a hand."""
    whole = f"{label} · {people}"
    tries = [f"{whole} {t('chart.of_which_hands', hands=hands)}"] if hands else []
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


def colour_chart(columns: Sequence[Column], colours: Sequence[Colour], *, size: int = 14, key: str) -> Drawn:
    """Discs for each column and colour of note, as large as their notes are many, each with its number."""
    labels = ["\n".join(wrap(column.label, _BESIDE_DISCS)) for column in columns]
    names = told_apart([colour.label for colour in colours])
    above = min(max(map(len, names), default=0) * _UPRIGHT_LETTER, UPRIGHT_EMS)
    row = max(_DISC_EMS + 0.3, _LINE * max((label.count("\n") + 1 for label in labels), default=1))
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
    told = "; ".join(
        f"{column.label} : "
        + (
            ", ".join(
                t("chart.count", label=colour.label, count=column.colours.get(colour.id, 0)) for colour in colours
            )
        )
        for column in columns
    )
    return draw(
        colour_shape(
            tuple(labels), tuple(names), max(most, _FEWEST_ON_SCALE), (size * _DISC_EMS) ** 2, size, palette()
        ),
        {ROWS: rows},
        height=round(size * (len(columns) * row + above + 1)),
        alt=f"{told}.",
        key=key,
    )


def colour_table(columns: Sequence[Column], colours: Sequence[Colour]) -> None:
    """The same figures for whoever reads rather than looks."""
    table = {plain(colour.label): [column.colours.get(colour.id, 0) for column in columns] for colour in colours}
    st.table(pd.DataFrame(table, index=[plain(column.label) for column in columns]))
