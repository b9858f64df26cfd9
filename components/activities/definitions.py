"""Definitions are seen as a wall before; after, beside it, the new ones and the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities.by_question import question_views
from components.questions import texts
from components.questions.summary import summary_field
from components.questions.views import View, Views
from components.stage import explanation, line, wall_of_texts
from content.catalogue import t
from state.domain.tallies.texts import wall

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:
    view = question_views(stop.scene).phone(cafe, stop)
    if (earlier := cafe.programme.earlier(stop)) is not None:
        # Each phone finds what its owner wrote there among its own answers.
        view["earlier"] = earlier.id
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    texts.console(cafe, stop, act)
    if (earlier := cafe.programme.earlier(stop)) is not None:
        with st.expander(t("definitions.before")):
            for text in wall(cafe, earlier):
                st.text(t("results.quote", text=text.text))
        summary_field(cafe, stop, act, label=t("console.summary"), hint=t("console.summary_hint"))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    earlier = cafe.programme.earlier(stop)
    now = cafe.round(stop.id)
    if earlier is None or stop.prompt is None:
        texts.screen(cafe, stop, key)
        return
    before, after, reference = st.columns(3, gap="large")
    with before:
        line(t("definitions.before"), key=f"{key}-before-title")
        wall_of_texts([text.text for text in wall(cafe, earlier)], key=f"{key}-before")
    if now.shown:
        with after:
            line(t("definitions.after"), key=f"{key}-after-title")
            wall_of_texts([text.text for text in wall(cafe, stop)], key=f"{key}-after")
    if now.revealed:
        with reference:
            explanation(t("definitions.reference"), stop.prompt.explanation, key=f"{key}-explanation")
            if summary := cafe.summaries.get(stop.id):
                explanation(t("screen.retained"), summary, key=f"{key}-summary")


VIEWS = Views(phone, console, screen, texts.review)
