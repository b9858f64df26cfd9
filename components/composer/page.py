"""The composer of one café: its programme, its steps, what the room will see, and what people need to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.browser import keep_typing, wake_on_news
from components.composer.adding import add_steps
from components.composer.board import drag_board, step_gestures, step_picker, totals, undo_button
from components.composer.details import details_form
from components.composer.editor import StepEditor
from components.composer.preview import preview
from components.composer.prints import prints
from components.composer.rehearsing import rehearsing
from components.composer.sharing import sharing
from components.composer.shelf import keep_step_form
from components.look import palette
from components.moderation import moderation_switch
from components.notices import show_notices
from components.registration import registrations
from components.rehearsal import rehearsal_mark
from components.together import together
from components.video_source import video_source_form
from components.words import base_path, plain
from content.catalogue import t
from content.editing import step_of

if TYPE_CHECKING:
    from components.notices import Act
    from content.schema import Pack
    from state.live import Room


def composer(room: Room, pack: Pack, act: Act, by: str, *, key: str) -> int | None:
    """Everything to prepare one café; `act` has a decision kept, `by` is who facilitates.

    Gives how many simulated people the facilitator wants to rehearse with, when they want to.
    """
    cafe = room.cafe
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key=f"{key}-wake")
    keep_typing(key=f"{key}-typing")
    show_notices()
    if room.refuses_writes:
        st.error(t("error.store-refuses"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        rehearsal_mark(cafe)
        st.title(plain(cafe.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.page_link("host.py", label=t("compose.to_console"), query_params={"cafe": room.id})
        undo_button(cafe, act, key=f"{key}-undo")
        add_steps(cafe, pack, act, key=f"{key}-add")
    programme, day, printed, helpers, trying = st.tabs(
        [t("compose.programme"), t("compose.day"), t("compose.prints"), t("compose.together"), t("compose.rehearse")]
    )
    with programme:
        board, editor, seen = st.columns([4, 5, 4], gap="medium")
        with board:
            totals(cafe)
            drag_board(cafe, act, ink=palette().ink, mark=palette().bar, key=f"{key}-board")
            chosen = step_picker(cafe, key=f"{key}-step")
        if chosen is not None:
            step = step_of(cafe.plan, chosen)
            with editor:
                st.header(plain(step.activity.title), anchor=False)
                step_gestures(cafe, step, act, key=f"{key}-gestures")
                keep_step_form(step, key=f"{key}-shelf")
                StepEditor(cafe, step, pack, act, key=f"{key}-edit").draw()
                if step.video is not None:
                    with st.expander(t("console.video_source"), key=f"{key}-video-{step.id}"):
                        video_source_form(cafe, step, act)
            with seen:
                preview(room, step, key=f"{key}-preview")
    with day:
        details_form(cafe, act, key=f"{key}-details")
        moderation_switch(cafe, act, key=f"{key}-moderation")
        if cafe.details.registers:
            st.subheader(t("register.title"), anchor=False)
            registrations(cafe, pack)
        sharing(cafe, key=f"{key}-share")
    with printed:
        prints(cafe, pack, key=f"{key}-print")
    with helpers:
        together(room, act, by, key=f"{key}-together")
    with trying:
        return rehearsing(key=f"{key}-rehearse")
