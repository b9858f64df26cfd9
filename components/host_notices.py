"""What the host of this instance says of itself; what it did not set is said to be missing, and never made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from content.catalogue import t

if TYPE_CHECKING:
    from state.legal import Legal


def publisher(legal: Legal) -> None:
    """Who edits, directs and hosts."""
    for name, lines in (
        ("publisher", (legal.publisher, legal.address)),
        ("director", (legal.director,)),
        ("host", (legal.host, legal.host_address)),
    ):
        st.header(t(f"legal.{name}"), anchor=False)
        _told(lines, otherwise=t("legal.unset"))


def contact(legal: Legal, *, otherwise: str) -> None:
    """Where to write."""
    _told((legal.contact,), otherwise=otherwise)


def _told(lines: tuple[str, ...], *, otherwise: str) -> None:
    told = [line for line in lines if line]
    # As text: an address may hold signs that Markdown would read.
    st.text("\n".join(told) or otherwise)
