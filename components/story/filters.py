"""Reading a review by level and by place; the choice stands in the address, so that a link keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from content.catalogue import t
from state.domain.events import LEVELS, PLACES
from state.domain.filtering import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping


G = TypeVar("G", bound=str)


def selection() -> Selection:
    left, right = st.columns(2)
    with left:
        level = _one("niveau", t("people.level"), {level: t(f"level.{level}") for level in LEVELS})
    with right:
        place = _one("lieu", t("people.place"), {place: t(f"place.{place}") for place in PLACES})
    return Selection(level, place)


def _one(parameter: str, label: str, groups: Mapping[G, str]) -> G | None:
    options: list[G | None] = [None, *groups]
    asked = st.query_params.get(parameter)
    chosen = st.selectbox(
        label,
        options,
        index=next((place for place, one in enumerate(options) if one == asked and asked), 0),
        format_func=lambda group: groups[group] if group else t("story.everybody"),
        key=f"story-{parameter}",
    )
    if chosen is None:
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = chosen
    return chosen
