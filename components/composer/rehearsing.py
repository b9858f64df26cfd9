"""The way to a rehearsal: how many simulated people, and what will become of it."""

from __future__ import annotations

import streamlit as st

from content.catalogue import t
from content.plan import FEWEST_SIMULATED, MOST_SIMULATED

_USUAL = 20


def rehearsing(*, key: str) -> int | None:
    """Gives how many simulated people are to come, once the facilitator wants to rehearse."""
    st.write(t("rehearse.help"))
    people = st.number_input(
        t("rehearse.people"), FEWEST_SIMULATED, MOST_SIMULATED, _USUAL, step=1, key=f"{key}-people", width=300
    )
    st.caption(t("rehearse.apart"))
    return int(people) if st.button(t("rehearse.begin"), type="primary", key=f"{key}-begin") else None
