"""A café afterwards: each question with its chart and figures, in the order of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities import views_of
from components.downloads import downloads
from components.rehearsal import rehearsal_mark
from components.words import plain
from content.catalogue import day, t, tn

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop


def review(cafe: Cafe) -> None:
    rehearsal_mark(cafe)
    st.title(plain(cafe.title), anchor=False)
    st.caption(" · ".join([plain(cafe.plan.formula_name), day(cafe.created_at), tn("people.came", len(cafe.present))]))
    downloads(cafe, cafe_id=st.query_params["cafe"])
    asked = [stop for stop in cafe.programme.questions if cafe.round(stop.id).asked]
    if not asked:
        st.info(t("results.nothing_asked"))
    step = None
    for stop in asked:
        assert stop.step is not None
        if stop.step.id != step:
            step = stop.step.id
            st.header(f"{t(f'course.{stop.step.course}')} · {plain(stop.step.activity.title)}", anchor=False)
        _question(cafe, stop)


def _question(cafe: Cafe, stop: Stop) -> None:
    prompt = stop.prompt
    assert prompt is not None
    number = f"{stop.number}. " if stop.count > 1 else ""
    moment = f" ({t(f'moment.{prompt.moment}')})" if prompt.moment else ""
    st.subheader(f"{plain(number)} {plain(prompt.prompt)}{plain(moment)}", anchor=False)
    views_of(stop).review(cafe, stop)
