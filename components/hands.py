"""A show of hands: how many people without a phone gave each choice, counted apart from the phones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.notices import number_in
from components.words import plain
from content.catalogue import t
from content.prompts import countable
from state.domain import decisions

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop

_IN_A_ROW = 3


def hands_form(cafe: Cafe, stop: Stop, act: Act) -> None:
    counted = cafe.hands.get(stop.id, {})
    choices = countable(stop.prompt)
    keys = {choice.id: f"hands-{stop.id}-{choice.id}" for choice in choices}

    def keep() -> None:
        counts = {choice: number_in(key) for choice, key in keys.items()}
        act(partial(decisions.count_hands, question=stop.id, counts=counts))

    st.caption(t("hands.help"))
    with st.form(f"hands-{stop.id}", border=False):
        for start in range(0, len(choices), _IN_A_ROW):
            row = choices[start : start + _IN_A_ROW]
            for column, choice in zip(st.columns(_IN_A_ROW), row, strict=False):
                column.number_input(
                    plain(choice.label),
                    min_value=0,
                    max_value=decisions.ROOM_SIZE,
                    value=counted.get(choice.id, 0),
                    key=keys[choice.id],
                )
        st.form_submit_button(t("hands.keep"), key="hands-keep", on_click=keep, disabled=cafe.closed)
