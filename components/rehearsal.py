"""What says that a café is a rehearsal, and has its simulated people come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.notices import notify
from content.catalogue import t
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.live import Room


def rehearsal_mark(cafe: Cafe) -> None:
    """In words, where the facilitator looks; nothing where the café is none."""
    if cafe.plan.rehearsal:
        with st.container(key="rehearsal-mark", width="content"):
            st.markdown(f"**{t('rehearsal.mark')}**", width="content")


def simulated_people(room: Room, *, key: str) -> None:
    """Where simulated people have left, a button that has them come back: after a restart of the server."""
    if not room.cafe.plan.rehearsal or room.cafe.closed or comptoir().rehearsals.running(room.id):
        return

    def fill() -> None:
        try:
            comptoir().fill(room.id)
        except (StoreError, TimeoutError):
            notify(t("error.not-kept"))

    with st.container(horizontal=True, vertical_alignment="center"):
        st.write(t("rehearsal.left"))
        st.button(t("rehearsal.again"), key=f"{key}-again", on_click=fill)
