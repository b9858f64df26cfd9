"""The facilitator's console: where we are, what to say, what the room does, and every gesture in one click.

Gestures are recorded in the click's callback, before anything is drawn again: the phones do not wait for charts.
"""

from __future__ import annotations

import math
import time
from functools import partial
from typing import TYPE_CHECKING, get_args

import streamlit as st

from components.activities import views_of
from components.browser import clicker, clock, wake_on_news
from components.coming import coming
from components.door import door_gestures
from components.drawing import one_at_a_time
from components.hands import hands_form
from components.invitation import invitation
from components.moderation import moderation_queue, moderation_switch
from components.notices import show_notices, typed
from components.people import people
from components.rehearsal import rehearsal_mark, simulated_people
from components.renewal import link_renewal
from components.speaker_notes import speaker_notes
from components.words import base_path, people_here, plain
from content.catalogue import t, tn
from content.prompts import DonePrompt, Written, countable, right_of
from state.domain import decisions
from state.domain.cafe import END, LOBBY, beat_of, has_answer, reveals_more
from state.domain.events import GroupBy
from state.domain.tallies.choices import answered
from state.domain.tallies.timing import time_left, timings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.notices import Act
    from content.plan import PlannedStep
    from state.domain.cafe import Beat, Cafe, Stop
    from state.domain.tallies.timing import Timing
    from state.live import Room

_TIMERS = (30, 60, 120, 300)
_MINUTE = 60


def console(room: Room, token: str, act: Act, by: str, *, key: str) -> None:
    """Everything for one café, drawn from what is kept; `act` has a decision kept."""
    with one_at_a_time:
        _whole(room, token, act, by, key=key)


def _whole(room: Room, token: str, act: Act, by: str, *, key: str) -> None:
    cafe = room.cafe
    go = partial(go_to_stop, act)
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key=f"{key}-wake")
    if not cafe.closed:
        clicker(decisions.previous_of(cafe), decisions.next_of(cafe), key=f"{key}-clicker", go=go)
    show_notices()
    if room.refuses_writes:
        st.error(t("error.store-refuses"))
    simulated_people(room, key=f"{key}-simulated")
    _header(cafe, act, key=key)
    programme, stage, side = st.columns([3, 6, 4], gap="medium")
    with programme:
        _programme(cafe, act)
    with stage:
        # Always in the same place, however much there is to see below.
        navigation(cafe, go)
        coming(cafe)
        moderation_queue(cafe, act, key=f"{key}-queue")
        _stage(room, token, act)
    with side:
        notes, crowd, invite = st.tabs([t("console.notes"), t("console.people"), t("console.invite")])
        with notes:
            speaker_notes(cafe)
        with crowd:
            moderation_switch(cafe, act, key=f"{key}-moderation")
            people(room, act)
        with invite:
            invitation(room, token, size=220, key="side")
            door_gestures(room, act, by, key="side")
            link_renewal(room, key="side-renewal")


def go_to_stop(act: Act, stop: str, beat: Beat | None = None) -> None:
    """Have the café be at a stop, and at a moment of it."""
    act(lambda cafe: decisions.go_to(cafe, stop, beat))


def _header(cafe: Cafe, act: Act, *, key: str) -> None:
    now = time.time()
    title, clocks = st.columns([7, 7], vertical_alignment="center")
    with title, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        rehearsal_mark(cafe)
        st.title(plain(cafe.title), anchor=False)
    running = next((row for row in timings(cafe, now) if row.current), None)
    with clocks, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="medium"):
        timer = cafe.timer if cafe.timer is not None and cafe.timer.stop == cafe.stop_id else None
        if timer is not None:
            clock(timer.ends_at - now, running=True, label=t("timer.label"), key=f"{key}-timer")
        if running:
            clock(running.left, running=True, label=t("console.step_left"), key=f"{key}-step-clock")
            st.button(
                t("timer.minute"),
                key="step-more",
                type="tertiary",
                help=t("timer.minute_help"),
                on_click=act,
                args=(partial(decisions.extend_step, step_id=running.step, seconds=_MINUTE),),
            )
        clock(
            time_left(cafe, now), running=running is not None, label=t("console.whole_left"), key=f"{key}-whole-clock"
        )


