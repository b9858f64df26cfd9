"""The facilitator's console of one café."""

import streamlit as st

from components.console import console
from components.gate import facilitated_room
from components.look import page_style
from components.notices import actor
from state.session import comptoir

page_style("console")


@st.fragment
def live() -> None:
    seat = facilitated_room()
    console(seat.room, seat.token, actor(comptoir(), seat.room.id, seat.by), seat.by, key="console")


live()
