"""Two sides, or three levels: zones that fill with one dot a person, and who changed sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.charts import BAR_LETTERS, shift_chart, shift_table, side_table
from components.questions import choices
from components.questions.views import View, Views
from components.stage import zones
from content.catalogue import t, tn
from content.prompts import Sides
from state.domain.tallies.choices import choice_tally
from state.domain.tallies.sides import shift

if TYPE_CHECKING:
    from components.notices import Act
    from components.pictures import Drawn
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    choices.console(cafe, stop, act)
    if (moved := moved_words(cafe, stop)) and cafe.round(stop.id).revealed:
        st.write(moved)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    """The zones, filled as people move; once the talk is on, why each side stands where it does, and who moves."""
    now = cafe.round(stop.id)
    if not now.shown:
        return
    if now.split:
        choices.split_charts(cafe, stop, now.split, show_right=False, key=key)
        return
    tally = choice_tally(cafe, stop)
    talk = stop.can_change_sides and now.revealed
    zones(
        [(row.label, row.count, row.hands) for row in tally.choices],
        question=t("screen.why") if talk else "",
        moved=moved_words(cafe, stop) if talk else "",
        key=f"{key}-zones",
    )


def review(cafe: Cafe, stop: Stop) -> None:
    choices.review(cafe, stop)
    if moved := moved_words(cafe, stop):
        st.text(moved)


def moved_words(cafe: Cafe, stop: Stop) -> str:
    """Who changed sides, in a sentence; empty where nobody can have."""
    if not isinstance(stop.prompt, Sides) or not stop.prompt.choices:
        return ""
    change = shift(cafe, stop)
    if not change.both:
        return ""
    if not change.moved:
        return t("sides.nobody_moved")
    towards = [
        tn("sides.moved", change.towards(choice.id), side=choice.label)
        for choice in stop.prompt.choices
        if change.towards(choice.id)
    ]
    return f"{tn('sides.changed', change.moved, both=change.both)} {', '.join(towards)}."


def shift_views(cafe: Cafe, stop: Stop, *, size: int, letters: int = BAR_LETTERS, key: str) -> Drawn:
    """Positions before and after."""
    assert isinstance(stop.prompt, Sides)
    change = shift(cafe, stop)
    labels = {choice.id: choice.label for choice in stop.prompt.choices}
    return shift_chart(change, labels, size=size, letters=letters, summary=moved_words(cafe, stop), key=key)


def shift_figures(cafe: Cafe, stop: Stop) -> None:
    assert isinstance(stop.prompt, Sides)
    change, labels = shift(cafe, stop), {choice.id: choice.label for choice in stop.prompt.choices}
    side_table(change, labels)
    shift_table(change, labels)


def phone(cafe: Cafe, stop: Stop) -> View:
    return choices.phone(cafe, stop)


VIEWS = Views(phone, console, screen, review)
