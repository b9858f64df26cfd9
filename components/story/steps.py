"""The steps of a café in the order of its programme, each with its minutes and all that was answered in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities import views_of
from components.words import plain
from content.catalogue import t
from state.domain.tallies.timing import timings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content.plan import PlannedStep
    from state.domain.cafe import Cafe, Stop
    from state.domain.filtering import Filtered


def contents(cafe: Cafe) -> None:
    """Links to every step, and to every question under it."""
    with st.expander(t("story.contents")):
        lines = []
        for step, asked in lived_steps(cafe):
            lines.append(f"- [{plain(step_title(step))}](#{step_anchor(step)})")
            lines += [f"    - [{plain(question_title(stop))}](#{question_anchor(stop)})" for stop in asked]
        st.markdown("\n".join(lines))


def steps(cafe: Cafe, read: Filtered, now: float) -> None:
    """`read` is the café of those selected, `cafe` that of everybody, whose minutes are everybody's."""
    lengths = {row.step: row for row in timings(cafe, now)}
    for step, asked in lived_steps(cafe):
        st.header(plain(step_title(step)), anchor=step_anchor(step))
        length = lengths[step.id]
        st.caption(t("story.spent", spent=round(length.spent / 60), planned=round(length.planned / 60)))
        for stop in asked:
            st.subheader(plain(question_title(stop)), anchor=question_anchor(stop))
            _question(read, stop)


def question_title(stop: Stop) -> str:
    prompt = stop.prompt
    assert prompt is not None
    number = f"{stop.number}. " if stop.count > 1 else ""
    moment = f" ({t(f'moment.{prompt.moment}')})" if prompt.moment else ""
    return f"{number}{prompt.prompt}{moment}"


def question_anchor(stop: Stop) -> str:
    return f"q-{stop.id.replace('/', '-')}"


def step_anchor(step: PlannedStep) -> str:
    return f"etape-{step.id}"


def step_title(step: PlannedStep) -> str:
    return f"{t(f'course.{step.course}')} · {step.activity.title}"


def lived_steps(cafe: Cafe) -> Iterator[tuple[PlannedStep, list[Stop]]]:
    """The steps that the room came to or answered in, each with the questions that were asked."""
    visited = {visit.step for visit in cafe.visits}
    for step in cafe.plan.steps:
        asked = [stop for stop in cafe.programme.stops_of(step.id) if stop.prompt and cafe.round(stop.id).asked]
        if asked or step.id in visited:
            yield step, asked


def _question(read: Filtered, stop: Stop) -> None:
    if stop.id in read.withheld:
        st.text(t("story.too_few"))
        return
    if stop.id in read.unbacked:
        st.text(t("story.unbacked"))
    views_of(stop).review(read.cafe, stop)
    if summary := read.cafe.summaries.get(stop.id):
        st.text(t("results.retained", text=summary))
