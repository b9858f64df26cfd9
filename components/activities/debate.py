"""A debate is seen as positions before, arguments on both sides, then who moved and what the room retains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities.by_question import question_views
from components.charts import PHONE_LETTERS
from components.pictures import save_question
from components.questions import choices, sides
from components.questions.summary import summary_field
from components.questions.views import View, Views
from components.stage import explanation, line
from content.catalogue import t

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:
    view = question_views(stop.scene).phone(cafe, stop)
    if _is_after(stop) and cafe.round(stop.id).shown:
        view["body"] = " ".join(filter(None, [sides.moved_words(cafe, stop), cafe.summaries.get(stop.id, "")]))
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    if not _is_after(stop):
        question_views(stop.scene).console(cafe, stop, act)
        return
    sides.shift_views(cafe, stop, size=14, key=f"chart-{stop.id}")
    st.text(sides.moved_words(cafe, stop))
    with st.expander(t("chart.table")):
        sides.shift_figures(cafe, stop)
        if by := cafe.round(stop.id).split:
            choices.split_tables(cafe, stop, by)
    summary_field(cafe, stop, act, label=t("console.summary"), hint=t("console.summary_hint"))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    if _is_before(stop):
        choices.screen(cafe, stop, key)
    elif not _is_after(stop):
        question_views(stop.scene).screen(cafe, stop, key)
    elif (now := cafe.round(stop.id)).split and now.shown:
        choices.split_charts(cafe, stop, now.split, show_right=False, key=key)
    elif now.shown:
        sides.shift_views(cafe, stop, size=choices.SCREEN_TEXT, key=f"{key}-{stop.id}")
        if moved := sides.moved_words(cafe, stop):
            line(moved, key=f"{key}-moved")
        if summary := cafe.summaries.get(stop.id):
            explanation(t("screen.retained"), summary, key=f"{key}-summary")


def review(cafe: Cafe, stop: Stop) -> None:
    if not _is_after(stop):
        question_views(stop.scene).review(cafe, stop)
        return
    st.text(" ".join(filter(None, [choices.summary(cafe, stop), sides.moved_words(cafe, stop)])))
    drawn = sides.shift_views(cafe, stop, size=14, letters=PHONE_LETTERS, key=f"review-{stop.id}")
    with st.expander(t("chart.table")):
        save_question(drawn, cafe, stop)
        sides.shift_figures(cafe, stop)
        choices.groups_table(cafe, stop)


def _is_before(stop: Stop) -> bool:
    return stop.prompt is not None and stop.prompt.moment == "before"


def _is_after(stop: Stop) -> bool:
    return stop.prompt is not None and stop.prompt.moment == "after"


VIEWS = Views(phone, console, screen, review)
