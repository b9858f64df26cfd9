"""The opening is seen as a message with links to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.questions.views import View, Views
from components.stage import message
from components.words import plain
from content.activities.opening import Opening

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:  # noqa: ARG001 - it says the same to all
    opening = _opening(stop)
    return {
        "kind": "message",
        "title": opening.title,
        "body": opening.intro,
        "links": [link.model_dump() for link in opening.links],
    }


def console(cafe: Cafe, stop: Stop, act: Act) -> None:  # noqa: ARG001 - there is nothing to do
    opening = _opening(stop)
    st.write(plain(opening.intro))
    for link in opening.links:
        st.markdown(f"- [{plain(link.label)}](<{link.url}>)")


def screen(cafe: Cafe, stop: Stop, key: str) -> None:  # noqa: ARG001 - it says the same to all
    opening = _opening(stop)
    assert stop.step is not None
    message(
        opening.title,
        opening.intro,
        course=stop.step.course,
        links=[link.label for link in opening.links],
        key=f"{key}-message",
    )


def review(cafe: Cafe, stop: Stop) -> None:
    """Nothing was asked."""


def _opening(stop: Stop) -> Opening:
    assert stop.step is not None
    assert isinstance(stop.step.activity, Opening)
    return stop.step.activity


VIEWS = Views(phone, console, screen, review)
