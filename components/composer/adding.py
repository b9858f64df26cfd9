"""Steps to add: those of any formula, blank ones to fill in, and a video of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.composer.offers import offered_steps
from components.composer.shelf import drop_kept_step, kept_steps
from components.gate import my_cafes
from components.notices import notify, typed
from components.words import told_apart
from content import editing
from content.catalogue import t
from content.plan import own_video_step, planned, starter_step
from content.schema import COURSES
from state.domain.composing import LONGEST_ADDRESS, compose
from state.domain.text import WEB_ADDRESS
from state.session import comptoir

if TYPE_CHECKING:
    from components.notices import Act
    from content.plan import PlannedStep
    from content.schema import CourseName, Pack
    from state.domain.cafe import Cafe

_TITLE_LENGTH = 80
_LONGEST_ID = 50
_LATEST = 10


def add_steps(cafe: Cafe, pack: Pack, act: Act, *, key: str) -> None:
    """Every way to add a step to a course."""
    with st.popover(t("compose.add"), disabled=cafe.closed):
        course = st.selectbox(
            t("compose.course"), COURSES, format_func=lambda one: t(f"course.{one}"), key=f"{key}-course"
        )
        _from_formulas(pack, course, act, key=key)
        _blank(pack, course, act, key=key)
        _from_own(cafe, course, act, key=key)
        _from_shelf(course, act, key=key)
        _own_video(course, act, key=key)


def _from_formulas(pack: Pack, course: CourseName, act: Act, *, key: str) -> None:
    offered = offered_steps(pack, course)
    name = st.selectbox(
        t("compose.from_formulas"),
        list(offered),
        format_func=lambda one: offered[one].label,
        key=f"{key}-offer-{course}",
    )
    step = offered[name].step
    named = step.model_copy(update={"id": f"{course}-{step.activity}"[:_LONGEST_ID].strip("-")})
    ready = planned(pack, named, sum(step.minutes) // 2)
    st.button(t("compose.add_this"), key=f"{key}-add", on_click=_add, args=(act, ready))


def _blank(pack: Pack, course: CourseName, act: Act, *, key: str) -> None:
    name = st.selectbox(
        t("compose.own"),
        list(pack.starters),
        format_func=lambda one: pack.starters[one].title,
        key=f"{key}-own",
    )
    ready = starter_step(pack.starters[name], course)
    st.button(t("compose.add_own"), key=f"{key}-add-own", on_click=_add, args=(act, ready))


def _from_own(cafe: Cafe, course: CourseName, act: Act, *, key: str) -> None:
    """The steps of the other cafés that this browser holds, the latest first."""
    latest = sorted(my_cafes().cafes, key=lambda one: one.summary.created_at, reverse=True)[: _LATEST + 1]
    cafes = {one.cafe: comptoir().room(one.cafe).cafe for one in latest}
    others = {name: other for name, other in cafes.items() if other.code != cafe.code}
    steps = {f"{name}/{step.id}": (other.title, step) for name, other in others.items() for step in other.plan.steps}
    if not steps:
        return
    labels = told_apart({name: f"{title} · {step.activity.title}" for name, (title, step) in steps.items()})
    chosen = st.selectbox(t("compose.from_own"), list(steps), format_func=labels.__getitem__, key=f"{key}-mine")
    ready = steps[chosen][1].model_copy(update={"course": course})
    st.button(t("compose.add_mine"), key=f"{key}-add-mine", on_click=_add, args=(act, ready))


def _from_shelf(course: CourseName, act: Act, *, key: str) -> None:
    """The steps that the facilitator put by."""
    kept = kept_steps()
    if not kept:
        return
    labels = {name: one.name for name, one in kept.items()}
    chosen = st.selectbox(t("shelf.mine"), list(kept), format_func=labels.__getitem__, key=f"{key}-shelf")
    ready = kept[chosen].step.model_copy(update={"course": course})
    with st.container(horizontal=True):
        st.button(t("shelf.add"), key=f"{key}-add-shelf", on_click=_add, args=(act, ready))
        st.button(t("shelf.drop"), key=f"{key}-drop-shelf", on_click=drop_kept_step, args=(chosen,))


def _own_video(course: CourseName, act: Act, *, key: str) -> None:
    title, address = f"{key}-video-title", f"{key}-video-address"

    def add() -> None:
        if not typed(title).strip() or not WEB_ADDRESS.fullmatch(typed(address).strip()):
            notify(t("compose.video_wanted"))
        else:
            _add(act, own_video_step(typed(title).strip(), typed(address).strip(), course))

    st.text_input(t("compose.video_title"), max_chars=_TITLE_LENGTH, key=title)
    st.text_input(t("compose.video_address"), max_chars=LONGEST_ADDRESS, key=address)
    st.button(t("compose.add_video"), key=f"{key}-add-video", on_click=add)


def _add(act: Act, step: PlannedStep) -> None:
    act(partial(compose, change=partial(editing.with_step, step=step)))
