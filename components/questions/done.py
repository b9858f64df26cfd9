"""« I have finished »: who has, and who has not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.names import name_of
from components.questions.views import View, Views
from components.words import plain
from content.catalogue import t, tn
from state.domain.tallies.choices import answered

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:  # noqa: ARG001 - nothing of the room shows
    return {"kind": "done"}


def console(cafe: Cafe, stop: Stop, act: Act) -> None:  # noqa: ARG001 - there is nothing to do
    finished = cafe.counted(stop.id)
    waited_for = [plain(name_of(one)) for one in cafe.present if one.id not in finished]
    if waited_for and finished:
        st.caption(t("console.waited_for", names=", ".join(waited_for)))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    """The count beside the question says it all."""


def review(cafe: Cafe, stop: Stop) -> None:
    st.text(tn("people.finished_of", answered(cafe, stop.id), present=len(cafe.present)))


VIEWS = Views(phone, console, screen, review)
