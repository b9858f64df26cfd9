"""The facilitator's notes for where the café is: what to say, how to go on, what helps, at the step where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.words import base_path, plain
from content.catalogue import t
from state.domain.cafe import LOBBY

if TYPE_CHECKING:
    from content.plan import PlannedStep
    from state.domain.cafe import Cafe


def speaker_notes(cafe: Cafe) -> None:
    step = cafe.stop.step
    if step is None:
        for line in (
            ("console.lobby_note_1", "console.lobby_note_2", "console.keys")
            if cafe.stop_id == LOBBY
            else ("console.end_note",)
        ):
            st.markdown(f"- {t(line)}")
        return
    scene = cafe.stop.scene
    explanation = cafe.stop.prompt.explanation if cafe.stop.prompt else ""
    if explanation:
        st.markdown(f"**{t('console.answer')}**")
        st.text(explanation)
    if scene is not None and scene.lead:
        st.markdown(f"**{t('console.lead')}**")
        st.text(scene.lead)
    st.markdown(f"**{t('console.to_say')}**")
    for note in step.notes:
        st.markdown(f"- {plain(note)}")
    for tip in step.tips:
        with st.expander(plain(tip.title)):
            st.text(tip.body)
    _reading(step)


def _reading(step: PlannedStep) -> None:
    """Words of the glossary and resources that go with this step, and the way to all the others."""
    if step.terms:
        with st.expander(t("console.terms")):
            for term in step.terms:
                st.markdown(f"**{plain(term.term)}**")
                st.text(term.definition)
    if step.resources or step.video is not None:
        with st.expander(t("console.resources")):
            for resource in step.resources:
                title = plain(resource.title)
                st.markdown(f"- [{title}](<{resource.url}>)" if resource.url else f"- {title}")
            if step.video is not None:
                st.markdown(f"- [{plain(step.video.title)}]({base_path()}/pour-aller-plus-loin?video={step.video.id})")
    st.page_link("learn.py", label=t("console.to_learn"))
