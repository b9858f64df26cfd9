"""What comes after what the room sees, named before it is shown: to whoever hosts, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.words import plain
from content.catalogue import t
from state.domain import decisions
from state.domain.cafe import END

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop


def coming(cafe: Cafe) -> None:
    """The next stop in one line; nothing while the button itself says what follows."""
    following = decisions.next_of(cafe)
    if cafe.closed or following is None or following[0].id in {cafe.stop_id, END}:
        return
    if said := _said(following[0]):
        st.caption(t("console.coming", what=plain(said)))


def _said(stop: Stop) -> str:
    if stop.prompt is not None:
        return stop.prompt.prompt
    if stop.slide is not None and stop.slide.title:
        return stop.slide.title
    return stop.step.activity.title if stop.step is not None else ""
