"""Changing one's own link, when somebody else may have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.browser import ask_for
from components.words import base_path
from content.catalogue import t

if TYPE_CHECKING:
    from state.live import Room


def link_renewal(room: Room, *, key: str) -> None:
    with st.expander(t("renew.title"), key=f"{key}-box"):
        st.write(t("renew.what"))
        if st.button(t("renew.do"), key=f"{key}-do"):
            base = base_path()
            ask_for(f"{base}/api/cafes/{room.id}/link", {}, then=f"{base}/console?cafe={room.id}", key=f"{key}-ask")
