"""What the facilitator does about the door: shut it to newcomers, or give the café another code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.notices import notify
from content.catalogue import t
from state.domain import door
from state.domain.errors import Refusal
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from components.notices import Act
    from state.live import Room


def door_gestures(room: Room, act: Act, by: str, *, key: str) -> None:
    cafe = room.cafe

    def change() -> None:
        try:
            held = comptoir().identity.keyring(st.context.cookies)
            comptoir().still_facilitates(held, room.id, comptoir().room(room.id).cafe, by=by)
            comptoir().change_code(room.id, by=by)
        except Refusal as refusal:
            notify(t(f"refusal.{refusal.code}", **refusal.details))
        except (StoreError, TimeoutError):
            notify(t("error.not-kept"))

    if cafe.shut:
        st.info(t("door.is_shut"))
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("door.open" if cafe.shut else "door.shut"),
            key=f"{key}-door",
            help=t("door.help"),
            on_click=act,
            args=(door.open_again if cafe.shut else door.shut,),
            disabled=cafe.closed,
        )
        st.button(
            t("door.change_code"),
            key=f"{key}-code",
            help=t("door.change_code_help"),
            on_click=change,
            disabled=cafe.closed,
        )
