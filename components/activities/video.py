"""A video is seen on the screen if it was uploaded, else through its address; on each phone if one is far away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.questions import done
from components.questions.views import View, Views
from components.stage import explanation, film
from components.video_source import video_source_form
from components.words import plain
from content.catalogue import t

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:
    assert stop.step is not None
    source = cafe.video_source(stop.step)
    view = done.phone(cafe, stop)
    if source.file:
        view["film"] = source.file
    elif source.url:
        view["links"] = [{"label": t("pad.video.link"), "url": source.url}]
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    assert stop.step is not None
    video = stop.step.video
    done.console(cafe, stop, act)
    if video is None:
        return
    source = cafe.video_source(stop.step)
    if source.url and not source.file:
        st.link_button(t("console.video_open"), source.url)
    pauses = [pause for pause in video.pauses if stop.step.part in {"", str(pause.part)}]
    if pauses:
        st.markdown(f"**{t('console.pauses')}**")
        for pause in pauses:
            st.markdown(f"- **{plain(pause.at)}** : {plain(pause.ask)}")
    with st.expander(t("learn.objectives")):
        for line in video.objectives:
            st.markdown(f"- {plain(line)}")
    with st.expander(t("learn.notions")):
        for line in video.notions:
            st.markdown(f"- {plain(line)}")
    with st.expander(t("console.video_source")):
        video_source_form(cafe, stop.step, act)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    assert stop.step is not None
    source = cafe.video_source(stop.step)
    if source.file:
        film(source.file, key=f"{key}-film")
    elif stop.step.video is not None:
        # The film plays elsewhere: the screen says what to look out for.
        explanation(t("learn.objectives"), "\n".join(stop.step.video.objectives), key=f"{key}-objectives")


VIEWS = Views(phone, console, screen, done.review)
