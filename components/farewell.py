"""Deleting a café wholly: only who made it, once they have said that they mean it; and the receipt that they keep."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from components.notices import notify, show_notices, show_once, shown_once, ticked
from components.words import plain
from content.catalogue import day, t
from state.domain.errors import Refusal
from state.domain.events import OWNER
from state.domain.forgetting import strikes_at
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from components.gate import Console
    from state.domain.cafe import Cafe

_RECEIPT = "farewell-receipt"


def farewell(console: Console, *, key: str) -> None:
    """What becomes of this café with time, and the way to delete it now."""
    cafe = console.room.cafe
    _retention(cafe)
    if console.by != OWNER:
        return
    sure = f"{key}-sure"

    def erase() -> None:
        if not ticked(sure):
            notify(t("farewell.not_sure"))
            return
        try:
            held = comptoir().identity.keyring(st.context.cookies)
            comptoir().still_facilitates(held, console.room.id, comptoir().room(console.room.id).cafe, by=console.by)
            comptoir().erase(console.room.id, by=console.by)
        except Refusal as refusal:
            notify(t(f"refusal.{refusal.code}", **refusal.details))
        except (StoreError, TimeoutError):
            notify(t("farewell.failed"))
        else:
            show_once(_RECEIPT, _receipt(console.room.id, cafe))
            st.query_params.clear()

    with st.expander(t("farewell.title")):
        st.write(t("farewell.what"))
        # A box of their own: what comes and goes elsewhere would draw this part anew, folded.
        with st.container():
            show_notices()
        st.checkbox(t("farewell.sure", title=plain(cafe.title)), key=sure)
        st.button(t("farewell.erase"), key=f"{key}-erase", on_click=erase)


def farewell_receipt(*, key: str) -> None:
    """What was deleted, for as long as the page is open: it is kept nowhere else."""
    receipt = shown_once(_RECEIPT)
    if not receipt:
        return
    st.success(t("farewell.done"))
    st.code(receipt, language=None, wrap_lines=True)
    st.download_button(
        t("farewell.keep"), receipt, t("farewell.file"), "text/plain", key=f"{key}-keep", on_click="ignore"
    )


def _retention(cafe: Cafe) -> None:
    days = comptoir().settings.retention_days
    if cafe.struck_at is not None:
        st.caption(t("retention.struck", day=day(cafe.struck_at)))
    elif cafe.closed_at is not None:
        st.caption(t("retention.will", day=day(strikes_at(cafe.closed_at, days=days))))


def _receipt(cafe_id: str, cafe: Cafe) -> str:
    """A text without anybody's name: the café is called by its number and its day."""
    return t("farewell.receipt", number=cafe_id, made=day(cafe.created_at), erased=day(time.time()))
