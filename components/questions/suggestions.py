"""Suggestions: ready-made or one's own, drawn by how many people say each; the first is what the room retains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.charts import word_chart, word_table
from components.pictures import save_question
from components.questions.choices import SCREEN_TEXT, people_and_hands
from components.questions.groups import TEXT_OF_GROUPS, drawn_by_groups, listed_by_groups
from components.questions.texts import texts_to_hide
from components.questions.views import View, Views
from components.stage import explanation
from content.catalogue import t
from content.prompts import Suggestion
from state.domain.tallies.choices import choice_tally
from state.domain.tallies.texts import suggestions, wall

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop

_MOST = 8


def phone(cafe: Cafe, stop: Stop) -> View:
    prompt = stop.prompt
    assert isinstance(prompt, Suggestion)
    view: View = {
        "kind": "choice",
        "choices": [choice.model_dump() for choice in prompt.choices],
        "own": prompt.max_length,
    }
    if cafe.round(stop.id).shown:
        view["results"] = {
            "people": people_and_hands(choice_tally(cafe, stop)),
            "words": [[word.text, word.people] for word in suggestions(cafe, stop)[:_MOST]],
        }
    if cafe.round(stop.id).revealed:
        view["retained"] = retained(cafe, stop)
    return view


def retained(cafe: Cafe, stop: Stop) -> str:
    """What the room retains: the facilitator's words, else what most people say."""
    if summary := cafe.summaries.get(stop.id):
        return summary
    first = next(iter(suggestions(cafe, stop)), None)
    return first.text if first else ""


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    words = suggestions(cafe, stop)[:_MOST]
    if words:
        word_chart(words, key=f"chart-{stop.id}")
        with st.expander(t("chart.table")):
            word_table(words)
            if by := cafe.round(stop.id).split:
                listed_by_groups(cafe, stop, by, lambda part: word_table(suggestions(part, stop)[:_MOST]))
    if wall(cafe, stop, with_hidden=True):
        with st.expander(t("console.typed")):
            texts_to_hide(cafe, stop, act)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    words, now = suggestions(cafe, stop)[:_MOST], cafe.round(stop.id)
    if now.shown and now.split:

        def chart(part: Cafe, key: str) -> None:
            word_chart(suggestions(part, stop)[:_MOST], size=TEXT_OF_GROUPS, key=key)

        drawn_by_groups(cafe, stop, now.split, chart, key=key)
    elif now.shown and words:
        word_chart(words, size=SCREEN_TEXT, key=f"{key}-{stop.id}")
    if now.revealed and (kept := retained(cafe, stop)):
        explanation(t("screen.retained"), kept, key=f"{key}-retained")


def review(cafe: Cafe, stop: Stop) -> None:
    words = suggestions(cafe, stop)
    if words:
        if stop.id not in cafe.summaries:
            st.text(t("results.retained", text=words[0].text))
        drawn = word_chart(words[:_MOST], key=f"review-{stop.id}")
        with st.expander(t("chart.table")):
            save_question(drawn, cafe, stop)
            word_table(words)


VIEWS = Views(phone, console, screen, review)
