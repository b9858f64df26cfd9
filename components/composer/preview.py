"""What the room will see of a step: the projector's screen and a phone, as they are, in frames of this app's own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from components.browser import name_frames
from components.words import base_path, told_apart
from content.catalogue import t

if TYPE_CHECKING:
    from content.plan import PlannedStep
    from state.domain.programme import Stop
    from state.live import Room

SCREEN_HEIGHT = 270
PHONE_HEIGHT = 640


def preview(room: Room, step: PlannedStep, *, key: str) -> None:
    """The moments of a step one by one, asked or told."""
    stops = {stop.id: stop for stop in room.cafe.programme.stops_of(step.id)}
    names = told_apart({name: _name(stop) for name, stop in stops.items()})
    st.header(t("preview.title"), anchor=False)
    chosen = st.selectbox(t("preview.moment"), list(stops), format_func=names.__getitem__, key=f"{key}-{step.id}")
    told = st.toggle(t("preview.told"), key=f"{key}-told", disabled=not stops[chosen].has_reveal)
    asked = {"cafe": room.id, "apercu": chosen, **({"montre": "1"} if told and stops[chosen].has_reveal else {})}
    with st.container(key=f"{key}-screen"):
        st.caption(t("preview.screen"))
        st.iframe(f"{base_path()}/ecran?{urlencode(asked)}", height=SCREEN_HEIGHT)
    with st.container(key=f"{key}-phone"):
        st.caption(t("preview.phone"))
        st.iframe(f"{base_path()}/participer?{urlencode(asked)}", height=PHONE_HEIGHT)
    # The board to drag on is a frame too.
    name_frames(
        {
            "/ecran?": t("preview.screen"),
            "/participer?": t("preview.phone"),
            "streamlit_sortables": t("compose.drag"),
        },
        key=f"{key}-frames",
    )


def _name(stop: Stop) -> str:
    if stop.prompt is not None:
        moment = t(f"moment.{stop.prompt.moment}") if stop.prompt.moment else ""
        return " · ".join(filter(None, [moment, stop.prompt.prompt]))
    return stop.slide.title if stop.slide is not None else stop.step.activity.title if stop.step else ""
