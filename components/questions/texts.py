"""Questions answered in one's own words: a wall of texts, and the words that come back drawn large."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.charts import word_chart, word_table
from components.pictures import save_question
from components.questions.groups import drawn_by_groups, listed_by_groups
from components.questions.views import View, Views
from components.stage import explanation, wall_of_texts, word_cloud
from content.catalogue import t, tn
from content.prompts import OpenQuestion, Written
from state.domain import decisions
from state.domain.tallies.texts import cloud, wall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop
    from state.domain.tallies.texts import Word

# What a phone shows of a wall of texts: the projector shows them all.
_LATEST_TEXTS = 8
_TEXTS_AT_ONCE = 40
_LINES_AT_ONCE, _WALL_HEIGHT = 15, 360
_FEWEST_FOR_A_CLOUD = 3
_WORDS_DRAWN = 12


def phone(cafe: Cafe, stop: Stop) -> View:
    prompt = stop.prompt
    assert isinstance(prompt, Written)
    view: View = {"kind": "text", "limit": prompt.max_length}
    if cafe.round(stop.id).shown:
        texts = wall(cafe, stop)
        view["results"] = {
            "people": tn("people.answered", len(texts)),
            "texts": [text.text for text in texts[-_LATEST_TEXTS:]],
        }
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    texts_to_hide(cafe, stop, act)
    if by := cafe.round(stop.id).split:
        with st.expander(t("chart.table")):
            listed_by_groups(cafe, stop, by, lambda part: quotes([text.text for text in wall(part, stop)]))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    now = cafe.round(stop.id)
    if not now.shown or stop.prompt is None:
        return
    if now.split:

        def texts(part: Cafe, key: str) -> None:
            wall_of_texts([text.text for text in wall(part, stop)], key=key)

        drawn_by_groups(cafe, stop, now.split, texts, key=key)
        return
    told = now.revealed and bool(stop.prompt.explanation)
    room, words = st.columns([3, 2], gap="large") if told else (st.container(), None)
    with room:
        wall_and_cloud(cafe, stop, key=key)
    if words is not None:
        with words:
            explanation(t("screen.reference"), stop.prompt.explanation, key=f"{key}-explanation")


def wall_and_cloud(cafe: Cafe, stop: Stop, *, key: str) -> None:
    """The texts, and beside them the words that come back where the question lends itself to it."""
    texts = [text.text for text in wall(cafe, stop)]
    if not (isinstance(stop.prompt, OpenQuestion) and stop.prompt.cloud and len(texts) >= _FEWEST_FOR_A_CLOUD):
        wall_of_texts(texts, key=f"{key}-wall")
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        word_cloud(cloud(texts), key=f"{key}-cloud")
    with right:
        wall_of_texts(texts, key=f"{key}-wall")


def review(cafe: Cafe, stop: Stop) -> None:
    texts = [text.text for text in wall(cafe, stop)]
    st.text(tn("people.answered", len(texts)))
    quotes(texts)
    _words_that_come_back(cafe, stop, cloud(texts))
    if stop.prompt is not None and stop.prompt.explanation:
        st.text(stop.prompt.explanation)


def quotes(texts: Sequence[str]) -> None:
    """What people wrote, in one block."""
    if texts:
        # The same words count once; one block of text, for a wall of hundreds would make the page heavy.
        given = Counter(texts)
        lines = [
            f"{t('results.quote', text=text)} {t('board.times', count=count)}"
            if count > 1
            else t("results.quote", text=text)
            for text, count in given.items()
        ]
        with st.container(border=True, height=_WALL_HEIGHT if len(lines) > _LINES_AT_ONCE else "content"):
            st.text("\n".join(lines))


def _words_that_come_back(cafe: Cafe, stop: Stop, words: Sequence[Word]) -> None:
    """The words of several people, each with how many wrote it."""
    shared = [word for word in words if word.people > 1]
    if not shared:
        return
    st.markdown(f"**{t('results.words')}**")
    drawn = word_chart(shared[:_WORDS_DRAWN], key=f"review-{stop.id}")
    with st.expander(t("chart.table")):
        save_question(drawn, cafe, stop)
        word_table(shared)


def texts_to_hide(cafe: Cafe, stop: Stop, act: Act) -> None:
    """What people typed, the latest first, each with a button that hides it from the room."""
    texts = wall(cafe, stop, with_hidden=True)
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


VIEWS = Views(phone, console, screen, review)
