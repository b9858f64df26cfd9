"""What the room retains of a question, in the facilitator's words: kept as soon as the field is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.notices import typed
from state.domain import decisions

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def summary_field(cafe: Cafe, stop: Stop, act: Act, *, label: str, hint: str) -> None:
    key = f"summary-{stop.id}"

    def keep() -> None:
        act(partial(decisions.write_summary, question=stop.id, text=typed(key)))

    st.text_area(
        label,
        value=cafe.summaries.get(stop.id, ""),
        max_chars=decisions.SUMMARY_LENGTH,
        placeholder=hint,
        height=100,
        key=key,
        on_change=keep,
        disabled=cafe.closed,
    )
