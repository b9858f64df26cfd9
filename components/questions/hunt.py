"""Words to guess together: those found light up, the others stay closed until the answer is revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.charts import word_chart, word_table
from components.pictures import save_question
from components.questions.groups import TEXT_OF_GROUPS, drawn_by_groups, listed_by_groups
from components.questions.texts import texts_to_hide
from components.questions.views import View, Views
from components.stage import explanation, found_words
from content.catalogue import t, tn
from content.prompts import Hunt
from state.domain.tallies.choices import answered
from state.domain.tallies.texts import Word, hunt

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop
    from state.domain.tallies.texts import HuntTally

_OTHERS = 12


def phone(cafe: Cafe, stop: Stop) -> View:
    prompt = stop.prompt
    assert isinstance(prompt, Hunt)
    now = cafe.round(stop.id)
    view: View = {"kind": "hunt", "most": prompt.most, "limit": prompt.max_length}
    if now.shown:
        tally = hunt(cafe, stop)
        view["results"] = {
            "people": tn("people.answered", answered(cafe, stop.id)),
            "found": [target.label for target in tally.targets if target.people],
            "total": len(tally.targets),
        }
        if now.revealed:
            view["results"]["missed"] = [target.label for target in tally.targets if not target.people]
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    tally = hunt(cafe, stop)
    st.write(_summary(tally))
    st.text(" · ".join(f"{'✓' if target.people else '…'} {target.label}" for target in tally.targets))
    with st.expander(t("console.typed")):
        texts_to_hide(cafe, stop, act)
    if by := cafe.round(stop.id).split:
        with st.expander(t("chart.table")):
            listed_by_groups(cafe, stop, by, lambda part: word_table(_found(part, stop)))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    now = cafe.round(stop.id)
    if not now.shown or stop.prompt is None:
        return
    if now.split:

        def chart(part: Cafe, key: str) -> None:
            word_chart(_found(part, stop), size=TEXT_OF_GROUPS, key=key)

        drawn_by_groups(cafe, stop, now.split, chart, key=key)
        return
    tally = hunt(cafe, stop)
    found_words(
        [(target.label if target.people or now.revealed else "", target.people) for target in tally.targets],
        [word.text for word in tally.others[:_OTHERS]],
        summary=_summary(tally),
        key=f"{key}-hunt",
    )
    if now.revealed and stop.prompt.explanation:
        explanation(t("screen.reference"), stop.prompt.explanation, key=f"{key}-explanation")


def review(cafe: Cafe, stop: Stop) -> None:
    tally = hunt(cafe, stop)
    st.text(_summary(tally))
    words = _found(cafe, stop, closed=True)
    drawn = word_chart(words, key=f"review-{stop.id}")
    with st.expander(t("chart.table")):
        save_question(drawn, cafe, stop)
        word_table(words)
    if tally.others:
        tried = ", ".join(t("chart.count", label=word.text, count=word.people) for word in tally.others)
        st.text(t("results.tried", words=tried))


def _found(cafe: Cafe, stop: Stop, *, closed: bool = False) -> list[Word]:
    """The words found and by how many; those that are still `closed` too, where they are no secret any more."""
    return [Word(target.label, target.people) for target in hunt(cafe, stop).targets if closed or target.people]


def _summary(tally: HuntTally) -> str:
    return tn("people.found", tally.found, total=len(tally.targets))


VIEWS = Views(phone, console, screen, review)
