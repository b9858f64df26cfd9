"""Composing one café: its programme, its texts, what people need to come."""

import streamlit as st

from components.browser import open_address
from components.composer import composer
from components.gate import facilitated_room
from components.look import page_style
from components.notices import actor
from components.words import base_path
from content.catalogue import t
from state.domain.errors import Refusal
from state.ports import StoreError
from state.session import comptoir

page_style("composer")


@st.fragment
def live() -> None:
    seat = facilitated_room()
    people = composer(seat.room, comptoir().pack, actor(comptoir(), seat.room.id, seat.by), seat.by, key="compose")
    if people is not None:
        try:
            made = comptoir().rehearse(seat.room.id, people=people, cookies=st.context.cookies)
        except Refusal as refusal:
            st.error(t(f"refusal.{refusal.code}", **refusal.details))
        except (StoreError, TimeoutError):
            st.error(t("error.not-kept"))
        else:
            open_address(f"{base_path()}/animer/{made.id}/{made.token}", key="console")


live()
