"""Questions with choices, one or several: bars, with raised hands apart, for all or by groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.charts import choice_chart, choice_summary, choice_table
from components.pictures import save_question
from components.questions.groups import TEXT_OF_GROUPS, drawn_by_groups, group_name, listed_by_groups
from components.questions.views import View, Views
from components.stage import explanation, line
from components.words import plain
from content.catalogue import t, tn
from content.prompts import MultipleChoice, OneChoice, Scale, countable, right_of
from state.domain.grouping import groups
from state.domain.tallies.choices import average, choice_tally

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.events import GroupBy
    from state.domain.programme import Stop
    from state.domain.tallies.choices import ChoiceTally

# In pixels at 1280 wide: the screen's style enlarges charts with the projector.
SCREEN_TEXT = 24
_SPLITS: tuple[GroupBy, ...] = ("place", "level")


def phone(cafe: Cafe, stop: Stop) -> View:
    prompt = stop.prompt
    assert isinstance(prompt, OneChoice | MultipleChoice)
    view: View = {"kind": "choice", "choices": [choice.model_dump() for choice in prompt.choices]}
    if isinstance(prompt, MultipleChoice):
        view = {**view, "kind": "several", "most": prompt.most}
    if cafe.round(stop.id).shown:
        view["results"] = counts(choice_tally(cafe, stop))
    return view


def counts(tally: ChoiceTally) -> View:
    """A tally as phones show it: raised hands are counted in, and told beside."""
    return {
        "people": people_and_hands(tally),
        "counts": {choice.id: choice.people for choice in tally.choices},
        "shares": {choice.id: round(100 * choice.share) for choice in tally.choices},
    }


def people_and_hands(tally: ChoiceTally) -> str:
    answered = tn("people.answered", tally.answered)
    return f"{answered} {tn('people.hands', tally.hands)}" if tally.hands else answered


def console(cafe: Cafe, stop: Stop, act: Act) -> None:  # noqa: ARG001 - there is nothing to do to a choice
    tally = choice_tally(cafe, stop)
    choice_chart(tally, show_right=True, key=f"chart-{stop.id}")
    if sentence := mean(cafe, stop):
        st.text(sentence)
    with st.expander(t("chart.table")):
        choice_table(tally, show_right=True)
        if by := cafe.round(stop.id).split:
            split_tables(cafe, stop, by)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    now = cafe.round(stop.id)
    if not now.shown:
        return
    told = now.revealed and bool(right_of(stop.prompt) or (stop.prompt and stop.prompt.explanation))
    room, words = st.columns([3, 2], gap="large") if told else (st.container(), None)
    with room:
        if now.split:
            split_charts(cafe, stop, now.split, show_right=now.revealed, key=key)
        else:
            tally = choice_tally(cafe, stop)
            choice_chart(tally, show_right=now.revealed, size=SCREEN_TEXT, key=f"{key}-{stop.id}")
            if sentence := mean(cafe, stop):
                line(sentence, key=f"{key}-mean")
    if words is not None and stop.prompt is not None:
        with words:
            explanation(right_words(stop), stop.prompt.explanation, key=f"{key}-explanation")


def right_words(stop: Stop) -> str:
    """The right answers in words, or what else there is to talk about."""
    prompt = stop.prompt
    if not isinstance(prompt, OneChoice | MultipleChoice) or not right_of(prompt):
        return t("screen.reference")
    labels = [f"✓ {choice.label}" for choice in prompt.choices if choice.id in right_of(prompt)]
    return t("screen.and" if isinstance(prompt, MultipleChoice) else "screen.or").join(labels)


def review(cafe: Cafe, stop: Stop) -> None:
    tally = choice_tally(cafe, stop)
    st.text(" ".join(filter(None, [summary(cafe, stop), mean(cafe, stop)])))
    drawn = choice_chart(tally, show_right=True, brief=True, key=f"review-{stop.id}")
    with st.expander(t("chart.table")):
        save_question(drawn, cafe, stop)
        choice_table(tally, show_right=True)
        groups_table(cafe, stop)
    if stop.prompt is not None and stop.prompt.explanation:
        st.text(stop.prompt.explanation)


def summary(cafe: Cafe, stop: Stop) -> str:
    return choice_summary(choice_tally(cafe, stop), show_right=True)


def groups_table(cafe: Cafe, stop: Stop) -> None:
    """Every group that may be shown, a column each, in one table: forty questions of them make a light page."""
    found = [(by, group) for by in _SPLITS for group in groups(cafe, stop, by) if group.answered]
    table = {
        f"{group_name(by, group.id)} ({group.answered})": [row.count for row in choice_tally(group.cafe, stop).choices]
        for by, group in found
        if group.cafe is not None
    }
    if table:
        labels = [plain(choice.label) for choice in countable(stop.prompt)]
        st.table(pd.DataFrame(table, index=labels))
    if any(group.cafe is None for _, group in found):
        st.text(t("chart.too_few"))


def mean(cafe: Cafe, stop: Stop) -> str:
    """The mean of a scale, in a sentence; empty for other questions."""
    value = average(choice_tally(cafe, stop)) if isinstance(stop.prompt, Scale) else None
    return "" if value is None else t("chart.mean", mean=f"{value:.1f}".replace(".", ","))


def split_charts(cafe: Cafe, stop: Stop, by: GroupBy, *, show_right: bool, key: str) -> None:
    def chart(part: Cafe, key: str) -> None:
        choice_chart(choice_tally(part, stop), show_right=show_right, size=TEXT_OF_GROUPS, key=key)

    drawn_by_groups(cafe, stop, by, chart, key=key)


def split_tables(cafe: Cafe, stop: Stop, by: GroupBy) -> None:
    listed_by_groups(cafe, stop, by, lambda part: choice_table(choice_tally(part, stop), show_right=True))


VIEWS = Views(phone, console, screen, review)
