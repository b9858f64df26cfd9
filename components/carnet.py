"""The carnet of whoever facilitates: all their cafés behind one secret link, whichever browser they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.browser import ask_for
from components.invitation import address_for_phones
from components.notices import notify, show_notices
from components.stage.blocks import qr_picture
from components.words import base_path, plain
from content.catalogue import day, t, tn
from state.domain.errors import Refusal
from state.domain.summary import mentions
from state.identity import carnet_token
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from state.domain.summary import Summary
    from state.summaries import Found, Kept

PAGE = 20
_QR_PIXELS = 180


def carnet_offer(*, key: str) -> None:
    """Ask whether this browser shall take the carnet whose link it followed, if it followed one."""
    if st.query_params.get("carnet") != "propose":
        return
    identity = comptoir().identity
    offered = identity.offered_carnet(st.context.cookies)
    if offered is not None and offered != identity.carnet(st.context.cookies):
        _offer(offered, key=key)


def carnet_box(*, key: str) -> None:
    """What a carnet is, or the link of the one that this browser holds."""
    if comptoir().identity.carnet(st.context.cookies) is not None:
        _link(key=key)
        return
    with st.container(border=True):
        st.subheader(t("carnet.title"), anchor=False)
        st.write(t("carnet.what"))
        if st.button(t("carnet.make"), key=f"{key}-make"):
            _change("make", key=key)


def _offer(secret: str, *, key: str) -> None:
    try:
        count = len(comptoir().carnet_of(secret).cafes)
        mine = comptoir().carnet(st.context.cookies)
    except (StoreError, TimeoutError):
        st.warning(t("carnet.unreadable"))
        return
    with st.container(border=True):
        st.subheader(t("carnet.offered"), anchor=False)
        st.write(tn("carnet.holds", count))
        st.write(t("carnet.offered_what"))
        if mine is not None:
            st.warning(tn("carnet.replaces", len(mine.cafes)))
        with st.container(horizontal=True):
            if st.button(t("carnet.open"), type="primary", key=f"{key}-open"):
                _change("open", key=key)
            st.page_link("results.py", label=t("carnet.refuse"))


def _link(*, key: str) -> None:
    secret = comptoir().identity.carnet(st.context.cookies)
    with st.expander(t("carnet.link"), key=f"{key}-link"):
        st.write(t("carnet.link_what"))
        # Not drawn before it is asked for: a console is often projected.
        if st.toggle(t("carnet.show"), key=f"{key}-show"):
            link = f"{address_for_phones().base}/carnet/{secret}"
            st.code(link, language=None, wrap_lines=True)
            st.image(qr_picture(link), width=_QR_PIXELS, alt=t("carnet.qr"))
        if not comptoir().identity.logged_in(st.context.cookies):
            st.write(t("carnet.renew_what"))
            if st.button(t("carnet.renew"), key=f"{key}-renew"):
                _change("renew", key=key)
        st.write(t("carnet.leave_what"))
        if st.button(t("carnet.leave"), key=f"{key}-leave"):
            _change("leave", key=key)


def _change(action: str, *, key: str) -> None:
    base = base_path()
    ask_for(f"{base}/api/carnet", {"action": action}, then=f"{base}/bilan", key=f"{key}-{action}-ask")


def cafe_list(found: Found, *, key: str) -> None:
    """The facilitator's cafés, the newest first, each leading to its review and its console."""
    show_notices()
    if found.unreadable:
        st.warning(tn("results.unreadable", found.unreadable))
    if not found.cafes and not found.unreadable:
        st.info(t("results.none"))
    # Trials come last: they are no cafés that took place.
    newest = sorted(found.cafes, key=lambda one: (one.summary.trial, -one.summary.created_at))
    if len(newest) > PAGE:
        text = st.text_input(t("compare.search"), key=f"{key}-search")
        newest = [one for one in newest if mentions(one.summary, text)]
        st.caption(tn("compare.cafes", len(newest)))
    pages = -(-len(newest) // PAGE)
    begins = (st.pagination(pages, key=f"{key}-page") - 1) * PAGE if pages > 1 else 0
    secret = comptoir().identity.carnet(st.context.cookies)
    for one in newest[begins : begins + PAGE]:
        _cafe(one, secret, key=f"{key}-{one.cafe}")


def _cafe(one: Kept, secret: str | None, *, key: str) -> None:
    cafe = one.summary
    # Not asked of the carnet's list: what was noted there may not open yet, where the server stopped in between.
    outside = secret is not None and not cafe.trial and not one.opens_to((carnet_token(secret, one.cafe),))
    with st.container(border=True):
        st.subheader(plain(cafe.title), anchor=False)
        told = [cafe.formula_name, day(cafe.created_at), tn("people.came", cafe.people), _state(cafe)]
        st.caption(" · ".join(map(plain, told)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link("results.py", label=t("results.see"), query_params={"cafe": one.cafe})
            st.page_link("host.py", label=t("results.console"), query_params={"cafe": one.cafe})
            st.page_link("compose.py", label=t("results.again"), query_params={"cafe": one.cafe})
            if outside:
                st.button(t("carnet.put_in"), key=f"{key}-put-in", on_click=_put_in, args=(one.cafe,))


def _state(cafe: Summary) -> str:
    if cafe.trial:
        return t("results.rehearsal" if cafe.rehearsal else "results.trial")
    return t("results.closed" if cafe.closed else "results.running")


def _put_in(cafe_id: str) -> None:
    try:
        comptoir().enter_in_carnet(st.context.cookies, cafe_id)
    except Refusal as refusal:
        notify(t(f"refusal.{refusal.code}", **refusal.details))
    except (StoreError, TimeoutError):
        notify(t("error.not-kept"))
