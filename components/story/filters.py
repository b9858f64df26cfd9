"""Reading a review by level and by place; the choice stands in the address, so that a link keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.selected import LEVEL, PLACE, selected
from content.catalogue import t
from state.domain.events import LEVELS, PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.filtering import Selection


def selection() -> Selection:
    asked = selected()
    left, right = st.columns(2)
    with left:
        _one(LEVEL, t("people.level"), {level: t(f"level.{level}") for level in LEVELS}, asked.level)
    with right:
        _one(PLACE, t("people.place"), {place: t(f"place.{place}") for place in PLACES}, asked.place)
    return selected()


def _one(parameter: str, label: str, groups: Mapping[str, str], asked: str | None) -> None:
    options: list[str | None] = [None, *groups]
    chosen = st.selectbox(
        label,
        options,
        index=options.index(asked),
        format_func=lambda group: groups[group] if group else t("story.everybody"),
        key=f"story-{parameter}",
    )
    if chosen is None:
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = chosen
