"""The foot of the pages to read: what any reader may ask of whoever hosts."""

from __future__ import annotations

import streamlit as st

from content.catalogue import t

_PAGES = {"accessibility.py": "nav.accessibility", "data.py": "nav.data", "legal.py": "nav.legal"}


def footer(*, key: str) -> None:
    with st.container(horizontal=True, gap="medium", key=key):
        for page, label in _PAGES.items():
            st.page_link(page, label=t(label))
