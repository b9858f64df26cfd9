"""What is told of a whole café: how its quizzes went, who was connected when, how long each step took."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.chart_shapes import PARTS, ROWS
from components.charts import draw, told_apart
from components.look import palette
from components.pictures import caption, save_buttons
from components.story.shapes import minutes_shape, presence_shape, row_height, share_shape, stood_on_bars
from components.words import plain
from content.catalogue import t, tn
from state.domain.events import LEVELS
from state.domain.tallies.course import connected, lived, stretches
from state.domain.tallies.success import successes

if TYPE_CHECKING:
    from collections.abc import Callable

    from state.domain.cafe import Cafe
    from state.domain.chronicle import Presence
    from state.domain.tallies.success import Score

_SIZE = 14
_LABEL = 38
# A longer question is cut in the chart, and whole in the table.
_LINES = 2
# Numbers of steps under this share of a café would run into one another.
_WIDE_ENOUGH = 0.06
# Everybody and one place are twice the same line.
_ALONE = 2


def success(cafe: Cafe) -> None:
    """Questions that have a right answer, the hardest first; nothing where there are none."""
    rows = successes(cafe)
    if not rows:
        return
    st.header(t("story.success"), anchor="reussite")
    marks = ["" if row.revealed else f" {t('story.unrevealed')}" for row in rows]
    labels = [f"{row.stop.prompt.prompt}{mark}" for row, mark in zip(rows, marks, strict=True) if row.stop.prompt]
    short = told_apart(["\n".join(wrap(label, _LABEL, max_lines=_LINES, placeholder=" …")) for label in labels])
    data: list[dict[str, Any]] = [
        {"label": label, "share": row.score.share, "told": [*label.split("\n"), _score(row.score)]}
        for label, row in zip(short, rows, strict=True)
    ]
    levels = [level for level in LEVELS if any(level in row.levels for row in rows)]
    points: list[dict[str, Any]] = [
        {"label": label, "level": t(f"level.{level}"), "share": row.levels[level].share}
        for label, row in zip(short, rows, strict=True)
        for level in levels
        if level in row.levels
    ]
    told = "; ".join(f"{label} : {_score(row.score)}" for label, row in zip(labels, rows, strict=True))
    lines = stood_on_bars(data)
    height = len(rows) * row_height(lines, _SIZE)
    shape = share_shape(tuple(t(f"level.{level}") for level in levels), lines, _SIZE, palette())
    drawn = draw(shape, {ROWS: data, PARTS: points}, height=height, alt=told, key="story-success")
    with st.expander(t("chart.table")):
        table = {
            t("story.question"): [plain(label) for label in labels],
            t("story.right"): [_score(r.score) for r in rows],
        }
        for level in levels:
            table[t(f"level.{level}")] = [_score(row.levels[level]) if level in row.levels else "–" for row in rows]
        st.table(pd.DataFrame(table).set_index(t("story.question")))
        people = tn("people.came", len(cafe.present))
        save_buttons(drawn, caption(cafe, title=t("story.success"), people=people, name="reussite"), key="save-success")


def _score(score: Score) -> str:
    return t("story.score", share=round(100 * score.share), right=score.right, people=score.people)


def presence(cafe: Cafe, now: float) -> None:
    """People connected over time, over the steps of the programme."""
    rows = connected(cafe, now)
    if not rows:
        return
    begins = rows[0].at
    titles = {step.id: step.activity.title for step in cafe.plan.steps}
    bands = stretches(cafe, now)
    whole = max(rows[-1].at - begins, 1.0)
    places: tuple[tuple[str, Callable[[Presence], int]], ...] = (
        (t("story.altogether"), lambda one: one.people),
        (t("place.room"), lambda one: one.room),
        (t("place.remote"), lambda one: one.remote),
        (t("story.place_unknown"), lambda one: one.unknown),
    )
    # Where all are in one place, one line says it.
    found = [(name, count) for name, count in places if any(count(one) for one in rows)]
    shown = found if len(found) > _ALONE else places[:1]
    data: dict[str, list[dict[str, Any]]] = {
        PARTS: [
            {
                "from": (one.begins - begins) / 60,
                "to": (one.ends - begins) / 60,
                "middle": (one.begins + one.ends - 2 * begins) / 120,
                "number": str(place + 1) if one.ends - one.begins > _WIDE_ENOUGH * whole else "",
                "shade": 0.15 + 0.25 * (place % 2),
            }
            for place, one in enumerate(bands)
        ],
        ROWS: [
            {"minute": (one.at - begins) / 60, "people": count(one), "who": name}
            for name, count in shown
            for one in rows
        ],
    }
    most = max(one.people for one in rows)
    st.header(t("story.presence"), anchor="presence")
    st.text(tn("story.most", most))
    shape = presence_shape(t("story.minutes"), tuple(name for name, _ in shown), _SIZE, palette())
    drawn = draw(shape, data, height=240, alt=tn("story.most", most), key="story-presence")
    with st.expander(t("chart.table")):
        for place, one in enumerate(bands):
            st.text(f"{place + 1}. {titles[one.step]}")
        table = {
            t("story.minute"): [str(round((one.at - begins) / 60)) for one in rows],
            **{name: [count(one) for one in rows] for name, count in shown},
        }
        st.table(pd.DataFrame(table).set_index(t("story.minute")))
        people = tn("story.most", most)
        save_buttons(
            drawn, caption(cafe, title=t("story.presence"), people=people, name="presence"), key="save-presence"
        )


def minutes(cafe: Cafe, now: float, *, filtered: bool = False) -> None:
    """Minutes planned and spent, step by step, in the order in which they were lived: everybody's, always."""
    if cafe.started_at is None:
        return
    titles = {step.id: step.activity.title for step in cafe.plan.steps}
    rows = lived(cafe, now)
    st.header(t("story.timing"), anchor="minutes")
    if filtered:
        st.text(t("story.unfiltered"))
    data: list[dict[str, Any]] = [
        {
            "label": "\n".join(wrap(f"{place}. {titles[row.step]}", _LABEL, max_lines=2, placeholder=" …")),
            "spent": row.spent / 60,
            "planned": row.planned / 60,
            "figure": t("story.spent", spent=round(row.spent / 60), planned=round(row.planned / 60)),
        }
        for place, row in enumerate(rows, 1)
    ]
    told = "; ".join(f"{titles[row.step]} : {one['figure']}" for row, one in zip(rows, data, strict=True))
    for one in data:
        one["told"] = [*one["label"].split("\n"), one["figure"]]
    lines = stood_on_bars(data)
    height = len(data) * row_height(lines, _SIZE)
    drawn = draw(minutes_shape(lines, _SIZE, palette()), {ROWS: data}, height=height, alt=told, key="story-minutes")
    with st.expander(t("chart.table")):
        table = {
            t("story.step"): [plain(titles[row.step]) for row in rows],
            t("story.planned"): [round(row.planned / 60) for row in rows],
            t("story.real"): [f"{round(row.spent / 60)} ({round(-row.left / 60):+d})" for row in rows],
        }
        st.table(pd.DataFrame(table).set_index(t("story.step")))
        people = tn("people.came", len(cafe.present))
        save_buttons(drawn, caption(cafe, title=t("story.timing"), people=people, name="minutes"), key="save-minutes")
