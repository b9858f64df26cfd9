"""The ways into a café: the code and its QR for everybody, the secret link for the facilitator, the projector's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.stage.blocks import join_address, qr_picture
from components.words import base_path, plain
from content.catalogue import t
from state.addresses import Address, lan_address, phone_address, short
from state.identity import screen_token
from state.session import comptoir

if TYPE_CHECKING:
    from state.live import Room


def address_for_phones() -> Address:
    """Where phones reach this app, as seen from the browser that shows this page."""
    return phone_address(comptoir().settings.public_url, st.context.url or "", base_path(), lan_address())


def invitation(room: Room, token: str, *, size: int, key: str) -> None:
    """`size` is the side of the QR code, in pixels."""
    address = address_for_phones()
    code = room.cafe.code
    join = join_address(address.base, code)
    picture, words = st.columns([1, 1], vertical_alignment="center")
    picture.image(qr_picture(join), width=size, alt=t("join.qr_text", address=short(join)))
    with words:
        st.text(t("join.address"))
        st.header(plain(short(address.base)), anchor=False)
        st.text(t("join.code"))
        with st.container(key=f"code-{key}"):
            st.header(f"{code[:3]} {code[3:]}", anchor=False)
    if address.same_network:
        st.caption(t("join.same_network"))
    if not address.reachable:
        st.warning(t("join.unreachable"))
    st.link_button(t("invite.open_screen"), f"{base_path()}/projeter/{room.id}/{screen_token(token)}", width="stretch")
    with st.expander(t("invite.links")):
        for label, link in _links(address.base, room.id, token, join):
            st.text(label)
            st.code(link, language=None, wrap_lines=True)
        st.caption(t("invite.secret"))


def _links(base: str, cafe_id: str, token: str, join: str) -> tuple[tuple[str, str], ...]:
    return (
        (t("invite.join_link"), join),
        (t("invite.screen_link"), f"{base}/projeter/{cafe_id}/{screen_token(token)}"),
        (t("invite.facilitator_link"), f"{base}/animer/{cafe_id}/{token}"),
    )
