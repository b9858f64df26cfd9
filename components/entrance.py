"""The home page's pieces: the welcome, the code to type, the way to prepare, the cafés of this browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import streamlit as st

from components.browser import open_address
from components.courses import course_svg
from components.login import login_box, login_outcome
from components.look import palette
from components.words import base_path, plain
from content.catalogue import t
from content.schema import COURSES
from state.identity import CODE_LENGTH, tidy_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.summaries import Kept

_RECENT = 3


def entrance(cafes: Sequence[Kept]) -> None:
    st.title(t("home.title"), anchor=False)
    st.write(t("home.body"))
    if "lien" in st.query_params:
        st.warning(t("home.unknown_link"))
    login_outcome()
    if "fini" in st.query_params:
        st.info(t("home.over"))
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
        open_ones = [one for one in cafes if not (one.summary.closed or one.summary.rehearsal)]
        for one in sorted(open_ones, key=lambda one: one.summary.created_at, reverse=True)[:_RECENT]:
            st.page_link(
                "host.py", label=t("home.resume", title=plain(one.summary.title)), query_params={"cafe": one.cafe}
            )
        login_box(page="", key="login")
    st.subheader(t("home.courses"), anchor=False)
    for column, course in zip(st.columns(4), COURSES, strict=True):
        with column:
            st.image(course_svg(course, palette()), width=88, alt="")
            st.markdown(f"**{t(f'course.{course}')}**")
            st.write(t(f"home.course_{course}"))


def _code_form() -> None:
    st.subheader(t("home.join"), anchor=False)
    with st.form("code", border=False):
        typed = st.text_input(
            t("home.code"), value=st.query_params.get("code", ""), max_chars=20, help=t("home.code_help")
        )
        asked = st.form_submit_button(t("home.enter"), type="primary")
    # Whether a code is right is told by its link alone, which counts what is guessed.
    if asked and len(tidy_code(typed)) == CODE_LENGTH:
        open_address(f"{base_path()}/c/{quote(typed)}", key="enter")
    elif asked or "code" in st.query_params:
        st.error(t("home.unknown_code", length=CODE_LENGTH))
