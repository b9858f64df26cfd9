"""Whom a review is read about: people of a level, of a place, or everybody. The address says it, so that links do."""

from __future__ import annotations

import streamlit as st

from content.catalogue import t
from state.domain.events import LEVELS, PLACES
from state.domain.filtering import Selection

LEVEL, PLACE = "niveau", "lieu"


def selected() -> Selection:
    """What the address asks for; everybody where it asks for what there is not."""
    level, place = st.query_params.get(LEVEL), st.query_params.get(PLACE)
    return Selection(
        next((one for one in LEVELS if one == level), None), next((one for one in PLACES if one == place), None)
    )


def selected_words() -> str:
    """The same in words, for whatever leaves the page; empty for everybody."""
    asked = selected()
    told = [t(f"level.{asked.level}") if asked.level else "", t(f"place.{asked.place}") if asked.place else ""]
    return ", ".join(filter(None, told))
