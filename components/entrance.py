"""The home page's pieces: the welcome, the code to type, the way to prepare, the cafés of this browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import streamlit as st

from components.browser import open_address
from components.login import login_box, login_outcome
from components.look import course_picture
from components.words import base_path, plain
from content.catalogue import t
from content.schema import COURSES
from state.identity import CODE_LENGTH
from state.session import comptoir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.live import Room

_RECENT = 3


def entrance(rooms: Sequence[Room]) -> None:
    st.title(t("home.title"), anchor=False)
    st.write(t("home.body"))
    if "lien" in st.query_params:
        st.warning(t("home.unknown_link"))
    login_outcome()
    join, host = st.columns(2, gap="large")
    with join, st.container(border=True):
        _code_form()
    with host, st.container(border=True):
        st.subheader(t("home.host"), anchor=False)
        st.write(t("home.host_body"))
        if st.button(t("home.prepare"), type="primary", key="prepare"):
            st.switch_page("prepare.py")
        st.page_link("choose.py", label=t("prepare.help_me"))
        # A rehearsal has the title of its café: it would pass for it.
        for room in [room for room in rooms if not (room.cafe.closed or room.cafe.plan.rehearsal)][:_RECENT]:
            st.page_link(
                "host.py", label=t("home.resume", title=plain(room.cafe.title)), query_params={"cafe": room.id}
            )
        login_box(page="", key="login")
    st.subheader(t("home.courses"), anchor=False)
    for column, course in zip(st.columns(4), COURSES, strict=True):
        with column:
            st.image(course_picture(course), width=72, alt="")
            st.markdown(f"**{t(f'course.{course}')}**")
            st.write(t(f"home.course_{course}"))


def _code_form() -> None:
    st.subheader(t("home.join"), anchor=False)
    with st.form("code", border=False):
        typed = st.text_input(
            t("home.code"), value=st.query_params.get("code", ""), max_chars=20, help=t("home.code_help")
        )
        asked = st.form_submit_button(t("home.enter"), type="primary")
    if not asked and "code" not in st.query_params:
        return
    if comptoir().find(typed) is None:
        st.error(t("home.unknown_code", length=CODE_LENGTH))
    elif asked:
        open_address(f"{base_path()}/c/{quote(typed)}", key="enter")
