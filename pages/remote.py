"""The remote control of one café, on a facilitator's phone."""

import streamlit as st

from components.gate import facilitated_room
from components.look import page_style
from components.notices import actor
from components.remote import remote
from state.session import comptoir

page_style("remote")


@st.fragment
def live() -> None:
    seat = facilitated_room()
    remote(seat.room, actor(comptoir(), seat.room.id, seat.by), key="remote")


live()