def _programme(cafe: Cafe, act: Act) -> None:
    st.header(t("console.programme"), anchor=False)
    here = cafe.stop
    times = {row.step: row for row in timings(cafe, time.time())}
    _programme_button(t("console.lobby"), LOBBY, act, current=here.id == LOBBY, disabled=cafe.closed)
    for number, step in enumerate(cafe.plan.steps, start=1):
        current = here.step is not None and here.step.id == step.id
        label = t(
            "console.step",
            number=number,
            course=t(f"course.{step.course}"),
            title=plain(step.activity.title),
            time=_step_time(times[step.id]),
        )
        stops = cafe.programme.stops_of(step.id)
        _programme_button(label, stops[0].id, act, current=current, disabled=cafe.closed)
        if current and len(stops) > 1:
            _entries(cafe, stops, act)
    _programme_button(t("console.end"), END, act, current=here.id == END, disabled=cafe.closed)


def _step_time(timing: Timing) -> str:
    """What is left of a step in whole minutes; its planned length before, and during, when the clock says the rest."""
    minutes = round(timing.planned / 60)
    if not timing.spent or timing.current:
        return t("console.minutes", minutes=minutes)
    if timing.left >= 0:
        return t("console.minutes_left", left=math.ceil(timing.left / 60), minutes=minutes)
    return t("console.minutes_over", over=math.ceil(-timing.left / 60), minutes=minutes)


def _programme_button(label: str, stop: str, act: Act, *, current: bool, disabled: bool) -> None:
    st.button(
        f"▸ {label}" if current else label,
        key=f"go-{stop}",
        type="primary" if current else "secondary",
        on_click=go_to_stop,
        args=(act, stop),
        disabled=disabled,
        width="stretch",
        wrap=True,
    )


def _entries(cafe: Cafe, stops: Sequence[Stop], act: Act) -> None:
    """A button for each entry of the activity; where one entry asks several things, it leads to the first."""
    firsts = [stop for index, stop in enumerate(stops) if index == 0 or stops[index - 1].number != stop.number]
    with st.container(horizontal=True, gap="xsmall"):
        for stop in firsts:
            here = cafe.stop.step == stop.step and cafe.stop.number == stop.number
            said = stop.prompt.prompt if stop.prompt else stop.slide.title if stop.slide else ""
            st.button(
                f"▸{stop.number}" if here else str(stop.number),
                key=f"question-{stop.id}",
                type="primary" if here else "tertiary",
                help=plain(said) if said else None,
                on_click=go_to_stop,
                args=(act, stop.id),
                disabled=cafe.closed,
            )


def _stage(room: Room, token: str, act: Act) -> None:
    cafe = room.cafe
    stop = cafe.stop
    if cafe.closed or stop.id == END:
        _ending(room, act)
    elif stop.id == LOBBY:
        st.header(t("console.lobby_title"), anchor=False)
        st.write(people_here(len(cafe.present)))
        st.page_link("compose.py", label=t("compose.from_console"), query_params={"cafe": room.id})
        invitation(room, token, size=300, key="lobby")
    elif stop.step is not None:
        _question(cafe, stop, stop.step, act)


def _question(cafe: Cafe, stop: Stop, step: PlannedStep, act: Act) -> None:
    prompt = stop.prompt
    progress = t("pad.progress", number=stop.number, count=stop.count) if stop.count > 1 else ""
    moment = t(f"moment.{prompt.moment}") if prompt is not None and prompt.moment else ""
    st.caption(" · ".join(filter(None, [t(f"course.{step.course}"), plain(step.activity.title), progress, moment])))
    if prompt is None:
        views_of(stop).console(cafe, stop, act)
        return
    st.header(plain(prompt.prompt), anchor=False)
    answered_of = "people.finished_of" if isinstance(prompt, DonePrompt) else "people.answered_of"
    st.write(tn(answered_of, answered(cafe, stop.id), present=len(cafe.present)))
    with st.container(horizontal=True, gap="small"):
        if stop.has_results:
            _gestures(cafe, stop, act)
        if stop.has_results:
            _split(cafe, stop, act)
        with st.popover(t("timer.label")):
            _timer(cafe, stop, act)
        if countable(prompt):
            with st.popover(t("hands.title")):
                hands_form(cafe, stop, act)
    views_of(stop).console(cafe, stop, act)


