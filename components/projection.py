"""The projector's screen: what the room looks at, and nothing that is not for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.browser import wake_on_news
from components.charts import choice_chart
from components.invitation import address_for_phones
from components.stage import explanation, join_strip, lobby, message, question, wall_of_texts
from components.words import base_path
from content.catalogue import t, tn
from content.schema import ChoiceQuestion, DonePrompt, Opening, OpenQuestion
from state.domain.cafe import END, LOBBY
from state.domain.tallies import answered, choice_tally, wall

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop
    from state.live import Room

# In pixels at 1280 wide: the screen's style enlarges charts with the projector.
_CHART_TEXT = 24


def projection(room: Room, *, key: str) -> None:
    cafe = room.cafe
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key=f"{key}-wake")
    base = address_for_phones().base
    if cafe.closed or cafe.stop_id == END:
        message(t("pad.end.title"), t("pad.end.thanks"), key=f"{key}-end")
        return
    if cafe.stop_id == LOBBY:
        here = sum(1 for one in cafe.present if room.connected[one.id] > 0)
        lobby(cafe, base, connected=here, key=f"{key}-lobby")
        return
    _stop(cafe, cafe.stop, key=key)
    join_strip(cafe, base, key=f"{key}-strip")


def _stop(cafe: Cafe, stop: Stop, *, key: str) -> None:
    if stop.prompt is None:
        assert stop.step is not None
        activity = stop.step.activity
        links = [link.label for link in activity.links] if isinstance(activity, Opening) else []
        message(activity.title, activity.intro, course=stop.step.course, links=links, key=f"{key}-message")
        return
    now = cafe.round(stop.id)
    question(stop, answered=_answered(cafe, stop), with_choices=not now.shown, key=f"{key}-question")
    room, words = st.columns([3, 2], gap="large") if now.revealed else (st.container(), None)
    with room:
        if now.shown and isinstance(stop.prompt, ChoiceQuestion):
            choice_chart(choice_tally(cafe, stop), show_right=now.revealed, size=_CHART_TEXT, key=f"{key}-{stop.id}")
        elif now.shown and isinstance(stop.prompt, OpenQuestion):
            wall_of_texts([text.text for text in wall(cafe, stop.id)], key=f"{key}-wall")
    if words is not None and isinstance(stop.prompt, ChoiceQuestion | OpenQuestion):
        with words:
            explanation(_right_answers(stop.prompt), stop.prompt.explanation, key=f"{key}-explanation")


def _answered(cafe: Cafe, stop: Stop) -> str:
    message_id = "people.finished_of" if isinstance(stop.prompt, DonePrompt) else "people.answered_of"
    return tn(message_id, answered(cafe, stop.id), present=len(cafe.present))


def _right_answers(prompt: ChoiceQuestion | OpenQuestion) -> str:
    if isinstance(prompt, OpenQuestion) or not prompt.right:
        return t("screen.reference")
    return t("screen.or").join(f"✓ {choice.label}" for choice in prompt.choices if choice.id in prompt.right)
