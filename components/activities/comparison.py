"""A comparison is seen as where to go and what to try, then as what each preferred and why: bars, and a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.activities.by_question import phone, question_views, review
from components.charts import choice_chart
from components.questions import choices
from components.questions.views import Views
from components.stage import wall_of_texts
from content.prompts import CardPick
from state.domain.tallies.choices import choice_tally
from state.domain.tallies.texts import wall

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    question_views(stop.scene).console(cafe, stop, act)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    if not isinstance(stop.prompt, CardPick):
        question_views(stop.scene).screen(cafe, stop, key)
    elif cafe.round(stop.id).shown:
        bars, whys = st.columns([1, 1], gap="large")
        with bars:
            choice_chart(choice_tally(cafe, stop), show_right=False, size=choices.SCREEN_TEXT, key=f"{key}-{stop.id}")
        with whys:
            wall_of_texts([text.text for text in wall(cafe, stop)], key=f"{key}-wall")


VIEWS = Views(phone, console, screen, review)
