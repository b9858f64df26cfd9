"""The steps in their four courses: to drag, or to move with buttons; the time that they take, and what is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_sortables import sort_items

from components.composer.keeping import follow, held
from components.notices import number_in
from components.words import plain, told_apart
from content import editing
from content.catalogue import t, tn
from content.remarks import remarks
from content.schema import COURSES
from state.domain.composing import compose, played, undo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.notices import Act
    from content.plan import Plan, PlannedStep
    from content.schema import CourseName
    from state.domain.cafe import Cafe

    Order = dict[CourseName, list[str]]

LONGEST_STEP = 240
# The board is a page of its own, in a frame: it takes our colours from here, in both themes.
_STYLE = """
.sortable-component { background: transparent; padding: 0; font-family: system-ui, sans-serif; }
.sortable-container { background: transparent; border: 1px solid #8F7A66; border-radius: 8px; margin: 0 0 8px; }
.sortable-container-header { background: transparent; color: %(ink)s; font-weight: 600; padding: 6px 10px; }
.sortable-container-body { background: transparent; min-height: 48px; padding: 0 6px 6px; }
.sortable-item, .sortable-item:hover, .sortable-item:focus, .sortable-item.active {
  background: #F1E4D1; color: #2B1D14; border: 1px solid #8F7A66; border-radius: 6px; margin: 4px 0; padding: 8px 10px;
  text-align: left; font-size: 15px; height: auto; white-space: normal;
}
.sortable-item:focus-visible { outline: 3px solid %(mark)s; outline-offset: 1px; }
"""


def totals(cafe: Cafe) -> None:
    """The running total against the time there is, and remarks that help."""
    plan, available = cafe.plan, cafe.details.minutes
    if available is None:
        st.markdown(f"**{t('prepare.whole', minutes=plan.minutes)}**")
    else:
        st.markdown(f"**{t('compose.total', minutes=plan.minutes, available=available)}**")
    for remark in remarks(plan, available):
        facts = {name: plain(fact) for name, fact in remark.facts.items()}
        st.info(
            t(f"remark.{remark.code}", **facts)
            if remark.count is None
            else tn(f"remark-time.{remark.code}", remark.count)
        )


def drag_board(cafe: Cafe, act: Act, *, ink: str, mark: str, key: str) -> None:
    """The four courses with their steps, to drag from one place to another."""
    labels = told_apart({step.id: f"{step.activity.title} · {_minutes(step)}" for step in cafe.plan.steps})
    now = _shown(cafe.plan, labels)
    board = held(f"{key}-board", {"shown": now, "start": now, "number": 0})
    if board["shown"] != now:
        # Changed elsewhere: the board only listens when it is new.
        board |= {"shown": now, "start": now, "number": board["number"] + 1}
    dropped = sort_items(
        [{"header": header, "items": items} for header, items in board["start"]],
        multi_containers=True,
        direction="vertical",
        custom_style=_STYLE % {"ink": ink, "mark": mark},
        key=f"{key}-{board['number']}",
    )
    wanted = [(one["header"], one["items"]) for one in dropped]
    if wanted != now:
        ids = {label: step for step, label in labels.items()}
        order: Order = {
            course: [ids[label] for label in items if label in ids]
            for course, (_, items) in zip(COURSES, wanted, strict=True)
        }
        # Refused, it is no longer what is kept: the next drawing mounts the board anew.
        board["shown"] = wanted
        act(partial(compose, change=lambda plan: editing.arranged(plan, order)))


def step_picker(cafe: Cafe, *, key: str) -> str | None:
    """Which step is being made one's own: its id.

    Buttons, and no field with options: a browser names the option that it holds by its words, and these are being
    rewritten.
    """
    steps = {step.id: step for step in cafe.plan.steps}
    picked = held(key, {"step": ""})
    if picked["step"] not in steps:
        picked["step"] = next(iter(steps), "")

    def pick(step: str) -> None:
        picked["step"] = step

    st.markdown(f"**{t('compose.steps')}**")
    with st.container(key=f"{key}-list", gap="xsmall"):
        for name, step in steps.items():
            here = name == picked["step"]
            st.button(
                f"▸ {plain(_told(step))}" if here else plain(_told(step)),
                key=f"{key}-{name}",
                type="primary" if here else "secondary",
                on_click=pick,
                args=(name,),
                width="stretch",
                wrap=True,
            )
    return picked["step"] or None


def step_gestures(cafe: Cafe, step: PlannedStep, act: Act, *, key: str) -> None:
    """Move a step without dragging it, change how long it lasts, take it away, take a change back."""
    fixed = cafe.closed or step.id in played(cafe)
    minutes = f"{key}-minutes-{step.id}"
    follow(minutes, step.minutes)

    def keep_minutes() -> None:
        _compose(act, partial(editing.rewritten, step_id=step.id, path=("minutes",), value=number_in(minutes)))

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, by in (("up", -1), ("down", 1)):
            st.button(
                t(f"compose.{name}"),
                key=f"{key}-{name}",
                on_click=_compose,
                args=(act, partial(editing.moved, step_id=step.id, by=by)),
                disabled=fixed or editing.moved(cafe.plan, step.id, by) == cafe.plan,
            )
        st.number_input(
            t("compose.minutes"),
            0,
            LONGEST_STEP,
            key=minutes,
            on_change=keep_minutes,
            disabled=fixed,
            width=130,
        )
        st.button(
            t("compose.remove"),
            key=f"{key}-remove",
            on_click=_compose,
            args=(act, partial(editing.without_step, step_id=step.id)),
            disabled=fixed,
        )
    if fixed and not cafe.closed:
        st.caption(t("refusal.step-played"))


def undo_button(cafe: Cafe, act: Act, *, key: str) -> None:
    st.button(t("compose.undo"), key=key, on_click=act, args=(undo,), disabled=not cafe.earlier_programmes)


def _compose(act: Act, change: object) -> None:
    act(partial(compose, change=change))  # type: ignore[arg-type]


def _shown(plan: Plan, labels: Mapping[str, str]) -> list[tuple[str, Sequence[str]]]:
    return [
        (t(f"course.{course}"), [labels[step.id] for step in plan.steps if step.course == course]) for course in COURSES
    ]


def _told(step: PlannedStep) -> str:
    return f"{t(f'course.{step.course}')} · {step.activity.title} · {_minutes(step)}"


def _minutes(step: PlannedStep) -> str:
    return t("console.minutes", minutes=step.minutes)
