"""Who is here: how many, connected or not, and what the facilitator may do for or about one of them."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.names import name_of
from components.notices import typed
from components.words import told_apart
from content.catalogue import t, tn
from state.domain import decisions
from state.domain.events import LEVELS, PLACES
from state.domain.text import PSEUDONYM_LENGTH

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe, Participant
    from state.live import Room


def people(room: Room, act: Act) -> None:
    cafe = room.cafe
    if not cafe.participants:
        st.write(t("people.nobody"))
        return
    connected = [one for one in cafe.present if _is_connected(room, one)]
    st.write(f"{tn('people.here', len(cafe.present))}, {tn('people.connected', len(connected))}")
    st.caption(_summary(cafe))
    st.dataframe(_table(room), hide_index=True, width="stretch", height=180)
    labels = told_apart({one.id: _label(one) for one in cafe.participants.values()})
    chosen = st.selectbox(
        t("people.choose"),
        list(labels),
        index=None,
        format_func=lambda person: labels.get(person, person),
        key="person",
        placeholder=t("people.choose_hint"),
    )
    if chosen is not None and chosen in cafe.participants:
        _gestures(cafe.participants[chosen], act)


def _gestures(person: Participant, act: Act) -> None:
    name = f"name-{person.id}"

    def rename() -> None:
        act(partial(decisions.rename, person=person.id, pseudonym=typed(name)))

    # A form: its button sends what was typed, however fast it is clicked.
    with st.form(f"rename-{person.id}", border=False):
        st.text_input(t("people.new_name"), value=person.pseudonym or "", max_chars=PSEUDONYM_LENGTH, key=name)
        st.form_submit_button(t("people.rename"), key="rename", on_click=rename)
    decide = decisions.readmit if person.removed else decisions.remove
    st.button(
        t("people.readmit" if person.removed else "people.remove"),
        key="remove",
        help=t("people.remove_help"),
        on_click=act,
        args=(partial(decide, person=person.id),),
    )


def _summary(cafe: Cafe) -> str:
    levels = Counter(one.level for one in cafe.present)
    places = Counter(one.place for one in cafe.present)
    said = [t("people.share", label=t(f"level.{level}"), count=levels[level]) for level in LEVELS if levels[level]]
    said += [t("people.share", label=t(f"place.{place}"), count=places[place]) for place in PLACES if places[place]]
    return " · ".join(said)


def _table(room: Room) -> pd.DataFrame:
    rows = room.cafe.present
    return pd.DataFrame(
        {
            t("people.name"): [name_of(one) for one in rows],
            t("people.level"): [t(f"level.{one.level}") if one.level else "" for one in rows],
            t("people.place"): [t(f"place.{one.place}") if one.place else "" for one in rows],
            t("people.state"): [
                t("people.state_on" if _is_connected(room, one) else "people.state_off") for one in rows
            ],
        }
    )


def _is_connected(room: Room, person: Participant) -> bool:
    """Whether their phone is, or the one that they answer on."""
    return room.connected[person.host or person.id] > 0


def _label(person: Participant) -> str:
    name = name_of(person)
    return f"{name} ({t('people.state_removed')})" if person.removed else name
