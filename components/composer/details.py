"""When, where and by whom a café is held: what people need to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.composer.keeping import follow, in_field
from content.catalogue import t
from state.domain.composing import DETAIL_LENGTH, LONGEST_ADDRESS, describe
from state.domain.text import TITLE_LENGTH

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.events import Details

_LONGEST_CAFE = 480


def details_form(cafe: Cafe, act: Act, *, key: str) -> None:
    """Each field is kept as soon as it is left."""
    keys = {
        name: f"{key}-{name}"
        for name in ("title", "day", "hour", "minutes", "place", "organiser", "address", "registers")
    }
    begins = datetime.fromisoformat(cafe.details.starts_at) if cafe.details.starts_at else None
    for name, value in {
        "title": cafe.title,
        "day": begins.date() if begins else None,
        "hour": begins.time() if begins else None,
        "minutes": cafe.details.minutes,
        "place": cafe.details.place,
        "organiser": cafe.details.organiser,
        "address": cafe.details.address,
        "registers": cafe.details.registers,
    }.items():
        follow(keys[name], value)

    def keep() -> None:
        typed = {name: in_field(one) for name, one in keys.items()}
        act(partial(_described, typed=typed))

    common: dict[str, Any] = {"on_change": keep, "disabled": cafe.closed}
    st.text_input(t("prepare.title"), max_chars=TITLE_LENGTH, key=keys["title"], **common)
    left, middle, right = st.columns(3)
    left.date_input(t("details.day"), None, format="DD/MM/YYYY", key=keys["day"], **common)
    middle.time_input(t("details.hour"), None, step=300, key=keys["hour"], **common)
    right.number_input(t("details.minutes"), 5, _LONGEST_CAFE, None, key=keys["minutes"], **common)
    st.text_input(t("details.place"), max_chars=DETAIL_LENGTH, key=keys["place"], **common)
    st.text_input(t("details.organiser"), max_chars=DETAIL_LENGTH, key=keys["organiser"], **common)
    st.toggle(t("details.registers"), help=t("details.registers_help"), key=keys["registers"], **common)
    st.text_input(
        t("details.address"), max_chars=LONGEST_ADDRESS, help=t("details.address_help"), key=keys["address"], **common
    )


def _described(cafe: Cafe, typed: dict[str, Any]) -> Any:
    return describe(cafe, title=typed["title"] or "", details=_details(cafe.details, typed))


def _details(known: Details, typed: dict[str, Any]) -> Details:
    day: date | None = typed["day"]
    hour: time | None = typed["hour"]
    begins = datetime.combine(day, hour or time(9)) if day else None
    return replace(
        known,
        starts_at=begins.isoformat(timespec="minutes") if begins else "",
        minutes=int(typed["minutes"]) if typed["minutes"] else None,
        place=typed["place"] or "",
        organiser=typed["organiser"] or "",
        address=typed["address"] or "",
        registers=bool(typed["registers"]),
    )
