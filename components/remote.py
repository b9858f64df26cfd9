"""The remote control: on a phone, the notes for where the café is, and what moves it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.browser import clock, wake_on_news
from components.console import go_to_stop, navigation
from components.notices import show_notices
from components.rehearsal import rehearsal_mark
from components.speaker_notes import speaker_notes
from components.words import base_path, people_here, plain
from content.catalogue import t
from state.domain.tallies.timing import time_left

if TYPE_CHECKING:
    from components.notices import Act
    from state.live import Room


def remote(room: Room, act: Act, *, key: str) -> None:
    """Where the café is, the way on, and what to say; `act` has a decision kept."""
    cafe, now = room.cafe, time.time()
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key=f"{key}-wake")
    show_notices()
    if room.refuses_writes:
        st.error(t("error.store-refuses"))
    rehearsal_mark(cafe)
    stop = cafe.stop
    said = stop.prompt.prompt if stop.prompt else stop.slide.title if stop.slide else ""
    title = said or (stop.step.activity.title if stop.step else cafe.title)
    st.caption(f"{plain(cafe.title)} · {people_here(len(cafe.present))}")
    st.header(plain(title), anchor=False)
    navigation(cafe, partial(go_to_stop, act))
    running = cafe.step_ends_at is not None
    clock(
        cafe.step_ends_at - now if cafe.step_ends_at is not None else time_left(cafe, now),
        running=running,
        label=t("console.step_left") if running else t("console.whole_left"),
        key=f"{key}-clock",
    )
    speaker_notes(cafe)