def _gestures(cafe: Cafe, stop: Stop, act: Act) -> None:
    """What « next » does for you, each one apart: for the day when things go another way."""
    now = cafe.round(stop.id)
    gestures = [
        ("vote", now.open, decisions.close_vote, decisions.open_vote),
        ("results", now.shown, decisions.hide_results, decisions.show_results),
    ]
    if reveals_more(stop):
        name = "answer" if has_answer(stop.prompt) else "talk"
        gestures.append((name, now.revealed, decisions.conceal_answer, decisions.reveal_answer))
    for name, on, undo, do in gestures:
        decide = undo if on else do
        st.button(
            t(f"console.{name}_{'off' if on else 'on'}"),
            key=f"gesture-{name}",
            on_click=act,
            args=(partial(decide, question=stop.id),),
            disabled=cafe.closed,
        )


def _split(cafe: Cafe, stop: Stop, act: Act) -> None:
    """Results for all, by place, or by level."""
    key = f"split-{stop.id}"
    names = {"": t("split.all"), "place": t("split.place"), "level": t("split.level")}

    def choose() -> None:
        by: GroupBy | None = next((one for one in get_args(GroupBy) if one == typed(key)), None)
        act(partial(decisions.split_results, question=stop.id, by=by))

    st.selectbox(
        t("split.label"),
        list(names),
        index=list(names).index(cafe.round(stop.id).split or ""),
        format_func=names.__getitem__,
        key=key,
        on_change=choose,
        label_visibility="collapsed",
        width=190,
        disabled=cafe.closed,
    )


def _timer(cafe: Cafe, stop: Stop, act: Act) -> None:
    """A countdown that the room sees. At its end nothing closes: the room is told, and the facilitator decides."""
    timer = cafe.timer if cafe.timer is not None and cafe.timer.stop == stop.id else None
    st.caption(t("timer.help"))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if timer is None:
            for seconds in _TIMERS:
                st.button(
                    t("timer.start", time=_spoken(seconds)),
                    key=f"timer-{seconds}",
                    on_click=act,
                    args=(partial(decisions.start_timer, stop_id=stop.id, seconds=seconds),),
                    disabled=cafe.closed,
                )
            return
        st.button(
            t("timer.minute"),
            key="timer-more",
            on_click=act,
            args=(partial(decisions.extend_timer, stop_id=stop.id, seconds=_MINUTE),),
        )
        st.button(
            t("timer.stop"), key="timer-stop", on_click=act, args=(partial(decisions.stop_timer, stop_id=stop.id),)
        )


def _spoken(seconds: int) -> str:
    return t("timer.seconds", count=seconds) if seconds < _MINUTE else t("console.minutes", minutes=seconds // _MINUTE)


def _ending(room: Room, act: Act) -> None:
    cafe = room.cafe
    st.header(t("console.closed_title" if cafe.closed else "console.end_title"), anchor=False)
    st.write(t("console.closed_body" if cafe.closed else "console.end_body"))
    if cafe.closed:
        st.button(t("console.reopen"), key="reopen", on_click=act, args=(decisions.reopen,))
    else:
        st.button(t("console.close"), key="close", type="primary", on_click=act, args=(decisions.close,))
    st.page_link("results.py", label=t("console.to_results"), query_params={"cafe": room.id})


def navigation(cafe: Cafe, go: partial[None]) -> None:
    """Back and forward, always in the same place; what comes next is named."""
    previous, following = decisions.previous_of(cafe), decisions.next_of(cafe)
    back, forward = st.columns([2, 3])
    back.button(
        t("console.previous"),
        key="previous",
        width="stretch",
        on_click=go,
        args=_place(previous),
        disabled=previous is None or cafe.closed,
    )
    forward.button(
        _next_label(cafe, following),
        key="next",
        type="primary",
        width="stretch",
        on_click=go,
        args=_place(following),
        disabled=following is None or cafe.closed,
    )


def _place(towards: tuple[Stop, Beat] | None) -> tuple[str, Beat] | None:
    return None if towards is None else (towards[0].id, towards[1])


def _next_label(cafe: Cafe, following: tuple[Stop, Beat] | None) -> str:
    if following is None:
        return t("console.next")
    stop, beat = following
    if stop.id == cafe.stop_id and beat == "reveal" and beat_of(cafe, cafe.stop) == "ask":
        if stop.can_change_sides:
            return t("console.ask_why")
        if right_of(stop.prompt) or (not isinstance(stop.prompt, Written) and reveals_more(stop)):
            return t("console.reveal")
        return t("console.show_wall")
    if cafe.stop_id == LOBBY:
        return t("console.start")
    return t("console.finish" if stop.id == END else "console.next")
