"""Facilitating together: who else may, by which link, and who did what."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from components.invitation import address_for_phones
from components.moments import hour_in_words
from components.notices import notify, show_once, shown_once, typed
from components.stage.blocks import qr_picture
from components.words import plain
from content.catalogue import t
from state.domain.errors import Refusal
from state.domain.events import OWNER
from state.domain.helping import helping, revoke
from state.domain.text import PSEUDONYM_LENGTH
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.live import Room

_LAST = 30
_QR_PIXELS = 180


def together(room: Room, act: Act, by: str, *, key: str) -> None:
    """Invite somebody to facilitate too, take their link back, and see what each of them did."""
    cafe = room.cafe
    st.write(t("together.help"))
    link = f"{key}-link"

    def invite() -> None:
        try:
            held = comptoir().identity.keyring(st.context.cookies)
            comptoir().still_facilitates(held, room.id, comptoir().room(room.id).cafe, by=by)
            token = comptoir().invite_helper(room.id, typed(f"{key}-name"), by=by)
        except Refusal as refusal:
            notify(t(f"refusal.{refusal.code}", **refusal.details))
        except (StoreError, TimeoutError):
            notify(t("error.not-kept"))
        else:
            show_once(link, token)

    with st.form(f"{key}-invite", clear_on_submit=False, border=False):
        st.text_input(t("together.name"), max_chars=PSEUDONYM_LENGTH, key=f"{key}-name")
        st.form_submit_button(t("together.invite"), key=f"{key}-do-invite", on_click=invite, disabled=cafe.closed)
    if token := shown_once(link):
        _links(room.id, token)
    for helper in helping(cafe):
        name, button = st.columns([4, 1], vertical_alignment="center")
        name.text(helper.name)
        button.button(
            t("together.revoke"),
            key=f"{key}-revoke-{helper.id}",
            on_click=act,
            args=(partial(revoke, helper=helper.id),),
        )
    _deeds(cafe)


def _links(cafe_id: str, token: str) -> None:
    base = address_for_phones().base
    st.info(t("together.once"))
    remote = f"{base}/animer/{cafe_id}/{token}?vers=telecommande"
    for label, link in (
        (t("together.console_link"), f"{base}/animer/{cafe_id}/{token}"),
        (t("together.remote_link"), remote),
    ):
        st.text(label)
        st.code(link, language=None, wrap_lines=True)
    st.image(qr_picture(remote), width=_QR_PIXELS, alt=t("together.remote_qr"))


def _deeds(cafe: Cafe) -> None:
    """The last things done, the latest first."""
    if not cafe.deeds:
        return
    names = {OWNER: t("together.owner")} | {helper.id: helper.name for helper in cafe.helpers.values()}
    zone = ZoneInfo(st.context.timezone) if st.context.timezone else None
    with st.expander(t("together.deeds")):
        rows = [
            {
                t("together.when"): hour_in_words(datetime.fromtimestamp(deed.at, zone)),
                t("together.who"): plain(names.get(deed.by, deed.by)),
                t("together.what"): t(f"deed.{deed.kind}"),
            }
            for deed in reversed(cafe.deeds[-_LAST:])
        ]
        st.table(rows)
