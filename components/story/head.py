"""Which café this was, and who was there: from where, of which level, expected or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.charts import word_chart, word_table
from components.pictures import caption, save_buttons
from components.words import plain
from content.catalogue import day, t, tn
from state.domain.events import LEVELS
from state.domain.tallies.attendance import attendance
from state.domain.tallies.course import lasted
from state.domain.tallies.texts import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Cafe
    from state.domain.events import GroupBy, Level, Place
    from state.domain.tallies.attendance import Attendance


def head(cafe: Cafe, now: float) -> None:
    """The title, and the facts of the café; `now` is in seconds since 1970, UTC."""
    st.title(plain(cafe.title), anchor=False)
    began = cafe.created_at if cafe.started_at is None else cafe.started_at
    facts = [cafe.plan.formula_name, day(began), duration(lasted(cafe, now)), tn("people.came", len(cafe.present))]
    st.caption(" · ".join(plain(fact) for fact in facts if fact))
    if where := [plain(fact) for fact in (cafe.details.organiser, cafe.details.place) if fact]:
        st.caption(" · ".join(where))


def who_came(cafe: Cafe) -> None:
    """Levels and places as bars, those expected and those who came in a table; nothing where nobody came."""
    came = attendance(cafe)
    if not came.people:
        return
    st.header(t("story.who"), anchor="personnes")
    st.text(came_words(came))
    left, right = st.columns(2)
    with left:
        _groups(cafe, "level", came.levels)
        if any(came.registered.values()):
            _expected(came)
    with right:
        _groups(cafe, "place", came.places)


def came_words(came: Attendance) -> str:
    registered = sum(came.registered.values())
    return " ".join(
        filter(
            None,
            [
                tn("story.came", came.people),
                tn("story.registered", registered) if registered else "",
                tn("story.hands", came.hands) if came.hands else "",
            ],
        )
    )


def _groups(cafe: Cafe, by: GroupBy, counts: Mapping[Level | None, int] | Mapping[Place | None, int]) -> None:
    """A bar for each group somebody is of; nothing where nobody said."""
    words = [Word(group_words(by, group), count) for group, count in counts.items() if count]
    if not any(count for group, count in counts.items() if group):
        return
    title = t("people.level") if by == "level" else t("people.place")
    st.markdown(f"**{title}**")
    drawn = word_chart(words, key=f"story-who-{by}")
    with st.expander(t("chart.table")):
        people = tn("people.came", sum(counts.values()))
        save_buttons(drawn, caption(cafe, title=title, people=people, name=title.lower()), key=f"save-who-{by}")
        word_table(words)


def group_words(by: GroupBy, group: str | None) -> str:
    if by == "level":
        return t(f"level.{group}") if group else t("story.level_unknown")
    return t(f"place.{group}") if group else t("story.place_unknown")


def _expected(came: Attendance) -> None:
    table = {
        t("story.expected"): [came.registered[level] for level in LEVELS],
        t("story.present"): [came.levels[level] for level in LEVELS],
    }
    with st.expander(t("story.expected_came")):
        st.table(pd.DataFrame(table, index=[t(f"level.{level}") for level in LEVELS]))


def duration(seconds: float) -> str:
    """How long, in hours and minutes; empty under a minute."""
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return t("story.hours", hours=hours, minutes=f"{minutes:02d}")
    return t("story.only_minutes", minutes=minutes) if minutes else ""
