"""What the facilitator wrote down during a café, gathered: what the room retained, notes stuck on boards by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.story.steps import question_anchor, question_title
from components.words import plain
from content.catalogue import t
from state.domain.tallies.boards import seen

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop


def facilitator_notes(cafe: Cafe) -> None:
    """Under each question, linked to where it is told; nothing where nothing was written."""
    written = [(stop, lines) for stop in cafe.programme.questions if (lines := _lines(cafe, stop))]
    if not written:
        return
    st.header(t("story.notes"), anchor="notes")
    for stop, lines in written:
        st.markdown(f"**[{plain(question_title(stop))}](#{question_anchor(stop)})**")
        st.text("\n".join(lines))


def _lines(cafe: Cafe, stop: Stop) -> list[str]:
    if not cafe.round(stop.id).asked:
        return []
    retained = [t("results.retained", text=summary)] if (summary := cafe.summaries.get(stop.id)) else []
    stuck = [t("results.quote", text=note.text) for note in seen(cafe, stop.id) if note.author is None]
    return [*retained, *stuck]
