"""Results drawn group by group, by place or by level: small multiples on the screen, tables in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.stage import line
from content.catalogue import t, tn
from state.domain.grouping import groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from state.domain.cafe import Cafe
    from state.domain.events import GroupBy
    from state.domain.programme import Stop

# In pixels at 1280 wide, as `components.questions.choices.SCREEN_TEXT`.
TEXT_OF_GROUPS = 18


def group_name(by: GroupBy, group: str) -> str:
    return t(f"place.{group}") if by == "place" else t(f"level.{group}")


def drawn_by_groups(cafe: Cafe, stop: Stop, by: GroupBy, draw: Callable[[Cafe, str], object], *, key: str) -> None:
    """Small multiples, one a group; a group of fewer than three is named and not shown.

    `draw` draws one from the café of that group and a key of its own.
    """
    for column, group in zip(st.columns(3 if by == "level" else 2), groups(cafe, stop, by), strict=True):
        with column:
            line(f"{group_name(by, group.id)} · {tn('people.answered', group.answered)}", key=f"{key}-{by}-{group.id}")
            if group.cafe is not None:
                draw(group.cafe, f"{key}-{stop.id}-{group.id}")
            elif group.answered:
                line(t("chart.too_few"), key=f"{key}-{by}-{group.id}-few")


def listed_by_groups(cafe: Cafe, stop: Stop, by: GroupBy, write: Callable[[Cafe], None]) -> None:
    """The same figures for whoever facilitates, one group below the other, without those nobody is of."""
    for group in groups(cafe, stop, by):
        if group.answered:
            st.markdown(f"**{group_name(by, group.id)}** · {tn('people.answered', group.answered)}")
            if group.cafe is None:
                st.write(t("chart.too_few"))
            else:
                write(group.cafe)
