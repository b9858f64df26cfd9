"""What can be printed for a café: each document is made when somebody asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.invitation import address_for_phones
from components.printing import documents
from content.activities.board import Day
from content.activities.cards import Cards
from content.catalogue import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from content.schema import Pack
    from state.domain.cafe import Cafe

    Document = Callable[[], bytes]


def prints(cafe: Cafe, pack: Pack, *, key: str) -> None:
    """A button for each document that goes with the café's programme."""
    st.write(t("prints.help"))
    for name, document in _documents(cafe, pack).items():
        st.download_button(
            t(f"prints.{name}"),
            document,
            file_name=f"{t(f'prints.{name}_file')}.pdf",
            mime="application/pdf",
            key=f"{key}-{name}",
            on_click="ignore",
        )


def _documents(cafe: Cafe, pack: Pack) -> dict[str, Document]:
    base = address_for_phones().base
    found: dict[str, Document] = {
        "poster_a4": partial(documents.poster, cafe, base, "a4"),
        "poster_a3": partial(documents.poster, cafe, base, "a3"),
        "notes": partial(documents.speaker_notes_document, cafe),
    }
    activities = [step.activity for step in cafe.plan.steps]
    cards = [one for one in activities if isinstance(one, Cards)]
    # Cards with drawings are a photolangage; the others are cut out.
    drawn = [one for one in cards if any(card.picture for card in one.items)]
    written = [one for one in cards if one not in drawn]
    days = [one for one in activities if isinstance(one, Day)]
    found["job_cards"] = partial(documents.job_cards, pack, *written[:1])
    found["photo_cards"] = partial(documents.photo_cards, pack, *drawn[:1])
    found["legend"] = partial(documents.note_legend, pack, *days[:1])
    found["imagine"] = documents.imagine_sheet
    return found
