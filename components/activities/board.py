"""A day on a board is seen as a portrait drawn together, then as notes in columns, with the portrait above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities.by_question import question_views, review
from components.questions.suggestions import retained
from components.questions.summary import summary_field
from components.questions.views import View, Views
from components.stage import portrait
from content.catalogue import t
from content.prompts import Board, Suggestion

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:
    view = question_views(stop.scene).phone(cafe, stop)
    if isinstance(stop.prompt, Board):
        view["body"] = _portrait(cafe, stop)
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    if isinstance(stop.prompt, Board) and (line := _portrait(cafe, stop)):
        st.text(line)
    question_views(stop.scene).console(cafe, stop, act)
    if isinstance(stop.prompt, Suggestion):
        summary_field(cafe, stop, act, label=t("console.retain"), hint=t("console.retain_hint"))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    if line := _portrait(cafe, stop):
        portrait(line, key=f"{key}-portrait")
    question_views(stop.scene).screen(cafe, stop, key)


def _portrait(cafe: Cafe, stop: Stop) -> str:
    """Who the room imagined, in one line: what it retained of each question so far."""
    if stop.step is None:
        return ""
    before = [
        one
        for one in cafe.programme.stops_of(stop.step.id)
        if isinstance(one.prompt, Suggestion) and one.id != stop.id and cafe.round(one.id).asked
    ]
    return " · ".join(filter(None, (retained(cafe, one) for one in before)))


VIEWS = Views(phone, console, screen, review)
