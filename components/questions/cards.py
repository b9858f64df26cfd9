"""Cards: which were picked, by whom and why, and whose turn it is to speak."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.charts import word_chart, word_table
from components.names import name_of
from components.pictures import save_question
from components.questions.choices import people_and_hands, split_tables
from components.questions.groups import TEXT_OF_GROUPS, drawn_by_groups
from components.questions.texts import quotes, texts_to_hide
from components.questions.views import View, Views
from components.stage import mosaic
from components.words import plain
from content.catalogue import t, tn
from content.prompts import CardPick
from state.domain import decisions
from state.domain.tallies.cards import next_speaker, picks
from state.domain.tallies.choices import answered, choice_tally
from state.domain.tallies.texts import Word

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop
    from state.domain.tallies.cards import Picked


def phone(cafe: Cafe, stop: Stop) -> View:
    prompt = stop.prompt
    assert isinstance(prompt, CardPick)
    view: View = {
        "kind": "card",
        "cards": [card.model_dump(exclude_none=True) for card in prompt.cards],
        "why": prompt.why,
        "limit": prompt.max_length,
    }
    if cafe.round(stop.id).shown:
        tally = choice_tally(cafe, stop)
        view["results"] = {
            "people": people_and_hands(tally),
            "counts": {choice.id: choice.people for choice in tally.choices},
        }
    if (speaker := cafe.participants.get(cafe.speaking or "")) is not None and cafe.stop_id == stop.id:
        view["speaker"] = {"number": speaker.number, "name": name_of(speaker)}
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    if answered(cafe, stop.id):
        _turns(cafe, stop, act)
        word_chart(_by_popularity(cafe, stop), key=f"chart-{stop.id}")
    with st.expander(t("console.who_picked"), expanded=answered(cafe, stop.id) > 0):
        _who_picked(cafe, stop)
    with st.expander(t("console.typed")):
        texts_to_hide(cafe, stop, act)
    if by := cafe.round(stop.id).split:
        with st.expander(t("chart.table")):
            split_tables(cafe, stop, by)


def _turns(cafe: Cafe, stop: Stop, act: Act) -> None:
    """Who has the word, and who has it next."""
    speaking = cafe.participants.get(cafe.speaking or "")
    following = next_speaker(cafe, stop.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if speaking is not None:
            st.text(t("console.speaking", name=name_of(speaking)))
        if following is not None:
            st.button(
                t("console.call", name=plain(name_of(cafe.participants[following]))),
                key="call-next",
                on_click=act,
                args=(partial(decisions.call_speaker, question=stop.id, person=following),),
                disabled=cafe.closed,
            )
        elif speaking is None:
            st.text(t("console.all_spoke"))
        if speaking is not None:
            st.button(
                t("console.call_nobody"),
                key="call-nobody",
                on_click=act,
                args=(partial(decisions.call_speaker, question=stop.id, person=None),),
                disabled=cafe.closed,
            )


def _who_picked(cafe: Cafe, stop: Stop) -> None:
    for picked in picks(cafe, stop):
        for pick in picked.picks:
            who = t("console.picked", name=name_of(cafe.participants[pick.participant]), card=picked.card.label)
            st.text(f"{who}\n{t('results.quote', text=pick.why)}" if pick.why else who)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    prompt = stop.prompt
    assert isinstance(prompt, CardPick)
    shown = cafe.round(stop.id).shown
    if shown and (by := cafe.round(stop.id).split):

        def chart(part: Cafe, key: str) -> None:
            word_chart(_by_popularity(part, stop), size=TEXT_OF_GROUPS, key=key)

        drawn_by_groups(cafe, stop, by, chart, key=key)
        return
    speaking = cafe.speaking if cafe.stop_id == stop.id else None
    cards = picks(cafe, stop)
    if shown:
        # The order of the cards stays where nobody picked more of one than of another.
        cards = tuple(sorted(cards, key=lambda one: -one.people))
    mosaic(
        [_tile(cafe, picked, shown=shown, speaking=speaking) for picked in cards],
        speaker=t("screen.speaker", name=name_of(cafe.participants[speaking])) if speaking else "",
        key=f"{key}-mosaic",
    )


def _tile(cafe: Cafe, picked: Picked, *, shown: bool, speaking: str | None) -> View:
    names = [name_of(cafe.participants[pick.participant]) for pick in picked.picks]
    why = next((pick.why for pick in picked.picks if pick.participant == speaking), "")
    return {
        "label": picked.card.label,
        "text": picked.card.text,
        "picture": picked.card.picture or "",
        "alt": picked.card.alt,
        "people": tn("people.picked", picked.people) if shown and picked.people else "",
        "names": names if shown else [],
        "why": t("results.quote", text=why) if shown and why else "",
        "speaking": shown and speaking in {pick.participant for pick in picked.picks},
    }


def review(cafe: Cafe, stop: Stop) -> None:
    words = _by_popularity(cafe, stop)
    st.text(people_and_hands(choice_tally(cafe, stop)))
    drawn = word_chart(words, key=f"review-{stop.id}")
    with st.expander(t("chart.table")):
        save_question(drawn, cafe, stop)
        word_table(words)
    for picked in picks(cafe, stop):
        whys = [pick.why for pick in picked.picks if pick.why]
        if whys:
            st.markdown(f"**{plain(picked.card.label)}**")
            quotes(whys)


def _by_popularity(cafe: Cafe, stop: Stop) -> list[Word]:
    words = [Word(picked.card.label, picked.people) for picked in picks(cafe, stop)]
    return sorted((word for word in words if word.people), key=lambda word: -word.people)


VIEWS = Views(phone, console, screen, review)
