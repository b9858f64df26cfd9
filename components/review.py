"""A café afterwards: each question with its chart and figures, in the order of the programme."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.rehearsal import rehearsal_mark
from components.story import head, story
from components.words import plain
from content.catalogue import day, t, tn
from state.exports import answers_csv, file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.cafe import Cafe
    from state.live import Room


def cafe_list(rooms: Sequence[Room], *, unreadable: int) -> None:
    """The facilitator's cafés, each leading to its review and its console."""
    if unreadable:
        st.warning(tn("results.unreadable", unreadable))
    if not rooms and not unreadable:
        st.info(t("results.none"))
    # Trials come last: they are no cafés that took place.
    for room in sorted(rooms, key=lambda room: room.cafe.plan.trial):
        cafe = room.cafe
        with st.container(border=True):
            st.subheader(plain(cafe.title), anchor=False)
            state = _state(cafe)
            st.caption(
                " · ".join(
                    [plain(cafe.plan.formula_name), day(cafe.created_at), tn("people.came", len(cafe.present)), state]
                )
            )
            with st.container(horizontal=True):
                st.page_link("results.py", label=t("results.see"), query_params={"cafe": room.id})
                st.page_link("host.py", label=t("results.console"), query_params={"cafe": room.id})
                st.page_link("compose.py", label=t("results.again"), query_params={"cafe": room.id})


def _state(cafe: Cafe) -> str:
    if cafe.plan.trial:
        return t("results.rehearsal" if cafe.plan.rehearsal else "results.trial")
    return t("results.closed" if cafe.closed else "results.running")


def review(cafe: Cafe) -> None:
    rehearsal_mark(cafe)
    now = time.time()
    head(cafe, now)
    # The file is made at the click: a large café's takes half a second.
    make = partial(answers_csv, cafe)
    st.download_button(t("results.csv"), make, file_name(cafe, "csv"), "text/csv", key="csv", on_click="ignore")
    story(cafe, now)
