"""The facilitator's console: where we are, what to say, what the room does, and every gesture in one click.

Gestures are recorded in the click's callback, before anything is drawn again: the phones do not wait for charts.
"""

from __future__ import annotations

import math
import time
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.browser import clicker, clock, wake_on_news
from components.charts import choice_chart, choice_table
from components.invitation import invitation
from components.notices import show_notices
from components.people import people
from components.words import base_path, people_here, plain
from content.catalogue import t, tn
from content.schema import ChoiceQuestion, DonePrompt, OpenQuestion
from state.domain import decisions
from state.domain.cafe import END, LOBBY, beat_of, has_answer
from state.domain.tallies import answered, choice_tally, time_left, timings, wall

if TYPE_CHECKING:
    from components.notices import Act
    from content.plan import PlannedStep
    from state.domain.cafe import Beat, Cafe, Stop
    from state.domain.tallies import Timing
    from state.live import Room

_TEXTS_AT_ONCE = 40


def console(room: Room, token: str, act: Act, *, key: str) -> None:
    """Everything for one café, drawn from what is kept; `act` has a decision kept."""
    cafe = room.cafe
    go = partial(_go, act)
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key=f"{key}-wake")
    if not cafe.closed:
        clicker(decisions.previous_of(cafe), decisions.next_of(cafe), key=f"{key}-clicker", go=go)
    show_notices()
    if room.refuses_writes:
        st.error(t("error.store-refuses"))
    _header(cafe, key=key)
    programme, stage, side = st.columns([3, 6, 4], gap="medium")
    with programme:
        _programme(cafe, act)
    with stage:
        _stage(room, token, act)
        _navigation(cafe, go)
    with side:
        notes, crowd, invite = st.tabs([t("console.notes"), t("console.people"), t("console.invite")])
        with notes:
            _notes(cafe)
        with crowd:
            people(room, act)
        with invite:
            invitation(room, token, size=220, key="side")


def _go(act: Act, stop: str, beat: Beat | None = None) -> None:
    act(lambda cafe: decisions.go_to(cafe, stop, beat))


def _header(cafe: Cafe, *, key: str) -> None:
    now = time.time()
    title, step_clock, whole_clock = st.columns([7, 3, 3], vertical_alignment="center")
    with title:
        st.title(plain(cafe.title), anchor=False)
    running = next((row for row in timings(cafe, now) if row.current), None)
    with step_clock:
        if running:
            clock(running.left, running=True, label=t("console.step_left"), key=f"{key}-step-clock")
    with whole_clock:
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
        stops = [stop for stop in cafe.programme.stops if stop.step is not None and stop.step.id == step.id]
        _programme_button(label, stops[0].id, act, current=current, disabled=cafe.closed)
        if current and len(stops) > 1:
            _questions(cafe, stops, act)
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
        on_click=_go,
        args=(act, stop),
        disabled=disabled,
        width="stretch",
        wrap=True,
    )


