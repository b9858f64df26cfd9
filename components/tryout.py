"""Every activity, to try alone: in a café of its own, marked as a trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.words import plain
from content.catalogue import t, tn
from content.schema import COURSES
from state.domain.text import folded

if TYPE_CHECKING:
    from content.activities import Activity
    from content.schema import Pack


def activity_list(pack: Pack, *, key: str) -> str | None:
    """Draw the activities, by course; gives the one that the facilitator wants to try."""
    sought = folded(st.text_input(t("try.search"), key=f"{key}-search"))
    wanted = None
    for course in COURSES:
        activities = [one for one in _of_course(pack, course) if sought in folded(f"{one.title} {one.intro}")]
        if not activities:
            continue
        st.header(t(f"course.{course}"), anchor=False)
        for activity in activities:
            with st.container(border=True):
                words, button = st.columns([5, 1], vertical_alignment="center")
                with words:
                    st.subheader(plain(activity.title), anchor=False)
                    st.write(plain(activity.intro))
                    st.caption(f"{t(f'kind.{activity.kind}')} · {tn('try.entries', activity.size)}")
                if button.button(t("try.try"), key=f"{key}-{activity.id}"):
                    wanted = activity.id
    return wanted


def _of_course(pack: Pack, course: str) -> list[Activity]:
    """The activities of a course, in the order in which formulas use them; the unused ones with the last course."""
    first: dict[str, str] = {}
    for formula in pack.formulas.values():
        for step in formula.steps:
            first.setdefault(step.activity, step.course)
    used = [pack.activities[name] for name, where in first.items() if where == course]
    unused = [one for one in pack.activities.values() if one.id not in first] if course == COURSES[-1] else []
    return [*used, *unused]
