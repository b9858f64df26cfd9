"""A phone's page: the pad of whoever takes part; for a facilitator who composes, what a phone will look like."""

from __future__ import annotations

import streamlit as st

from components.browser import wake_on_news
from components.gate import open_room, previewed_cafe, previews, seat
from components.pad.mount import addresses, pad
from components.pad.view import snapshot
from components.words import base_path
from state.domain.previewing import SOMEBODY
from state.session import comptoir


def phone_page() -> None:
    if previews():
        _preview(open_room().id)
        return
    mine = seat()
    # Read before the café: a view newer than its number is sent again, an older one would stay.
    frame_id = mine.room.frame.id
    start = snapshot(mine.room.cafe, frame_id, mine.person)
    pad(mine.room.id, start, addresses(base_path(), mine.room.id), key="pad")


@st.fragment
def _preview(cafe_id: str) -> None:
    room = comptoir().room(cafe_id)
    seen = previewed_cafe(room)
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key="wake")
    if seen is not None:
        start = snapshot(seen, room.cafe.version, SOMEBODY)
        pad(room.id, start, addresses(base_path(), room.id), key="pad", preview=True)
