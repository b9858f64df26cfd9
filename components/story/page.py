"""The review from top to bottom: filters, contents, who was there, each step, success, minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.story.filters import selection
from components.story.head import who_came
from components.story.notes import facilitator_notes
from components.story.steps import contents, steps
from components.story.whole import minutes, presence, success
from content.catalogue import t, tn
from state.domain.filtering import filtered

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


def story(cafe: Cafe, now: float) -> None:
    """Everything that is read of a café afterwards; `now` is in seconds since 1970, UTC."""
    if not any(cafe.round(stop.id).asked for stop in cafe.programme.questions):
        st.info(t("results.nothing_asked"))
        minutes(cafe, now)
        return
    chosen = selection()
    read = filtered(cafe, chosen)
    if read is None:
        st.info(t("story.too_few"))
        return
    if not chosen.everybody:
        st.text(f"{tn('story.selected', read.people)} {t('story.left_out')}")
    contents(cafe)
    if chosen.everybody:
        who_came(cafe)
        presence(cafe, now)
    steps(cafe, read, now)
    success(read.cafe)
    if chosen.everybody:
        facilitator_notes(cafe)
    minutes(cafe, now, filtered=not chosen.everybody)
