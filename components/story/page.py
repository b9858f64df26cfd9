"""The review from top to bottom: filters, contents, who was there, each activity, success, minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities import views_of
from components.story.filters import selection
from components.story.whole import minutes, presence, success
from components.words import plain
from content.catalogue import t, tn
from state.domain.filtering import filtered

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop
    from state.domain.filtering import Filtered


def story(cafe: Cafe, now: float) -> None:
    """Everything that is read of a café afterwards; `now` is in seconds since 1970, UTC."""
    asked = [stop for stop in cafe.programme.questions if cafe.round(stop.id).asked]
    if not asked:
        st.info(t("results.nothing_asked"))
        return
    chosen = selection()
    read = filtered(cafe, chosen)
    if read is None:
        st.info(t("story.too_few"))
        return
    if not chosen.everybody:
        st.text(f"{tn('story.selected', read.people)} {t('story.left_out')}")
    _contents(asked)
    if chosen.everybody:
        presence(cafe, now)
    _questions(read, asked)
    success(read.cafe)
    minutes(cafe, now)


def _contents(asked: list[Stop]) -> None:
    with st.expander(t("story.contents")):
        lines = [f"- [{plain(_title(stop))}](#{_anchor(stop)})" for stop in asked]
        st.markdown("\n".join(lines))


def _questions(read: Filtered, asked: list[Stop]) -> None:
    step = None
    for stop in asked:
        assert stop.step is not None
        if stop.step.id != step:
            step = stop.step.id
            st.header(f"{t(f'course.{stop.step.course}')} · {plain(stop.step.activity.title)}", anchor=False)
        st.subheader(plain(_title(stop)), anchor=_anchor(stop))
        if stop.id in read.withheld:
            st.text(t("story.too_few"))
        else:
            views_of(stop).review(read.cafe, stop)


def _title(stop: Stop) -> str:
    prompt = stop.prompt
    assert prompt is not None
    number = f"{stop.number}. " if stop.count > 1 else ""
    moment = f" ({t(f'moment.{prompt.moment}')})" if prompt.moment else ""
    return f"{number}{prompt.prompt}{moment}"


def _anchor(stop: Stop) -> str:
    return f"q-{stop.id.replace('/', '-')}"