def _questions(cafe: Cafe, stops: list[Stop], act: Act) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for stop in stops:
            here = stop.id == cafe.stop_id
            st.button(
                f"▸{stop.number}" if here else str(stop.number),
                key=f"question-{stop.id}",
                type="primary" if here else "tertiary",
                help=plain(stop.prompt.prompt) if stop.prompt else None,
                on_click=_go,
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
        invitation(room, token, size=300, key="lobby")
    elif stop.step is not None:
        _question(cafe, stop, stop.step, act)


def _question(cafe: Cafe, stop: Stop, step: PlannedStep, act: Act) -> None:
    progress = t("pad.progress", number=stop.number, count=stop.count) if stop.count > 1 else ""
    st.caption(" · ".join(filter(None, [t(f"course.{step.course}"), plain(step.activity.title), progress])))
    prompt = stop.prompt
    if prompt is None:
        st.write(plain(step.activity.intro))
        return
    st.header(plain(prompt.prompt), anchor=False)
    answered_of = "people.finished_of" if isinstance(prompt, DonePrompt) else "people.answered_of"
    st.write(tn(answered_of, answered(cafe, stop.id), present=len(cafe.present)))
    if isinstance(prompt, ChoiceQuestion):
        tally = choice_tally(cafe, stop)
        choice_chart(tally, show_right=True, key=f"chart-{stop.id}")
        with st.expander(t("chart.table")):
            choice_table(tally, show_right=True)
    elif isinstance(prompt, OpenQuestion):
        _texts(cafe, stop, act)
    if stop.has_results:
        _gestures(cafe, stop, act)


def _gestures(cafe: Cafe, stop: Stop, act: Act) -> None:
    """What « next » does for you, each one apart: for the day when things go another way."""
    now = cafe.round(stop.id)
    gestures = [
        ("vote", now.open, decisions.close_vote, decisions.open_vote),
        ("results", now.shown, decisions.hide_results, decisions.show_results),
    ]
    if has_answer(stop.prompt):
        gestures.append(("answer", now.revealed, decisions.conceal_answer, decisions.reveal_answer))
    with st.container(horizontal=True, gap="small"):
        for name, on, undo, do in gestures:
            decide = undo if on else do
            st.button(
                t(f"console.{name}_{'off' if on else 'on'}"),
                key=f"gesture-{name}",
                on_click=act,
                args=(partial(decide, question=stop.id),),
                disabled=cafe.closed,
            )


def _texts(cafe: Cafe, stop: Stop, act: Act) -> None:
    texts = wall(cafe, stop.id, with_hidden=True)
    if not texts:
        st.write(t("screen.wall.empty"))
    with st.container(height=260 if texts else "content", border=bool(texts)):
        for text in reversed(texts[-_TEXTS_AT_ONCE:]):
            body, gesture = st.columns([5, 2], vertical_alignment="center")
            body.text(f"{t('console.hidden_text')} {text.text}" if text.hidden else text.text)
            decide = decisions.show_text if text.hidden else decisions.hide_text
            gesture.button(
                t("console.text_show" if text.hidden else "console.text_hide"),
                key=f"text-{stop.id}-{text.participant}",
                on_click=act,
                args=(partial(decide, question=stop.id, person=text.participant),),
            )
    if len(texts) > _TEXTS_AT_ONCE:
        st.caption(t("console.texts_more", count=_TEXTS_AT_ONCE, total=len(texts)))


def _ending(room: Room, act: Act) -> None:
    cafe = room.cafe
    st.header(t("console.closed_title" if cafe.closed else "console.end_title"), anchor=False)
    st.write(t("console.closed_body" if cafe.closed else "console.end_body"))
    if cafe.closed:
        st.button(t("console.reopen"), key="reopen", on_click=act, args=(decisions.reopen,))
    else:
        st.button(t("console.close"), key="close", type="primary", on_click=act, args=(decisions.close,))
    st.page_link("results.py", label=t("console.to_results"), query_params={"cafe": room.id})


def _navigation(cafe: Cafe, go: partial[None]) -> None:
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
    st.caption(t("console.keys"))


def _place(towards: tuple[Stop, Beat] | None) -> tuple[str, Beat] | None:
    return None if towards is None else (towards[0].id, towards[1])


def _next_label(cafe: Cafe, following: tuple[Stop, Beat] | None) -> str:
    if following is None:
        return t("console.next")
    stop, beat = following
    if stop.id == cafe.stop_id and beat == "reveal" and beat_of(cafe, cafe.stop) == "ask":
        return t("console.reveal" if getattr(stop.prompt, "right", ()) else "console.show_wall")
    if cafe.stop_id == LOBBY:
        return t("console.start")
    return t("console.finish" if stop.id == END else "console.next")


def _notes(cafe: Cafe) -> None:
    step = cafe.stop.step
    if step is None:
        for line in (
            ("console.lobby_note_1", "console.lobby_note_2") if cafe.stop_id == LOBBY else ("console.end_note",)
        ):
            st.markdown(f"- {t(line)}")
        return
    prompt = cafe.stop.prompt
    explanation = getattr(prompt, "explanation", "")
    if explanation:
        st.markdown(f"**{t('console.answer')}**")
        st.text(explanation)
    if prompt is not None and prompt.lead:
        st.markdown(f"**{t('console.lead')}**")
        st.text(prompt.lead)
    st.markdown(f"**{t('console.to_say')}**")
    for note in step.notes:
        st.markdown(f"- {plain(note)}")
    for tip in step.tips:
        with st.expander(plain(tip.title)):
            st.text(tip.body)
