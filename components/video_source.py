"""Where a step's video is seen: the pack's address, another one, or a file of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.browser import upload
from components.notices import typed
from components.words import base_path
from content.catalogue import t
from state.domain import decisions
from state.films import LARGEST_BYTES

if TYPE_CHECKING:
    from components.notices import Act
    from content.plan import PlannedStep
    from state.domain.cafe import Cafe


def video_source_form(cafe: Cafe, step: PlannedStep, act: Act) -> None:
    source = cafe.video_source(step)
    key = f"video-{step.id}"

    def keep() -> None:
        act(partial(decisions.choose_video, step_id=step.id, url=typed(key), file=None))

    if source.file:
        st.text(t("video.file_in_use"))
    own = cafe.videos.get(step.id)
    with st.form(f"form-{key}", border=False):
        st.text_input(t("video.address"), value=(own.url or "") if own else "", max_chars=500, key=key)
        st.form_submit_button(t("video.keep"), key=f"keep-{key}", on_click=keep, disabled=cafe.closed)
    if own is not None:
        st.button(
            t("video.back_to_pack"),
            key=f"reset-{key}",
            on_click=act,
            args=(partial(decisions.choose_video, step_id=step.id),),
            disabled=cafe.closed,
        )
    cafe_id = st.query_params.get("cafe", "")
    upload(
        f"{base_path()}/api/cafes/{cafe_id}/films/{step.id}", what="film", most=LARGEST_BYTES, key=f"upload-{step.id}"
    )
