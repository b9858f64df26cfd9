"""Logging in, where this instance has a provider for it: the buttons, and what became of it. Elsewhere, nothing."""

from __future__ import annotations

import streamlit as st

from components.browser import open_address
from components.words import base_path, plain
from content.catalogue import t
from state.session import comptoir

_WENT_WRONG = ("clock", "expired", "refused", "unreachable", "unverified")


def login_outcome() -> None:
    """Say what the address says of a login that failed, or of one that is over."""
    if comptoir().settings.provider is None:
        return
    said = st.query_params.get("connexion", "")
    if said == "closed":
        st.success(t("login.closed"))
    elif said in _WENT_WRONG:
        st.warning(t(f"login.{said}"))


def login_box(*, page: str, key: str) -> None:
    """Let people log in, and come back to `page`; or say that they are, and let them out."""
    provider = comptoir().settings.provider
    if provider is None:
        return
    if comptoir().identity.logged_in(st.context.cookies):
        st.write(t("login.done"))
        if st.button(t("login.out"), key=f"{key}-out"):
            open_address(f"{base_path()}/deconnexion", key=f"{key}-leave")
        return
    st.write(t("login.required" if provider.required else "login.optional"))
    if st.button(t("login.in", name=plain(provider.name)), key=f"{key}-in"):
        open_address(f"{base_path()}/connexion?vers={page}", key=f"{key}-leave")


def login_first(*, page: str, key: str) -> None:
    """Go on only for whoever may make cafés here; the others are asked to log in, and come back to `page`."""
    if not comptoir().may_make(st.context.cookies):
        login_box(page=page, key=key)
        st.stop()
