"""The facilitator's console of one café."""

import streamlit as st

from components.console import console
from components.gate import facilitated_room
from components.look import page_style
from components.notices import actor
from state.session import comptoir

page_style("console")
seat = facilitated_room()


@st.fragment
def live() -> None:
    console(comptoir().room(seat.room.id), seat.token, actor(comptoir(), seat.room.id), key="console")


live()
