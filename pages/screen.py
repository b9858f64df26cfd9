"""The projector's screen of one café."""

import streamlit as st

from components.gate import previewed_cafe, watched_room
from components.look import page_style
from components.projection import projection
from state.session import comptoir

page_style("screen")
cafe_id = watched_room().id


@st.fragment
def live() -> None:
    room = comptoir().room(cafe_id)
    projection(room, key="screen", seen=previewed_cafe(room))


live()
