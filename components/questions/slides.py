"""Something to look at: a title, some words, a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.figures import figure
from components.questions.views import View, Views
from components.stage import message
from components.words import plain

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def phone(cafe: Cafe, stop: Stop) -> View:  # noqa: ARG001 - a slide says the same to all
    slide = stop.slide
    assert slide is not None
    return {
        "kind": "message",
        "title": slide.title,
        "body": slide.body,
        "points": list(slide.points),
        "links": [link.model_dump() for link in slide.links],
    }


def console(cafe: Cafe, stop: Stop, act: Act) -> None:  # noqa: ARG001 - there is nothing to do
    slide = stop.slide
    assert slide is not None
    st.header(plain(slide.title), anchor=False)
    st.text(slide.body)
    for point in slide.points:
        st.markdown(f"- {plain(point)}")
    if slide.figure:
        figure(slide.figure, size=14, key=f"figure-{stop.id}")


def screen(cafe: Cafe, stop: Stop, key: str) -> None:  # noqa: ARG001 - a slide says the same to all
    slide = stop.slide
    assert slide is not None
    assert stop.step is not None
    message(
        slide.title,
        slide.body,
        course=stop.step.course,
        # These figures say the points themselves.
        points=() if slide.figure in {"fair", "five-v"} else slide.points,
        links=[link.label for link in slide.links],
        key=f"{key}-slide",
    )
    if slide.figure:
        figure(slide.figure, size=24, key=f"{key}-figure")


def review(cafe: Cafe, stop: Stop) -> None:
    """Nothing was asked."""


VIEWS = Views(phone, console, screen, review)
