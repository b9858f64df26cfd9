"""Composing one café: its programme, its texts, what people need to come."""

import streamlit as st

from components.composer import composer
from components.gate import facilitated_room
from components.look import page_style
from components.notices import actor
from state.session import comptoir

page_style("composer")
seat = facilitated_room()


@st.fragment
def live() -> None:
    composer(comptoir().room(seat.room.id), comptoir().pack, actor(comptoir(), seat.room.id), key="compose")


live()
