"""Saying beforehand that one will come, and at what level; and what that tells the facilitator."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.invitation import address_for_phones
from components.moments import moment_in_words
from components.notices import actor, show_notices, typed
from components.words import plain
from content.catalogue import t, tn
from state.domain.events import LEVELS
from state.domain.registering import audience, levels, register, unregister
from state.session import comptoir

if TYPE_CHECKING:
    from components.gate import Seat
    from content.schema import Pack
    from state.domain.cafe import Cafe


def registration(mine: Seat, *, key: str) -> None:
    """The page that people see."""
    room = comptoir().room(mine.room.id)
    cafe = room.cafe
    act = actor(comptoir(), room.id, by=None)
    show_notices()
    st.title(plain(cafe.title), anchor=False)
    for line in (moment_in_words(cafe.details.starts_at), cafe.details.place, cafe.details.organiser):
        if line:
            st.text(line)
    if cafe.closed or not cafe.details.registers:
        st.info(t("refusal.cafe-over" if cafe.closed else "refusal.not-registering"))
        return
    known = cafe.registered.get(mine.person)
    if known is not None:
        st.success(t("register.noted", level=t(f"level.{known}")))
    level = f"{key}-level"
    st.radio(
        t("register.level"),
        LEVELS,
        index=LEVELS.index(known) if known else 0,
        format_func=lambda one: t(f"level.{one}"),
        captions=[t(f"register.level_{one}") for one in LEVELS],
        key=level,
    )

    def come() -> None:
        act(partial(register, person=mine.person, level=typed(level)))

    st.button(t("register.change" if known else "register.come"), type="primary", key=f"{key}-come", on_click=come)
    if known is not None:
        st.button(
            t("register.cancel"), key=f"{key}-cancel", on_click=act, args=(partial(unregister, person=mine.person),)
        )
    st.caption(t("register.kept"))
    st.page_link("data.py", label=t("data.read"))


def register_address(cafe: Cafe) -> str:
    return f"{address_for_phones().base}/i/{cafe.code}"


def registrations(cafe: Cafe, pack: Pack) -> None:
    """What the facilitator sees: the address to send, how many of each level, the formulas that fit them."""
    st.code(register_address(cafe), language=None, wrap_lines=True)
    counted = levels(cafe)
    st.write(tn("register.count", sum(counted.values())))
    public = audience(cafe)
    if public is None:
        return
    for column, (level, people) in zip(st.columns(len(counted)), counted.items(), strict=True):
        column.metric(t(f"level.{level}"), people)
    fitting = [plain(formula.name) for formula in pack.formulas.values() if formula.audience == public]
    st.write(t("register.fits", audience=t(f"audience.{public}"), formulas=", ".join(fitting)))
